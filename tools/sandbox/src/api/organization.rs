//! The people of the organization.

use axum::{Json, extract::State};

use crate::{
    app::App,
    args::Account,
    error::ApiError,
    paging::Page,
    store::organization,
    wire::{Listing, OrganizationMember},
};

pub async fn list_members(State(app): State<App>, page: Page) -> Result<Json<Listing<OrganizationMember>>, ApiError> {
    if app.behavior().account == Account::Individual {
        return Err(ApiError::not_found("Organization not found"));
    }
    app.database.read(move |transaction| Ok(Json(organization::list(transaction, page)?))).await
}
