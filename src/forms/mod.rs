//! Forms: what a person typed, as problems per field or as a request that can be sent.
//!
//! Invariant: a request type is made only here, and only from a form without problems.

pub mod bulk_change;
pub mod draft;
pub mod ladder;
pub mod merge;
pub mod problems;
pub mod workspace;

pub use bulk_change::{BulkChange, BulkForm, BulkProblem, Preview, RungChoice, Skipped};
pub use draft::Draft;
pub use ladder::{LadderForm, LadderProblems, RungProblem};
pub use merge::Comparison;
pub use problems::{Field, Problems};
pub use workspace::{KeyScope, WorkspaceForm};

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
