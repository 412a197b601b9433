//! Budgets in the database.
//!
//! Invariant: the limits of a workspace decrease strictly from broad to narrow intervals.

use rusqlite::{OptionalExtension, Row, Transaction};
use serde_json::json;

use super::new_id;
use crate::{
    clock,
    error::ApiError,
    wire::{Budget, Interval, Usd, Workspace},
};

/// Returns the budgets of a workspace, broadest first.
pub fn list(transaction: &Transaction<'_>, workspace_id: &str) -> rusqlite::Result<Vec<Budget>> {
    let mut statement = transaction.prepare_cached("SELECT * FROM budgets WHERE workspace_id = ?1")?;
    let mut budgets: Vec<Budget> = statement.query_map([workspace_id], from_row)?.collect::<Result<_, _>>()?;
    budgets.sort_by_key(|budget| std::cmp::Reverse(budget.interval));
    Ok(budgets)
}

/// Returns all budgets.
pub fn list_all(transaction: &Transaction<'_>) -> rusqlite::Result<Vec<Budget>> {
    transaction.prepare_cached("SELECT * FROM budgets ORDER BY seq")?.query_map([], from_row)?.collect()
}

/// Returns the budget of an interval, or 404.
pub fn find(transaction: &Transaction<'_>, workspace: &Workspace, interval: Interval) -> Result<Budget, ApiError> {
    get(transaction, &workspace.id, interval)?.ok_or_else(|| {
        ApiError::not_found(format!("Workspace \"{}\" has no {} budget", workspace.slug, interval.name()))
    })
}

/// Sets the limit of an interval, and optionally whether BYOK spend counts. Returns 400 if the limit is out of order
/// with another one. The message names both intervals and limits.
pub fn set(
    transaction: &Transaction<'_>,
    workspace: &mut Workspace,
    interval: Interval,
    limit: &Usd,
    include_byok: Option<bool>,
) -> Result<Budget, ApiError> {
    check_order(&list(transaction, &workspace.id)?, interval, limit)?;
    insert(transaction, &workspace.id, interval, limit, &clock::now())?;
    if let Some(include_byok) = include_byok.filter(|wanted| *wanted != workspace.include_byok_in_budgets) {
        workspace.include_byok_in_budgets = include_byok;
        workspace.updated_at = Some(clock::now());
        super::workspaces::write(transaction, workspace)?;
    }
    find(transaction, workspace, interval)
}

/// Writes a limit without checking the order.
pub fn insert(
    transaction: &Transaction<'_>,
    workspace_id: &str,
    interval: Interval,
    limit: &Usd,
    at: &str,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO budgets (id, workspace_id, interval, limit_usd, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?5)
             ON CONFLICT (workspace_id, interval)
             DO UPDATE SET limit_usd = excluded.limit_usd, updated_at = excluded.updated_at",
        )?
        .execute([&new_id(), workspace_id, interval.name(), limit.text(), at])?;
    Ok(())
}

/// Removes the budget of an interval, if there is one.
pub fn delete(transaction: &Transaction<'_>, workspace_id: &str, interval: Interval) -> rusqlite::Result<()> {
    let sql = "DELETE FROM budgets WHERE workspace_id = ?1 AND interval = ?2";
    transaction.execute(sql, [workspace_id, interval.name()])?;
    Ok(())
}

fn check_order(others: &[Budget], interval: Interval, limit: &Usd) -> Result<(), ApiError> {
    for other in others {
        let (broad, broad_limit, narrow, narrow_limit) = if other.interval > interval {
            (other.interval, &other.limit_usd, interval, limit)
        } else if other.interval < interval {
            (interval, limit, other.interval, &other.limit_usd)
        } else {
            continue;
        };
        if broad_limit <= narrow_limit {
            return Err(ApiError::bad_request(format!(
                "Budget limits must decrease as the interval narrows: the {} limit ({narrow_limit}) must be less \
                 than the {} limit ({broad_limit})",
                narrow.name(),
                broad.name()
            ))
            .with_metadata(json!({ "intervals": [narrow.name(), broad.name()] })));
        }
    }
    Ok(())
}

fn get(transaction: &Transaction<'_>, workspace_id: &str, interval: Interval) -> rusqlite::Result<Option<Budget>> {
    transaction
        .prepare_cached("SELECT * FROM budgets WHERE workspace_id = ?1 AND interval = ?2")?
        .query_row([workspace_id, interval.name()], from_row)
        .optional()
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Budget> {
    let unreadable = || rusqlite::Error::InvalidQuery;
    Ok(Budget {
        id: row.get("id")?,
        workspace_id: row.get("workspace_id")?,
        limit_usd: row.get::<_, String>("limit_usd")?.parse().map_err(|_| unreadable())?,
        interval: row.get::<_, String>("interval")?.parse().map_err(|_| unreadable())?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}
