//! The typed client of the API. Each call is a function in here.
//!
//! Invariant: only `transport` fetches, and only `credential` can add the key to a request.

pub(crate) mod activity;
pub(crate) mod analytics;
pub mod budgets;
mod client;
pub(crate) mod credential;
pub(crate) mod credits;
mod decode;
pub(crate) mod error;
mod key_secret;
pub mod keys;
pub(crate) mod listing;
pub mod members;
pub mod models;
mod operation;
pub mod organization;
mod request;
pub(crate) mod responder;
mod retry;
mod run_plan;
pub(crate) mod settle;
pub(crate) mod transport;
pub mod workspaces;

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod testing;

pub use client::{Client, Exchange, OnWrite, Refusal, WriteEvent};
pub use credential::{Credential, CredentialSlot};
pub use decode::Answer;
pub use error::{ApiError, StatusError};
pub(crate) use key_secret::{CreatedKey, IssuedKey, KeySecret};
pub use listing::collect;
pub use operation::Operation;
pub(crate) use request::RESERVED;
pub use request::Request;
pub use responder::Responder;
pub(crate) use run_plan::{PlanEnd, PlanRun, run_plan};
pub use settle::WriteOutcome;
pub(crate) use settle::{WriteError, WriteResult};
pub use transport::BrowserExchange;
