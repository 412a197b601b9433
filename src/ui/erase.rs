//! One type for what would else be a type of its own at every place, so that the code behind it comes into the page once.
//!
//! Invariant: nothing here changes what is shown or when; it is worth its while by the page's weight alone.

use std::sync::{Arc, Mutex};

use leptos::prelude::*;
use leptos::tachys::reactive_graph::SharedReactiveFunction;

/// A view that is made again whenever a signal changes that it has read.
///
/// The same as the closure itself. `view!` does this for the closures that stand in it; a component that is nothing
/// but a closure, or one that is given a name first, does it by this.
pub fn dynamic(view: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    let shared: SharedReactiveFunction<AnyView> = Arc::new(Mutex::new(view));
    shared.into_any()
}

/// A handler of events.
pub fn handler<E: 'static>(handle: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(handle)
}
