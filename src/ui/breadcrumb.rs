//! Where a page stands.
//!
//! Invariant: the last crumb is the page itself.

use leptos::prelude::*;

/// One step of the way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crumb {
    /// What it is called.
    pub label: String,
    /// Where it is; `None` for the page itself.
    pub href: Option<String>,
}

/// The way to a page.
#[component]
pub fn Breadcrumb(
    /// From the outermost to the page itself.
    #[prop(into)]
    items: Signal<Vec<Crumb>>,
) -> impl IntoView {
    let crumb = |Crumb { label, href }| {
        let inner = match href {
            Some(href) => view! { <a class="breadcrumb__link" href=href><bdi>{label}</bdi></a> }.into_any(),
            None => view! { <bdi class="breadcrumb__here" aria-current="page">{label}</bdi> }.into_any(),
        };
        view! { <li class="breadcrumb__item">{inner}</li> }
    };
    view! {
        <nav class="breadcrumb" aria-label="Breadcrumb">
            <ol class="breadcrumb__list">{move || items.get().into_iter().map(crumb).map(IntoAny::into_any).collect_view()}</ol>
        </nav>
    }
}
