//! Table header cells.

use super::icon::{Icon, IconMark};
use leptos::prelude::*;

/// The direction of a sorted column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SortDirection {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// Header cells of columns that can't be sorted.
pub fn column_heads(labels: &[&'static str]) -> AnyView {
    let head = |label: &&'static str| view! { <th scope="col" role="columnheader">{*label}</th> };
    labels.iter().map(head).collect_view().into_any()
}

/// The header cell of a sortable column.
#[component]
pub fn SortHeader(
    #[prop(into)] label: String,
    /// The current direction; `None` if the table is sorted by another column.
    #[prop(into)]
    active: Signal<Option<SortDirection>>,
    #[prop(into)] on_sort: Callback<()>,
    class: &'static str,
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
        <th scope="col" role="columnheader" class=class aria-sort=sort>
            <button type="button" class="sort" on:click=move |_| on_sort.run(())>
                <span>{label}</span>
                {move || view! { <IconMark icon=icon()/> }}
            </button>
        </th>
    }
}
