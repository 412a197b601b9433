//! A text input with suggestions that also takes free text.

use super::bound::Bound;
use super::field::FieldIds;
use super::icon::{Icon, IconMark};
use super::listbox::{Listbox, ListboxPopup};
use super::select::SelectOption;
use leptos::{html, prelude::*};

/// An ARIA 1.2 combobox with a listbox popup.
///
/// Typing filters by value and label. The arrow keys, Home and End move, Enter accepts, Escape closes. Opened without
/// typing, it offers all options (the first 50).
#[component]
pub fn Combobox(
    #[prop(into)] value: Bound<String>,
    #[prop(into)] options: Signal<Vec<SelectOption>>,
    #[prop(optional, into)] placeholder: Option<String>,
    #[prop(optional)] mono: bool,
) -> impl IntoView {
    let ids = FieldIds::from_context();
    let is_typed = RwSignal::new(false);
    let query = Signal::derive(move || if is_typed.get() { value.get() } else { String::new() });
    let listbox = Listbox::new(options, query);
    let anchor = NodeRef::<html::Div>::new();
    let set = move |text: String, by_typing: bool| {
        is_typed.set(by_typing);
        value.set(text);
    };
    let keydown = move |event| {
        if let Some(picked) = listbox.handle_key(&event) {
            set(picked, false);
        }
    };
    let blur = move |_| {
        listbox.close();
        is_typed.set(false);
    };
    view! {
        <div node_ref=anchor class="input input--select" class:input--mono=mono>
            <input
                class="input__control"
                id=ids.control()
                type="text"
                role="combobox"
                autocomplete="off"
                data-1p-ignore="true"
                data-bwignore="true"
                data-lpignore="true"
                data-form-type="other"
                autocapitalize="off"
                spellcheck="false"
                placeholder=placeholder
                aria-autocomplete="list"
                aria-controls=listbox.id()
                aria-expanded=move || if listbox.is_open() { "true" } else { "false" }
                aria-activedescendant=move || listbox.active_id()
                aria-describedby=move || ids.described_by()
                aria-invalid=move || ids.invalid()
                prop:value=move || value.get()
                on:input=move |event| {
                    set(event_target_value(&event), true);
                    listbox.open();
                }
                on:click=move |_| listbox.open()
                on:keydown=keydown
                on:blur=blur
            />
            <IconMark icon=Icon::ChevronDown/>
            <ListboxPopup listbox=listbox anchor=anchor on_pick=move |picked| set(picked, false)/>
        </div>
    }
}
