//! The command palette: finds workspaces, people, pages and actions by a few letters.
//!
//! Invariant: a link is followed as everywhere else, so unsaved changes are asked about first.

mod entries;
mod finder;
mod found;
mod recent;
mod rows;

use crate::components::shortcuts::{ShortcutSheet, key_caps, listen_to_shortcuts};
use crate::ui::{Icon, IconMark, Modal, is_composing};
use entries::global_actions;
use finder::Finder;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::KeyboardEvent;

pub use recent::forget_recent;

/// The keys that open the palette.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chord {
    Control,
    /// On Apple's systems, where Control and K delete text.
    Command,
}

impl Chord {
    fn of_system() -> Self {
        let platform = window().navigator().platform().unwrap_or_default();
        if platform.starts_with("Mac") || platform.starts_with("iP") { Self::Command } else { Self::Control }
    }

    /// The keys as they are on a keyboard.
    fn keys(self) -> &'static str {
        match self {
            Self::Control => "Ctrl+K",
            Self::Command => "⌘+K",
        }
    }

    /// The keys as assistive technology is told them.
    fn name(self) -> &'static str {
        match self {
            Self::Control => "Control+K",
            Self::Command => "Meta+K",
        }
    }

    fn is_pressed(self, event: &KeyboardEvent) -> bool {
        let modifiers = match self {
            Self::Control => event.ctrl_key() && !event.meta_key(),
            Self::Command => event.meta_key() && !event.ctrl_key(),
        };
        let key = event.key();
        // Without Latin letters on the keyboard, it is the key at the place of K.
        let is_k = key.eq_ignore_ascii_case("k") || (!key.is_ascii() && event.code() == "KeyK");
        modifiers && is_k && !event.alt_key() && !event.shift_key() && !is_composing(event)
    }
}

/// What is open.
#[derive(Clone, Copy)]
struct PaletteState {
    is_open: RwSignal<bool>,
    is_listing_keys: RwSignal<bool>,
}

/// Provides what the button and the palette share.
pub fn provide_palette() {
    provide_context(PaletteState { is_open: RwSignal::new(false), is_listing_keys: RwSignal::new(false) });
}

/// The button that opens the palette.
#[component]
pub fn PaletteButton() -> impl IntoView {
    let PaletteState { is_open, .. } = expect_context();
    let chord = Chord::of_system();
    view! {
        <button
            type="button"
            class="palette-button"
            aria-haspopup="dialog"
            aria-keyshortcuts=chord.name()
            on:click=move |_| is_open.set(true)
        >
            <IconMark icon=Icon::Search/>
            <span class="palette-button__text">{"Search or jump to…"}</span>
            <span class="palette-button__keys" aria-hidden="true">{key_caps(chord.keys())}</span>
        </button>
    }
}

/// The palette, the sheet of shortcuts, and the keys of both.
#[component]
pub fn CommandPalette() -> impl IntoView {
    let chord = Chord::of_system();
    let PaletteState { is_open, is_listing_keys } = expect_context();
    if was_requested() {
        is_open.set(true);
    }
    listen_to_shortcuts(is_listing_keys);
    let listener = window_event_listener(leptos::ev::keydown, move |event| {
        if !chord.is_pressed(&event) {
            return;
        }
        event.prevent_default();
        let is_over_dialog = document().query_selector("dialog:modal").ok().flatten().is_some();
        if is_open.get_untracked() {
            is_open.set(false);
        } else if !is_over_dialog && !event.repeat() {
            is_open.set(true);
        }
    });
    on_cleanup(move || {
        listener.remove();
        is_open.set(false);
        is_listing_keys.set(false);
    });
    let close = Callback::new(move |()| is_open.set(false));
    // They outlive the palette, which has closed when one of them runs.
    let actions = global_actions(is_listing_keys);
    view! {
        <Show when=move || is_open.get()>
            <Modal class="palette" label="Search or jump to" dismiss=close>
                <Finder close=close global_actions=actions/>
            </Modal>
        </Show>
        <ShortcutSheet is_open=is_listing_keys palette_keys=chord.keys()/>
    }
}

/// Whether the keys were pressed before this code was loaded. From now on `boot.js` does not listen to them.
fn was_requested() -> bool {
    let take = || {
        let take = js_sys::Reflect::get(&window(), &"takePaletteRequest".into()).ok()?;
        take.dyn_into::<js_sys::Function>().ok()?.call0(&wasm_bindgen::JsValue::NULL).ok()
    };
    take().is_some_and(|request| request.is_truthy())
}
