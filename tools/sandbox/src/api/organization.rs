//! The people of the organization.

use axum::{Json, extract::State};

use crate::{
    app::App,
    error::ApiError,
    paging::Page,
    store::organization,
    wire::{Listing, OrganizationMember},
};

pub async fn list_members(State(app): State<App>, page: Page) -> Result<Json<Listing<OrganizationMember>>, ApiError> {
    app.database.read(move |transaction| Ok(Json(organization::list(transaction, page)?))).await
}
