//! A radio group in the shape of one bar, for two to four short choices.
//!
//! Invariant: it is a native radio group; only the look differs.

use super::choice::radios;
use super::select::SelectOption;
use leptos::prelude::*;

/// A bar of choices.
#[component]
pub fn Segmented(
    /// What is chosen, for assistive technology.
    #[prop(into)]
    legend: Signal<String>,
    /// The chosen value, both ways.
    value: RwSignal<String>,
    /// The choices.
    #[prop(into)]
    options: Signal<Vec<SelectOption>>,
) -> impl IntoView {
    view! {
        <fieldset class="segmented">
            <legend class="visually-hidden">{move || legend.get()}</legend>
            {radios(value, options, "segment")}
        </fieldset>
    }
}
