//! Keyboard shortcuts, the sheet that lists them, and the choice to turn them off.
//!
//! Invariant: a key does nothing where it could be meant as text, and only `/` does something in a dialog.

mod keys;

use crate::browser::elapsed;
use crate::browser::storage::Storage;
use crate::components::focus_first;
use crate::navigation::use_navigator;
use crate::routes::Route;
use crate::ui::{Bound, Button, Checkbox, Dialog, focus, is_composing, move_row_focus, press_row_checkbox};
use keys::KeySequence;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlInputElement, KeyboardEvent};

pub use keys::Shortcut;

/// The name in storage. It is that of the release in which `/` was the only shortcut.
const NAME: &str = "workspace-console.search-key";
const OFF: &str = "off";

/// Fields in which a key enters or chooses something.
const FIELDS: &str = "input:not([type=checkbox], [type=radio], [type=file]), textarea, select, [contenteditable]:not([contenteditable=false])";

/// Whether the shortcuts of single keys are on.
#[derive(Clone, Copy)]
pub struct ShortcutSwitch(RwSignal<bool>);

/// Provides the choice.
pub fn provide_shortcuts() {
    provide_context(ShortcutSwitch(RwSignal::new(Storage::Browser.read(NAME).as_deref() != Some(OFF))));
}

impl ShortcutSwitch {
    pub fn get(self) -> bool {
        self.0.get()
    }
}

/// Listens to the shortcuts of single keys until the current owner is disposed. `is_listing` opens the sheet.
pub fn listen_to_shortcuts(is_listing: RwSignal<bool>) {
    let ShortcutSwitch(is_on) = expect_context();
    let navigator = use_navigator();
    let sequence = StoredValue::new(KeySequence::default());
    let run = move |shortcut| match shortcut {
        Shortcut::Search => focus_search(),
        Shortcut::OpenWorkspaces => navigator.follow(&Route::home()),
        Shortcut::OpenBudgets => navigator.follow(&Route::budgets()),
        Shortcut::OpenPeople => navigator.follow(&Route::people()),
        Shortcut::OpenKeys => navigator.follow(&Route::keys()),
        Shortcut::OpenActivity => navigator.follow(&Route::activity()),
        Shortcut::CreateWorkspace => navigator.follow(&Route::CreateWorkspace),
        Shortcut::EditForm => focus_first("main form :is(input, textarea, select, button)"),
        Shortcut::NextRow => move_row_focus(true),
        Shortcut::PreviousRow => move_row_focus(false),
        Shortcut::SelectRow => press_row_checkbox(),
        Shortcut::ListShortcuts => is_listing.set(true),
    };
    let listener = window_event_listener(leptos::ev::keydown, move |event| {
        let has_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
        if !is_on.get_untracked() || has_modifier || is_composing(&event) || is_typing(&event) {
            return;
        }
        let key = event.key();
        if is_listing.get_untracked() && key == Shortcut::ListShortcuts.keys() {
            is_listing.set(false);
            return;
        }
        let pressed = sequence.try_update_value(|sequence| sequence.press(&key, elapsed())).flatten();
        let is_meant = |it: &Shortcut| {
            (*it == Shortcut::Search || find("dialog:modal").is_none()) && (it.repeats() || !event.repeat())
        };
        if let Some(shortcut) = pressed.filter(is_meant) {
            event.prevent_default();
            run(shortcut);
        }
    });
    on_cleanup(move || listener.remove());
    // Outside world: the attribute of the root element by which searches show their key.
    Effect::new(move |_| {
        if let Some(root) = document().document_element() {
            // The attribute's name is valid.
            let _ = root.toggle_attribute_with_force("data-shortcuts", is_on.get());
        }
    });
}

/// The checkbox that turns the shortcuts on and off in this browser.
#[component]
pub fn ShortcutChoice() -> impl IntoView {
    let ShortcutSwitch(is_on) = expect_context();
    let checked = Bound::new(is_on, move |on: bool| {
        is_on.set(on);
        // Without storage the choice ends with the page.
        match on {
            true => Storage::Browser.remove(NAME),
            false => drop(Storage::Browser.write(NAME, OFF)),
        }
    });
    view! { <Checkbox checked=checked label="Single-key shortcuts"/> }
}

/// The list of all shortcuts.
#[component]
pub fn ShortcutSheet(
    is_open: RwSignal<bool>,
    /// The keys of the command palette, which is not a shortcut of a single key.
    palette_keys: &'static str,
) -> impl IntoView {
    let close = Callback::new(move |()| is_open.set(false));
    let row = |(keys, label): (&'static str, &'static str)| {
        view! {
            <div class="shortcuts__row">
                <dt>{key_caps(keys)}</dt>
                <dd>{label}</dd>
            </div>
        }
        .into_any()
    };
    let single = Shortcut::ALL.map(|(_, keys, label)| (keys, label));
    view! {
        <Dialog
            open=is_open
            on_close=close
            title="Keyboard shortcuts"
            footer=move || view! { <Button on_click=close autofocus=true>"Close"</Button> }.into_any()
        >
            <dl class="shortcuts">
                {row((palette_keys, "Search or jump to a page, a person or an action"))}
                {single.map(row).into_iter().collect_view()}
            </dl>
            <ShortcutChoice/>
        </Dialog>
    }
}

/// Keys that are pressed one after another (`g w`) or together (`Ctrl+K`), as they look on a keyboard.
pub fn key_caps(keys: &'static str) -> AnyView {
    keys.split([' ', '+']).map(|key| view! { <kbd class="kbd">{key}</kbd>" " }.into_any()).collect_view().into_any()
}

fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    event.default_prevented() || target.is_some_and(|it| it.closest(FIELDS).ok().flatten().is_some())
}

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

/// Focuses the search of the open dialog, or else of the page.
fn focus_search() {
    let place = find("dialog:modal").or_else(|| find("main"));
    let search = place.and_then(|place| place.query_selector("input[type=search]").ok()?);
    if let Some(search) = search.and_then(|search| search.dyn_into::<HtmlInputElement>().ok()) {
        focus(&search);
        search.select();
    }
}
