//! The parts of a page as links.
//!
//! Invariant: a tab is a link with its own URL; Back works.

use leptos::prelude::*;

/// One part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TabItem {
    /// Where it is.
    pub href: String,
    /// What it is.
    pub label: String,
    /// How many things are in it.
    pub count: Option<String>,
    /// Whether it is the one shown.
    pub current: bool,
}

/// A row of links, of which the current is marked.
#[component]
pub fn Tabs(
    /// The parts.
    #[prop(into)]
    items: Signal<Vec<TabItem>>,
    /// The accessible name of the navigation.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let tab = |item: TabItem| {
        view! {
            <li class="tabs__item">
                <a class="tabs__link" href=item.href aria-current=item.current.then_some("page")>
                    <span>{item.label}</span>
                    {item.count.map(|count| view! { <span class="tabs__count">{count}</span> }.into_any())}
                </a>
            </li>
        }
    };
    view! {
        <nav class="tabs" aria-label=label>
            <ul class="tabs__list">{move || items.get().into_iter().map(tab).map(IntoAny::into_any).collect_view()}</ul>
        </nav>
    }
}
