//! A form while it is edited: its values, and which of its fields show their problems.

use super::focus_first;
use crate::forms::{FieldType, Form, FormField as _};
use crate::ui::Bound;
use leptos::prelude::*;

/// The state of a form.
pub struct FormState<F: Form> {
    form: Bound<F>,
    touched: RwSignal<Vec<F::Field>>,
}

copy_handle!(FormState<F> where F: Form);

impl<F: Form> FormState<F> {
    /// The state of the form in `form`, with no field touched.
    pub fn new(form: impl Into<Bound<F>>) -> Self {
        Self { form: form.into(), touched: RwSignal::default() }
    }

    pub(crate) fn get(&self) -> F {
        self.form.get()
    }

    pub(crate) fn with<T>(&self, read: impl FnOnce(&F) -> T) -> T {
        self.form.with(read)
    }

    pub(crate) fn update(&self, change: impl FnOnce(&mut F)) {
        let mut form = self.form.get_untracked();
        change(&mut form);
        self.form.set(form);
    }

    /// Replaces the form. No field counts as touched afterwards.
    pub(crate) fn fill(&self, form: F) {
        self.untouch();
        self.form.set(form);
    }

    pub(crate) fn bind<T: FieldType>(&self, field: F::Field) -> Bound<T> {
        let state = *self;
        Bound::new(
            Memo::new(move |_| state.with(|form| T::from_value(form.get(field)).unwrap_or_default())),
            move |value: T| state.update(|form| form.set(field, value.to_value())),
        )
    }

    /// Marks a field as touched: from now on it shows its problem.
    pub(crate) fn touch(&self, field: F::Field) {
        if !self.touched.with_untracked(|touched| touched.contains(&field)) {
            self.touched.update(|touched| touched.push(field));
        }
    }

    pub(crate) fn touch_all(&self) {
        self.touched.set(F::Field::ALL.to_vec());
    }

    pub(crate) fn untouch(&self) {
        self.touched.set(Vec::new());
    }

    pub(crate) fn is_touched(&self, field: F::Field) -> bool {
        self.touched.with(|touched| touched.contains(&field))
    }
}

/// Focuses the first control that shows a problem, or text that tells of one.
pub fn focus_first_problem() {
    request_animation_frame(|| focus_first("[aria-invalid=true], [data-problem]"));
}
