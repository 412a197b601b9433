//! Forms: what a person entered, and the request that follows from it or the problems that prevent one.
//!
//! Invariant: a request is made only here, and only from a form without problems.

mod bulk_change;
pub(crate) mod draft;
mod form;
mod key;
mod ladder;
mod new_workspace;
pub(crate) mod saved_views;
mod workspace;

pub use ladder::LadderForm;
pub use workspace::WorkspaceForm;

pub(crate) use bulk_change::{BulkForm, BulkProblem, Preview, RungChoice, Skipped};
pub(crate) use draft::{Draft, read_undo, undo_draft};
pub(crate) use form::{Comparison, FieldType, Form, FormField, KeyFilter, KeyScope, LimitInput, PercentInput, Value};
pub(crate) use key::{Expiry, KeyField, KeyForm, KeyProblems};
pub(crate) use ladder::{LadderField, LadderProblems, RungProblem};
pub(crate) use new_workspace::{CreationOrder, NewWorkspace};
pub(crate) use workspace::{Problems, WorkspaceField};
