//! Switches, checkboxes and radio groups, each on native inputs whose label is the whole row.

use super::bound::Bound;
use super::dom::unique_id;
use super::field::{changed_mark, hidden_unit};
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
    /// Whether it is set another way than what is saved.
    #[prop(optional, into)]
    changed: Signal<bool>,
) -> impl IntoView {
    let id = unique_id("switch");
    let (description_id, changed_id) = (format!("{id}-description"), format!("{id}-changed"));
    let ids = [description_id.clone(), changed_id.clone()];
    let described_by = move || match (description.with(Option::is_some), changed.get()) {
        (true, true) => Some(ids.join(" ")),
        (true, false) => Some(ids[0].clone()),
        (false, true) => Some(ids[1].clone()),
        (false, false) => None,
    };
    view! {
        <div class="switch" class:is-changed=move || changed.get()>
            <input
                class="switch__control"
                id=id.clone()
                type="checkbox"
                role="switch"
                aria-describedby=described_by
                prop:checked=move || checked.get()
                on:change=move |event| checked.set(event_target_checked(&event))
            />
            <div class="switch__text">
                <div class="switch__head">
                    <label class="switch__label" for=id>{label}{hidden_unit(unit)}</label>
                    {changed_mark(changed, changed_id)}
                </div>
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
    /// Whether another option is chosen than the saved one.
    #[prop(optional, into)]
    changed: Signal<bool>,
) -> impl IntoView {
    let id = unique_id("radio-changed");
    let described_by = id.clone();
    view! {
        <fieldset
            class="radio-group"
            class:is-changed=move || changed.get()
            aria-describedby=move || changed.get().then(|| described_by.clone())
        >
            <legend class="radio-group__legend">{legend}</legend>
            {changed_mark(changed, id)}
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
