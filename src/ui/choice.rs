//! Switches, checkboxes and radio groups.
//!
//! Invariant: each is a native input, whose label is its whole row.

use super::dom::unique_id;
use super::erase::{dynamic, handler};
use super::select::SelectOption;
use leptos::{html, prelude::*};

/// An immediate on or off, with what it means.
#[component]
pub fn Switch(
    /// The state, both ways.
    checked: RwSignal<bool>,
    /// What is on or off.
    #[prop(into)]
    label: Signal<String>,
    /// What that means.
    #[prop(optional, into)]
    description: Signal<Option<String>>,
    /// Called with the state after each change by the person.
    #[prop(optional, into)]
    on_change: Option<Callback<bool>>,
) -> impl IntoView {
    let id = unique_id("switch");
    let description_id = format!("{id}-description");
    let described_by = description_id.clone();
    let changed = move |event| {
        let on = event_target_checked(&event);
        checked.set(on);
        if let Some(on_change) = on_change {
            on_change.run(on);
        }
    };
    view! {
        <div class="switch">
            <input
                class="switch__control"
                id=id.clone()
                type="checkbox"
                role="switch"
                aria-describedby=move || description.with(Option::is_some).then(|| described_by.clone())
                prop:checked=move || checked.get()
                on:change=handler(changed)
            />
            <div class="switch__text">
                <label class="switch__label" for=id>{move || label.get()}</label>
                {move || {
                    description
                        .get()
                        .map(|text| view! { <p class="switch__description" id=description_id.clone()>{text}</p> }.into_any())
                }}
            </div>
        </div>
    }
}

/// A checkbox whose state belongs to the caller.
#[component]
pub fn Checkbox(
    /// The state.
    #[prop(into)]
    checked: Signal<bool>,
    /// Some of what it stands for is checked.
    #[prop(optional, into)]
    mixed: Signal<bool>,
    /// What is checked.
    #[prop(into)]
    label: Signal<String>,
    /// The label is for assistive technology alone.
    #[prop(optional)]
    hidden_label: bool,
    /// Called for each press, with the event (for Shift).
    #[prop(into)]
    on_toggle: Callback<web_sys::MouseEvent>,
) -> impl IntoView {
    let element = NodeRef::<html::Input>::new();
    let press = move |event: web_sys::MouseEvent| {
        on_toggle.run(event);
        // The browser has flipped the box; where the caller kept the state, the box must follow the state.
        queue_microtask(move || {
            if let Some(input) = element.get_untracked() {
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
                prop:checked=move || checked.get()
                prop:indeterminate=move || mixed.get()
                on:click=handler(press)
            />
            <span class=if hidden_label { "visually-hidden" } else { "checkbox__label" }>{move || label.get()}</span>
        </label>
    }
}

/// One choice of a few, all visible.
#[component]
pub fn RadioGroup(
    /// What is chosen.
    #[prop(into)]
    legend: Signal<String>,
    /// The chosen value, both ways.
    value: RwSignal<String>,
    /// The choices.
    #[prop(into)]
    options: Signal<Vec<SelectOption>>,
) -> impl IntoView {
    view! {
        <fieldset class="radio-group">
            <legend class="radio-group__legend">{move || legend.get()}</legend>
            <div class="radio-group__options">{radios(value, options, "radio")}</div>
        </fieldset>
    }
}

/// The radio buttons of a group; they differ from group to group only in their block's name.
pub(super) fn radios(value: RwSignal<String>, options: Signal<Vec<SelectOption>>, block: &'static str) -> AnyView {
    let name = unique_id(block);
    let view = move || {
        let radio = |SelectOption { value: own, label }: SelectOption| {
            let (same, chosen) = (own.clone(), own.clone());
            view! {
                <label class=block>
                    <input
                        class=format!("{block}__control")
                        type="radio"
                        name=name.clone()
                        value=own
                        prop:checked=move || value.with(|it| *it == same)
                        on:change=handler(move |_| value.set(chosen.clone()))
                    />
                    <span class=format!("{block}__label")>{label}</span>
                </label>
            }
        };
        options.get().into_iter().map(radio).map(IntoAny::into_any).collect_view()
    };
    dynamic(move || view().into_any())
}
