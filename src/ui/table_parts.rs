//! Parts of a virtual table: the row in place of those that aren't drawn, header cells, measuring, and the note on paper.

use super::dom::{elements, grouped, number_text};
use leptos::prelude::*;

/// A gap's height is kept in this part of a px.
pub(super) const GAP_UNIT: f64 = 64.0;

/// The most rows that are printed.
pub(super) const MOST_PRINTED: usize = 1000;

/// A row in place of rows that aren't drawn, with its height in units.
pub(super) fn gap(columns: usize, units: RwSignal<usize>) -> AnyView {
    #[expect(clippy::cast_precision_loss, reason = "the height of a list")]
    let height = move || number_text(units.get() as f64 / GAP_UNIT) + "px";
    view! {
        <tr class="table__gap" aria-hidden="true" hidden=move || units.get() == 0>
            <td colspan=columns.to_string() style:height=height></td>
        </tr>
    }
    .into_any()
}

/// Returns the drawn rows that another row or the end of the table follows, with how far that is below, in px.
pub(super) fn measured_rows(body: &web_sys::Element) -> Vec<(usize, f64)> {
    let rows = elements(body, "tr[data-row]");
    let place = |row: &web_sys::Element| {
        let position: usize = row.get_attribute("data-row")?.parse().ok()?;
        Some((position, row.get_bounding_client_rect().top()))
    };
    let places: Vec<_> = rows.iter().filter_map(place).collect();
    let next = |pair: &[(usize, f64)]| match *pair {
        [(row, top), (next, bottom)] if next == row + 1 && bottom > top => Some((row, bottom - top)),
        _ => None,
    };
    let mut measured: Vec<_> = places.windows(2).filter_map(next).collect();
    // A single row has no other to be measured by.
    if let (Some((row, _)), [only]) = (places.first(), rows.as_slice()) {
        measured.push((*row, only.get_bounding_client_rect().height()));
    }
    measured
}

/// Header cells of columns that can't be sorted.
pub fn column_heads(labels: &[&'static str]) -> AnyView {
    let head = |label: &&'static str| view! { <th scope="col" role="columnheader">{*label}</th> };
    labels.iter().map(head).collect_view().into_any()
}

/// Says on paper that rows are missing.
pub(super) fn rest_of_print(count: usize, is_printing: bool) -> Option<AnyView> {
    (count > MOST_PRINTED && is_printing).then(|| {
        let [most, all] = [MOST_PRINTED, count].map(grouped);
        view! { <p class="table__rest">{format!("These are the first {most} of {all} rows. The others are not printed.")}</p> }
            .into_any()
    })
}
