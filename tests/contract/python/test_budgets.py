"""Operations 6 to 9 through the PyPI client: budgets."""

import pytest
from openrouter import errors


def put(sandbox, interval, limit, **more):
    return sandbox.api.workspaces.set_budget(workspace_ref="interns", interval=interval, limit_usd=limit, **more)


def test_budgets_can_be_set_read_listed_and_deleted(sandbox):
    workspaces = sandbox.api.workspaces
    made = put(sandbox, "monthly", 500, include_byok_in_budgets=True)
    assert (made.data.limit_usd, made.data.reset_interval) == (500, "monthly")
    assert made.include_byok_in_budgets is True
    assert workspaces.get_budget(workspace_ref="interns", interval="monthly").data == made.data
    assert put(sandbox, "lifetime", 10_000.01).data.reset_interval is None
    assert put(sandbox, "daily", 24.99).include_byok_in_budgets is True

    ladder = workspaces.list_budgets(workspace_ref="interns")
    assert [(one.reset_interval, one.limit_usd) for one in ladder.data] == [
        (None, 10_000.01),
        ("monthly", 500),
        ("daily", 24.99),
    ]
    assert ladder.include_byok_in_budgets is True
    for _ in range(2):
        assert workspaces.delete_budget(workspace_ref="interns", interval="daily").DELETED is True
    with pytest.raises(errors.NotFoundResponseError):
        workspaces.get_budget(workspace_ref="interns", interval="daily")


@pytest.mark.parametrize(("interval", "limit"), [("daily", 100), ("monthly", 99)])
def test_limits_out_of_order_are_a_bad_request_that_names_both_intervals(sandbox, interval, limit):
    put(sandbox, "weekly", 100)
    with pytest.raises(errors.BadRequestResponseError) as caught:
        put(sandbox, interval, limit)
    assert interval in str(caught.value) and "weekly" in str(caught.value)


def test_invalid_limits_and_intervals_are_bad_requests(sandbox):
    with pytest.raises(errors.BadRequestResponseError, match="limit_usd"):
        put(sandbox, "daily", 0)
    workspaces = sandbox.api.workspaces
    for call in (workspaces.get_budget, workspaces.delete_budget):
        with pytest.raises(errors.BadRequestResponseError, match="interval"):
            call(workspace_ref="interns", interval="yearly")
    with pytest.raises(errors.BadRequestResponseError, match="interval"):
        put(sandbox, "yearly", 1)
