//! The engine for everything that takes many writes. Pure: it has no clock, no network and no browser.
//!
//! A [`Planner`] knows the requests of one kind of job, a [`Job`] decides when they are sent, and [`run`] sends them.
//!
//! Invariant: whatever the server does, every item ends with exactly one final outcome.

mod items;
pub mod job;
mod planner;
pub mod record;
mod runner;
mod snapshot;
pub mod words;

pub use items::{Counts, Item, JobKind, JobSpec, Ledger, Outcome, OutcomeKind, Scope};
pub use job::{Command, Job, Stage};
pub use planner::{Call, Failure, Planner, Ticket, not_read_back};
pub use runner::{Environment, run};
pub use snapshot::Snapshot;
pub use words::{About, Column, KeyAbout, Subjects, Words};
