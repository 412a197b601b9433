//! The pages, one file or folder each. They never import each other: what two of them share is a component.

pub mod activity;
pub(crate) mod budgets;
pub mod create_workspace;
pub(crate) mod files;
pub mod keys;
pub(crate) mod not_found;
pub(crate) mod people;
pub(crate) mod sign_in;
pub(crate) mod workspace;
pub(crate) mod workspaces;
