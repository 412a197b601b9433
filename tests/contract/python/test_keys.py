"""The calls that create, change and move keys, and those for spend, through the PyPI client."""

from datetime import datetime, timedelta, timezone

import pytest
from openrouter import errors


def lately():
    """The last 30 days, with seconds."""
    now = datetime.now(timezone.utc).replace(microsecond=0)
    return {"start": now - timedelta(days=30), "end": now}


def test_a_key_is_created_with_every_field_read_changed_moved_and_deleted(sandbox):
    keys = sandbox.api.api_keys
    interns, production = (sandbox.api.workspaces.get(id=slug).data.id for slug in ("interns", "production"))
    person = sandbox.api.organization.list_members(limit=1).result.data[0]
    expires_at = datetime(2099, 1, 31, 9, 41, 7, tzinfo=timezone.utc)
    created = keys.create(
        name="CI",
        workspace_id=interns,
        limit=25.5,
        limit_reset="weekly",
        include_byok_in_limit=True,
        expires_at=expires_at,
        creator_user_id=person.id,
    )
    made = created.data
    assert created.key.startswith("sk-or-v1-")
    assert (made.name, made.workspace_id, made.limit, made.limit_reset) == ("CI", interns, 25.5, "weekly")
    assert (made.expires_at, made.creator_user_id) == (expires_at, person.id)
    assert keys.get(hash=made.hash).data.label == made.label
    moved = keys.update(hash=made.hash, name="Moved", limit=None, limit_reset=None, workspace_id=production).data
    assert (moved.name, moved.limit, moved.limit_reset, moved.workspace_id) == ("Moved", None, None, production)
    with pytest.raises(errors.BadRequestResponseError):
        keys.update(hash=made.hash)
    keys.delete(hash=made.hash)
    with pytest.raises(errors.NotFoundResponseError):
        keys.get(hash=made.hash)


def test_activity_is_filtered_by_key_and_by_person(sandbox):
    def spent(**only):
        return sum(item.usage for item in sandbox.api.analytics.get_user_activity(request=only).data)

    workspace = sandbox.api.workspaces.get(id="production").data.id
    key = sandbox.api.api_keys.list(workspace_id=workspace).data[0]
    assert 0 < spent(api_key_hash=key.hash) < spent(workspace_id=workspace)
    assert spent(user_id=key.creator_user_id) >= spent(api_key_hash=key.hash)


def test_analytics_says_what_it_has_and_answers_a_query_about_one_workspace(sandbox):
    analytics = sandbox.api.analytics
    meta = analytics.get_analytics_meta().data
    assert "credits_usage" in [metric.name for metric in meta.metrics]
    workspace = sandbox.api.workspaces.get(id="production").data.id
    answer = analytics.query_analytics(
        metrics=["credits_usage", "request_count"],
        dimensions=["api_key_id"],
        filters=[{"field": "workspace", "operator": "eq", "value": workspace}],
        granularity="day",
        time_range=lately(),
    ).data
    assert answer.metadata.truncated is False
    assert answer.metadata.row_count == len(answer.data) > 30
    with pytest.raises(errors.BadRequestResponseError):
        analytics.query_analytics(metrics=["color"])


def test_credits_are_read(sandbox):
    credits = sandbox.api.credits.get_credits().data
    assert 0 < credits.total_usage < credits.total_credits


def test_the_default_workspace_is_deleted_with_a_confirmation(sandbox):
    workspaces = sandbox.api.workspaces
    assert workspaces.delete(id="default", confirm_default_workspace_deletion=True)
    with pytest.raises(errors.NotFoundResponseError):
        workspaces.get(id="default")
