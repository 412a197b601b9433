//! Links around a page: the path to it from the start page, and the tabs of its parts.

use leptos::prelude::*;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crumb {
    pub label: String,
    /// The page's URL; `None` for the current page, which comes last.
    pub href: Option<String>,
}

/// A breadcrumb navigation.
#[component]
pub fn Breadcrumb(#[prop(into)] items: Signal<Vec<Crumb>>) -> impl IntoView {
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

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TabItem {
    pub href: String,
    pub label: String,
    pub current: bool,
}

/// A row of tabs. Each is a link with a URL of its own, so Back works.
#[component]
pub fn Tabs(#[prop(into)] items: Signal<Vec<TabItem>>, #[prop(into)] label: String) -> impl IntoView {
    let tab = |item: TabItem| {
        view! {
            <li class="tabs__item">
                <a class="tabs__link" href=item.href aria-current=item.current.then_some("page")>
                    {item.label}
                </a>
            </li>
        }
    };
    view! {
        <nav class="tabs" aria-label=label>
            <ul class="tabs__list">{move || items.get().into_iter().map(tab).collect_view()}</ul>
        </nav>
    }
}
