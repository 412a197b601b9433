//! The label, hint, counter and problem around one form control.
//!
//! Invariant: the control inside takes its id and `aria-…` attributes from [`FieldIds`].

use super::dom::unique_id;
use super::dynamic::dynamic;
use super::exact::{exact, exact_text};
use super::icon::{Icon, IconMark};
use leptos::context::Provider;
use leptos::prelude::*;
use std::time::Duration;

/// The attributes that tie a control to its [`Field`].
#[derive(Clone, Copy)]
pub(super) struct FieldIds {
    control: StoredValue<String>,
    described_by: Signal<Option<String>>,
    invalid: Signal<bool>,
    required: bool,
}

impl FieldIds {
    /// Returns the attributes of the enclosing field, or of an unlabelled control outside any field.
    pub(super) fn from_context() -> Self {
        use_context().unwrap_or_else(|| Self {
            control: StoredValue::new(unique_id("control")),
            described_by: Signal::default(),
            invalid: Signal::default(),
            required: false,
        })
    }

    pub(super) fn control(&self) -> String {
        self.control.get_value()
    }

    pub(super) fn described_by(&self) -> Option<String> {
        self.described_by.get()
    }

    pub(super) fn invalid(&self) -> Option<&'static str> {
        self.invalid.get().then_some("true")
    }

    pub(super) fn required(&self) -> Option<&'static str> {
        self.required.then_some("true")
    }
}

/// A unit that only assistive technology gets.
pub(super) fn hidden_unit(unit: Option<&'static str>) -> impl IntoView {
    unit.map(|unit| view! { <span class="visually-hidden">{exact_text(format!(" {unit}"))}</span> })
}

/// Says that a value is not saved yet. It describes the control, with `id`.
pub(super) fn changed_mark(changed: Signal<bool>, id: String) -> AnyView {
    dynamic(move || changed.get().then(|| view! { <span class="changed-mark" id=id.clone()>{"Changed"}</span> }))
        .into_any()
}

/// How long a change of the problem counts as caused by typing. It is drawn long before.
const TYPING: Duration = Duration::from_millis(100);

/// A labelled control with its hint, counter and problem.
///
/// A problem that typing causes is announced only after focus leaves the field, not on each key press. Any other, such as
/// the server's answer, is announced immediately.
#[component]
pub fn Field(
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] hint: Signal<Option<String>>,
    #[prop(optional, into)] problem: Signal<Option<String>>,
    /// The unit of the value, for assistive technology, where a sign inside the control shows it.
    #[prop(optional)]
    unit: Option<&'static str>,
    #[prop(optional)] optional_mark: bool,
    #[prop(optional)] required: bool,
    /// Text at the end of the label's line, such as `12 / 100`.
    #[prop(optional, into)]
    counter: Signal<Option<String>>,
    /// Whether the value is another than the saved one.
    #[prop(optional, into)]
    changed: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let control = unique_id("field");
    let hint_id = format!("{control}-hint");
    let problem_id = format!("{control}-problem");
    let changed_id = format!("{control}-changed");
    let ids = [problem_id.clone(), changed_id.clone(), hint_id.clone()];
    let described_by = Signal::derive(move || {
        let shown = [problem.with(Option::is_some), changed.get(), hint.with(Option::is_some)];
        let ids: Vec<_> = ids.iter().zip(shown).filter_map(|(id, is_shown)| is_shown.then_some(id.as_str())).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    });
    let invalid = Signal::derive(move || problem.with(Option::is_some));
    let ids = FieldIds { control: StoredValue::new(control.clone()), described_by, invalid, required };
    let is_typing = RwSignal::new(false);
    let type_text = move |_| {
        is_typing.set(true);
        let rest = move || {
            is_typing.try_set(false);
        };
        set_timeout(rest, TYPING);
    };
    view! {
        <div
            class="field"
            class:is-invalid=move || invalid.get()
            class:is-changed=move || changed.get()
            on:input=type_text
        >
            <div class="field__head">
                <label class="field__label" for=control>{exact(label)}{hidden_unit(unit)}</label>
                {optional_mark.then(|| view! { <span class="field__optional">{"Optional"}</span> })}
                {changed_mark(changed, changed_id)}
                {move || counter.get().map(|text| view! { <span class="field__counter">{text}</span> })}
            </div>
            <Provider value=ids>{children()}</Provider>
            <div class="field__problem" id=problem_id aria-live=move || if is_typing.get() { "off" } else { "polite" }>
                {move || problem.get().map(|text| view! { <IconMark icon=Icon::Error/> <span>{text}</span> })}
            </div>
            {move || hint.get().map(|text| view! { <p class="field__hint" id=hint_id.clone()>{text}</p> })}
        </div>
    }
}
