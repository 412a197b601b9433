//! Somebody else's changes beside one's own, field by field.
//!
//! Invariant: what is empty says so; no cell is blank.

use leptos::prelude::*;

use crate::forms::Comparison;

/// The table of changes.
#[component]
pub fn ComparisonTable(
    /// What it holds, for assistive technology.
    caption: &'static str,
    /// The fields that changed.
    found: Vec<Comparison>,
) -> impl IntoView {
    let row = |it: Comparison| {
        let mine = it.mine.map_or_else(|| "not edited".to_owned(), shown);
        view! {
            <tr role="row">
                <th scope="row" role="rowheader">{it.label}</th>
                <td role="cell" data-label="When you opened it"><bdi>{shown(it.loaded)}</bdi></td>
                <td role="cell" data-label="Now"><bdi>{shown(it.theirs)}</bdi></td>
                <td role="cell" data-label="Yours"><bdi>{mine}</bdi></td>
            </tr>
        }
    };
    view! {
        // Focusable, so that the keyboard can scroll a comparison that is longer than its dialog.
        <div class="table-box comparison" role="group" aria-label="Comparison" tabindex="0">
            <table class="table" role="table">
                <caption class="visually-hidden">{caption}</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        {["Field", "When you opened it", "Now", "Yours"].map(|label| view! {
                            <th scope="col" role="columnheader">{label}</th>
                        }).map(IntoAny::into_any).collect_view()}
                    </tr>
                </thead>
                <tbody role="rowgroup">{found.into_iter().map(row).map(IntoAny::into_any).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn shown(text: String) -> String {
    if text.is_empty() { "(empty)".to_owned() } else { text }
}
