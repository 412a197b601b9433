//! Bars that show how much of something is used or done.

use super::badge::BadgeTone;
use super::dom::{number_text, unique_id};
use leptos::prelude::*;

/// A bar with a visible reading.
#[component]
pub fn Meter(
    #[prop(into)] value: Signal<f64>,
    /// The full amount, in the same unit. A larger `value` is drawn as full.
    #[prop(into)]
    max: Signal<f64>,
    #[prop(into)] label: Signal<String>,
    /// The reading, such as `$120 of $500`.
    #[prop(into)]
    text: Signal<String>,
    #[prop(optional, into)] tone: Signal<BadgeTone>,
) -> impl IntoView {
    let share = move || {
        let (value, max) = (value.get(), max.get());
        if max > 0.0 { (value / max).clamp(0.0, 1.0) } else { 0.0 }
    };
    let class = move || match tone.get() {
        BadgeTone::Neutral | BadgeTone::Accent | BadgeTone::Info => "meter",
        BadgeTone::Success => "meter meter--success",
        BadgeTone::Warning => "meter meter--warning",
        BadgeTone::Danger => "meter meter--danger",
    };
    view! {
        <div class=class>
            <div
                class="meter__bar"
                role="meter"
                aria-label=move || label.get()
                aria-valuemin="0"
                aria-valuemax=move || number_text(max.get())
                aria-valuenow=move || number_text(value.get().min(max.get()))
                aria-valuetext=move || text.get()
            >
                <div class="meter__fill" style:inline-size=move || number_text(share() * 100.0) + "%"></div>
            </div>
            <span class="meter__text">{move || text.get()}</span>
        </div>
    }
}

/// A native progress bar with a label and a reading.
#[component]
pub fn ProgressBar(
    /// The share done, from 0 to 1; `None` while unknown.
    #[prop(into)]
    value: Signal<Option<f64>>,
    #[prop(into)] label: Signal<String>,
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
