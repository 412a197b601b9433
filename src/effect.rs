//! Watching signals: one effect for everybody.
//!
//! Invariant: the framework's effect is generic in what it runs, and each kind of it is a kilobyte of the page; here all
//! are one kind.

use leptos::prelude::Effect;

/// Runs at once and whenever a signal that was read in it changes, for as long as the current owner lives.
pub fn watch(run: impl FnMut() + 'static) {
    erased(Box::new(run));
}

fn erased(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_| run());
}
