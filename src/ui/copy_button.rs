//! A button that copies text to the clipboard.
//!
//! Invariant: without a clipboard the person can still copy. The text is selected, and a message names the keys.

use super::dom::{focus, focus_without_scrolling, is_composing};
use super::icon::{Icon, IconMark};
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::{html, prelude::*};
use wasm_bindgen_futures::JsFuture;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Idle,
    Copied,
    /// The browser refused. The text is shown, selected.
    Manual,
}

/// Copies a text, and shows and announces whether that worked.
#[derive(Clone, Copy)]
pub(super) struct Copier {
    status: RwSignal<Status>,
    /// The text that was copied last.
    text: RwSignal<String>,
    /// What has the focus afterwards.
    button: NodeRef<html::Button>,
}

impl Copier {
    pub(super) fn new(button: NodeRef<html::Button>) -> Self {
        Self { status: RwSignal::new(Status::Idle), text: RwSignal::default(), button }
    }

    /// Calls `on_copied` once the clipboard has the text.
    pub(super) fn copy(self, text: String, on_copied: Option<Callback<()>>) {
        let Self { status, button, .. } = self;
        self.text.set(text.clone());
        spawn_local(async move {
            let is_copied = write_to_clipboard(&text).await || copy_by_command(button, &text);
            if let Some(on_copied) = on_copied.filter(|_| is_copied) {
                // The view may have been removed in the meantime.
                let _disposed = on_copied.try_run(());
            }
            let _disposed = status.try_set(if is_copied { Status::Copied } else { Status::Manual });
        });
    }

    fn is_copied(self) -> bool {
        self.status.get() == Status::Copied
    }

    /// The message, and without a clipboard the text itself. It is beside the button.
    pub(super) fn said(self) -> impl IntoView {
        let Self { status, text, button } = self;
        let message = move || if self.is_copied() { "Copied" } else { "" };
        let dismiss = Callback::new(move |()| {
            // Removing the focused text moves the focus too, also when the view is removed.
            if status.try_get_untracked() == Some(Status::Manual) {
                status.set(Status::Idle);
            }
        });
        view! {
            // The end of the CSS animation clears the message, so no timer is needed.
            <span
                class="copy__said"
                class:is-shown=move || self.is_copied()
                role="status"
                on:animationend=move |_| status.set(Status::Idle)
            >
                {move || message()}
            </span>
            {move || (status.get() == Status::Manual).then(|| manual(text.get_untracked(), button, dismiss))}
        }
    }
}

/// A small button that copies `text`, then shows and announces whether that worked.
#[component]
pub fn CopyButton(
    #[prop(into)] text: Signal<String>,
    label: &'static str,
    /// Whether the label is shown on the button.
    #[prop(optional)]
    has_text: bool,
    /// Called once the clipboard has the text.
    #[prop(optional, into)]
    on_copied: Option<Callback<()>>,
) -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    let copier = Copier::new(button);
    let copy = move |_| copier.copy(text.get_untracked(), on_copied);
    let class = if has_text { "button" } else { "button button--ghost button--icon button--small" };
    view! {
        <span class="copy">
            <button
                node_ref=button
                type="button"
                class=class
                aria-label=(!has_text).then_some(label)
                title=(!has_text).then_some(label)
                on:click=copy
            >
                {move || {
                    let icon = if copier.is_copied() { Icon::Check } else { Icon::Copy };
                    view! { <IconMark icon=icon/> }
                }}
                {has_text.then(|| view! { <span class="button__text">{label}</span> })}
            </button>
            {copier.said()}
        </span>
    }
}

/// The text, selected, with the keys that copy it. It goes when it loses the focus.
fn manual(text: String, button: NodeRef<html::Button>, dismiss: Callback<()>) -> AnyView {
    let area = NodeRef::<html::Textarea>::new();
    area.on_load(|area| {
        // In the next frame the text is in the page.
        request_animation_frame(move || {
            focus(&area);
            area.select();
        });
    });
    let keydown = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" && !is_composing(&event) {
            event.prevent_default();
            event.stop_propagation();
            button.get_untracked().iter().for_each(|button| focus(button));
        }
    };
    view! {
        <span class="copy__manual" on:keydown=keydown on:focusout=move |_| dismiss.run(())>
            <span role="alert">{"Your browser doesn’t let this page copy. Press Ctrl+C (⌘C on a Mac) to copy the selected text."}</span>
            <textarea node_ref=area class="copy__text" aria-label="Text to copy" readonly=true rows="2" prop:value=text></textarea>
        </span>
    }
    .into_any()
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

/// Copies by the older way, which also works on plain http: selects the text in a field, and runs a command. The field is
/// beside the button, because nothing outside of an open dialog can be selected.
fn copy_by_command(button: NodeRef<html::Button>, text: &str) -> bool {
    let Some(button) = button.try_get_untracked().flatten() else { return false };
    let is_copied = || {
        let area: web_sys::HtmlTextAreaElement = document().create_element("textarea").ok()?.dyn_into().ok()?;
        area.set_class_name("copy__text copy__text--hidden");
        area.set_value(text);
        button.parent_element()?.append_child(&area).ok()?;
        focus_without_scrolling(&area);
        area.select();
        let is_copied = document().unchecked_into::<web_sys::HtmlDocument>().exec_command("copy");
        focus_without_scrolling(&button);
        area.remove();
        is_copied.ok()
    };
    is_copied().unwrap_or(false)
}
