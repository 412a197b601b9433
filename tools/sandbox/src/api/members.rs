//! Operations 10 to 12: members.

use std::collections::BTreeSet;

use axum::{Json, extract::State};
use serde::Serialize;

use crate::{
    app::App,
    body::{ApiPath, JsonObject, invalid},
    error::ApiError,
    paging::Page,
    store::{members, workspaces},
    wire::{Listing, Member},
};

/// The response to adding members.
#[derive(Serialize)]
pub struct Added {
    data: Vec<Member>,
    added_count: usize,
}

/// The response to removing members.
#[derive(Serialize)]
pub struct Removed {
    removed_count: usize,
}

pub async fn list(
    State(app): State<App>,
    ApiPath(id): ApiPath<String>,
    page: Page,
) -> Result<Json<Listing<Member>>, ApiError> {
    app.database
        .read(move |transaction| {
            let workspace = workspaces::find(transaction, &id)?;
            Ok(Json(members::list(transaction, &workspace, page)?))
        })
        .await
}

pub async fn bulk_add(
    State(app): State<App>,
    ApiPath(id): ApiPath<String>,
    body: JsonObject,
) -> Result<Json<Added>, ApiError> {
    let user_ids = parse_user_ids(&body)?;
    app.database
        .write(move |transaction| {
            let workspace = workspaces::find(transaction, &id)?;
            let data = members::add(transaction, &workspace, &user_ids)?;
            Ok(Json(Added { added_count: data.len(), data }))
        })
        .await
}

pub async fn bulk_remove(
    State(app): State<App>,
    ApiPath(id): ApiPath<String>,
    body: JsonObject,
) -> Result<Json<Removed>, ApiError> {
    let user_ids = parse_user_ids(&body)?;
    app.database
        .write(move |transaction| {
            let workspace = workspaces::find(transaction, &id)?;
            Ok(Json(Removed { removed_count: members::remove(transaction, &workspace, &user_ids)? }))
        })
        .await
}

/// Reads 1 to 100 IDs without duplicates.
fn parse_user_ids(body: &JsonObject) -> Result<BTreeSet<String>, ApiError> {
    const MUST_BE: &str = "a list of 1 to 100 user ids";
    let ids = body.read_non_null("user_ids", MUST_BE, |value| {
        let ids = value.as_array().filter(|ids| (1..=100).contains(&ids.len()))?;
        ids.iter().map(|id| id.as_str().filter(|id| !id.is_empty()).map(str::to_owned)).collect()
    })?;
    ids.ok_or_else(|| invalid("user_ids", MUST_BE))
}
