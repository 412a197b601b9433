//! Placeholders for content that is loading.
//!
//! They take their space immediately and become visible after 300 ms (a CSS delay), so nothing jumps or flashes.

use leptos::prelude::*;

/// A placeholder for lines of text.
#[component]
pub fn Skeleton(
    /// How many lines.
    lines: usize,
) -> impl IntoView {
    let line = |_| view! { <span class="skeleton__line"></span> };
    view! { <div class="skeleton" aria-hidden="true">{(0..lines).map(line).collect_view()}</div> }
}

/// Placeholder rows for a table's `<tbody>`.
#[component]
pub fn SkeletonRows(
    /// How many rows.
    rows: usize,
    /// How many columns.
    columns: usize,
) -> impl IntoView {
    let cell = |_| view! { <td class="skeleton"><span class={"skeleton__line"}></span></td> };
    let row = move |_| {
        view! { <tr class="skeleton-row" aria-hidden="true">{(0..columns).map(cell).collect_view()}</tr> }
    };
    (0..rows).map(row).collect_view()
}
