//! The one way out: every single write is sent from here.
//!
//! A write is a value that says what to send, what it changes and what to say about it ([`Write`]); [`use_write`] runs it.
//! Pending and failure, the journal, notices, invalidation, the list of workspaces and the guard are dealt with in this
//! room and nowhere else. To add a write, add one file beside these.

mod change_key;
mod create_workspace;
mod delete_workspace;
mod engine;
pub mod journal;
pub mod notices;
mod save_budgets;
mod save_settings;

pub use change_key::{ChangeKey, KeyChange};
pub use create_workspace::{CreateWithBudgets, Created};
pub use delete_workspace::DeleteWorkspace;
pub use engine::{ListChange, Message, Scope, Viewer, Write, WriteFailure, Writer, use_write};
pub use journal::{Journal, JournalEntry};
pub use notices::Notices;
pub use save_budgets::{BudgetsEnd, SaveBudgets, StepStatus};
pub use save_settings::{SaveSettings, SettingsEnd};
