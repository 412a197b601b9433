//! API keys, which block deletions and have spend.

use axum::{Json, extract::State};

use crate::{
    app::App,
    body::{ApiPath, JsonObject, Patch, invalid},
    error::ApiError,
    paging::{Page, QueryMap},
    store::{
        keys::{self, KeyFilter},
        workspaces,
    },
    wire::{Data, Deleted, Key},
};

/// The number of keys on a page.
const PAGE_SIZE: u32 = 100;

pub async fn list(State(app): State<App>, query: QueryMap) -> Result<Json<Data<Vec<Key>>>, ApiError> {
    let offset = query.number("offset", 0, u32::MAX)?.unwrap_or(0);
    let filter = KeyFilter {
        include_disabled: query.flag("include_disabled")?.unwrap_or(false),
        include_expired: query.flag("include_expired")?.unwrap_or(false),
    };
    let workspace = query.text("workspace_id").unwrap_or("default").to_owned();
    app.database
        .read(move |transaction| {
            let workspace = workspaces::find(transaction, &workspace)?;
            let page = Page { offset, limit: PAGE_SIZE };
            Ok(Json(Data { data: keys::list(transaction, &workspace.id, filter, page)? }))
        })
        .await
}

pub async fn get(State(app): State<App>, ApiPath(hash): ApiPath<String>) -> Result<Json<Data<Key>>, ApiError> {
    app.database.read(move |transaction| Ok(Json(Data { data: keys::find(transaction, &hash)? }))).await
}

pub async fn update(
    State(app): State<App>,
    ApiPath(hash): ApiPath<String>,
    body: JsonObject,
) -> Result<Json<Data<Key>>, ApiError> {
    let name = match body.text("name", 1, 255)? {
        Patch::Null => return Err(invalid("name", "a string of 1 to 255 characters")),
        Patch::Absent => None,
        Patch::Value(name) => Some(name),
    };
    let disabled = body.flag("disabled")?;
    app.database
        .write(move |transaction| Ok(Json(Data { data: keys::update(transaction, &hash, name, disabled)? })))
        .await
}

pub async fn delete(State(app): State<App>, ApiPath(hash): ApiPath<String>) -> Result<Json<Deleted>, ApiError> {
    app.database
        .write(move |transaction| {
            keys::delete(transaction, &hash)?;
            Ok(Json(Deleted::DONE))
        })
        .await
}
