//! The head of a column that sorts.
//!
//! Invariant: `aria-sort` stands on the one column that sorts now.

use super::erase::handler;
use super::icon::{Icon, IconMark};
use leptos::prelude::*;

/// Which way a column sorts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SortDirection {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// The heads of columns that do not sort.
pub fn column_heads(labels: &[&'static str]) -> AnyView {
    let head = |label: &&'static str| view! { <th scope="col" role="columnheader">{*label}</th> };
    labels.iter().map(head).map(IntoAny::into_any).collect_view().into_any()
}

/// A `<th>` with a button in it.
#[component]
pub fn SortHeader(
    /// What the column holds.
    #[prop(into)]
    label: String,
    /// Which way it sorts now; `None` if another column does.
    #[prop(into)]
    active: Signal<Option<SortDirection>>,
    /// Pressed.
    #[prop(into)]
    on_sort: Callback<()>,
    /// The column holds numbers and is aligned at its end.
    #[prop(optional)]
    numeric: bool,
    /// A class for the column's width.
    #[prop(optional, into)]
    class: Option<String>,
) -> impl IntoView {
    let sort = move || match active.get() {
        Some(SortDirection::Ascending) => Some("ascending"),
        Some(SortDirection::Descending) => Some("descending"),
        None => None,
    };
    let icon = move || match active.get() {
        Some(SortDirection::Ascending) => Icon::SortAsc,
        Some(SortDirection::Descending) => Icon::SortDesc,
        None => Icon::SortNone,
    };
    view! {
        <th scope="col" role="columnheader" class=class class:is-numeric=numeric aria-sort=sort>
            <button type="button" class="sort" on:click=handler(move |_| on_sort.run(()))>
                <span>{label}</span>
                {move || view! { <IconMark icon=icon()/> }}
            </button>
        </th>
    }
}
