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

// Aliases until callers are renamed: everything below is in `crate::search`.
pub use crate::search::paste::{Found, Pasted};
pub use crate::search::{BudgetUse as Standing, Candidates as Joining, LimitUse as Used, People, SpendReading};

type Lowercase = fn(&str) -> String;

#[expect(missing_docs, reason = "an alias until callers are renamed")]
pub mod filter {
    use super::Lowercase;
    use crate::domain::Workspace;
    use crate::routes::ListQuery;
    pub use crate::search::filter::Indexed;
    use std::sync::Arc;

    pub fn apply<R: std::borrow::Borrow<Indexed>>(rows: &[R], query: &ListQuery, _: Lowercase) -> Vec<Arc<Workspace>> {
        crate::search::filter::apply(rows, &query.search, query.sort, query.direction)
    }
}

#[expect(missing_docs, reason = "an alias until callers are renamed")]
pub mod people {
    use crate::routes::PeopleQuery;
    pub use crate::search::people::{Row, matching};

    pub fn order(rows: &[Row], query: &PeopleQuery) -> Vec<u32> {
        crate::search::people::order(rows, query.sort, query.direction())
    }
}

#[expect(missing_docs, reason = "an alias until callers are renamed")]
pub mod roster {
    pub use crate::search::roster::Entry;

    pub fn words(search: &str, _: super::Lowercase) -> Vec<String> {
        crate::search::roster::words(search)
    }
}

#[expect(missing_docs, reason = "an alias until callers are renamed")]
pub mod paste {
    pub use crate::search::paste::{Entry, Found, Pasted};

    pub fn read(text: &str, people: &super::Joining<'_>, _: super::Lowercase) -> Pasted {
        crate::search::paste::read(text, people)
    }
}

#[expect(missing_docs, reason = "an alias until callers are renamed")]
pub mod standing {
    use super::Standing;
    use crate::domain::{Workspace, WorkspaceId};
    use crate::routes::BudgetsQuery;
    use std::sync::Arc;

    pub fn arrange(
        found: Vec<Arc<Workspace>>,
        query: &BudgetsQuery,
        standing: impl Fn(&WorkspaceId) -> Option<Arc<Standing>>,
    ) -> Vec<Arc<Workspace>> {
        crate::search::budget_use::arrange(found, query.filter, query.sort, query.direction(), standing)
    }
}

#[expect(missing_docs, reason = "an alias until callers are renamed")]
pub fn ranked<T>(mut items: Vec<T>, _: u8, rank: impl Fn(&T) -> u8) -> Vec<T> {
    items.sort_by_key(rank);
    items
}
