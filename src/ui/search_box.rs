//! The search of a page or list.
//!
//! Invariant: clearing gives focus back to the input.

use super::dom::focus;
use super::erase::handler;
use super::icon::{Icon, IconMark};
use leptos::{html, prelude::*};

/// A search input with a clear button; Escape clears too.
#[component]
pub fn SearchBox(
    /// The term, as the caller knows it.
    #[prop(into)]
    value: Signal<String>,
    /// Called with each new term.
    #[prop(into)]
    on_input: Callback<String>,
    /// What is searched, as the accessible name.
    #[prop(into)]
    label: String,
    /// An example or the label again.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// A key that leads here, such as `/`, shown while the input is empty. Handling it is the caller's.
    #[prop(optional, into)]
    shortcut: Option<String>,
    /// Access to the element, for that shortcut.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let clear = move || {
        on_input.run(String::new());
        if let Some(input) = node_ref.get_untracked() {
            focus(&input);
        }
    };
    let key = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" && !value.with_untracked(String::is_empty) {
            event.prevent_default();
            event.stop_propagation();
            clear();
        }
    };
    let key_hint = shortcut.clone();
    view! {
        <div class="input search-box" role="search">
            <IconMark icon=Icon::Search/>
            <input
                node_ref=node_ref
                class="input__control"
                type="search"
                inputmode="search"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                placeholder=placeholder.unwrap_or_else(|| label.clone())
                aria-label=label
                aria-keyshortcuts=shortcut
                prop:value=move || value.get()
                on:input=handler(move |event| on_input.run(event_target_value(&event)))
                on:keydown=handler(key)
            />
            {move || {
                if value.with(String::is_empty) {
                    key_hint.clone().map(|key| view! { <kbd aria-hidden="true">{key}</kbd> }).into_any()
                } else {
                    view! {
                        <button type="button" class="search-box__clear" aria-label="Clear search" on:click=handler(move |_| clear())>
                            <IconMark icon=Icon::Close/>
                        </button>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}
