//! The keys of the workspace switcher. In the second file, because the first view does not need them.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use crate::ui::{focus, is_composing};

/// Makes the arrow keys move between the search and the links of the switcher, and Enter in the search follow the first link,
/// for as long as the page lives.
pub fn listen_to_picker_keys() {
    let _ = window_event_listener(leptos::ev::keydown, |event| {
        if !is_composing(&event) && move_focus(&event).is_some() {
            event.prevent_default();
        }
    });
}

/// Returns `None` if the key does nothing.
fn move_focus(event: &KeyboardEvent) -> Option<()> {
    let focused: Element = event.target()?.dyn_into().ok()?;
    let found = focused.closest(".picker").ok()??.query_selector_all("input, a").ok()?;
    let stops: Vec<HtmlElement> = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect();
    let at = stops.iter().position(|stop| stop.is_same_node(Some(&focused)))?;
    match (event.key().as_str(), at) {
        ("ArrowDown", at) => stops.get(at + 1).map(focus),
        ("ArrowUp", at) => stops.get(at.checked_sub(1)?).map(focus),
        ("Enter", 0) => {
            let link = stops.get(1)?.clone();
            queue_microtask(move || link.click());
            Some(())
        }
        _ => None,
    }
}
