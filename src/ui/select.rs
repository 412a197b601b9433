//! A native select.

use super::bound::Bound;
use super::field::FieldIds;
use super::icon::{Icon, IconMark};
use leptos::prelude::*;

/// One option of a select, a radio group or the suggestions of an input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SelectOption {
    /// What choosing it makes the value.
    pub value: String,
    /// What the person reads. A suggestion's label may be empty or equal to its value.
    pub label: String,
}

impl SelectOption {
    /// An option with this value and label.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// A native `<select>`. A value that no option has is added as an option of its own, so it isn't lost.
#[component]
pub fn Select(
    #[prop(into)] value: Bound<String>,
    #[prop(into)] options: Signal<Vec<SelectOption>>,
    /// The accessible name, if the select isn't inside a [`super::Field`].
    #[prop(optional, into)]
    label: Option<String>,
    #[prop(optional, into)] name: Option<String>,
) -> impl IntoView {
    let ids = FieldIds::from_context();
    let options = move || {
        let mut options = options.get();
        let current = value.get_untracked();
        if !options.iter().any(|option| option.value == current) {
            options.insert(0, SelectOption::new(current.clone(), current));
        }
        let option = |SelectOption { value: own, label }| {
            let same = own.clone();
            let is_selected = move || value.with(|value| *value == same);
            view! { <option value=own prop:selected=is_selected>{label}</option> }
        };
        options.into_iter().map(option).collect_view()
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
                on:change=move |event| value.set(event_target_value(&event))
            >
                {move || options()}
            </select>
            <IconMark icon=Icon::ChevronDown/>
        </div>
    }
}
