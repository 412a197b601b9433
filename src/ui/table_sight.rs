//! Which rows of a long table are on the screen, and moving among them.
//!
//! Invariant: it is the document that answers, so it is what the person sees, whatever is about to be drawn.

use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

use super::dom::{focus, viewport};

/// The keys of the rows that are on the screen, from the top: those whose middle is neither under the head of the table
/// nor beyond the edge of what scrolls; and of those that would be, were it not for the bar at the bottom.
pub fn keys_in_sight(body: NodeRef<html::Tbody>) -> (Vec<String>, Vec<String>) {
    let (mut keys, mut covered) = (Vec::new(), Vec::new());
    let Some(body) = body.get_untracked() else { return (keys, covered) };
    let (mut top, mut bottom) = (0.0_f64, viewport().1);
    if let Ok(Some(scroller)) = body.closest(".dialog__body, .table-scroll") {
        let edges = scroller.get_bounding_client_rect();
        (top, bottom) = (top.max(edges.top()), bottom.min(edges.bottom()));
    }
    // What sticks to the bottom of the screen covers rows too, but none of a dialog, which is above it.
    let is_above = body.closest("dialog").ok().flatten().is_some();
    let bar = document().query_selector(".bulk-bar").ok().flatten().filter(|_| !is_above);
    let bar = bar.map_or(bottom, |bar| bar.get_bounding_client_rect().top());
    let head = body.closest("table").ok().flatten().and_then(|table| table.query_selector("thead th").ok().flatten());
    top = top.max(head.map_or(0.0, |th| th.get_bounding_client_rect().bottom()));
    let Ok(rows) = body.query_selector_all("tr[data-row]") else { return (keys, covered) };
    for at in 0..rows.length() {
        let Some(row) = rows.item(at).and_then(|row| row.dyn_into::<web_sys::Element>().ok()) else { continue };
        let edges = row.get_bounding_client_rect();
        let middle = f64::midpoint(edges.top(), edges.bottom());
        if (top..bottom).contains(&middle) {
            let place = if middle < bar { &mut keys } else { &mut covered };
            place.extend(row.get_attribute("data-key"));
        }
    }
    (keys, covered)
}

/// Moves focus from a control in a row to the like one in the row before or after; answers that row's key.
pub fn focus_beside(event: &web_sys::KeyboardEvent, is_down: bool) -> Option<String> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    let row = target.closest("tr[data-row]").ok()??;
    let at: usize = row.get_attribute("data-row")?.parse().ok()?;
    let beside = if is_down { at + 1 } else { at.checked_sub(1)? };
    let body = row.closest("tbody").ok()??;
    let beside = body.query_selector(&format!("tr[data-row=\"{beside}\"]")).ok()??;
    let control = beside.query_selector("input[type=checkbox]").ok()??;
    focus(&control.dyn_into().ok()?);
    beside.get_attribute("data-key")
}
