//! Models, to choose defaults from.

use super::listing::{self, read_pages};
use super::request::{Method, Request};
use super::{ApiError, Client, Operation, decode};
use crate::domain::{Model, Page, PageRequest};

/// One page of the models of all output modalities. By default the API lists only those that output text. `GET /models`.
pub async fn list(client: &Client, page: PageRequest) -> Result<Page<Model>, ApiError> {
    let operation = Operation::ListModels;
    let request = Request::new(operation, Method::Get, &["models"]).query("output_modalities", "all").page(page);
    let answer = client.send(request).await?;
    decode::list(operation, &answer.body)
}

/// All models that can be read.
pub async fn list_all(client: &Client) -> Result<Vec<Model>, ApiError> {
    let client = client.clone();
    let fetch = move |page| {
        let client = client.clone();
        Box::pin(async move { list(&client, page).await }) as _
    };
    Ok(listing::collect(read_pages(fetch, |model: &Model| model.id.clone())).await?.rows)
}
