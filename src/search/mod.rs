//! Matching, sorting and looking up workspaces and people.

pub mod budget_use;
pub mod columns;
pub mod filter;
pub mod fold;
pub mod fuzzy;
pub mod keys;
pub mod list;
pub mod month_spend;
pub mod order;
pub mod overview;
pub mod people;
pub mod records;
pub mod roster;
pub mod sorting;
mod spend_by_name;
pub mod spend_shares;

pub use budget_use::{BudgetUse, SpendReading};
pub use roster::People;
