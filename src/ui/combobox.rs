//! A text input with suggestions; free text is allowed.
//!
//! Invariant: the signal holds exactly what the input shows, taken or typed.

use super::erase::handler;
use super::field::FieldIds;
use super::icon::{Icon, IconMark};
use super::listbox::{ComboOption, Listbox, ListboxPopup};
use leptos::{html, prelude::*};

/// An ARIA 1.2 combobox with a listbox popup.
///
/// Typing filters over value and label. Arrows, Home and End move, Enter takes, Escape closes. Opened without
/// typing, it offers everything (the first fifty), whatever its value.
#[component]
pub fn Combobox(
    /// The value, both ways.
    value: RwSignal<String>,
    /// The suggestions.
    #[prop(into)]
    options: Signal<Vec<ComboOption>>,
    /// An example, not a label.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// The accessible name of the list; of the input too, outside of a field. Default: "Suggestions" for the list.
    #[prop(optional, into)]
    label: Option<String>,
    /// Monospaced, for ids.
    #[prop(optional)]
    mono: bool,
    /// Called when focus leaves the control.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
    /// Called with the value after each edit or choice by the person.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
) -> impl IntoView {
    let ids = FieldIds::take();
    let typed = RwSignal::new(false);
    let query = Signal::derive(move || if typed.get() { value.get() } else { String::new() });
    let listbox = Listbox::new(options, query);
    let anchor = NodeRef::<html::Div>::new();
    let set = move |text: String, by_typing: bool| {
        typed.set(by_typing);
        value.set(text.clone());
        if let Some(on_input) = on_input {
            on_input.run(text);
        }
    };
    let key = move |event: web_sys::KeyboardEvent| {
        if let Some(taken) = listbox.on_key(&event) {
            set(taken, false);
        }
    };
    let blurred = move |_| {
        listbox.close();
        typed.set(false);
        if let Some(on_blur) = on_blur {
            // The browser also takes focus away where the view goes, and with it the callback.
            let _gone = on_blur.try_run(());
        }
    };
    let list_label = label.clone().unwrap_or_else(|| "Suggestions".to_owned());
    view! {
        <div node_ref=anchor class="input input--select" class:input--mono=mono>
            <input
                class="input__control"
                id=ids.control()
                type="text"
                role="combobox"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                placeholder=placeholder
                aria-label=label
                aria-autocomplete="list"
                aria-controls=listbox.id()
                aria-expanded=move || if listbox.is_open() { "true" } else { "false" }
                aria-activedescendant=move || listbox.active_id()
                aria-describedby=move || ids.described_by()
                aria-invalid=move || ids.invalid()
                prop:value=move || value.get()
                on:input=handler(move |event| {
                    set(event_target_value(&event), true);
                    listbox.open();
                })
                on:click=handler(move |_| listbox.open())
                on:keydown=handler(key)
                on:blur=handler(blurred)
            />
            <IconMark icon=Icon::ChevronDown/>
            <ListboxPopup
                listbox=listbox
                anchor=anchor
                label=list_label
                on_pick=Callback::new(move |taken| set(taken, false))
            />
        </div>
    }
}
