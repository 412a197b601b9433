//! A button that copies text to the clipboard.

use super::icon::{Icon, IconMark};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Idle,
    Copied,
    Refused,
}

/// A small button that copies `text`, then shows and announces whether that worked.
#[component]
pub fn CopyButton(#[prop(into)] text: Signal<String>, label: &'static str) -> impl IntoView {
    let status = RwSignal::new(Status::Idle);
    let copy = move |_| {
        spawn_local(async move {
            let is_copied = write_to_clipboard(&text.get_untracked()).await;
            // The view may have been removed in the meantime.
            let _disposed = status.try_set(if is_copied { Status::Copied } else { Status::Refused });
        });
    };
    let message = move || match status.get() {
        Status::Idle => "",
        Status::Copied => "Copied",
        Status::Refused => "Copying was refused",
    };
    view! {
        <span class="copy">
            <button
                type="button"
                class="button button--ghost button--icon button--small"
                aria-label=label
                title=label
                on:click=copy
            >
                {move || {
                    let icon = if status.get() == Status::Copied { Icon::Check } else { Icon::Copy };
                    view! { <IconMark icon=icon/> }
                }}
            </button>
            // The end of the CSS animation clears the message, so no timer is needed.
            <span
                class="copy__said"
                class:is-shown=move || status.get() != Status::Idle
                role="status"
                on:animationend=move |_| status.set(Status::Idle)
            >
                {move || message()}
            </span>
        </span>
    }
}

/// Returns whether the clipboard accepted the text. An insecure context has no clipboard.
async fn write_to_clipboard(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    let value: &JsValue = clipboard.as_ref();
    if value.is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}
