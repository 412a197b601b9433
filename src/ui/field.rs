//! The label, hint, counter and problem around one form control.
//!
//! Invariant: the control inside takes its id and `aria-…` attributes from [`FieldIds`].

use super::dom::unique_id;
use super::icon::{Icon, IconMark};
use leptos::context::Provider;
use leptos::prelude::*;

/// The attributes that tie a control to its [`Field`].
#[derive(Clone, Copy)]
pub struct FieldIds {
    control: StoredValue<String>,
    described_by: Signal<Option<String>>,
    invalid: Signal<bool>,
    required: bool,
}

impl FieldIds {
    /// Returns the attributes of the enclosing field, or of an unlabelled control outside any field.
    #[must_use]
    pub fn from_context() -> Self {
        use_context().unwrap_or_else(|| Self {
            control: StoredValue::new(unique_id("control")),
            described_by: Signal::default(),
            invalid: Signal::default(),
            required: false,
        })
    }

    /// The id of the control, which the label refers to.
    #[must_use]
    pub fn control(&self) -> String {
        self.control.get_value()
    }

    /// The value of `aria-describedby`: the ids of problem and hint.
    #[must_use]
    pub fn described_by(&self) -> Option<String> {
        self.described_by.get()
    }

    /// The value of `aria-invalid`.
    #[must_use]
    pub fn invalid(&self) -> Option<&'static str> {
        self.invalid.get().then_some("true")
    }

    /// The value of `aria-required`.
    #[must_use]
    pub fn required(&self) -> Option<&'static str> {
        self.required.then_some("true")
    }
}

/// A labelled control with its hint, counter and problem.
///
/// A problem is announced only after focus leaves the field, not on each key press.
#[component]
pub fn Field(
    /// What the control is for.
    #[prop(into)]
    label: Signal<String>,
    /// Help with filling it in.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// What is wrong with the current value.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// Show the word "Optional" beside the label.
    #[prop(optional)]
    optional_mark: bool,
    /// Set `aria-required` on the control.
    #[prop(optional)]
    required: bool,
    /// Text at the end of the label's line, such as `12 / 100`.
    #[prop(optional, into)]
    counter: Signal<Option<String>>,
    /// One control that uses [`FieldIds`].
    children: Children,
) -> impl IntoView {
    let control = unique_id("field");
    let hint_id = format!("{control}-hint");
    let problem_id = format!("{control}-problem");
    let described_by = {
        let (hint_id, problem_id) = (hint_id.clone(), problem_id.clone());
        Signal::derive(move || {
            let ids = [
                problem.with(Option::is_some).then_some(problem_id.as_str()),
                hint.with(Option::is_some).then_some(hint_id.as_str()),
            ];
            let ids: Vec<_> = ids.into_iter().flatten().collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        })
    };
    let invalid = Signal::derive(move || problem.with(Option::is_some));
    let ids = FieldIds { control: StoredValue::new(control.clone()), described_by, invalid, required };
    let has_focus = RwSignal::new(false);
    view! {
        <div
            class="field"
            class:is-invalid=move || invalid.get()
            on:focusin=move |_| has_focus.set(true)
            on:focusout=move |_| has_focus.set(false)
        >
            <div class="field__head">
                <label class="field__label" for=control>{move || label.get()}</label>
                {optional_mark.then(|| view! { <span class="field__optional">{"Optional"}</span> })}
                {move || counter.get().map(|text| view! { <span class="field__counter">{text}</span> })}
            </div>
            <Provider value=ids>{children()}</Provider>
            <div class="field__problem" id=problem_id aria-live=move || if has_focus.get() { "off" } else { "polite" }>
                {move || problem.get().map(|text| view! { <IconMark icon=Icon::Error/> <span>{text}</span> })}
            </div>
            {move || hint.get().map(|text| view! { <p class="field__hint" id=hint_id.clone()>{text}</p> })}
        </div>
    }
}
