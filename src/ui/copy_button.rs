//! Copies a text to the clipboard.
//!
//! Invariant: success and failure are both said, in sight and to assistive technology.

use super::erase::handler;
use super::icon::{Icon, IconMark};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Idle,
    Copied,
    Refused,
}

/// A small button that copies `text` and says so.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    /// The accessible name, such as `Copy workspace id`.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let outcome = RwSignal::new(Outcome::Idle);
    let copy = move |_| {
        spawn_local(async move {
            let done = write(&text.get_untracked()).await;
            // The view may be gone by now: then nobody is told.
            let _gone = outcome.try_set(if done { Outcome::Copied } else { Outcome::Refused });
        });
    };
    let said = move || match outcome.get() {
        Outcome::Idle => "",
        Outcome::Copied => "Copied",
        Outcome::Refused => "Copying was refused",
    };
    view! {
        <span class="copy">
            <button
                type="button"
                class="button button--ghost button--icon button--small"
                aria-label=move || label.get()
                title=move || label.get()
                on:click=handler(copy)
            >
                {move || {
                    let icon = if outcome.get() == Outcome::Copied { Icon::Check } else { Icon::Copy };
                    view! { <IconMark icon=icon/> }
                }}
            </button>
            // Its fading ends the message, so that no timer is needed.
            <span
                class="copy__said"
                class:is-shown=move || outcome.get() != Outcome::Idle
                role="status"
                on:animationend=handler(move |_| outcome.set(Outcome::Idle))
            >
                {move || said()}
            </span>
        </span>
    }
}

/// Whether the clipboard took the text. In an insecure context there is no clipboard at all.
async fn write(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    let missing: &JsValue = clipboard.as_ref();
    if missing.is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}
