//! The value that a control shows and changes.

use leptos::prelude::*;

/// A value with a way to change it: a signal, one field of a larger state, or anything derived.
///
/// A control shows `value` and calls `set` with what the person entered. Where `set` refuses a value, the control shows
/// the entered value until `value` changes.
pub struct Bound<T: Send + Sync + 'static> {
    value: Signal<T>,
    set: Callback<T>,
}

impl<T: Send + Sync> Clone for Bound<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync> Copy for Bound<T> {}

impl<T: Send + Sync> Bound<T> {
    /// Binds what `value` reads to what `set` does with a new value. Takes closures, signals and callbacks.
    pub fn new<V, S>(value: impl IntoReactiveValue<Signal<T>, V>, set: impl IntoReactiveValue<Callback<T>, S>) -> Self {
        Self { value: value.into_reactive_value(), set: set.into_reactive_value() }
    }

    /// Binds one field of `state`. Controls of the other fields are not updated when it changes.
    pub fn field<S: Send + Sync + 'static>(
        state: RwSignal<S>,
        get: impl Fn(&S) -> T + Send + Sync + 'static,
        set: impl Fn(&mut S, T) + Send + Sync + 'static,
    ) -> Self
    where
        T: PartialEq,
    {
        Self::new(Memo::new(move |_| state.with(&get)), move |value| state.update(|state| set(state, value)))
    }

    /// The value, tracked.
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.value.get()
    }

    /// The value, untracked.
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.value.get_untracked()
    }

    /// Reads the value in place, tracked.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        self.value.with(read)
    }

    /// Reads the value in place, untracked.
    pub fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
        self.value.with_untracked(read)
    }

    /// Asks for a new value.
    pub fn set(self, value: T) {
        self.set.run(value);
    }
}

impl<T: Send + Sync> From<RwSignal<T>> for Bound<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self::new(signal, move |value| signal.set(value))
    }
}

impl<T: Send + Sync> From<(Signal<T>, Callback<T>)> for Bound<T> {
    fn from((value, set): (Signal<T>, Callback<T>)) -> Self {
        Self { value, set }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Default)]
    struct Form {
        name: String,
        is_open: bool,
    }

    #[test]
    fn a_field_of_a_form_is_read_and_set_alone() {
        let owner = Owner::new();
        owner.with(|| {
            let form = RwSignal::new(Form::default());
            let name = Bound::field(form, |form| form.name.clone(), |form, name| form.name = name);
            let is_open = Bound::field(form, |form| form.is_open, |form, is_open| form.is_open = is_open);
            name.set("Interns".to_owned());
            is_open.set(true);
            assert_eq!((name.get_untracked().as_str(), is_open.get_untracked()), ("Interns", true));
            form.set(Form::default());
            assert!(name.with_untracked(String::is_empty) && !is_open.get_untracked());
        });
    }

    #[test]
    fn a_derived_value_is_set_through_its_callback() {
        let owner = Owner::new();
        owner.with(|| {
            let tenths = RwSignal::new(5_u32);
            let text = Bound::new(
                move || (tenths.get() / 10).to_string(),
                move |text: String| tenths.set(text.parse().unwrap_or(0) * 10),
            );
            text.set("7".to_owned());
            assert_eq!(tenths.get_untracked(), 70);
            assert_eq!(text.get_untracked(), "7");
        });
    }
}
