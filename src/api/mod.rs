//! The shared typed client of the API: every call that the console makes is a function in here.
//!
//! Invariant: a call is built, sent, retried and decoded in one place each (`request`, `transport`, `retry`, `decode`);
//! only `transport` knows the browser, and only `credential` can put the key on a request.

pub mod activity;
pub mod budgets;
pub mod carry_out;
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
pub mod settle;
pub mod transport;
pub mod workspaces;

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod testing;

pub use carry_out::{Carried, PlanEnd, carry_out};
pub use client::{Client, Exchange};
pub use credential::Credential;
pub use error::{ApiError, StatusError};
pub use operation::Operation;
pub use settle::{WriteError, WriteResult};
