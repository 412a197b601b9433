//! The key `/`, which moves the focus to the search of the page, and the choice to turn it off.
//!
//! Invariant: the key does nothing where it could be meant as text.

use crate::browser::storage::Storage;
use crate::ui::{Bound, Checkbox, focus, is_composing};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlInputElement};

/// The name in storage.
const NAME: &str = "workspace-console.search-key";
const OFF: &str = "off";

/// Fields in which a key enters or chooses something.
const FIELDS: &str = "input:not([type=checkbox], [type=radio], [type=file]), textarea, select, [contenteditable]";

#[derive(Clone, Copy)]
struct IsOn(RwSignal<bool>);

/// Provides the choice.
pub fn provide_search_key() {
    provide_context(IsOn(RwSignal::new(Storage::Browser.read(NAME).as_deref() != Some(OFF))));
}

/// Listens to the key for as long as the page lives.
pub fn listen_to_search_key() {
    let IsOn(is_on) = expect_context();
    let _ = window_event_listener(leptos::ev::keydown, move |event| {
        let has_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
        let is_meant = event.key() == "/" && !has_modifier && !is_composing(&event) && !is_typing(&event);
        if let Some(search) = search().filter(|_| is_meant && is_on.get_untracked()) {
            event.prevent_default();
            focus(&search);
            search.select();
        }
    });
}

/// The checkbox that turns the key on and off in this browser.
#[component]
pub fn SearchKeyChoice() -> impl IntoView {
    let IsOn(is_on) = expect_context();
    let checked = Bound::new(is_on, move |on: bool| {
        is_on.set(on);
        // Without storage the choice ends with the page.
        match on {
            true => Storage::Browser.remove(NAME),
            false => drop(Storage::Browser.write(NAME, OFF)),
        }
    });
    view! { <Checkbox checked=checked label="Press / to search"/> }
}

fn is_typing(event: &web_sys::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    event.default_prevented() || target.is_some_and(|it| it.closest(FIELDS).ok().flatten().is_some())
}

/// The search of the open dialog, or else of the page.
fn search() -> Option<HtmlInputElement> {
    let find = |selector: &str| document().query_selector(selector).ok().flatten();
    let place = find("dialog:modal").or_else(|| find("main"))?;
    place.query_selector("input[type=search]").ok()??.dyn_into().ok()
}
