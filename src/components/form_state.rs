//! A form while it is edited: its values, and which of its fields show their problems.

use leptos::prelude::*;

use crate::forms::{FieldType, Form, FormField as _};
use crate::ui::Bound;

/// The state of a form.
pub struct FormState<F: Form> {
    form: Bound<F>,
    touched: RwSignal<Vec<F::Field>>,
}

impl<F: Form> Clone for FormState<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: Form> Copy for FormState<F> {}

impl<F: Form> FormState<F> {
    /// The state of the form in `form`, with no field touched.
    pub fn new(form: impl Into<Bound<F>>) -> Self {
        Self { form: form.into(), touched: RwSignal::default() }
    }

    /// The form; tracked.
    pub fn get(&self) -> F {
        self.form.get()
    }

    /// Reads the form in place; tracked.
    pub fn with<T>(&self, read: impl FnOnce(&F) -> T) -> T {
        self.form.with(read)
    }

    /// Changes the form.
    pub fn update(&self, change: impl FnOnce(&mut F)) {
        let mut form = self.form.get_untracked();
        change(&mut form);
        self.form.set(form);
    }

    /// Replaces the form. No field counts as touched afterwards.
    pub fn fill(&self, form: F) {
        self.untouch();
        self.form.set(form);
    }

    /// A field, for a control.
    pub fn bind<T: FieldType>(&self, field: F::Field) -> Bound<T> {
        let state = *self;
        Bound::new(
            Memo::new(move |_| state.with(|form| T::from_value(form.get(field)).unwrap_or_default())),
            move |value: T| state.update(|form| form.set(field, value.to_value())),
        )
    }

    /// A field, for a control that shows the field's problem from its first edit on.
    pub fn bind_touching<T: FieldType>(&self, field: F::Field) -> Bound<T> {
        let (state, bound) = (*self, self.bind::<T>(field));
        Bound::new(
            move || bound.get(),
            move |value: T| {
                state.touch(field);
                bound.set(value);
            },
        )
    }

    /// Marks a field as touched: from now on it shows its problem.
    pub fn touch(&self, field: F::Field) {
        if !self.touched.with_untracked(|touched| touched.contains(&field)) {
            self.touched.update(|touched| touched.push(field));
        }
    }

    /// Marks every field as touched, as an attempt to save does.
    pub fn touch_all(&self) {
        self.touched.set(F::Field::ALL.to_vec());
    }

    /// Marks no field as touched.
    pub fn untouch(&self) {
        self.touched.set(Vec::new());
    }

    /// Whether a field was touched; tracked.
    pub fn is_touched(&self, field: F::Field) -> bool {
        self.touched.with(|touched| touched.contains(&field))
    }
}

/// Focuses the first control that shows a problem, or else the first text that tells of one.
pub fn focus_first_problem() {
    use wasm_bindgen::JsCast as _;
    request_animation_frame(|| {
        let find = |selector| document().query_selector(selector).ok().flatten();
        let problem = find("[aria-invalid=true]").or_else(|| find("[data-problem]"));
        if let Some(element) = problem.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            // An element that is shown cannot refuse focus.
            let _ = element.focus();
        }
    });
}
