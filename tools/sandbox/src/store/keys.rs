//! API keys in the database.
//!
//! Invariant: a key is active unless it is disabled or expired. Only active keys block deletions and removals.

use rand::RngExt;
use rusqlite::{OptionalExtension, Row, Transaction, named_params};
use sha2::{Digest, Sha256};

use super::{organization, workspaces};
use crate::{
    api::key_fields::{KeyFields, NewKeyFields},
    body::invalid,
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

/// Returns the hash of a secret, which is the key's ID.
pub fn hash_of(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Creates a key, and returns it with its secret, of which only the hash is stored. Without a workspace the key goes to
/// the default one.
pub fn create(
    transaction: &Transaction<'_>,
    mut fields: KeyFields,
    new: NewKeyFields,
) -> Result<(Key, String), ApiError> {
    let name = fields.name.take().ok_or_else(|| ApiError::bad_request("name is required"))?;
    let workspace = workspaces::find_or_default(transaction, fields.workspace_id.take().as_deref())?;
    if let Some(user_id) = &new.creator_user_id
        && !organization::has(transaction, user_id)?
    {
        return Err(invalid("creator_user_id", "a member of the organization"));
    }
    let secret = new_secret();
    let (first, last) = (&secret[..12], &secret[secret.len() - 3..]);
    let mut key = Key {
        hash: hash_of(&secret),
        name,
        label: format!("{first}...{last}"),
        disabled: false,
        creator_user_id: match new.creator_user_id {
            Some(user_id) => Some(user_id),
            None => organization::owner(transaction)?,
        },
        external_user: None,
        workspace_id: workspace.id,
        limit: None,
        limit_remaining: None,
        limit_reset: None,
        include_byok_in_limit: false,
        usage: Usage::default(),
        expires_at: new.expires_at,
        last_used_at: None,
        created_at: clock::now(),
        updated_at: None,
    };
    fields.apply(&mut key);
    insert(transaction, &key)?;
    Ok((find(transaction, &key.hash)?, secret))
}

/// Returns the secret of a new key.
pub fn new_secret() -> String {
    let mut bytes = [0_u8; 32];
    rand::rng().fill(&mut bytes);
    bytes.iter().fold("sk-or-v1-".to_owned(), |key, byte| format!("{key}{byte:02x}"))
}

/// Changes a key, or moves it to another workspace. Returns 400 without a field, and 403 for enabling a key whose
/// workspace was deleted.
pub fn update(transaction: &Transaction<'_>, hash: &str, mut fields: KeyFields) -> Result<Key, ApiError> {
    if fields.is_empty() {
        return Err(ApiError::bad_request("No update fields provided"));
    }
    let before = find(transaction, hash)?;
    let mut key = before.clone();
    if let Some(id) = fields.workspace_id.take() {
        key.workspace_id = workspaces::find(transaction, &id)?.id;
    }
    fields.apply(&mut key);
    if before.disabled && !key.disabled && !workspaces::exists(transaction, &before.workspace_id)? {
        return Err(ApiError::forbidden("This API key was permanently disabled with its workspace"));
    }
    if key != before {
        transaction.execute(
            "UPDATE keys SET name = :name, disabled = :disabled, credit_limit = :limit, limit_reset = :reset,
                 include_byok_in_limit = :byok, workspace_id = :workspace, updated_at = :updated WHERE hash = :hash",
            named_params! {
                ":hash": hash,
                ":name": key.name,
                ":disabled": key.disabled,
                ":limit": key.limit,
                ":reset": key.limit_reset,
                ":byok": key.include_byok_in_limit,
                ":workspace": key.workspace_id,
                ":updated": clock::now(),
            },
        )?;
    }
    find(transaction, hash)
}

/// Disables the keys of a workspace.
pub fn disable_all(transaction: &Transaction<'_>, workspace_id: &str) -> rusqlite::Result<()> {
    let sql = "UPDATE keys SET disabled = 1, updated_at = ?2 WHERE workspace_id = ?1 AND NOT disabled";
    transaction.execute(sql, [workspace_id, &clock::now()])?;
    Ok(())
}

/// Returns the active key with a secret.
pub fn find_active(transaction: &Transaction<'_>, secret: &str) -> rusqlite::Result<Option<Key>> {
    let sql = format!("SELECT * FROM keys WHERE hash = :hash AND {ACTIVE}");
    let parameters = named_params! { ":hash": hash_of(secret), ":now": clock::now() };
    transaction.prepare_cached(&sql)?.query_row(parameters, from_row).optional()
}

/// Returns the sum of what all keys have spent, in US dollars.
pub fn total_usage(transaction: &Transaction<'_>) -> rusqlite::Result<f64> {
    transaction.query_row("SELECT coalesce(sum(usage), 0.0) FROM keys", [], |row| row.get(0))
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
    let include_byok_in_limit: bool = row.get("include_byok_in_limit")?;
    let (own, byok) = match limit_reset.as_deref() {
        Some("daily") => (usage.usage_daily, usage.byok_usage_daily),
        Some("weekly") => (usage.usage_weekly, usage.byok_usage_weekly),
        Some("monthly") => (usage.usage_monthly, usage.byok_usage_monthly),
        _ => (usage.usage, usage.byok_usage),
    };
    let spent = if include_byok_in_limit { own + byok } else { own };
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
        include_byok_in_limit,
        usage,
        expires_at: row.get("expires_at")?,
        last_used_at: row.get("last_used_at")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}
