//! The path from the start page to the current page.

use leptos::prelude::*;

/// One page of the path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crumb {
    /// The page's name.
    pub label: String,
    /// The page's URL; `None` for the current page, which comes last.
    pub href: Option<String>,
}

/// A breadcrumb navigation.
#[component]
pub fn Breadcrumb(
    /// The pages, outermost first.
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
            <ol class="breadcrumb__list">{move || items.get().into_iter().map(crumb).collect_view()}</ol>
        </nav>
    }
}
