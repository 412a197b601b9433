//! The one way out: every single write is sent from here.
//!
//! A write is a value that says what to send, what it changes and what to say about it ([`Write`]); [`use_write`] runs it.
//! To add a write, add one file beside these.

mod activity;
mod change_key;
mod create_key;
mod create_workspace;
mod delete_workspace;
mod edit_key;
mod engine;
mod notices;
mod save_budgets;
mod save_settings;

pub use crate::activity::{NewActivity, StepAbout};
pub use activity::{ActivityLog, StepRecorder};
pub use engine::{Message, Scope, Viewer, Write, WriteFailure, Writer, use_write};
pub use notices::Notices;

pub(crate) use change_key::{ChangeKey, KeyChange};
pub(crate) use create_key::IssueKey;
pub(crate) use create_workspace::CreateWithBudgets;
pub(crate) use delete_workspace::DeleteWorkspace;
pub(crate) use edit_key::{EditKey, EditKeyEnd};
pub(crate) use notices::Notice;
pub(crate) use save_budgets::{BudgetsEnd, SaveBudgets, StepStatus};
pub(crate) use save_settings::{SaveSettings, SettingsEnd};
