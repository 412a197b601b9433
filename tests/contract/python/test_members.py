"""Operations 10 to 12 through the PyPI client: members."""

import pytest
from openrouter import errors


@pytest.fixture
def people(sandbox, rows):
    """Creates an empty workspace `new`, and returns the IDs of all people."""
    sandbox.api.workspaces.create(name="New", slug="new")
    return [person.id for person in rows(sandbox.api.organization.list_members(limit=100))]


def refused(message):
    return pytest.raises(errors.BadRequestResponseError, match=message)


def forbidden(message):
    return pytest.raises(errors.ForbiddenResponseError, match=message)


def test_people_are_added_and_removed(sandbox, rows, people):
    workspaces = sandbox.api.workspaces
    added = workspaces.bulk_add_members(id="new", user_ids=people[:100])
    assert added.added_count == 100
    assert {member.user_id for member in added.data} == set(people[:100])
    assert next(member for member in added.data if member.user_id == people[0]).role == "admin"
    assert workspaces.bulk_add_members(id="new", user_ids=people[:1]).added_count == 1
    assert workspaces.bulk_remove_members(id="new", user_ids=people[:60]).removed_count == 60
    assert len(rows(workspaces.list_members(id="new"))) == 40


@pytest.mark.parametrize(("id", "count"), [("scale-members", 321), ("default", 330)])
@pytest.mark.parametrize("limit", [50, 100])
def test_the_list_continues_across_its_pages(sandbox, rows, id, count, limit):
    sandbox.reset(seed="scale", workspaces=2, people=330, members=321)
    members = rows(sandbox.api.workspaces.list_members(id=id, limit=limit))
    assert len(members) == count
    assert len({member.user_id for member in members}) == count


def test_an_invalid_request_is_refused_and_nothing_is_applied(sandbox, rows, people):
    workspaces = sandbox.api.workspaces
    with refused("Some users are not members"):
        workspaces.bulk_add_members(id="new", user_ids=[people[0], "user_nobody"])
    for user_ids in ([], people[:101]):
        with refused("user_ids"):
            workspaces.bulk_add_members(id="new", user_ids=user_ids)
    for call in (workspaces.bulk_add_members, workspaces.bulk_remove_members):
        with forbidden("default workspace"):
            call(id="default", user_ids=people[:1])
    assert rows(workspaces.list_members(id="new")) == []


def test_managed_members_and_owners_of_active_keys_block_the_whole_removal(sandbox, rows):
    workspaces = sandbox.api.workspaces
    members = rows(workspaces.list_members(id="interns"))
    with forbidden("SCIM"):
        workspaces.bulk_remove_members(id="interns", user_ids=[member.user_id for member in members])
    assert rows(workspaces.list_members(id="interns")) == members
    creator = sandbox.api.api_keys.list(workspace_id="production").data[0].creator_user_id
    with refused(f"active API keys.*{creator}"):
        workspaces.bulk_remove_members(id="production", user_ids=[creator])
