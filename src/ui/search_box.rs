//! A search input.

use super::bound::Bound;
use super::dom::focus;
use super::icon::{Icon, IconMark};
use leptos::{html, prelude::*};

/// A search input with a clear button. Escape clears it too; focus stays in the input.
#[component]
pub fn SearchBox(
    /// The search text.
    #[prop(into)]
    value: Bound<String>,
    /// What is searched; the accessible name.
    #[prop(into)]
    label: String,
    /// An example. Default: the label.
    #[prop(optional, into)]
    placeholder: Option<String>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let clear = move || {
        value.set(String::new());
        if let Some(input) = input.get_untracked() {
            focus(&input);
        }
    };
    let keydown = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" && !value.with_untracked(String::is_empty) {
            event.prevent_default();
            event.stop_propagation();
            clear();
        }
    };
    view! {
        <div class="input search-box" role="search">
            <IconMark icon=Icon::Search/>
            <input
                node_ref=input
                class="input__control"
                type="search"
                inputmode="search"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                placeholder=placeholder.unwrap_or_else(|| label.clone())
                aria-label=label
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                on:keydown=keydown
            />
            {move || {
                value
                    .with(|text| !text.is_empty())
                    .then(|| {
                        view! {
                            <button type="button" class="search-box__clear" aria-label="Clear search" on:click=move |_| clear()>
                                <IconMark icon=Icon::Close/>
                            </button>
                        }
                    })
            }}
        </div>
    }
}
