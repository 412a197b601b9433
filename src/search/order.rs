//! What lists can be sorted and filtered by.

// Until the definitions move here.
pub use crate::routes::{BudgetFilter, BudgetSort, Direction, PeopleSort, RoleFilter, SortKey};
