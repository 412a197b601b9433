//! The budgets of all workspaces.
//!
//! Invariant: to come.

use leptos::prelude::*;

use crate::components::PageHeader;
use crate::routes::BudgetsQuery;

/// The page.
#[component]
pub fn BudgetsPage(
    /// What the address asks for.
    query: Memo<BudgetsQuery>,
) -> impl IntoView {
    let _ = query;
    view! { <PageHeader title="Budgets"/> }
}
