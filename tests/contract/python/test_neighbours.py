"""The calls that the console needs besides those for workspaces, through the PyPI client."""

import pytest
from openrouter import errors


def test_the_metadata_of_a_key_says_whether_it_is_a_management_key(sandbox):
    assert sandbox.api.api_keys.get_current_key_metadata().data.is_management_key is True
    assert sandbox.plain.api_keys.get_current_key_metadata().data.is_management_key is False
    with pytest.raises(errors.UnauthorizedResponseError):
        sandbox.unknown.api_keys.get_current_key_metadata()


def test_keys_are_listed_disabled_and_deleted(sandbox):
    keys = sandbox.api.api_keys
    workspace = sandbox.api.workspaces.get(id="mobile-apps").data.id

    def listed(**more):
        return keys.list(workspace_id=workspace, **more).data

    first, second = listed()
    assert first.workspace_id == workspace
    assert first.usage_daily <= first.usage_weekly and first.usage_monthly <= first.usage
    assert len(listed(include_disabled=True)) == 3
    assert keys.update(hash=first.hash, disabled=True).data.disabled is True
    assert keys.delete(hash=second.hash).DELETED is True
    assert listed() == []
    assert len(listed(include_disabled=True, include_expired=True)) == 2
    assert listed(include_disabled=True, offset=100) == []
    with pytest.raises(errors.NotFoundResponseError):
        keys.delete(hash=second.hash)


def test_the_people_of_the_organization_are_listed_across_pages(sandbox, rows):
    people = rows(sandbox.api.organization.list_members())
    assert len({person.id for person in people}) == 240
    assert any(person.first_name is None for person in people)
    assert {person.role for person in people} == {"org:admin", "org:member"}


def test_activity_is_grouped_by_day_and_by_workspace_on_request(sandbox):
    activity = sandbox.api.analytics.get_user_activity
    everything = activity().data
    days = sorted({item.date_ for item in everything})
    assert len(days) == 30
    assert everything[0].workspace_id is None
    grouped = activity(request={"group_by": "workspace", "date": days[-1]}).data
    assert all(item.workspace_id and item.date_ == days[-1] for item in grouped)
    own = activity(request={"workspace_id": grouped[0].workspace_id}).data
    assert 0 < len(own) < len(everything)


def test_models_are_filtered_by_output_modality(sandbox, rows):
    def listed(**more):
        return rows(sandbox.api.models.list(limit=20, **more))

    assert all("text" in model.architecture.output_modalities for model in listed())
    assert all("image" in model.architecture.output_modalities for model in listed(output_modalities="image"))
    assert len(listed(output_modalities="all")) >= 60
