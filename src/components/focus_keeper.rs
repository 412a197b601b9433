//! Moves focus when the focused element is removed.
//!
//! Invariant: focus never falls to the body. It goes to the next element nearby, or to the heading of the page.

use crate::ui::focus;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, MutationObserver, MutationObserverInit};

const FOCUSABLE: &str = "a[href], button, input, select, textarea, [tabindex='0']";

/// Keeps the focus from now on, for as long as the page lives.
pub fn keep_focus() {
    // The focused element and its ancestors.
    let ancestors = StoredValue::new_local(Vec::<Element>::new());
    let is_scheduled = StoredValue::new(false);
    let note = move || {
        let focused = document().active_element();
        ancestors.set_value(std::iter::successors(focused, |it| it.parent_element()).collect());
    };
    note();
    let _ = window_event_listener_untyped("focusin", move |_| note());
    let on_change = Closure::<dyn Fn()>::new(move || {
        let is_lost = ancestors.with_value(|ancestors| ancestors.first().is_some_and(|it| !it.is_connected()));
        if is_lost && !is_scheduled.get_value() {
            is_scheduled.set_value(true);
            // Code that moves the focus on purpose has done so by the next frame.
            request_animation_frame(move || {
                is_scheduled.set_value(false);
                let is_on_body = document().active_element().is_none_or(|it| it.tag_name() == "BODY");
                if is_on_body {
                    ancestors.with_value(|ancestors| focus_nearest(ancestors));
                }
            });
        }
    });
    // Observing an element of the page cannot fail.
    if let (Ok(observer), Some(body)) = (MutationObserver::new(on_change.as_ref().unchecked_ref()), document().body()) {
        let all = MutationObserverInit::new();
        all.set_child_list(true);
        all.set_subtree(true);
        let _ = observer.observe_with_options(&body, &all);
    }
    on_change.forget();
}

/// Focuses the autofocus element, or else the first focusable one, in the nearest ancestor that is still in the page, then
/// in the dialog around it. Without either, or if the nearest ancestor is the page itself, it focuses the heading.
fn focus_nearest(ancestors: &[Element]) {
    let nearest = ancestors.iter().find(|it| it.is_connected() && it.tag_name() != "BODY");
    let nearest = nearest.filter(|it| it.query_selector("h1").ok().flatten().is_none());
    let find = |place: &Element, what| place.query_selector(what).ok().flatten();
    let first = |place: &Element| find(place, "[autofocus]").or_else(|| find(place, FOCUSABLE));
    let next = nearest.and_then(|place| first(place).or_else(|| first(&place.closest("dialog").ok()??)));
    match next.filter(|it| it.closest(".shell__sidebar").ok().flatten().is_none()) {
        Some(next) => focus_element(next),
        None => focus_first("h1"),
    }
}

/// Focuses the first element of the page that matches.
pub fn focus_first(selector: &str) {
    document().query_selector(selector).ok().flatten().into_iter().for_each(focus_element);
}

/// Focuses an element. Details that hide it are opened.
fn focus_element(element: Element) {
    if let Ok(Some(details)) = element.closest("details:not([open])") {
        // Fails only for a name that is not valid.
        let _ = details.set_attribute("open", "");
    }
    if let Ok(element) = element.dyn_into() {
        focus(&element);
    }
}
