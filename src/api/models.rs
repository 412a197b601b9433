//! Models: what can be chosen as a default.
//!
//! Invariant: the list is an aid; a model that is not in it may still be typed.

use futures::StreamExt as _;

use super::listing::all_pages;
use super::request::{Method, Request};
use super::{ApiError, Client, Operation, decode};
use crate::domain::{Model, Page, PageRequest};

/// One page of the models, whatever they give: without asking for all, the API lists those that give text alone.
/// `GET /models`.
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
    let mut pages = all_pages(fetch, |model: &Model| model.id.clone());
    let mut models = Vec::new();
    while let Some(chunk) = pages.next().await {
        models.extend(chunk?.rows);
    }
    Ok(models)
}
