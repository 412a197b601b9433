//! The typed client of the API. Each call is a function in here.
//!
//! Invariant: only `transport` fetches, and only `credential` can add the key to a request.

pub mod activity;
pub mod budgets;
pub mod client;
pub mod credential;
pub mod decode;
pub mod error;
pub mod keys;
pub mod listing;
pub mod members;
pub mod models;
pub mod operation;
pub mod organization;
pub mod request;
pub mod retry;
pub mod run_plan;
pub mod settle;
pub mod transport;
pub mod workspaces;

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod testing;

pub use client::{Client, Exchange};
pub use credential::Credential;
pub use error::{ApiError, StatusError};
pub use operation::Operation;
pub use run_plan::{PlanEnd, PlanRun, run_plan};
pub use settle::{WriteError, WriteResult};
