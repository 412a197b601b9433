"""Operations 1 to 5 through the PyPI client: workspaces."""

import pytest
from openrouter import errors


def test_a_workspace_can_be_created_read_changed_and_deleted(sandbox):
    workspaces = sandbox.api.workspaces
    made = workspaces.create(
        name="Contract",
        slug="contract",
        description="Made by the official client",
        default_text_model="openai/gpt-5",
        default_image_model="openai/gpt-5-image",
        default_provider_sort="price",
        is_observability_io_logging_enabled=True,
        is_observability_broadcast_enabled=True,
        is_data_discount_logging_enabled=True,
        io_logging_sampling_rate=0.25,
        io_logging_api_key_ids=[1, 2],
        disabled_server_tools=["openrouter:web_search"],
    ).data
    assert made.slug == "contract"
    assert made.updated_at is None
    assert made.io_logging_api_key_ids == [1, 2]
    assert workspaces.get(id=made.id).data == made
    assert workspaces.get(id="contract").data == made

    changed = workspaces.update(id="contract", slug="renamed", description=None, disabled_server_tools=[]).data
    assert changed.slug == "renamed"
    assert changed.description is None
    assert changed.disabled_server_tools is None
    assert changed.default_text_model == "openai/gpt-5"
    assert changed.updated_at > changed.created_at

    assert workspaces.delete(id="renamed").DELETED is True
    with pytest.raises(errors.NotFoundResponseError):
        workspaces.get(id=made.id)


@pytest.mark.parametrize("limit", [50, 100, 7])
def test_the_list_continues_across_its_pages(sandbox, rows, limit):
    sandbox.reset(seed="scale", workspaces=253, people=10, members=10)
    everything = rows(sandbox.api.workspaces.list(limit=limit))
    assert len(everything) == 253
    assert len({row.id for row in everything}) == 253
    last = sandbox.api.workspaces.list(limit=5, offset=250).result
    assert (last.total_count, len(last.data)) == (253, 3)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": ""}, "name must be"),
        ({"slug": "Not A Slug"}, "slug must be"),
        ({"io_logging_sampling_rate": 2}, "io_logging_sampling_rate must be"),
        ({"slug": "production"}, 'slug "production"'),
    ],
)
def test_invalid_requests_are_bad_requests(sandbox, fields, message):
    with pytest.raises(errors.BadRequestResponseError, match=message):
        sandbox.api.workspaces.update(id="interns", **fields)
    with pytest.raises(errors.BadRequestResponseError, match=message):
        sandbox.api.workspaces.create(**{"name": "X", "slug": "x", **fields})


def test_active_keys_block_the_deletion_of_a_workspace(sandbox):
    with pytest.raises(errors.BadRequestResponseError, match="5 active API keys"):
        sandbox.api.workspaces.delete(id="production")


def test_the_default_workspace_is_not_deleted_without_a_confirmation(sandbox):
    with pytest.raises(errors.ForbiddenResponseError):
        sandbox.api.workspaces.delete(id="default")
