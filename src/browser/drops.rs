//! Files that are dropped beside a field for files.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

/// Ignores dropped files, which the browser would open in place of the page. A field that takes files handles them first.
pub fn ignore_dropped_files() {
    for name in ["dragover", "drop"] {
        let handle = window_event_listener_untyped(name, |event| {
            let Some(event) = event.dyn_ref::<web_sys::DragEvent>() else { return };
            let Some(data) = event.data_transfer() else { return };
            let has_files = data.types().includes(&"Files".into(), 0);
            if has_files && !event.default_prevented() {
                event.prevent_default();
                data.set_drop_effect("none");
            }
        });
        on_cleanup(move || handle.remove());
    }
}
