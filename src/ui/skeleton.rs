//! The shape of what is coming, shown only when it takes long.
//!
//! Invariant: it takes its room at once and its picture after 300 ms (by a CSS delay), so nothing jumps or flashes.

use leptos::prelude::*;

/// Lines of text to come.
#[component]
pub fn Skeleton(
    /// How many. Default: 3.
    #[prop(default = 3)]
    lines: usize,
) -> impl IntoView {
    let line = |_| view! { <span class="skeleton__line"></span> };
    view! { <div class="skeleton" aria-hidden="true">{(0..lines).map(line).map(IntoAny::into_any).collect_view()}</div> }
}

/// Rows of a table to come, for its `<tbody>`.
#[component]
pub fn SkeletonRows(
    /// How many rows. Default: 8.
    #[prop(default = 8)]
    rows: usize,
    /// How many columns.
    columns: usize,
) -> impl IntoView {
    let cell = |_| view! { <td class="skeleton"><span class={"skeleton__line"}></span></td> };
    let row = |_| view! { <tr class="skeleton-row" aria-hidden="true">{(0..columns).map(cell).map(IntoAny::into_any).collect_view()}</tr> };
    (0..rows).map(row).map(IntoAny::into_any).collect_view()
}
