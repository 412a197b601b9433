//! Operations 1 to 5: workspaces.

use axum::{Json, extract::State, http::StatusCode};

use super::workspace_fields::WorkspaceFields;
use crate::{
    app::App,
    body::{ApiPath, JsonObject},
    error::ApiError,
    paging::{Page, QueryMap},
    store::{
        organization,
        workspaces::{self, DefaultDeletion},
    },
    wire::{Data, Deleted, Listing, Workspace},
};

pub async fn list(State(app): State<App>, page: Page) -> Result<Json<Listing<Workspace>>, ApiError> {
    app.database.read(move |transaction| Ok(Json(workspaces::list(transaction, page)?))).await
}

pub async fn create(State(app): State<App>, body: JsonObject) -> Result<(StatusCode, Json<Data<Workspace>>), ApiError> {
    let mut fields = WorkspaceFields::parse(&body)?;
    let (name, slug) = fields.take_required()?;
    app.database
        .write(move |transaction| {
            let created_by = organization::owner(transaction)?;
            let data = workspaces::create(transaction, name, slug, fields, created_by)?;
            Ok((StatusCode::CREATED, Json(Data { data })))
        })
        .await
}

pub async fn get(State(app): State<App>, ApiPath(id): ApiPath<String>) -> Result<Json<Data<Workspace>>, ApiError> {
    app.database.read(move |transaction| Ok(Json(Data { data: workspaces::find(transaction, &id)? }))).await
}

pub async fn update(
    State(app): State<App>,
    ApiPath(id): ApiPath<String>,
    body: JsonObject,
) -> Result<Json<Data<Workspace>>, ApiError> {
    let fields = WorkspaceFields::parse(&body);
    app.database
        .write(move |transaction| {
            // A missing workspace takes precedence over an invalid field.
            workspaces::find(transaction, &id)?;
            Ok(Json(Data { data: workspaces::update(transaction, &id, fields?)? }))
        })
        .await
}

pub async fn delete(
    State(app): State<App>,
    ApiPath(id): ApiPath<String>,
    query: QueryMap,
) -> Result<Json<Deleted>, ApiError> {
    let default_deletion = match query.flag("confirm_default_workspace_deletion")? {
        Some(true) => DefaultDeletion::Confirmed,
        _ => DefaultDeletion::NotConfirmed,
    };
    app.database
        .write(move |transaction| {
            workspaces::delete(transaction, &id, default_deletion)?;
            Ok(Json(Deleted::DONE))
        })
        .await
}
