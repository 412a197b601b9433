//! Whether the page is being printed.

use super::dom::listen_to_window;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, closure::Closure};
use send_wrapper::SendWrapper;

/// Whether the page is being printed, until the owner is disposed. The browser lays the page out right after the event, so
/// what follows this signal is drawn by then.
pub(super) fn is_printing() -> ReadSignal<bool> {
    let (is_printing, set) = signal(false);
    let tell = move |printing| {
        // The listeners end with the owner.
        let _disposed = set.try_set(printing);
    };
    listen_to_window("beforeprint", move || tell(true));
    listen_to_window("afterprint", move || tell(false));
    // Some browsers send no events, but change the medium.
    if let Ok(Some(print)) = window().match_media("print") {
        tell(print.matches());
        let callback = Closure::<dyn FnMut(web_sys::MediaQueryList)>::new(move |event: web_sys::MediaQueryList| {
            tell(event.matches());
        });
        drop(print.add_event_listener_with_callback("change", callback.as_ref().unchecked_ref()));
        let kept = SendWrapper::new((print, callback));
        on_cleanup(move || {
            drop(kept.0.remove_event_listener_with_callback("change", kept.1.as_ref().unchecked_ref()));
        });
    }
    is_printing
}
