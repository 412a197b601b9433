//! Which rows of a long table are on the screen, read from the document.

use super::dom::{elements, focus, viewport};
use leptos::wasm_bindgen::JsCast;
use leptos::{html, prelude::*};
use web_sys::Element;

/// The keys of the rows on the screen, from top to bottom. A row counts if its middle is visible.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VisibleRows {
    pub keys: Vec<String>,
    /// The rows that only `cover` hides.
    pub covered: Vec<String>,
}

/// Returns the visible rows of a [`super::VirtualTable`]. `cover` is an element that sticks to the bottom of the screen
/// above the table, if any.
pub fn visible_rows(body: NodeRef<html::Tbody>, cover: NodeRef<html::Div>) -> VisibleRows {
    let mut visible = VisibleRows::default();
    let Some(body) = body.get_untracked() else { return visible };
    let (top, bottom) = visible_range(&body);
    // The reference outlives its element, so it may be detached.
    let cover = cover.get_untracked().filter(|cover| cover.is_connected());
    let cover_top = cover.map_or(bottom, |cover| cover.get_bounding_client_rect().top());
    for row in elements(&body, "tr[data-row]") {
        let edges = row.get_bounding_client_rect();
        let middle = f64::midpoint(edges.top(), edges.bottom());
        if (top..bottom).contains(&middle) {
            let keys = if middle < cover_top { &mut visible.keys } else { &mut visible.covered };
            keys.extend(row.get_attribute("data-key"));
        }
    }
    visible
}

/// Returns the part of the viewport (top, bottom) in which the rows are visible: below the sticky header, and inside all
/// scrolling ancestors.
fn visible_range(body: &Element) -> (f64, f64) {
    let header = body.closest("table").ok().flatten().and_then(|table| table.query_selector("thead th").ok().flatten());
    let mut top = header.map_or(0.0, |cell| cell.get_bounding_client_rect().bottom()).max(0.0);
    let mut bottom = viewport().1;
    let mut ancestor = body.parent_element();
    while let Some(element) = ancestor {
        if scrolls(&element) {
            let edges = element.get_bounding_client_rect();
            (top, bottom) = (top.max(edges.top()), bottom.min(edges.bottom()));
        }
        ancestor = element.parent_element();
    }
    (top, bottom)
}

fn scrolls(element: &Element) -> bool {
    let style = window().get_computed_style(element).ok().flatten();
    let overflow = style.and_then(|style| style.get_property_value("overflow-y").ok());
    overflow.is_some_and(|overflow| matches!(overflow.as_str(), "auto" | "scroll"))
}

/// Moves focus from a row's checkbox to that of the next row (if `is_down`) or the previous one. Returns that row's key.
pub fn focus_adjacent_row(event: &web_sys::KeyboardEvent, is_down: bool) -> Option<String> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let row = target.closest("tr[data-row]").ok()??;
    let position: usize = row.get_attribute("data-row")?.parse().ok()?;
    let adjacent = if is_down { position + 1 } else { position.checked_sub(1)? };
    let body = row.closest("tbody").ok()??;
    let adjacent = body.query_selector(&format!("tr[data-row=\"{adjacent}\"]")).ok()??;
    let checkbox = adjacent.query_selector("input[type=checkbox]").ok()??;
    focus(&checkbox.dyn_into().ok()?);
    adjacent.get_attribute("data-key")
}
