//! Jobs: everything that takes many writes, with a certain outcome for each item.
//!
//! - [`engine`] and [`planners`] are pure: what to send next, and what each answer means.
//! - The rest runs them in this page: [`use_job`], records in storage, claims between tabs.

mod activity;
mod claim;
pub mod engine;
mod environment;
mod lease;
mod lock;
mod notify;
pub mod planners;
pub mod record_store;
mod restored;
mod runner;

pub use engine::{Command, Counts, JobKind, Outcome, OutcomeKind, Snapshot, Stage};
pub use record_store::{InterruptedJob, RecordedJobs, recorded_jobs};
pub use runner::{JobRunner, use_job};

#[cfg(test)]
mod tests;
