//! Where the focus goes when what has it is taken out of the page.
//!
//! Invariant: it never falls to the body: it goes to the next thing in the same place, or else to the page's heading.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, MutationObserver, MutationObserverInit};

const FOCUSABLE: &str = "a[href], button, input, select, textarea, [tabindex='0']";

/// Watches over the focus for as long as the page lives.
pub fn keep_focus() {
    let places = StoredValue::new_local(Vec::<Element>::new());
    let is_waiting = StoredValue::new(false);
    let remember = Closure::<dyn Fn()>::new(move || {
        let focused = document().active_element();
        places.set_value(std::iter::successors(focused, |it| it.parent_element()).collect());
    });
    let look = Closure::<dyn Fn()>::new(move || {
        let is_lost = places.with_value(|places| places.first().is_some_and(|it| !it.is_connected()));
        if is_lost && !is_waiting.get_value() {
            is_waiting.set_value(true);
            // Whoever moves the focus on purpose has done so by the next frame.
            request_animation_frame(move || {
                is_waiting.set_value(false);
                let is_on_body = document().active_element().is_none_or(|it| it.tag_name() == "BODY");
                if is_on_body {
                    places.with_value(|places| rescue(places));
                }
            });
        }
    });
    let window: &web_sys::EventTarget = &window();
    let _ = window.add_event_listener_with_callback("focusin", remember.as_ref().unchecked_ref());
    if let (Ok(observer), Some(body)) = (MutationObserver::new(look.as_ref().unchecked_ref()), document().body()) {
        let all = MutationObserverInit::new();
        all.set_child_list(true);
        all.set_subtree(true);
        let _ = observer.observe_with_options(&body, &all);
    }
    remember.forget();
    look.forget();
}

/// Puts the focus on what is meant to have it, or else the first thing that can, in the nearest place that is still there
/// or in the dialog around it; else on the heading.
fn rescue(places: &[Element]) {
    let nearest = places.iter().find(|it| it.is_connected() && it.tag_name() != "BODY");
    let find = |place: &Element, what| place.query_selector(what).ok().flatten();
    let first = |place: &Element| find(place, "[autofocus]").or_else(|| find(place, FOCUSABLE));
    let next = nearest.and_then(|place| first(place).or_else(|| first(&place.closest("dialog").ok()??)));
    let heading = || document().query_selector("h1").ok().flatten();
    let target = next.filter(|it| it.closest(".shell__sidebar").ok().flatten().is_none()).or_else(heading);
    if let Some(target) = target.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        // What cannot take it leaves the focus where it is.
        let _ = target.focus();
    }
}
