//! The engine for everything that takes many writes. Pure: it knows no time, no network and no browser.
//!
//! - [`Job`] decides: stages, waits, keys, how many requests at once, stop, retry. [`Planner`]s know the requests.
//! - [`run`] does what the job decides through an [`Environment`].
//! - [`record`] keeps a job as text, so that a closed tab's job can be resumed.
//! - [`Snapshot`] and [`Words`] are what the screens see.
//!
//! Invariant: whatever the server does, every item ends with exactly one final outcome.

mod items;
mod job;
mod planner;
pub mod record;
mod runner;
mod snapshot;
pub mod words;

pub use items::{Counts, Item, JobKind, JobSpec, Ledger, Outcome, OutcomeKind, Scope};
pub use job::{Job, Next, Stage};
pub use planner::{Activity, Call, Failure, Planner, Ticket};
pub use runner::{Environment, run};
pub use snapshot::Snapshot;
pub use words::{About, Column, Subjects, Words};
