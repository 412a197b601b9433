//! The value that a control shows and changes.

use leptos::prelude::*;
use std::ops::Deref;

/// A value with a way to change it: a signal, or anything derived from one.
///
/// A control shows `value` and calls `set` with what the person entered. Where `set` refuses a value, the control shows
/// the entered value until `value` changes.
pub struct Bound<T: Send + Sync + 'static> {
    value: Signal<T>,
    set: Callback<T>,
}

copy_handle!(Bound<T> where T: Send + Sync);

impl<T: Send + Sync> Bound<T> {
    /// Binds what `value` reads to what `set` does with a new value. Takes closures, signals and callbacks.
    pub(crate) fn new<V, S>(
        value: impl IntoReactiveValue<Signal<T>, V>,
        set: impl IntoReactiveValue<Callback<T>, S>,
    ) -> Self {
        Self { value: value.into_reactive_value(), set: set.into_reactive_value() }
    }

    /// The same value, with `before` called ahead of each change.
    pub(crate) fn before_set(self, before: impl Fn(&T) + Send + Sync + 'static) -> Self {
        let set = move |value| {
            before(&value);
            self.set(value);
        };
        Self { set: Callback::new(set), ..self }
    }

    pub(crate) fn set(self, value: T) {
        self.set.run(value);
    }
}

/// A bound value reads like its signal.
impl<T: Send + Sync> Deref for Bound<T> {
    type Target = Signal<T>;

    fn deref(&self) -> &Signal<T> {
        &self.value
    }
}

impl<T: Send + Sync> From<RwSignal<T>> for Bound<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self::new(signal, move |value| signal.set(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
