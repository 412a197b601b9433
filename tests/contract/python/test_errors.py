"""The documented errors of the twelve operations are raised as the PyPI client's own types."""

import pytest
from openrouter import errors

TYPES = {
    401: errors.UnauthorizedResponseError,
    403: errors.ForbiddenResponseError,
    404: errors.NotFoundResponseError,
    500: errors.InternalServerResponseError,
}

# Each call uses a missing object if possible. 400 is not included, because it depends on the request.
CALLS = {
    "list": ("GET", "/workspaces", lambda api: api.list(), [401, 500]),
    "create": ("POST", "/workspaces", lambda api: api.create(name="X", slug="x"), [401, 403, 500]),
    "get": ("GET", "/workspaces/nope", lambda api: api.get(id="nope"), [401, 404, 500]),
    "update": ("PATCH", "/workspaces/nope", lambda api: api.update(id="nope", name="X"), [401, 403, 404, 500]),
    "delete": ("DELETE", "/workspaces/nope", lambda api: api.delete(id="nope"), [401, 403, 404, 500]),
    "list_budgets": ("GET", "/budgets", lambda api: api.list_budgets(workspace_ref="nope"), [401, 404, 500]),
    "get_budget": (
        "GET",
        "/budgets/daily",
        lambda api: api.get_budget(workspace_ref="nope", interval="daily"),
        [401, 404, 500],
    ),
    "set_budget": (
        "PUT",
        "/budgets/daily",
        lambda api: api.set_budget(workspace_ref="nope", interval="daily", limit_usd=1),
        [401, 404, 500],
    ),
    "delete_budget": (
        "DELETE",
        "/budgets/daily",
        lambda api: api.delete_budget(workspace_ref="nope", interval="daily"),
        [401, 404, 500],
    ),
    "list_members": ("GET", "/members", lambda api: api.list_members(id="nope"), [401, 403, 404, 500]),
    "bulk_add_members": (
        "POST",
        "/members/add",
        lambda api: api.bulk_add_members(id="nope", user_ids=["user_x"]),
        [401, 403, 404, 500],
    ),
    "bulk_remove_members": (
        "POST",
        "/members/remove",
        lambda api: api.bulk_remove_members(id="nope", user_ids=["user_x"]),
        [401, 403, 404, 500],
    ),
}


@pytest.mark.parametrize(
    ("operation", "status"),
    [(operation, status) for operation, (*_, statuses) in CALLS.items() for status in statuses],
)
def test_each_call_fails_with_the_typed_error(sandbox, operation, status):
    method, path, run, _ = CALLS[operation]
    if status == 500:
        sandbox.fail_next(method, path, 500)
    client = {401: sandbox.unknown, 403: sandbox.plain}.get(status, sandbox.api)
    with pytest.raises(TYPES[status]) as caught:
        run(client.workspaces)
    assert caught.value.status_code == status
    assert caught.value.data.error.code == status
    assert caught.value.data.error.message
    assert caught.value.headers["x-request-id"]
