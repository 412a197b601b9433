//! API keys in the database.
//!
//! Invariant: a key is active unless it is disabled or expired. Only active keys block deletions and removals.

use rusqlite::{OptionalExtension, Row, Transaction, named_params};

use crate::{
    clock,
    error::ApiError,
    paging::Page,
    wire::{Key, Usage},
};

const ACTIVE: &str = "NOT disabled AND (expires_at IS NULL OR expires_at > :now)";

/// The keys to list besides the active ones.
#[derive(Clone, Copy)]
pub struct KeyFilter {
    /// Disabled keys.
    pub include_disabled: bool,
    /// Expired keys.
    pub include_expired: bool,
}

/// Returns a page of the keys of a workspace.
pub fn list(
    transaction: &Transaction<'_>,
    workspace_id: &str,
    filter: KeyFilter,
    page: Page,
) -> rusqlite::Result<Vec<Key>> {
    transaction
        .prepare_cached(
            "SELECT * FROM keys WHERE workspace_id = ?1 AND (?2 OR NOT disabled)
                 AND (?3 OR expires_at IS NULL OR expires_at > ?4)
             ORDER BY seq LIMIT ?5 OFFSET ?6",
        )?
        .query_map(
            (workspace_id, filter.include_disabled, filter.include_expired, clock::now(), page.limit, page.offset),
            from_row,
        )?
        .collect()
}

/// Returns all keys.
pub fn list_all(transaction: &Transaction<'_>) -> rusqlite::Result<Vec<Key>> {
    transaction.prepare_cached("SELECT * FROM keys ORDER BY seq")?.query_map([], from_row)?.collect()
}

/// Returns the key with a hash, or 404.
pub fn find(transaction: &Transaction<'_>, hash: &str) -> Result<Key, ApiError> {
    transaction
        .prepare_cached("SELECT * FROM keys WHERE hash = ?1")?
        .query_row([hash], from_row)
        .optional()?
        .ok_or_else(|| ApiError::not_found("API key not found"))
}

/// Renames, enables or disables a key.
pub fn update(
    transaction: &Transaction<'_>,
    hash: &str,
    name: Option<String>,
    disabled: Option<bool>,
) -> Result<Key, ApiError> {
    let before = find(transaction, hash)?;
    let mut key = before.clone();
    key.name = name.unwrap_or(key.name);
    key.disabled = disabled.unwrap_or(key.disabled);
    if key != before {
        key.updated_at = Some(clock::now());
        transaction.execute(
            "UPDATE keys SET name = ?2, disabled = ?3, updated_at = ?4 WHERE hash = ?1",
            (hash, &key.name, key.disabled, &key.updated_at),
        )?;
    }
    Ok(key)
}

/// Deletes a key. Returns 404 if it does not exist.
pub fn delete(transaction: &Transaction<'_>, hash: &str) -> Result<(), ApiError> {
    find(transaction, hash)?;
    transaction.execute("DELETE FROM keys WHERE hash = ?1", [hash])?;
    Ok(())
}

/// Returns the number of active keys of a workspace.
pub fn count_active(transaction: &Transaction<'_>, workspace_id: &str) -> rusqlite::Result<u32> {
    let sql = format!("SELECT count(*) FROM keys WHERE workspace_id = :workspace AND {ACTIVE}");
    transaction
        .prepare_cached(&sql)?
        .query_row(named_params! { ":workspace": workspace_id, ":now": clock::now() }, |row| row.get(0))
}

/// Whether a person has active keys in a workspace.
pub fn has_active(transaction: &Transaction<'_>, workspace_id: &str, user_id: &str) -> rusqlite::Result<bool> {
    let sql = format!(
        "SELECT EXISTS (SELECT 1 FROM keys WHERE workspace_id = :workspace AND creator_user_id = :user AND {ACTIVE})"
    );
    transaction
        .prepare_cached(&sql)?
        .query_row(named_params! { ":workspace": workspace_id, ":user": user_id, ":now": clock::now() }, |row| {
            row.get(0)
        })
}

/// Adds a row without checks.
pub fn insert(transaction: &Transaction<'_>, key: &Key) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO keys (hash, name, label, workspace_id, creator_user_id, disabled, credit_limit, limit_reset,
                 include_byok_in_limit, usage, usage_daily, usage_weekly, usage_monthly, byok_usage, byok_usage_daily,
                 byok_usage_weekly, byok_usage_monthly, expires_at, last_used_at, created_at, updated_at)
             VALUES (:hash, :name, :label, :workspace, :creator, :disabled, :limit, :reset, :include_byok, :usage,
                 :daily, :weekly, :monthly, :byok, :byok_daily, :byok_weekly, :byok_monthly, :expires, :last_used,
                 :created, :updated)",
        )?
        .execute(named_params! {
            ":hash": key.hash,
            ":name": key.name,
            ":label": key.label,
            ":workspace": key.workspace_id,
            ":creator": key.creator_user_id,
            ":disabled": key.disabled,
            ":limit": key.limit,
            ":reset": key.limit_reset,
            ":include_byok": key.include_byok_in_limit,
            ":usage": key.usage.usage,
            ":daily": key.usage.usage_daily,
            ":weekly": key.usage.usage_weekly,
            ":monthly": key.usage.usage_monthly,
            ":byok": key.usage.byok_usage,
            ":byok_daily": key.usage.byok_usage_daily,
            ":byok_weekly": key.usage.byok_usage_weekly,
            ":byok_monthly": key.usage.byok_usage_monthly,
            ":expires": key.expires_at,
            ":last_used": key.last_used_at,
            ":created": key.created_at,
            ":updated": key.updated_at,
        })?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Key> {
    let usage = Usage {
        usage: row.get("usage")?,
        usage_daily: row.get("usage_daily")?,
        usage_weekly: row.get("usage_weekly")?,
        usage_monthly: row.get("usage_monthly")?,
        byok_usage: row.get("byok_usage")?,
        byok_usage_daily: row.get("byok_usage_daily")?,
        byok_usage_weekly: row.get("byok_usage_weekly")?,
        byok_usage_monthly: row.get("byok_usage_monthly")?,
    };
    let limit: Option<f64> = row.get("credit_limit")?;
    let limit_reset: Option<String> = row.get("limit_reset")?;
    let spent = match limit_reset.as_deref() {
        Some("daily") => usage.usage_daily,
        Some("weekly") => usage.usage_weekly,
        Some("monthly") => usage.usage_monthly,
        _ => usage.usage,
    };
    Ok(Key {
        hash: row.get("hash")?,
        name: row.get("name")?,
        label: row.get("label")?,
        disabled: row.get("disabled")?,
        creator_user_id: row.get("creator_user_id")?,
        external_user: None,
        workspace_id: row.get("workspace_id")?,
        limit,
        limit_remaining: limit.map(|limit| (limit - spent).max(0.0)),
        limit_reset,
        include_byok_in_limit: row.get("include_byok_in_limit")?,
        usage,
        expires_at: row.get("expires_at")?,
        last_used_at: row.get("last_used_at")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}
