//! The models that can be a workspace's defaults.

use axum::Json;
use serde_json::{Value, json};

use crate::{
    error::ApiError,
    paging::{Page, QueryMap},
    seed,
    wire::Model,
};

/// Returns the whole list without `offset` and `limit`. `output_modalities` filters it. The default is `text`, and
/// `all` means no filter.
pub async fn list(query: QueryMap) -> Result<Json<Value>, ApiError> {
    let is_paged = query.text("offset").is_some() || query.text("limit").is_some();
    let page = if is_paged { query.page(500, 1000)? } else { Page::ALL };
    let modalities: Vec<&str> = query.text("output_modalities").unwrap_or("text").split(',').map(str::trim).collect();
    let is_wanted = |model: &Model| {
        modalities.contains(&"all")
            || model.architecture.output_modalities.iter().any(|modality| modalities.contains(modality))
    };
    let models: Vec<Model> = seed::models().filter(is_wanted).collect();
    let data: Vec<&Model> = models.iter().skip(page.offset as usize).take(page.limit as usize).collect();
    let end = page.offset as usize + data.len();
    let next = (end < models.len()).then(|| format!("/api/v1/models?offset={end}&limit={}", page.limit));
    Ok(Json(json!({ "data": data, "total_count": models.len(), "links": { "next": next } })))
}
