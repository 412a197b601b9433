//! Models, to choose defaults from.

use super::listing::{self, PageResponse, Pager, read};
use super::request::Request;
use super::{ApiError, Client, Operation};
use crate::domain::{Model, PageRequest};

/// One page of the models of all output modalities. By default the API lists only those that output text. `GET /models`.
pub fn list(client: &Client, page: PageRequest) -> PageResponse<Model> {
    client.list(Request::new(Operation::ListModels, &["models"]).query("output_modalities", "all").page(page))
}

/// All models that can be read.
pub async fn list_all(client: &Client) -> Result<Vec<Model>, ApiError> {
    let client = client.clone();
    let models = read(Pager::counted, move |page| list(&client, page), |model: &Model| model.id.clone());
    Ok(listing::collect(models).await?.rows)
}
