//! The notices, shown as toasts.

use std::time::Duration;

use leptos::prelude::*;

use crate::ui::{ToastItem, ToastRegion, Tone};
use crate::write::{Notice, NoticeKind, Notices};

/// How long a success is shown. A failure stays until the person dismisses it.
const SUCCESS_SHOWN_FOR: Duration = Duration::from_secs(8);

/// All notices.
#[component]
pub fn Toasts() -> impl IntoView {
    let notices: Notices = expect_context();
    let toasts = move || notices.list.with(|list| list.iter().map(toast).collect::<Vec<_>>());
    view! { <ToastRegion toasts=toasts on_dismiss=move |id| notices.dismiss(id)/> }
}

fn toast(notice: &Notice) -> ToastItem {
    let (tone, dismiss_after) = match notice.kind {
        NoticeKind::Success => (Tone::Success, Some(SUCCESS_SHOWN_FOR)),
        NoticeKind::Failure => (Tone::Danger, None),
    };
    let Notice { id, title, detail, .. } = notice.clone();
    ToastItem { id, tone, title, detail, dismiss_after }
}
