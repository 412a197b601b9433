//! Helpers for the document and the window.
//!
//! Invariant: none of them panics if an element is missing; they do nothing instead.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue, closure::Closure};
use send_wrapper::SendWrapper;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};

/// Returns an id that no other element of this page has: `prefix-n`.
#[must_use]
pub fn unique_id(prefix: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Returns the element that has focus.
pub(super) fn focused() -> Option<web_sys::HtmlElement> {
    document().active_element()?.dyn_into().ok()
}

/// Moves focus. Does nothing if the element is detached or hidden.
pub fn focus(element: &web_sys::HtmlElement) {
    // Fails only on detached documents.
    drop(element.focus());
}

/// Moves focus without scrolling to the element.
pub(crate) fn focus_without_scrolling(element: &web_sys::HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    // Fails only on detached documents.
    drop(element.focus_with_options(&options));
}

/// Scrolls as little as is needed to show an element.
pub(crate) fn scroll_into_view(element: &web_sys::Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Whether a key press belongs to an input method, so that nothing else may act on it. Safari sends the Enter that ends a
/// composition after the composition has ended, with the key code that stands for an input method.
pub(crate) fn is_composing(event: &web_sys::KeyboardEvent) -> bool {
    const INPUT_METHOD: u32 = 229;
    event.is_composing() || event.key_code() == INPUT_METHOD
}

/// Keeps the Enter of an input method from submitting the form around its field, for as long as the page lives.
pub(crate) fn ignore_input_methods() {
    let is_theirs = Rc::new(Cell::new(false));
    let pressed = is_theirs.clone();
    let _ = window_event_listener(leptos::ev::keydown, move |event| pressed.set(is_composing(&event)));
    let _ = window_event_listener(leptos::ev::keypress, move |event| {
        if event.key() == "Enter" && is_theirs.get() {
            event.prevent_default();
        }
    });
}

/// Returns the elements in `root` that match, in document order.
pub(super) fn elements(root: &web_sys::Element, selector: &str) -> Vec<web_sys::Element> {
    let Ok(nodes) = root.query_selector_all(selector) else { return Vec::new() };
    (0..nodes.length()).filter_map(|index| nodes.item(index)?.dyn_into().ok()).collect()
}

/// Returns the width and height of the viewport, in CSS pixels.
pub(super) fn viewport() -> (f64, f64) {
    let number = |value: Result<JsValue, JsValue>| value.ok().and_then(|value| value.as_f64());
    (number(window().inner_width()).unwrap_or(0.0), number(window().inner_height()).unwrap_or(0.0))
}

/// Formats a number as CSS and HTML attributes need it. Calls the browser, because Rust's float formatting would add
/// several kB to the page.
pub fn number_text(number: f64) -> String {
    js_sys::Number::from(number).to_string_with_radix(10).map(String::from).unwrap_or_default()
}

/// Formats a count with separators, such as `1,000`.
pub(super) fn grouped(count: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a count of rows")]
    let number = js_sys::Number::from(count as f64);
    number.to_locale_string("en-US").into()
}

/// Formats a share as a CSS percentage, such as `42.5%`. Clamps it to 0–100%.
#[must_use]
pub fn percentage(share: f64) -> String {
    number_text((share.clamp(0.0, 1.0) * 1000.0).round() / 10.0) + "%"
}

/// Positions a fixed popup below its anchor and at least as wide, or above where there is more space. Keeps it inside
/// the viewport.
pub(super) fn place_below(anchor: &web_sys::Element, popup: &web_sys::HtmlElement) {
    const GAP: f64 = 4.0;
    const MARGIN: f64 = 8.0;
    let style = popup.style();
    let set = |name: &str, px: f64| drop(style.set_property(name, &(number_text(px) + "px")));
    let anchor = anchor.get_bounding_client_rect();
    let (width, height) = viewport();
    // Without the scroll bar.
    let width = document().document_element().map_or(width, |root| f64::from(root.client_width()));
    set("min-width", anchor.width().min(width - 2.0 * MARGIN));
    let (below, above) = (height - anchor.bottom() - GAP - MARGIN, anchor.top() - GAP - MARGIN);
    // Measure the natural height, without the limit from an earlier call.
    drop(style.remove_property("--room"));
    let natural = popup.get_bounding_client_rect();
    let is_above = natural.height() > below && above > below;
    set("--room", if is_above { above } else { below }.max(80.0));
    let limited = popup.get_bounding_client_rect();
    set("top", if is_above { anchor.top() - GAP - limited.height() } else { anchor.bottom() + GAP });
    set("left", anchor.left().min(width - MARGIN - limited.width()).max(MARGIN));
}

/// Runs `work` immediately or, while a pointer is pressed, after the click of that press.
pub(super) fn after_press(work: impl FnOnce() + 'static) {
    let is_pressed = document().query_selector(":active").ok().flatten().is_some();
    if !is_pressed {
        work();
        return;
    }
    let released = Closure::once_into_js(move || set_timeout(work, std::time::Duration::ZERO));
    let options = web_sys::AddEventListenerOptions::new();
    options.set_once(true);
    options.set_capture(true);
    let listener = released.unchecked_ref();
    // A press that turns into scrolling fires `pointercancel` instead; then `work` runs after the next press.
    drop(window().add_event_listener_with_callback_and_add_event_listener_options("pointerup", listener, &options));
}

/// Calls `work` for each `event` of the window until the owner is disposed. The listener is passive and captures, so it
/// also receives the scroll events of containers.
pub(super) fn listen_to_window(event: &'static str, work: impl Fn() + 'static) {
    let callback = Closure::<dyn FnMut()>::new(work);
    let options = web_sys::AddEventListenerOptions::new();
    options.set_passive(true);
    options.set_capture(true);
    let added = window().add_event_listener_with_callback_and_add_event_listener_options(
        event,
        callback.as_ref().unchecked_ref(),
        &options,
    );
    drop(added);
    let callback = SendWrapper::new(callback);
    on_cleanup(move || {
        let listener = callback.as_ref().unchecked_ref();
        drop(window().remove_event_listener_with_callback_and_bool(event, listener, true));
    });
}
