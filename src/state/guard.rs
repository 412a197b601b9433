//! The guard of unsaved work: whoever is about to leave a changed form is asked first.
//!
//! Invariant: while the guard is up, no link, no step in the history and no reload leaves the view without a question.

use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{BeforeUnloadEvent, Event, HtmlAnchorElement, MouseEvent, PopStateEvent};

/// Where somebody wanted to go when the guard stopped them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Departure {
    /// By a link, to this address.
    Link(String),
    /// By this many steps in the history.
    History(i32),
}

/// The guard of this page.
#[derive(Clone, Copy)]
pub struct UnsavedGuard {
    is_up: RwSignal<bool>,
    /// The stopped departure that the person is being asked about.
    pub stopped: RwSignal<Option<Departure>>,
    index: StoredValue<i32>,
    /// The path of the view that is shown.
    path: StoredValue<String>,
    passing: StoredValue<bool>,
}

impl UnsavedGuard {
    /// Puts the page's listeners in place. They live as long as the page.
    pub(super) fn install() -> Self {
        let guard = Self {
            is_up: RwSignal::new(false),
            stopped: RwSignal::new(None),
            index: StoredValue::new(entry_index().unwrap_or(0)),
            path: StoredValue::new(path()),
            passing: StoredValue::new(false),
        };
        if entry_index().is_none() {
            mark_entry(guard.index.get_value());
        }
        listen("click", move |event| guard.on_click(&event));
        listen("popstate", move |event| guard.on_popstate(&event));
        listen("beforeunload", move |event| guard.on_unload(&event));
        guard
    }

    /// Raises or lowers the guard.
    pub fn set(&self, is_up: bool) {
        if self.is_up.get_untracked() != is_up {
            self.is_up.set(is_up);
        }
    }

    /// Whether the guard is up; tracked.
    pub fn is_up(&self) -> bool {
        self.is_up.get()
    }

    /// Lowers the guard when the current view is gone.
    pub fn lower_on_cleanup(self) {
        on_cleanup(move || self.set(false));
    }

    /// Says that the router has moved to another address, so that its entry in the history can be told from others.
    pub fn on_navigated(&self, address: &str) {
        // The router does not always write the address that it went to: after Forward it takes some for the present one.
        if here().is_some_and(|here| here != address)
            && let Some(history) = history()
        {
            let _ = history.push_state_with_url(&JsValue::NULL, "", Some(address));
        }
        let index = match entry_index() {
            Some(index) => index,
            None => {
                let index = self.index.get_value() + 1;
                mark_entry(index);
                index
            }
        };
        self.index.set_value(index);
        self.path.set_value(path());
    }

    /// The number of the current entry, for one that takes its place.
    pub(super) fn entry_state(&self) -> wasm_bindgen::JsValue {
        numbered(self.index.get_value())
    }

    /// Stays.
    pub fn stay(&self) {
        self.stopped.set(None);
    }

    /// Goes where the person wanted to go. A link's address is answered, for the router to follow.
    pub fn leave(&self) -> Option<String> {
        let departure = self.stopped.try_update(Option::take).flatten()?;
        self.set(false);
        match departure {
            Departure::Link(address) => Some(address),
            Departure::History(steps) => {
                if let Some(history) = history() {
                    let _ = history.go_with_delta(steps);
                }
                None
            }
        }
    }

    fn on_click(&self, event: &Event) {
        let Some(mouse) = event.dyn_ref::<MouseEvent>() else { return };
        let is_plain =
            mouse.button() == 0 && !(mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() || mouse.alt_key());
        if !is_plain || !self.is_up.get_untracked() {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let anchor = target.and_then(|element| element.closest("a[href]").ok().flatten());
        let Some(anchor) = anchor.and_then(|anchor| anchor.dyn_into::<HtmlAnchorElement>().ok()) else { return };
        let here = web_sys::window().map(|window| window.location());
        let is_inside =
            here.as_ref().and_then(|here| here.origin().ok()).is_some_and(|origin| origin == anchor.origin());
        let is_this_view = here.and_then(|here| here.pathname().ok()).is_some_and(|path| path == anchor.pathname());
        if is_inside && !is_this_view && anchor.target() != "_blank" {
            event.prevent_default();
            event.stop_immediate_propagation();
            self.stopped.set(Some(Departure::Link(format!("{}{}", anchor.pathname(), anchor.search()))));
        }
    }

    fn on_popstate(&self, event: &Event) {
        if self.passing.get_value() {
            // Our own step back to the entry that must not be left.
            self.passing.set_value(false);
            event.stop_immediate_propagation();
            return;
        }
        let state = event.dyn_ref::<PopStateEvent>().map(PopStateEvent::state);
        let Some(there) = state.and_then(|state| index_of(&state)) else { return };
        let steps = there - self.index.get_value();
        // A panel that opens or closes over the same view leaves nothing.
        let is_this_view = self.path.with_value(|shown| *shown == path());
        if steps == 0 || is_this_view || !self.is_up.get_untracked() {
            self.index.set_value(there);
            return;
        }
        event.stop_immediate_propagation();
        self.passing.set_value(true);
        if let Some(history) = history() {
            let _ = history.go_with_delta(-steps);
        }
        self.stopped.set(Some(Departure::History(steps)));
    }

    fn on_unload(&self, event: &Event) {
        if self.is_up.get_untracked()
            && let Some(event) = event.dyn_ref::<BeforeUnloadEvent>()
        {
            event.prevent_default();
            event.set_return_value("unsaved");
        }
    }
}

/// The path in the address bar.
fn path() -> String {
    web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default()
}

/// The address that the browser shows.
fn here() -> Option<String> {
    let location = web_sys::window()?.location();
    Some([location.pathname().ok()?, location.search().ok()?].concat())
}

fn history() -> Option<web_sys::History> {
    web_sys::window()?.history().ok()
}

fn index_of(state: &wasm_bindgen::JsValue) -> Option<i32> {
    let index = js_sys::Reflect::get(state, &"index".into()).ok()?.as_f64()?;
    // Written by `mark_entry` from an i32.
    #[expect(clippy::cast_possible_truncation, reason = "the number was an i32")]
    let index = index as i32;
    Some(index)
}

fn entry_index() -> Option<i32> {
    let state = history()?.state().ok()?;
    if state.is_object() { index_of(&state) } else { None }
}

fn numbered(index: i32) -> wasm_bindgen::JsValue {
    let state = js_sys::Object::new();
    // Setting a property of a fresh object cannot fail.
    let _ = js_sys::Reflect::set(&state, &"index".into(), &index.into());
    state.into()
}

/// Numbers the current entry of the history, so that a later step tells how far it went.
fn mark_entry(index: i32) {
    if let Some(history) = history() {
        let _ = history.replace_state_with_url(&numbered(index), "", None);
    }
}

/// Listens before everybody else, the router included.
fn listen(name: &str, handler: impl Fn(Event) + 'static) {
    let handler = Closure::<dyn Fn(Event)>::new(handler);
    if let Some(window) = web_sys::window() {
        let target: &web_sys::EventTarget = window.as_ref();
        let _ = target.add_event_listener_with_callback_and_bool(name, handler.as_ref().unchecked_ref(), true);
    }
    handler.forget();
}
