//! Switches, checkboxes and radio groups, each on native inputs whose label is the whole row.

use super::bound::Bound;
use super::dom::unique_id;
use super::field::hidden_unit;
use super::select::SelectOption;
use leptos::{html, prelude::*};

/// A switch with a description of its effect.
#[component]
pub fn Switch(
    #[prop(into)] checked: Bound<bool>,
    label: &'static str,
    /// What it switches, for assistive technology, where the label alone does not say it.
    #[prop(optional)]
    unit: Option<&'static str>,
    #[prop(optional, into)] description: Signal<Option<String>>,
) -> impl IntoView {
    let id = unique_id("switch");
    let description_id = format!("{id}-description");
    let described_by = description_id.clone();
    view! {
        <div class="switch">
            <input
                class="switch__control"
                id=id.clone()
                type="checkbox"
                role="switch"
                aria-describedby=move || description.with(Option::is_some).then(|| described_by.clone())
                prop:checked=move || checked.get()
                on:change=move |event| checked.set(event_target_checked(&event))
            />
            <div class="switch__text">
                <label class="switch__label" for=id>{label}{hidden_unit(unit)}</label>
                {move || {
                    description
                        .get()
                        .map(|text| view! { <p class="switch__description" id=description_id.clone()>{text}</p> })
                }}
            </div>
        </div>
    }
}

/// A checkbox, optionally with the mixed state.
#[component]
pub fn Checkbox(
    #[prop(into)] checked: Bound<bool>,
    #[prop(optional, into)] mixed: Signal<bool>,
    #[prop(into)] label: Signal<String>,
    /// Show the label to assistive technology only.
    #[prop(optional)]
    hidden_label: bool,
    /// The ID of an element that describes it.
    #[prop(optional)]
    described_by: Option<&'static str>,
) -> impl IntoView {
    let element = NodeRef::<html::Input>::new();
    let press = move |_| {
        checked.set(!checked.get_untracked());
        // The browser has flipped the box already. Set it to the state again, which may not have changed.
        queue_microtask(move || {
            if let Some(input) = element.try_get_untracked().flatten() {
                input.set_checked(checked.get_untracked());
                input.set_indeterminate(mixed.get_untracked());
            }
        });
    };
    view! {
        <label class="checkbox" class:checkbox--bare=hidden_label>
            <input
                node_ref=element
                class="checkbox__control"
                type="checkbox"
                aria-describedby=described_by
                prop:checked=move || checked.get()
                prop:indeterminate=move || mixed.get()
                on:click=press
            />
            <span class=if hidden_label { "visually-hidden" } else { "checkbox__label" }>{move || label.get()}</span>
        </label>
    }
}

/// A group of radio buttons.
#[component]
pub fn RadioGroup(
    legend: &'static str,
    #[prop(into)] value: Bound<String>,
    options: Vec<SelectOption>,
) -> impl IntoView {
    view! {
        <fieldset class="radio-group">
            <legend class="radio-group__legend">{legend}</legend>
            <div class="radio-group__options">{radios(value, options, "radio")}</div>
        </fieldset>
    }
}

/// A native radio group drawn as a bar, for two to four short options.
#[component]
pub fn Segmented(
    legend: &'static str,
    #[prop(into)] value: Bound<String>,
    options: Vec<SelectOption>,
) -> impl IntoView {
    view! {
        <fieldset class="segmented">
            <legend class="visually-hidden">{legend}</legend>
            {radios(value, options, "segment")}
        </fieldset>
    }
}

/// The radio buttons of a group. `block` is the CSS block of each button.
fn radios(value: Bound<String>, options: Vec<SelectOption>, block: &'static str) -> impl IntoView {
    let name = unique_id(block);
    let radio = |SelectOption { value: own, label }| {
        let (same, chosen) = (String::clone(&own), own.clone());
        view! {
            <label class=block>
                <input
                    class=format!("{block}__control")
                    type="radio"
                    name=name.clone()
                    value=own
                    prop:checked=move || value.with(|value| *value == same)
                    on:change=move |_| value.set(chosen.clone())
                />
                <span class=format!("{block}__label")>{label}</span>
            </label>
        }
    };
    options.into_iter().map(radio).collect_view()
}
