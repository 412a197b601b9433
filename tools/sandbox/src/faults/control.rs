//! The routes under `/__control` for tests: faults, the log and the data.
//!
//! Invariant: they are not part of the API, and need no key.

use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    routing::{get, post},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::Fault;
use crate::{
    app::App,
    args::{Account, AuthMode, ScaleSize, Seed},
    error::ApiError,
    paging::Page,
    request_log::LoggedRequest,
    seed,
    store::{budgets, keys, members, organization, workspaces},
    wire::{Budget, Key, Member, OrganizationMember, Workspace},
};

/// Returns the routes below `/__control`.
pub fn router() -> Router<App> {
    Router::new()
        .route("/faults", get(list_faults).post(set_fault).delete(clear_faults))
        .route("/log", get(read_log).delete(clear_log))
        .route("/reset", post(reset))
        .route("/db", get(dump))
        .fallback(|| async { ApiError::not_found("No such control route") })
}

async fn list_faults(State(app): State<App>) -> Json<Vec<Fault>> {
    Json(app.faults.all())
}

async fn set_fault(State(app): State<App>, body: Bytes) -> Result<Json<Vec<Fault>>, ApiError> {
    let fault: Fault = parse(&body)?;
    if let super::FaultAnswer::Status(answer) = &fault.answer
        && !(200..=599).contains(&answer.status)
    {
        return Err(ApiError::bad_request("answer.status must be from 200 to 599"));
    }
    app.faults.push(fault);
    Ok(Json(app.faults.all()))
}

async fn clear_faults(State(app): State<App>) -> Json<Value> {
    app.faults.clear();
    Json(json!({ "cleared": true }))
}

async fn read_log(State(app): State<App>) -> Json<Vec<LoggedRequest>> {
    Json(app.log.all())
}

/// Forgets the requests, so that those before do not count as analytics of the same minute either.
async fn clear_log(State(app): State<App>) -> Json<Value> {
    app.log.clear();
    app.analytics.clear();
    Json(json!({ "cleared": true }))
}

/// The new state after a reset.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reset {
    seed: Seed,
    workspaces: Option<u32>,
    people: Option<u32>,
    members: Option<u32>,
    keys: Option<u32>,
    auth: Option<AuthMode>,
    latency_ms: Option<u64>,
    account: Option<Account>,
}

async fn reset(State(app): State<App>, body: Bytes) -> Result<Json<Value>, ApiError> {
    let reset: Reset = parse(&body)?;
    let usual = ScaleSize::default();
    let size = ScaleSize {
        workspaces: reset.workspaces.unwrap_or(usual.workspaces),
        people: reset.people.unwrap_or(usual.people),
        members: reset.members.unwrap_or(usual.members),
        keys: reset.keys.unwrap_or(usual.keys),
    };
    app.database
        .write(move |transaction| {
            seed::clear(transaction)?;
            seed::fill(transaction, reset.seed, size).map_err(|error| ApiError::bad_request(error.to_string()))
        })
        .await?;
    app.set_behavior(reset.auth, reset.latency_ms, reset.account);
    app.faults.clear();
    app.log.clear();
    app.analytics.clear();
    Ok(Json(json!({ "reset": true })))
}

/// The tables. Each row is in the API's format, with every digit.
#[derive(Serialize)]
struct Dump {
    workspaces: Vec<Workspace>,
    budgets: Vec<Budget>,
    members: Vec<Member>,
    keys: Vec<Key>,
    people: Vec<OrganizationMember>,
}

async fn dump(State(app): State<App>) -> Result<Json<Dump>, ApiError> {
    let rows = app.database.read(|transaction| {
        Ok((
            workspaces::list(transaction, Page::ALL)?.data,
            budgets::list_all(transaction)?,
            members::list_all(transaction)?,
            keys::list_all(transaction)?,
            organization::list(transaction, Page::ALL)?.data,
        ))
    });
    let (workspaces, budgets, members, keys, people) = rows.await?;
    Ok(Json(Dump { workspaces, budgets, members, keys, people }))
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    serde_json::from_slice(body).map_err(|error| ApiError::bad_request(error.to_string()))
}
