//! Which rows of a long table are on the screen, read from the document, and moving focus from row to row.

use super::dom::{elements, focus, focused, scroll_into_view, viewport};
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
/// above the table, if any. A table whose rows are all out of sight, such as on a small screen, is scrolled into view first.
pub fn visible_rows(body: NodeRef<html::Tbody>, cover: NodeRef<html::Div>) -> VisibleRows {
    let Some(body) = body.get_untracked() else { return VisibleRows::default() };
    let visible = rows_in_sight(&body, cover);
    if visible != VisibleRows::default() {
        return visible;
    }
    if let Ok(Some(table)) = body.closest("table") {
        table.scroll_into_view();
    }
    rows_in_sight(&body, cover)
}

fn rows_in_sight(body: &Element, cover: NodeRef<html::Div>) -> VisibleRows {
    let mut visible = VisibleRows::default();
    let (top, bottom) = visible_range(body);
    // The reference outlives its element, so it may be detached.
    let cover = cover.get_untracked().filter(|cover| cover.is_connected());
    let cover_top = cover.map_or(bottom, |cover| cover.get_bounding_client_rect().top());
    for row in elements(body, "tr[data-row]") {
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
    let adjacent = adjacent_row(&row_of(&target)?, is_down)?;
    let checkbox = adjacent.query_selector(CHECKBOX).ok()??;
    focus(&checkbox.dyn_into().ok()?);
    adjacent.get_attribute("data-key")
}

/// Moves focus to the next row (if `is_down`) or the previous one: to its checkbox, or else to its link. If no row has focus,
/// moves it to the first row on the screen.
pub fn move_row_focus(is_down: bool) {
    match focused().and_then(|element| row_of(&element)) {
        Some(row) => focus_beside(&row, is_down, MOST_FRAMES),
        None => first_row_on_screen().iter().for_each(focus_row),
    }
}

/// Presses the checkbox of the row that has focus, if it has one.
pub fn press_row_checkbox() {
    let row = focused().and_then(|element| row_of(&element));
    let checkbox = row.and_then(|row| row.query_selector(CHECKBOX).ok()?);
    if let Some(checkbox) = checkbox.and_then(|checkbox| checkbox.dyn_into::<web_sys::HtmlElement>().ok()) {
        checkbox.click();
    }
}

const CHECKBOX: &str = "input[type=checkbox]";

/// How many frames to wait until a row is drawn.
const MOST_FRAMES: u32 = 10;

fn row_of(element: &Element) -> Option<Element> {
    element.closest("tr[data-row]").ok()?
}

/// The next or previous row, if it is drawn.
fn adjacent_row(row: &Element, is_down: bool) -> Option<Element> {
    let position: usize = row.get_attribute("data-row")?.parse().ok()?;
    let adjacent = if is_down { position + 1 } else { position.checked_sub(1)? };
    row.closest("tbody").ok()??.query_selector(&format!("tr[data-row=\"{adjacent}\"]")).ok()?
}

/// Focuses the row beside another. If the table was scrolled away from that one, the rows beside it are drawn only after it is
/// in view again.
fn focus_beside(row: &Element, is_down: bool, frames: u32) {
    match adjacent_row(row, is_down) {
        Some(adjacent) => focus_row(&adjacent),
        None if frames == 0 => {}
        None => {
            scroll_into_view(row);
            let row = row.clone();
            request_animation_frame(move || focus_beside(&row, is_down, frames - 1));
        }
    }
}

fn focus_row(row: &Element) {
    let find = |selector| row.query_selector(selector).ok().flatten();
    let control = find(CHECKBOX).or_else(|| find("a[href], button"));
    if let Some(control) = control.and_then(|control| control.dyn_into().ok()) {
        focus(&control);
        scroll_into_view(row);
    }
}

fn first_row_on_screen() -> Option<Element> {
    let rows = elements(&document().query_selector("main").ok()??, "tr[data-row]");
    let (top, bottom) = visible_range(&rows.first()?.closest("tbody").ok()??);
    rows.into_iter().find(|row| {
        let edges = row.get_bounding_client_rect();
        edges.top() >= top && edges.bottom() <= bottom
    })
}
