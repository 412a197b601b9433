//! Forms: what a person entered, and the request that follows from it or the problems that prevent one.
//!
//! Invariant: a request is made only here, and only from a form without problems.

pub mod bulk_change;
pub mod draft;
pub mod filter;
pub mod form;
pub mod ladder;
pub mod new_workspace;
pub mod paste;
pub mod people;
pub mod problems;
pub mod ranked;
pub mod roster;
pub mod standing;
pub mod workspace;

pub use bulk_change::{BulkChange, BulkForm, BulkProblem, Preview, RungChoice, Skipped};
pub use draft::{Draft, Fields};
pub use form::{Comparison, FieldType, Form, FormField, KeyFilter, KeyScope, LimitInput, Value};
pub use ladder::{LadderField, LadderForm, LadderProblems, RungProblem};
pub use new_workspace::{CreationOrder, NewWorkspace};
pub use paste::{Directory, Found, Pasted};
pub use problems::Problems;
pub use ranked::ranked;
pub use roster::{Joining, People};
pub use standing::{SpendReading, Standing, Used};
pub use workspace::{Field, WorkspaceForm};
