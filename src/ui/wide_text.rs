//! Whether the person has made text larger, or has set letters, words or lines wider apart, than the styles expect.
//!
//! Invariant: while it is so, the root element has `data-text="wide"`. Styles then let text wrap instead of cutting it off.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, closure::Closure};

/// The share of the root's font size that ordinary text has, and its line height, both with some room.
const LARGEST: f64 = 0.9;
const TALLEST: f64 = 1.47;

/// Watches a hidden text for as long as the page lives. It changes its size with the text of the page.
pub(crate) fn watch_text_size() {
    let (Some(body), Ok(probe)) = (document().body(), document().create_element("span")) else { return };
    probe.set_class_name("text-probe");
    probe.set_text_content(Some("Some words"));
    // Assistive technology has nothing to read here.
    drop(probe.set_attribute("aria-hidden", "true"));
    drop(body.append_child(&probe));
    let watched = probe.clone();
    let on_resize = Closure::<dyn FnMut()>::new(move || {
        if let Some(root) = document().document_element() {
            // The attribute's name is valid.
            drop(match is_wide(&watched, &root) {
                true => root.set_attribute("data-text", "wide"),
                false => root.remove_attribute("data-text"),
            });
        }
    });
    if let Ok(observer) = web_sys::ResizeObserver::new(on_resize.as_ref().unchecked_ref()) {
        observer.observe(&probe);
    }
    on_resize.forget();
}

fn is_wide(probe: &web_sys::Element, root: &web_sys::Element) -> bool {
    // A value that is not a number, such as `normal`, counts as 0.
    let px = |element: &web_sys::Element, name: &str| {
        let style = window().get_computed_style(element).ok().flatten();
        let text = style.and_then(|style| style.get_property_value(name).ok()).unwrap_or_default();
        Some(js_sys::Number::parse_float(&text)).filter(|px| px.is_finite()).unwrap_or_default()
    };
    let size = px(probe, "font-size");
    size > px(root, "font-size") * LARGEST
        || px(probe, "line-height") > size * TALLEST
        || px(probe, "letter-spacing") > 0.0
        || px(probe, "word-spacing") > 0.0
}
