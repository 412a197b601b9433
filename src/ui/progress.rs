//! How far a job has come.
//!
//! Invariant: a share that is not known is shown as such, never guessed.

use super::dom::{number_text, unique_id};
use leptos::prelude::*;

/// A native progress bar with its label and reading.
#[component]
pub fn ProgressBar(
    /// The share done, from 0 to 1; `None` while unknown.
    #[prop(into)]
    value: Signal<Option<f64>>,
    /// What is under way.
    #[prop(into)]
    label: Signal<String>,
    /// The reading in words, such as `300 of 734`.
    #[prop(optional, into)]
    text: Signal<String>,
) -> impl IntoView {
    let id = unique_id("progress");
    view! {
        <div class="progress">
            <label class="progress__label" for=id.clone()>{move || label.get()}</label>
            <span class="progress__text">{move || text.get()}</span>
            <progress
                class="progress__bar"
                id=id
                max="1"
                value=move || value.get().map(|it| number_text(it.clamp(0.0, 1.0)))
            ></progress>
        </div>
    }
}
