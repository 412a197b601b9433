//! Rows that open what their link opens.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, MouseEvent};

/// What a press on a row is meant for instead.
const CONTROLS: &str = "a, button, input, label, select, summary, textarea";

/// Makes a press anywhere in a row with a `cell-link` press it, for as long as the page lives. Controls, selected text
/// and presses with a modifier are left alone.
pub(crate) fn open_rows() {
    let _ = window_event_listener(leptos::ev::click, |event| {
        if let Some(link) = link_of(&event) {
            // The click of the link comes here too, so this one has to end first.
            queue_microtask(move || link.click());
        }
    });
}

fn link_of(event: &MouseEvent) -> Option<HtmlElement> {
    let has_modifier = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || has_modifier {
        return None;
    }
    let target: Element = event.target()?.dyn_into().ok()?;
    let row = target.closest("tr[data-row]").ok()??;
    let is_selecting = || window().get_selection().ok().flatten().is_some_and(|it| !it.is_collapsed());
    if target.closest(CONTROLS).ok()?.is_some() || is_selecting() {
        return None;
    }
    row.query_selector(".cell-link").ok()??.dyn_into().ok()
}
