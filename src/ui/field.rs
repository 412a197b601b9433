//! The frame around one control of a form: label, hint, counter, problem, and the ids that tie them together.
//!
//! Invariant: the control inside takes its id and its `aria-…` from [`FieldIds`], so label, hint and problem always
//! belong to it.

use super::dom::unique_id;
use super::erase::{dynamic, handler};
use super::icon::{Icon, IconMark};
use leptos::prelude::*;

/// What a control needs to know of its field. Controls outside of a field get fresh, unconnected ids.
#[derive(Clone, Copy)]
pub struct FieldIds {
    control: StoredValue<String>,
    described_by: Signal<Option<String>>,
    invalid: Signal<bool>,
    required: bool,
}

impl FieldIds {
    /// The ids of the field around, or lone ones.
    #[must_use]
    pub fn take() -> Self {
        use_context().unwrap_or_else(|| Self {
            control: StoredValue::new(unique_id("control")),
            described_by: Signal::default(),
            invalid: Signal::default(),
            required: false,
        })
    }

    /// The id of the control, which the label names.
    #[must_use]
    pub fn control(&self) -> String {
        self.control.get_value()
    }

    /// The ids of hint and problem, as `aria-describedby` wants them.
    #[must_use]
    pub fn described_by(&self) -> Option<String> {
        self.described_by.get()
    }

    /// `"true"` for `aria-invalid` while the field has a problem.
    #[must_use]
    pub fn invalid(&self) -> Option<&'static str> {
        self.invalid.get().then_some("true")
    }

    /// `"true"` for `aria-required`.
    #[must_use]
    pub fn required(&self) -> Option<&'static str> {
        self.required.then_some("true")
    }
}

/// A labelled control with its hint, counter and problem.
///
/// The problem is announced once the person has left the field, never while they type.
#[component]
pub fn Field(
    /// What the control is for.
    #[prop(into)]
    label: Signal<String>,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// What is wrong with it now.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// Marks the field as optional, in words.
    #[prop(optional)]
    optional_mark: bool,
    /// Tells assistive technology that a value is required.
    #[prop(optional)]
    required: bool,
    /// Such as `12 / 100`, at the end of the label's line.
    #[prop(optional, into)]
    counter: Signal<Option<String>>,
    /// One control that takes [`FieldIds`].
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
    let inside = RwSignal::new(false);
    view! {
        <div
            class="field"
            class:is-invalid=move || invalid.get()
            on:focusin=handler(move |_| inside.set(true))
            on:focusout=handler(move |_| inside.set(false))
        >
            <div class="field__head">
                <label class="field__label" for=control>{move || label.get()}</label>
                {optional_mark.then(|| view! { <span class="field__optional">{"Optional"}</span> }.into_any())}
                <FieldCounter counter=counter/>
            </div>
            {inside_field(ids, children)}
            <div class="field__problem" id=problem_id aria-live=move || if inside.get() { "off" } else { "polite" }>
                {move || problem.get().map(|text| view! { <IconMark icon=Icon::Error/> <span>{text}</span> }.into_any())}
            </div>
            {move || hint.get().map(|text| view! { <p class="field__hint" id=hint_id.clone()>{text}</p> }.into_any())}
        </div>
    }
}

/// The control of a field, with what it needs to know. A context would else reach whatever is made beside the field, and
/// outlive it.
fn inside_field(ids: FieldIds, children: Children) -> AnyView {
    let owner = Owner::new();
    let control = owner.with(|| {
        provide_context(ids);
        children()
    });
    // Kept for as long as the field is there.
    on_cleanup(move || drop(owner));
    control
}

#[component]
fn FieldCounter(counter: Signal<Option<String>>) -> impl IntoView {
    dynamic(move || {
        counter.get().map(|text| view! { <span class="field__counter">{text}</span> }.into_any()).into_any()
    })
}
