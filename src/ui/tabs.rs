//! Tabs: links to the parts of a page.

use leptos::prelude::*;

/// One tab.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TabItem {
    /// The URL of the part.
    pub href: String,
    /// The name of the part.
    pub label: String,
    /// Whether this part is shown.
    pub current: bool,
}

/// A row of tabs. Each is a link with a URL of its own, so Back works.
#[component]
pub fn Tabs(
    /// The tabs.
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
