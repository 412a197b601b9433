//! Matching, sorting and looking up workspaces and people.

pub mod budget_use;
pub mod filter;
pub mod order;
pub mod paste;
pub mod people;
pub mod roster;
pub mod sorting;

pub use budget_use::{BudgetUse, SpendReading};
pub use roster::{Candidates, People};
