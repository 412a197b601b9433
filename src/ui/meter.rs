//! A bar that shows how much of something is used.

use super::badge::BadgeTone;
use super::dom::number_text;
use leptos::prelude::*;

/// A bar with a visible reading.
#[component]
pub fn Meter(
    /// How much is used, in any unit.
    #[prop(into)]
    value: Signal<f64>,
    /// The full amount, in the same unit. A larger `value` is drawn as full.
    #[prop(into)]
    max: Signal<f64>,
    /// What is measured; the accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// The reading, such as `$120 of $500`.
    #[prop(into)]
    text: Signal<String>,
    /// The colour. Default: neutral.
    #[prop(optional, into)]
    tone: Signal<BadgeTone>,
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
        <div class=move || class()>
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
