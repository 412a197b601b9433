//! Workspaces in the database.
//!
//! Invariant: slugs are unique. The default workspace keeps its slug. A workspace with active keys cannot be deleted.

use rusqlite::{OptionalExtension, Row, Transaction, named_params};
use serde_json::json;

use super::{derived_id, keys, new_id};
use crate::{
    api::workspace_fields::WorkspaceFields,
    clock,
    error::ApiError,
    paging::Page,
    wire::{Listing, Workspace},
};

/// Returns the workspace with a UUID or slug, or 404.
pub fn find(transaction: &Transaction<'_>, id_or_slug: &str) -> Result<Workspace, ApiError> {
    let by = |column: &str| {
        let sql = format!("SELECT * FROM workspaces WHERE {column} = ?1");
        transaction.prepare_cached(&sql)?.query_row([id_or_slug], from_row).optional()
    };
    match by("id")? {
        Some(workspace) => Ok(workspace),
        None => by("slug")?.ok_or_else(|| ApiError::not_found(format!("Workspace \"{id_or_slug}\" not found"))),
    }
}

/// Returns the workspace with a UUID or slug, or the default one for a call that names none. Returns 400 if the default
/// one was deleted, as such calls are refused from then on.
pub fn find_or_default(transaction: &Transaction<'_>, id_or_slug: Option<&str>) -> Result<Workspace, ApiError> {
    match id_or_slug {
        Some(id) => find(transaction, id),
        None if !has(transaction, "slug", "default")? => {
            Err(ApiError::bad_request("workspace_id is required: the account has no default workspace"))
        }
        None => find(transaction, "default"),
    }
}

/// Whether a workspace with this UUID exists.
pub fn exists(transaction: &Transaction<'_>, id: &str) -> rusqlite::Result<bool> {
    has(transaction, "id", id)
}

fn has(transaction: &Transaction<'_>, column: &str, value: &str) -> rusqlite::Result<bool> {
    transaction.prepare_cached(&format!("SELECT 1 FROM workspaces WHERE {column} = ?1"))?.exists([value])
}

/// Returns a page of the workspaces, oldest first.
pub fn list(transaction: &Transaction<'_>, page: Page) -> rusqlite::Result<Listing<Workspace>> {
    let mut statement = transaction.prepare_cached("SELECT * FROM workspaces ORDER BY seq LIMIT ?1 OFFSET ?2")?;
    let data = statement.query_map([page.limit, page.offset], from_row)?.collect::<Result<_, _>>()?;
    let total_count = transaction.query_row("SELECT count(*) FROM workspaces", [], |row| row.get(0))?;
    Ok(Listing { data, total_count })
}

/// Creates a workspace. Returns 400 if its slug is taken.
pub fn create(
    transaction: &Transaction<'_>,
    name: String,
    slug: String,
    fields: WorkspaceFields,
    created_by: Option<String>,
) -> Result<Workspace, ApiError> {
    let id = new_id();
    let mut workspace = Workspace {
        default_guardrail_id: derived_id(&["guardrail", &id]),
        id,
        name,
        slug,
        description: None,
        default_text_model: None,
        default_image_model: None,
        default_provider_sort: None,
        is_observability_io_logging_enabled: false,
        is_observability_broadcast_enabled: false,
        is_data_discount_logging_enabled: false,
        io_logging_sampling_rate: 1.0,
        io_logging_api_key_ids: None,
        disabled_server_tools: None,
        include_byok_in_budgets: false,
        created_by,
        created_at: clock::now(),
        updated_at: None,
    };
    fields.apply(&mut workspace);
    check_slug_free(transaction, &workspace)?;
    insert(transaction, &workspace)?;
    Ok(workspace)
}

/// Updates the fields that were sent. Returns 400 if the slug is taken, or for another slug of the default workspace.
pub fn update(transaction: &Transaction<'_>, id: &str, fields: WorkspaceFields) -> Result<Workspace, ApiError> {
    let before = find(transaction, id)?;
    let mut workspace = before.clone();
    fields.apply(&mut workspace);
    if workspace == before {
        return Ok(before);
    }
    if before.is_default() && workspace.slug != before.slug {
        return Err(ApiError::bad_request("The slug of the default workspace cannot be changed"));
    }
    check_slug_free(transaction, &workspace)?;
    workspace.updated_at = Some(clock::now());
    write(transaction, &workspace)?;
    Ok(workspace)
}

/// The answer to a question that the API asks before it deletes the default workspace.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum DefaultDeletion {
    /// The caller confirmed it.
    Confirmed,
    /// The caller did not.
    NotConfirmed,
}

/// Deletes a workspace with its budgets and members. Its keys stay, without a workspace. Returns 400 if the workspace
/// has active keys. The default one is deleted only if that is confirmed, which disables its keys for good.
pub fn delete(transaction: &Transaction<'_>, id: &str, default_deletion: DefaultDeletion) -> Result<(), ApiError> {
    let workspace = find(transaction, id)?;
    if workspace.is_default() {
        if default_deletion == DefaultDeletion::NotConfirmed {
            return Err(ApiError::forbidden(
                "The default workspace can only be deleted with confirm_default_workspace_deletion=true",
            ));
        }
        keys::disable_all(transaction, &workspace.id)?;
    }
    let active = keys::count_active(transaction, &workspace.id)?;
    if active > 0 {
        let keys = if active == 1 { "1 active API key".to_owned() } else { format!("{active} active API keys") };
        return Err(ApiError::bad_request(format!(
            "Workspace \"{}\" has {keys}. Delete or disable the keys before the workspace",
            workspace.slug
        ))
        .with_metadata(json!({ "active_key_count": active })));
    }
    transaction.execute("DELETE FROM workspaces WHERE id = ?1", [&workspace.id])?;
    Ok(())
}

fn check_slug_free(transaction: &Transaction<'_>, workspace: &Workspace) -> Result<(), ApiError> {
    let taken: bool = transaction.query_row(
        "SELECT EXISTS (SELECT 1 FROM workspaces WHERE slug = ?1 AND id <> ?2)",
        [&workspace.slug, &workspace.id],
        |row| row.get(0),
    )?;
    if taken {
        let message = format!("A workspace with slug \"{}\" already exists", workspace.slug);
        return Err(ApiError::bad_request(message).with_metadata(json!({ "field": "slug" })));
    }
    Ok(())
}

/// Adds a row without checks.
pub fn insert(transaction: &Transaction<'_>, workspace: &Workspace) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO workspaces (id, name, slug, default_guardrail_id, created_by, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute((
            &workspace.id,
            &workspace.name,
            &workspace.slug,
            &workspace.default_guardrail_id,
            &workspace.created_by,
            &workspace.created_at,
        ))?;
    write(transaction, workspace)
}

/// Writes the fields of a workspace that can change.
pub fn write(transaction: &Transaction<'_>, workspace: &Workspace) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "UPDATE workspaces SET name = :name, slug = :slug, description = :description,
                 default_text_model = :text_model, default_image_model = :image_model,
                 default_provider_sort = :sort, is_observability_io_logging_enabled = :io_logging,
                 is_observability_broadcast_enabled = :broadcast, is_data_discount_logging_enabled = :discount,
                 io_logging_sampling_rate = :rate, io_logging_api_key_ids = :key_ids,
                 disabled_server_tools = :tools, include_byok_in_budgets = :byok, updated_at = :updated_at
             WHERE id = :id",
        )?
        .execute(named_params! {
            ":id": workspace.id,
            ":name": workspace.name,
            ":slug": workspace.slug,
            ":description": workspace.description,
            ":text_model": workspace.default_text_model,
            ":image_model": workspace.default_image_model,
            ":sort": workspace.default_provider_sort,
            ":io_logging": workspace.is_observability_io_logging_enabled,
            ":broadcast": workspace.is_observability_broadcast_enabled,
            ":discount": workspace.is_data_discount_logging_enabled,
            ":rate": workspace.io_logging_sampling_rate,
            ":key_ids": workspace.io_logging_api_key_ids.as_ref().map(|ids| json!(ids).to_string()),
            ":tools": workspace.disabled_server_tools.as_ref().map(|tools| json!(tools).to_string()),
            ":byok": workspace.include_byok_in_budgets,
            ":updated_at": workspace.updated_at,
        })?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Workspace> {
    // The sandbox wrote the lists itself, so they are always valid.
    let list = |column: &str| row.get::<_, Option<String>>(column);
    Ok(Workspace {
        id: row.get("id")?,
        name: row.get("name")?,
        slug: row.get("slug")?,
        description: row.get("description")?,
        default_text_model: row.get("default_text_model")?,
        default_image_model: row.get("default_image_model")?,
        default_provider_sort: row.get("default_provider_sort")?,
        default_guardrail_id: row.get("default_guardrail_id")?,
        is_observability_io_logging_enabled: row.get("is_observability_io_logging_enabled")?,
        is_observability_broadcast_enabled: row.get("is_observability_broadcast_enabled")?,
        is_data_discount_logging_enabled: row.get("is_data_discount_logging_enabled")?,
        io_logging_sampling_rate: row.get("io_logging_sampling_rate")?,
        io_logging_api_key_ids: list("io_logging_api_key_ids")?.and_then(|text| serde_json::from_str(&text).ok()),
        disabled_server_tools: list("disabled_server_tools")?.and_then(|text| serde_json::from_str(&text).ok()),
        include_byok_in_budgets: row.get("include_byok_in_budgets")?,
        created_by: row.get("created_by")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}
