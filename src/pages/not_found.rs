//! The page for addresses without a view.

use leptos::prelude::*;

use crate::components::PageHeader;
use crate::domain::inline_text;
use crate::navigation::use_navigator;
use crate::routes::Route;
use crate::ui::{EmptyState, Icon, LinkButton, dynamic};

#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    let navigator = use_navigator();
    let nearest = Memo::new(move |_| navigator.nearest_view().map(|route| route.href()));
    let hint = dynamic(move || match nearest.get() {
        Some(href) => {
            let shown = inline_text(&href);
            view! { {"Did you mean "}<a href=href><bdi>{shown}</bdi></a>{"?"} }.into_any()
        }
        None => "The link may be mistyped, or the page may have moved.".into_any(),
    });
    view! {
        <PageHeader title="Page not found"/>
        <EmptyState
            title="Nothing at this address"
            icon=Icon::Warning
            actions=|| view! { <LinkButton href=Route::home().href()>"All workspaces"</LinkButton> }.into_any()
        >
            {hint}
        </EmptyState>
    }
}
