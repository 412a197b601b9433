//! The page for addresses without a view.

use leptos::prelude::*;

use crate::components::PageHeader;
use crate::routes::Route;
use crate::ui::{EmptyState, Icon, LinkButton};

/// Says that the address has no view, and leads to the workspaces.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <PageHeader title="Page not found"/>
        <EmptyState
            title="There is nothing at this address"
            icon=Icon::Warning
            actions=|| view! { <LinkButton href=Route::home().href()>"All workspaces"</LinkButton> }.into_any()
        >
            {"The link may be mistyped, or the page may have moved."}
        </EmptyState>
    }
}
