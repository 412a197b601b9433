//! The corner where notices appear as toasts.

use std::time::Duration;

use leptos::prelude::*;

use crate::ui::{Icon, IconMark, Tone, exact_text};
use crate::write::{Notice, Notices};

/// How long a success is shown. A failure stays until the person dismisses it.
const SUCCESS_SHOWN_FOR: Duration = Duration::from_secs(8);

/// All notices. Mount it before the first one, so that each is announced.
#[component]
pub fn Toasts() -> impl IntoView {
    let notices: Notices = expect_context();
    let list = move |is_failure: bool| {
        let items = move || notices.list.get().into_iter().filter(move |it| it.detail.is_some() == is_failure);
        view! {
            <For each=items key=|notice| notice.id let:notice>
                <Toast notice=notice notices=notices/>
            </For>
        }
    };
    view! {
        <section class="toasts" aria-label="Notifications">
            <div class="toasts__list" role="status" aria-live="polite" aria-atomic="false">
                {list(false)}
            </div>
            <div class="toasts__list" role="alert" aria-live="assertive" aria-atomic="false">
                {list(true)}
            </div>
        </section>
    }
}

#[component]
fn Toast(notice: Notice, notices: Notices) -> impl IntoView {
    let Notice { id, title, detail } = notice;
    let dismiss = move || notices.dismiss(id);
    let tone = if detail.is_some() { Tone::Danger } else { Tone::Success };
    if tone == Tone::Success
        && let Ok(timer) = set_timeout_with_handle(dismiss, SUCCESS_SHOWN_FOR)
    {
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
                    {exact_text(title)}
                </p>
                {detail.map(|detail| view! { <p class="toast__detail">{exact_text(detail)}</p> })}
            </div>
            <button type="button" class="toast__close" aria-label=close_label on:click=move |_| dismiss()>
                <IconMark icon=Icon::Close/>
            </button>
        </div>
    }
}
