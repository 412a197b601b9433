//! Views that follow signals.

use std::sync::{Arc, Mutex};

use leptos::prelude::*;
use leptos::tachys::reactive_graph::SharedReactiveFunction;

/// A view that is built again whenever a signal that it read changes.
///
/// A closure does the same, but each closure is a type of its own, for which Leptos compiles about 1 kB.
pub(crate) fn dynamic<V: IntoView + 'static>(mut view: impl FnMut() -> V + Send + 'static) -> AnyView {
    let shared: SharedReactiveFunction<AnyView> = Arc::new(Mutex::new(move || view().into_any()));
    shared.into_any()
}
