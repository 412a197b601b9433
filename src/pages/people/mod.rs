//! Everybody in the organization.
//!
//! Invariant: search, filter, order and the open panel are in the address.

use leptos::prelude::*;

use crate::components::PageHeader;
use crate::routes::PeopleQuery;

/// The page.
#[component]
pub fn PeoplePage(
    /// What the address asks for.
    query: Memo<PeopleQuery>,
) -> impl IntoView {
    let _ = query;
    view! { <PageHeader title="People"/> }
}
