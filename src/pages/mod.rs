//! The pages, one file or folder each.
//!
//! Invariant: pages never import each other. What two of them share is a component.

pub mod budgets;
pub mod create_workspace;
pub mod journal;
pub mod not_found;
pub mod people;
pub mod sign_in;
pub mod workspace;
pub mod workspaces;
