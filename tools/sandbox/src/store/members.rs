//! Members of workspaces in the database.
//!
//! Invariant: a request is applied to all of its people or to none.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Row, Transaction};
use serde_json::json;

use super::{derived_id, keys, new_id, organization};
use crate::{
    clock,
    error::ApiError,
    paging::Page,
    wire::{Listing, Member, Role, Workspace},
};

/// Returns a page of the members. All people are members of the default workspace.
pub fn list(transaction: &Transaction<'_>, workspace: &Workspace, page: Page) -> rusqlite::Result<Listing<Member>> {
    if workspace.is_default() {
        return list_everybody(transaction, workspace, page);
    }
    let data = transaction
        .prepare_cached("SELECT * FROM members WHERE workspace_id = ?1 ORDER BY seq LIMIT ?2 OFFSET ?3")?
        .query_map((&workspace.id, page.limit, page.offset), from_row)?
        .collect::<Result<_, _>>()?;
    let sql = "SELECT count(*) FROM members WHERE workspace_id = ?1";
    let total_count = transaction.query_row(sql, [&workspace.id], |row| row.get(0))?;
    Ok(Listing { data, total_count })
}

/// Returns all stored memberships.
pub fn list_all(transaction: &Transaction<'_>) -> rusqlite::Result<Vec<Member>> {
    transaction.prepare_cached("SELECT * FROM members ORDER BY seq")?.query_map([], from_row)?.collect()
}

/// Adds people with their role in the organization, or updates that role. Returns 403 for the default workspace, and
/// 400 for unknown IDs.
pub fn add(
    transaction: &Transaction<'_>,
    workspace: &Workspace,
    user_ids: &BTreeSet<String>,
) -> Result<Vec<Member>, ApiError> {
    refuse_default(workspace)?;
    refuse_unknown(transaction, user_ids)?;
    let now = clock::now();
    let mut members = Vec::with_capacity(user_ids.len());
    for user_id in user_ids {
        let role: String = transaction
            .prepare_cached("SELECT role FROM people WHERE id = ?1")?
            .query_row([user_id], |row| row.get(0))?;
        insert(transaction, &workspace.id, user_id, Role::from_name(&role), &now)?;
        members.push(
            transaction
                .prepare_cached("SELECT * FROM members WHERE workspace_id = ?1 AND user_id = ?2")?
                .query_row([&workspace.id, user_id], from_row)?,
        );
    }
    Ok(members)
}

/// Removes people, and returns the number of removed members. Ignores people who are not members. Returns 403 for the
/// default workspace and for people managed by the identity provider, and 400 for unknown IDs and for people with
/// active keys in the workspace. The error names the people with keys and the managed ones.
pub fn remove(
    transaction: &Transaction<'_>,
    workspace: &Workspace,
    user_ids: &BTreeSet<String>,
) -> Result<usize, ApiError> {
    refuse_default(workspace)?;
    refuse_unknown(transaction, user_ids)?;
    refuse_blocked(transaction, workspace, user_ids)?;
    let mut removed = 0;
    for user_id in user_ids {
        removed += transaction
            .prepare_cached("DELETE FROM members WHERE workspace_id = ?1 AND user_id = ?2")?
            .execute([&workspace.id, user_id])?;
    }
    Ok(removed)
}

/// Creates a membership, or updates its role.
pub fn insert(
    transaction: &Transaction<'_>,
    workspace_id: &str,
    user_id: &str,
    role: Role,
    at: &str,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO members (id, workspace_id, user_id, role, created_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (workspace_id, user_id) DO UPDATE SET role = excluded.role",
        )?
        .execute([&new_id(), workspace_id, user_id, role.name(), at])?;
    Ok(())
}

fn refuse_default(workspace: &Workspace) -> Result<(), ApiError> {
    if workspace.is_default() {
        return Err(ApiError::forbidden("Cannot modify members of the default workspace"));
    }
    Ok(())
}

/// The API does not say who is unknown.
fn refuse_unknown(transaction: &Transaction<'_>, user_ids: &BTreeSet<String>) -> Result<(), ApiError> {
    for user_id in user_ids {
        if !organization::has(transaction, user_id)? {
            return Err(ApiError::bad_request("Some users are not members of the organization"));
        }
    }
    Ok(())
}

fn refuse_blocked(
    transaction: &Transaction<'_>,
    workspace: &Workspace,
    user_ids: &BTreeSet<String>,
) -> Result<(), ApiError> {
    let (mut with_keys, mut managed) = (Vec::new(), Vec::new());
    for user_id in user_ids {
        let member: Option<bool> = transaction
            .prepare_cached(
                "SELECT people.is_scim FROM members JOIN people ON people.id = members.user_id
                 WHERE members.workspace_id = ?1 AND members.user_id = ?2",
            )?
            .query_row([&workspace.id, user_id], |row| row.get(0))
            .optional()?;
        match member {
            None => {}
            Some(_) if keys::has_active(transaction, &workspace.id, user_id)? => with_keys.push(user_id.as_str()),
            Some(true) => managed.push(user_id.as_str()),
            Some(false) => {}
        }
    }
    if !with_keys.is_empty() {
        let message = format!(
            "These members have active API keys in the workspace: {}. Their keys must be deleted first",
            with_keys.join(", ")
        );
        return Err(ApiError::bad_request(message).with_metadata(json!({ "user_ids": with_keys })));
    }
    if !managed.is_empty() {
        let message = format!("These members are managed by the identity provider (SCIM): {}", managed.join(", "));
        return Err(ApiError::forbidden(message).with_metadata(json!({ "user_ids": managed })));
    }
    Ok(())
}

fn list_everybody(
    transaction: &Transaction<'_>,
    workspace: &Workspace,
    page: Page,
) -> rusqlite::Result<Listing<Member>> {
    let data = transaction
        .prepare_cached("SELECT id, role, joined_at FROM people ORDER BY seq LIMIT ?1 OFFSET ?2")?
        .query_map([page.limit, page.offset], |row| {
            let user_id: String = row.get(0)?;
            Ok(Member {
                id: derived_id(&["member", &workspace.id, &user_id]),
                workspace_id: workspace.id.clone(),
                user_id,
                role: Role::from_name(&row.get::<_, String>(1)?),
                created_at: row.get(2)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(Listing { data, total_count: organization::count(transaction)? })
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Member> {
    Ok(Member {
        id: row.get("id")?,
        workspace_id: row.get("workspace_id")?,
        user_id: row.get("user_id")?,
        role: Role::from_name(&row.get::<_, String>("role")?),
        created_at: row.get("created_at")?,
    })
}
