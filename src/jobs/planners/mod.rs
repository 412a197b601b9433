//! The kinds of jobs, one planner each.

pub mod budgets;
pub mod members;
