//! API keys, which block deletions and have spend.

use axum::{Json, extract::State, http::StatusCode};
use serde::Serialize;

use super::key_fields::{KeyFields, NewKeyFields};
use crate::{
    app::App,
    body::{ApiPath, JsonObject},
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
    let workspace = query.text("workspace_id").map(str::to_owned);
    app.database
        .read(move |transaction| {
            let workspace = workspaces::find_or_default(transaction, workspace.as_deref())?;
            let page = Page { offset, limit: PAGE_SIZE };
            Ok(Json(Data { data: keys::list(transaction, &workspace.id, filter, page)? }))
        })
        .await
}

pub async fn get(State(app): State<App>, ApiPath(hash): ApiPath<String>) -> Result<Json<Data<Key>>, ApiError> {
    app.database.read(move |transaction| Ok(Json(Data { data: keys::find(transaction, &hash)? }))).await
}

/// The response to creating a key. The secret is never returned again.
#[derive(Serialize)]
pub struct NewKey {
    data: Key,
    key: String,
}

pub async fn create(State(app): State<App>, body: JsonObject) -> Result<(StatusCode, Json<NewKey>), ApiError> {
    let fields = KeyFields::parse(&body)?;
    let new = NewKeyFields::parse(&body)?;
    app.database
        .write(move |transaction| {
            let (data, key) = keys::create(transaction, fields, new)?;
            Ok((StatusCode::CREATED, Json(NewKey { data, key })))
        })
        .await
}

pub async fn update(
    State(app): State<App>,
    ApiPath(hash): ApiPath<String>,
    body: JsonObject,
) -> Result<Json<Data<Key>>, ApiError> {
    let fields = KeyFields::parse(&body);
    app.database
        .write(move |transaction| {
            // A missing key takes precedence over an invalid field.
            keys::find(transaction, &hash)?;
            Ok(Json(Data { data: keys::update(transaction, &hash, fields?)? }))
        })
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
