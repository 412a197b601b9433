//! Bars that show how much of something is used or done.

use super::badge::BadgeTone;
use super::dom::{number_text, percentage, unique_id};
use leptos::prelude::*;

/// A bar with a visible reading.
#[component]
pub fn Meter(
    /// The share used. More than 1 is drawn as full.
    share: f64,
    label: String,
    /// The reading, such as `$120 of $500`.
    text: String,
    tone: BadgeTone,
) -> impl IntoView {
    let class = match tone {
        BadgeTone::Warning => "meter meter--warning",
        BadgeTone::Danger => "meter meter--danger",
        _ => "meter",
    };
    view! {
        <div class=class>
            <div
                class="meter__bar"
                role="meter"
                aria-label=label
                aria-valuemin="0"
                aria-valuemax="1"
                aria-valuenow=number_text(share.min(1.0))
                aria-valuetext=text.clone()
            >
                <div class="meter__fill" style:inline-size=percentage(share)></div>
            </div>
            <span class="meter__text">{text}</span>
        </div>
    }
}

/// A native progress bar with a label and a reading.
#[component]
pub fn ProgressBar(
    /// The share done, from 0 to 1.
    value: Signal<f64>,
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
                value=move || number_text(value.get().clamp(0.0, 1.0))
            ></progress>
        </div>
    }
}
