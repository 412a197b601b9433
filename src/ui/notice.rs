//! Messages: a banner in the page, toasts at its corner.
//!
//! Invariant: the toast region is there before any toast, so that each is announced.

use super::erase::handler;
use super::icon::{Icon, IconMark};
use leptos::prelude::*;

/// What a message means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the tones")]
pub enum Tone {
    #[default]
    Info,
    Success,
    Warning,
    Danger,
}

impl Tone {
    const fn parts(self) -> (Icon, &'static str, &'static str) {
        match self {
            Self::Info => (Icon::Info, "tone--info", "Information"),
            Self::Success => (Icon::Success, "tone--success", "Success"),
            Self::Warning => (Icon::Warning, "tone--warning", "Warning"),
            Self::Danger => (Icon::Error, "tone--danger", "Error"),
        }
    }
}

/// A message in the flow of the page. Danger is announced at once, the rest politely.
#[component]
pub fn Banner(
    /// What it means. Default: info.
    #[prop(optional)]
    tone: Tone,
    /// What happened, in one line.
    #[prop(into)]
    title: Signal<String>,
    /// More about it.
    #[prop(optional)]
    children: Option<Children>,
    /// Buttons.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
) -> impl IntoView {
    let (icon, class, word) = tone.parts();
    view! {
        <div class=format!("banner {class}") role=if tone == Tone::Danger { "alert" } else { "status" }>
            <IconMark icon=icon/>
            <div class="banner__text">
                <p class="banner__title">
                    <span class="visually-hidden">{format!("{word}: ")}</span>
                    {move || title.get()}
                </p>
                {children.map(|children| view! { <div class="banner__body">{children()}</div> }.into_any())}
            </div>
            {actions.map(|actions| view! { <div class="banner__actions">{actions.run()}</div> }.into_any())}
        </div>
    }
}

/// One toast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToastItem {
    /// Unique in its region.
    pub id: u64,
    /// What it means.
    pub tone: Tone,
    /// What happened.
    pub title: String,
    /// More about it.
    pub detail: Option<String>,
    /// The text of its one action, such as `Undo`.
    pub action_label: Option<String>,
}

/// The corner where toasts appear. Mount it once, from the start; when a toast goes is the caller's choice.
#[component]
pub fn ToastRegion(
    /// What is shown, oldest first.
    #[prop(into)]
    toasts: Signal<Vec<ToastItem>>,
    /// The close button of a toast was pressed.
    #[prop(into)]
    on_dismiss: Callback<u64>,
    /// The action of a toast was pressed.
    #[prop(into)]
    on_action: Callback<u64>,
) -> impl IntoView {
    let list = move |urgent: bool| {
        let items = move || {
            let mut items = toasts.get();
            items.retain(|it| (it.tone == Tone::Danger) == urgent);
            items
        };
        view! {
            <For each=items key=|it| it.id let:item>
                <Toast item=item on_dismiss=on_dismiss on_action=on_action/>
            </For>
        }
    };
    view! {
        <section class="toasts" aria-label="Notices">
            <div class="toasts__list" role="status" aria-live="polite" aria-atomic="false">{list(false)}</div>
            <div class="toasts__list" role="alert" aria-live="assertive" aria-atomic="false">{list(true)}</div>
        </section>
    }
}

#[component]
fn Toast(item: ToastItem, on_dismiss: Callback<u64>, on_action: Callback<u64>) -> impl IntoView {
    let (icon, class, word) = item.tone.parts();
    let id = item.id;
    view! {
        <div class=format!("toast {class}")>
            <IconMark icon=icon/>
            <div class="toast__text">
                <p class="toast__title">
                    <span class="visually-hidden">{format!("{word}: ")}</span>
                    {item.title.clone()}
                </p>
                {item.detail.map(|detail| view! { <p class="toast__detail">{detail}</p> }.into_any())}
                {item
                    .action_label
                    .map(|label| {
                        view! {
                            <button
                                type="button"
                                class="button button--small toast__action"
                                on:click=handler(move |_| on_action.run(id))
                            >
                                {label}
                            </button>
                        }
                    })}
            </div>
            <button
                type="button"
                class="toast__close"
                aria-label=format!("Dismiss: {}", item.title)
                on:click=handler(move |_| on_dismiss.run(id))
            >
                <IconMark icon=Icon::Close/>
            </button>
        </div>
    }
}
