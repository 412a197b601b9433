//! Forms: what a person typed, as problems per field or as a request that may be sent.
//!
//! Invariant: a request type is made only here and only from a form without problems.

pub mod filter;
pub mod merge;
pub mod problems;
pub mod workspace;

pub use problems::{Field, Problems};
pub use workspace::{KeyScope, WorkspaceForm};
