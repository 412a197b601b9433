//! The credits of the account.

use axum::{Json, extract::State};

use crate::{
    app::App,
    error::ApiError,
    store::{activity, keys},
    wire::{Credits, Data},
};

/// The credits that every account has bought beyond what it has used, in US dollars, at least.
const REST: f64 = 1_000.0;
/// Credits are bought in multiples of this many US dollars.
const STEP: f64 = 5_000.0;

pub async fn get(State(app): State<App>) -> Result<Json<Data<Credits>>, ApiError> {
    app.database
        .read(|transaction| {
            let total_usage = keys::total_usage(transaction)? + activity::spend_without_key(transaction)?;
            let total_credits = ((total_usage + REST) / STEP).ceil() * STEP;
            Ok(Json(Data { data: Credits { total_credits, total_usage } }))
        })
        .await
}
