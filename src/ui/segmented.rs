//! A radio group drawn as one bar.

use super::bound::Bound;
use super::choice::radios;
use super::select::SelectOption;
use leptos::prelude::*;

/// A native radio group drawn as a bar, for two to four short options.
#[component]
pub fn Segmented(
    /// What is being chosen, for assistive technology.
    #[prop(into)]
    legend: Signal<String>,
    /// The selected option's value.
    #[prop(into)]
    value: Bound<String>,
    /// The options.
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
