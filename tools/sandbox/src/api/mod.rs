//! The API's calls.
//!
//! Invariant: a call parses the request. The store checks the rules.

mod activity;
mod analytics;
mod budgets;
mod credits;
mod current_key;
pub mod key_fields;
mod keys;
mod members;
mod models;
mod organization;
pub mod workspace_fields;
mod workspaces;

use axum::{
    Router,
    http::StatusCode,
    routing::{delete, get, patch, post},
};

use crate::{app::App, error::ApiError};

/// Returns the routes below `/api/v1`.
pub fn router() -> Router<App> {
    Router::new()
        .route("/workspaces", get(workspaces::list).post(workspaces::create))
        .route("/workspaces/{id}", get(workspaces::get).patch(workspaces::update).delete(workspaces::delete))
        .route("/workspaces/{id}/budgets", get(budgets::list))
        .route("/workspaces/{id}/budgets/{interval}", get(budgets::get).put(budgets::set).delete(budgets::delete))
        .route("/workspaces/{id}/members", get(members::list))
        .route("/workspaces/{id}/members/add", post(members::bulk_add))
        .route("/workspaces/{id}/members/remove", post(members::bulk_remove))
        .route("/key", get(current_key::get))
        .route("/keys", get(keys::list).post(keys::create))
        .route("/keys/{hash}", patch(keys::update).merge(delete(keys::delete)).merge(get(keys::get)))
        .route("/organization/members", get(organization::list_members))
        .route("/activity", get(activity::list))
        .route("/analytics/meta", get(analytics::meta))
        .route("/analytics/query", post(analytics::query))
        .route("/credits", get(credits::get))
        .route("/models", get(models::list))
        .fallback(|| async { ApiError::not_found("Not found") })
        .method_not_allowed_fallback(|| async { ApiError::new(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed") })
}
