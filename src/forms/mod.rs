//! Forms: what a person typed, as problems per field or as a request that may be sent.
//!
//! Invariant: a request type is made only here and only from a form without problems.

pub mod bulk_change;
pub mod draft;
pub mod filter;
pub mod ladder;
pub mod merge;
pub mod paste;
pub mod people;
pub mod problems;
pub mod ranked;
pub mod roster;
pub mod standing;
pub mod workspace;

pub use bulk_change::{BulkChange, BulkForm, BulkProblem, Preview, RungChoice, Skipped};
pub use draft::Draft;
pub use ladder::{LadderForm, LadderProblems, RungProblem};
pub use merge::Comparison;
pub use paste::{Directory, Found, Pasted};
pub use problems::{Field, Problems};
pub use ranked::ranked;
pub use roster::{Joining, People};
pub use standing::{SpendReading, Standing, Used};
pub use workspace::{KeyScope, WorkspaceForm};
