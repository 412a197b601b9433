//! Matching, sorting and looking up workspaces and people.

pub mod budget_use;
pub mod filter;
pub mod fold;
pub mod list;
pub mod order;
pub mod people;
pub mod roster;
pub mod sorting;

pub use budget_use::{BudgetUse, SpendReading};
pub use roster::People;
