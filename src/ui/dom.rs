//! The few things that components need from the document itself.
//!
//! Invariant: nothing here panics when the document is missing an element; it does nothing instead.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue, closure::Closure};
use send_wrapper::SendWrapper;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};

/// An id that no other element of this page has: `prefix-n`.
#[must_use]
pub fn unique_id(prefix: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The element that has focus, if it is one that can be focused again.
pub(crate) fn focused() -> Option<web_sys::HtmlElement> {
    document().active_element()?.dyn_into().ok()
}

/// Moves focus. A detached or hidden element leaves focus where it is.
pub(crate) fn focus(element: &web_sys::HtmlElement) {
    // The call fails only on detached documents, where there is nothing to move.
    drop(element.focus());
}

/// Moves focus without scrolling to it.
pub(crate) fn focus_quietly(element: &web_sys::HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    // As above: it fails only where there is nothing to move.
    drop(element.focus_with_options(&options));
}

/// The size of the viewport in CSS pixels: width, height.
pub(crate) fn viewport() -> (f64, f64) {
    let number = |value: Result<JsValue, JsValue>| value.ok().and_then(|it| it.as_f64());
    (number(window().inner_width()).unwrap_or(0.0), number(window().inner_height()).unwrap_or(0.0))
}

/// How many rows of a height can be in sight at once.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a screen's height over a row's")]
pub(crate) fn rows_in_sight(height: f64) -> usize {
    (viewport().1 / height).ceil() as usize
}

/// The mean distance from one row's top to the next one's, over the rows of `body` that lie next to each other.
pub(crate) fn row_pitch(body: &web_sys::Element) -> Option<f64> {
    let rows = body.query_selector_all("tr[data-row]").ok()?;
    let row = |index| -> Option<(f64, web_sys::DomRect)> {
        let row: web_sys::Element = rows.item(index)?.dyn_into().ok()?;
        Some((row.get_attribute("data-row")?.parse().ok()?, row.get_bounding_client_rect()))
    };
    // The first and the last may stand apart, for having focus.
    let edge = u32::from(rows.length() > 4);
    let (first, top) = row(edge)?;
    let (last, bottom) = row(rows.length() - 1 - edge)?;
    let pitch = if last > first { (bottom.top() - top.top()) / (last - first) } else { top.height() };
    (pitch > 1.0).then_some(pitch)
}

/// A number as JavaScript writes it. The browser has the code for that already: Rust's would come with the page.
pub(crate) fn number_text(number: f64) -> String {
    js_sys::Number::from(number).to_string_with_radix(10).map(String::from).unwrap_or_default()
}

/// A share as CSS writes it, from nothing to all: `42.5%`.
#[must_use]
pub fn percentage(share: f64) -> String {
    number_text((share.clamp(0.0, 1.0) * 1000.0).round() / 10.0) + "%"
}

/// How a popup lies on its anchor.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    /// Same left edge, at least as wide as the anchor.
    Stretch,
    /// Same right edge.
    End,
}

/// Places a fixed popup below its anchor, or above where there is more room, always inside the viewport.
pub(crate) fn place(anchor: &web_sys::Element, popup: &web_sys::HtmlElement, align: Align) {
    const GAP: f64 = 4.0;
    const EDGE: f64 = 8.0;
    let style = popup.style();
    let set = |name: &str, px: f64| drop(style.set_property(name, &(number_text(px) + "px")));
    let at = anchor.get_bounding_client_rect();
    let (width, height) = viewport();
    if align == Align::Stretch {
        set("min-width", at.width().min(width - 2.0 * EDGE));
    }
    let (below, above) = (height - at.bottom() - GAP - EDGE, at.top() - GAP - EDGE);
    // The natural height first: an earlier limit must not count.
    drop(style.remove_property("--room"));
    let own = popup.get_bounding_client_rect();
    let flip = own.height() > below && above > below;
    set("--room", if flip { above } else { below }.max(80.0));
    let own = popup.get_bounding_client_rect();
    let top = if flip { at.top() - GAP - own.height() } else { at.bottom() + GAP };
    let left = match align {
        Align::Stretch => at.left(),
        Align::End => at.right() - own.width(),
    };
    set("top", top);
    set("left", left.min(width - EDGE - own.width()).max(EDGE));
}

/// Runs `work` at most once in a frame, however often it is asked for, and never after the owner is gone. Where `work`
/// answers so, it runs in the next frame again.
#[derive(Clone)]
pub(crate) struct FrameTask(SendWrapper<Rc<FrameState>>);

struct FrameState {
    pending: Cell<Option<i32>>,
    callback: RefCell<Option<Closure<dyn FnMut()>>>,
}

impl FrameTask {
    /// Must be made inside a reactive owner, whose end cancels a waiting frame.
    pub(crate) fn new(work: impl Fn() -> bool + 'static) -> Self {
        let state = Rc::new(FrameState { pending: Cell::new(None), callback: RefCell::new(None) });
        let weak = Rc::downgrade(&state);
        let run = Closure::new(move || {
            let Some(state) = weak.upgrade() else { return };
            state.pending.set(None);
            if work() {
                Self(SendWrapper::new(state)).schedule();
            }
        });
        state.callback.replace(Some(run));
        let task = Self(SendWrapper::new(state));
        let cleanup = task.clone();
        on_cleanup(move || cleanup.cancel());
        task
    }

    /// Asks for a run in the next frame.
    pub(crate) fn schedule(&self) {
        if self.0.pending.get().is_some() {
            return;
        }
        if let Some(callback) = self.0.callback.borrow().as_ref() {
            let id = window().request_animation_frame(callback.as_ref().unchecked_ref());
            self.0.pending.set(id.ok());
        }
    }

    fn cancel(&self) {
        if let Some(id) = self.0.pending.take() {
            drop(window().cancel_animation_frame(id));
        }
    }
}

/// Runs `work` at once, or, while a pointer is pressed, after the press has had its click.
pub(crate) fn after_press(work: impl FnOnce() + 'static) {
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
    // A press that becomes a scroll ends by being cancelled, and then nobody is in a hurry: the next press tells.
    drop(window().add_event_listener_with_callback_and_add_event_listener_options("pointerup", listener, &options));
}

/// Calls `work` for each `event` of the window until the owner is gone. The listener is passive and captures, so it
/// hears the scrolling of every container too.
pub(crate) fn listen_to_window(event: &'static str, work: impl Fn() + 'static) {
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
