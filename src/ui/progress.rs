//! The progress of a job.

use super::dom::{number_text, unique_id};
use leptos::prelude::*;

/// A native progress bar with a label and a reading.
#[component]
pub fn ProgressBar(
    /// The share done, from 0 to 1; `None` while unknown.
    #[prop(into)]
    value: Signal<Option<f64>>,
    /// What is running.
    #[prop(into)]
    label: Signal<String>,
    /// The reading, such as `300 of 734`.
    #[prop(into)]
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
                value=move || value.get().map(|share| number_text(share.clamp(0.0, 1.0)))
            ></progress>
        </div>
    }
}
