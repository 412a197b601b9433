//! The page for addresses without a view.

use leptos::prelude::*;

use crate::components::PageHeader;
use crate::routes::Route;
use crate::ui::{EmptyState, Icon, LinkButton};

#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
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
