//! Messages: banners in the page, and toasts in its corner.

use super::icon::{Icon, IconMark};
use leptos::prelude::*;
use std::time::Duration;

/// The kind of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Info,
    Success,
    Warning,
    Danger,
}

impl Tone {
    /// The icon, the CSS class and the word for assistive technology.
    const fn parts(self) -> (Icon, &'static str, &'static str) {
        match self {
            Self::Info => (Icon::Info, "tone--info", "Information"),
            Self::Success => (Icon::Success, "tone--success", "Success"),
            Self::Warning => (Icon::Warning, "tone--warning", "Warning"),
            Self::Danger => (Icon::Error, "tone--danger", "Error"),
        }
    }
}

/// A message in the page. [`Tone::Danger`] is announced immediately, the others politely.
#[component]
pub fn Banner(
    /// Default: info.
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
                {children.map(|children| view! { <div class="banner__body">{children()}</div> })}
            </div>
            {actions.map(|actions| view! { <div class="banner__actions">{actions.run()}</div> })}
        </div>
    }
}

/// One toast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToastItem {
    /// Unique in its region.
    pub id: u64,
    /// The kind of message.
    pub tone: Tone,
    /// What happened.
    pub title: String,
    /// More about it.
    pub detail: Option<String>,
    /// How long after it appears to dismiss it; `None` to leave that to the person.
    pub dismiss_after: Option<Duration>,
}

/// The corner where toasts appear.
///
/// Mount it once, before the first toast, so that each is announced. The caller removes dismissed toasts from the list.
#[component]
pub fn ToastRegion(
    /// The toasts, oldest first.
    #[prop(into)]
    toasts: Signal<Vec<ToastItem>>,
    /// Called with the id of a toast whose close button was pressed or whose time is over.
    #[prop(into)]
    on_dismiss: Callback<u64>,
) -> impl IntoView {
    let list = move |is_urgent: bool| {
        let items = move || {
            let mut items = toasts.get();
            items.retain(|item| (item.tone == Tone::Danger) == is_urgent);
            items
        };
        view! {
            <For each=items key=|item| item.id let:item>
                <Toast item=item on_dismiss=on_dismiss/>
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
fn Toast(item: ToastItem, on_dismiss: Callback<u64>) -> impl IntoView {
    let ToastItem { id, tone, title, detail, dismiss_after } = item;
    if let Some(Ok(timer)) = dismiss_after.map(|after| set_timeout_with_handle(move || on_dismiss.run(id), after)) {
        on_cleanup(move || timer.clear());
    }
    let (icon, class, word) = tone.parts();
    let close_label = format!("Dismiss: {title}");
    view! {
        <div class=format!("toast {class}")>
            <IconMark icon=icon/>
            <div class="toast__text">
                <p class="toast__title">
                    <span class="visually-hidden">{format!("{word}: ")}</span>
                    {title}
                </p>
                {detail.map(|detail| view! { <p class="toast__detail">{detail}</p> })}
            </div>
            <button type="button" class="toast__close" aria-label=close_label on:click=move |_| on_dismiss.run(id)>
                <IconMark icon=Icon::Close/>
            </button>
        </div>
    }
}
