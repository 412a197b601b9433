//! Forms: what a person typed, as problems per field or as a request that may be sent.
//!
//! Invariant: a request type is made only here and only from a form without problems.

pub mod draft;
pub mod filter;
pub mod ladder;
pub mod merge;
pub mod problems;
pub mod workspace;

pub use draft::Draft;
pub use ladder::{LadderForm, LadderProblems, RungProblem};
pub use merge::Comparison;
pub use problems::{Field, Problems};
pub use workspace::{KeyScope, WorkspaceForm};
