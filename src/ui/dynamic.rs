//! Views that follow signals.

use std::sync::{Arc, Mutex};

use leptos::prelude::*;
use leptos::tachys::reactive_graph::SharedReactiveFunction;
use leptos::task::spawn_local;

use crate::browser::painted;

/// A view that is built again whenever a signal that it read changes.
///
/// A closure does the same, but each closure is a type of its own, for which Leptos compiles about 1 kB.
pub(crate) fn dynamic<V: IntoView + 'static>(mut view: impl FnMut() -> V + Send + 'static) -> AnyView {
    let shared: SharedReactiveFunction<AnyView> = Arc::new(Mutex::new(move || view().into_any()));
    shared.into_any()
}

/// A view that is built after the next paint, such as a dialog: what is not seen at first must not delay what is.
pub(crate) fn after_paint(mut view: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    let is_painted = RwSignal::new(false);
    spawn_local(async move {
        painted().await;
        let _disposed = is_painted.try_set(true);
    });
    dynamic(move || is_painted.get().then(&mut view))
}
