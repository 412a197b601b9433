//! A native choice of one from a short list.
//!
//! Invariant: the shown choice follows the signal; a value that no option has is shown as it is, never dropped.

use super::erase::{dynamic, handler};
use super::field::FieldIds;
use super::icon::{Icon, IconMark};
use leptos::prelude::*;

/// One choice: `value` is what the signal holds, `label` what is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SelectOption {
    /// What the signal holds.
    pub value: String,
    /// What is read.
    pub label: String,
}

impl SelectOption {
    /// An option from anything text-like.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// A native `<select>`.
#[component]
pub fn Select(
    /// The chosen value, both ways.
    value: RwSignal<String>,
    /// The choices.
    #[prop(into)]
    options: Signal<Vec<SelectOption>>,
    /// The accessible name, for a control outside of a field.
    #[prop(optional, into)]
    label: Option<String>,
    /// The `name` of the element.
    #[prop(optional, into)]
    name: Option<String>,
    /// Called with the value after each choice by the person.
    #[prop(optional, into)]
    on_change: Option<Callback<String>>,
) -> impl IntoView {
    let ids = FieldIds::take();
    let chosen = move |event| {
        let text = event_target_value(&event);
        value.set(text.clone());
        if let Some(on_change) = on_change {
            on_change.run(text);
        }
    };
    let shown = move || {
        let mut options = options.get();
        let current = value.get_untracked();
        if !options.iter().any(|it| it.value == current) {
            options.insert(0, SelectOption::new(current.clone(), current));
        }
        options
            .into_iter()
            .map(|SelectOption { value: own, label }| {
                let selected = own.clone();
                view! {
                    <option value=own prop:selected=move || value.with(|it| *it == selected)>
                        {label}
                    </option>
                }
            })
            .map(IntoAny::into_any)
            .collect_view()
    };
    view! {
        <div class="input input--select">
            <select
                class="input__control"
                id=ids.control()
                name=name
                aria-label=label
                aria-describedby=move || ids.described_by()
                aria-invalid=move || ids.invalid()
                on:change=handler(chosen)
            >
                {dynamic(move || shown().into_any())}
            </select>
            <IconMark icon=Icon::ChevronDown/>
        </div>
    }
}
