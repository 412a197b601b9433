//! Operations 6 to 9: budgets.

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{
    app::App,
    body::{ApiPath, JsonObject, invalid},
    error::ApiError,
    store::{budgets, workspaces},
    wire::{Budget, Deleted, Interval, Usd},
};

/// One budget or all budgets, with the workspace's setting for BYOK spend.
#[derive(Serialize)]
pub struct WithByok<T> {
    data: T,
    include_byok_in_budgets: bool,
}

pub async fn list(
    State(app): State<App>,
    ApiPath(id): ApiPath<String>,
) -> Result<Json<WithByok<Vec<Budget>>>, ApiError> {
    app.database
        .read(move |transaction| {
            let workspace = workspaces::find(transaction, &id)?;
            let data = budgets::list(transaction, &workspace.id)?;
            Ok(Json(WithByok { data, include_byok_in_budgets: workspace.include_byok_in_budgets }))
        })
        .await
}

pub async fn get(
    State(app): State<App>,
    ApiPath((id, interval)): ApiPath<(String, String)>,
) -> Result<Json<WithByok<Budget>>, ApiError> {
    let interval = parse_interval(&interval)?;
    app.database
        .read(move |transaction| {
            let workspace = workspaces::find(transaction, &id)?;
            let data = budgets::find(transaction, &workspace, interval)?;
            Ok(Json(WithByok { data, include_byok_in_budgets: workspace.include_byok_in_budgets }))
        })
        .await
}

pub async fn set(
    State(app): State<App>,
    ApiPath((id, interval)): ApiPath<(String, String)>,
    body: JsonObject,
) -> Result<Json<WithByok<Budget>>, ApiError> {
    let interval = parse_interval(&interval)?;
    let limit = parse_limit(&body)?;
    let include_byok = body.flag("include_byok_in_budgets")?;
    app.database
        .write(move |transaction| {
            let mut workspace = workspaces::find(transaction, &id)?;
            let data = budgets::set(transaction, &mut workspace, interval, &limit, include_byok)?;
            Ok(Json(WithByok { data, include_byok_in_budgets: workspace.include_byok_in_budgets }))
        })
        .await
}

pub async fn delete(
    State(app): State<App>,
    ApiPath((id, interval)): ApiPath<(String, String)>,
) -> Result<Json<Deleted>, ApiError> {
    let interval = parse_interval(&interval)?;
    app.database
        .write(move |transaction| {
            let workspace = workspaces::find(transaction, &id)?;
            budgets::delete(transaction, &workspace.id, interval)?;
            Ok(Json(Deleted::DONE))
        })
        .await
}

fn parse_interval(text: &str) -> Result<Interval, ApiError> {
    text.parse().map_err(|_| invalid("interval", "daily, weekly, monthly or lifetime"))
}

/// Reads the limit from the text, because a parsed JSON number loses digits.
fn parse_limit(body: &JsonObject) -> Result<Usd, ApiError> {
    #[derive(Deserialize)]
    struct Limit<'a> {
        #[serde(borrow)]
        limit_usd: Option<&'a RawValue>,
    }
    let refused = || invalid("limit_usd", "a number greater than 0");
    let Limit { limit_usd } = serde_json::from_slice(&body.bytes).map_err(|_| refused())?;
    let raw = limit_usd.ok_or_else(|| ApiError::bad_request("limit_usd is required"))?;
    raw.get().parse().ok().filter(Usd::is_positive).ok_or_else(refused)
}
