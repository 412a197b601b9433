//! The kinds of jobs, one planner each.

pub mod budgets;
pub mod files;
pub mod keys;
pub mod members;
pub mod offboarding;
pub mod rotation;
