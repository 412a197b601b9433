//! Forms: what a person entered, and the request that follows from it or the problems that prevent one.
//!
//! Invariant: a request is made only here, and only from a form without problems.

pub mod bulk_change;
pub mod draft;
pub mod form;
pub mod ladder;
pub mod new_workspace;
pub mod problems;
pub mod workspace;

pub use bulk_change::{BulkChange, BulkForm, BulkProblem, Preview, RungChoice, Skipped};
pub use draft::{Draft, Fields};
pub use form::{Comparison, FieldType, Form, FormField, KeyFilter, KeyScope, LimitInput, Value};
pub use ladder::{LadderField, LadderForm, LadderProblems, RungProblem};
pub use new_workspace::{CreationOrder, NewWorkspace};
pub use problems::Problems;
pub use workspace::{WorkspaceField, WorkspaceForm};

/// An alias of `crate::search::filter` until callers are renamed.
pub mod filter {
    use crate::domain::Workspace;
    use crate::routes::ListQuery;
    pub use crate::search::filter::Indexed;
    use std::sync::Arc;

    #[expect(missing_docs, reason = "an alias")]
    pub fn apply<R: std::borrow::Borrow<Indexed>>(
        rows: &[R],
        query: &ListQuery,
        _: fn(&str) -> String,
    ) -> Vec<Arc<Workspace>> {
        crate::search::filter::apply(rows, &query.search, query.sort, query.direction)
    }
}
