//! Notices on the screen.
//!
//! Invariant: a success goes by itself after a while; a failure stays until it is dismissed.

use std::time::Duration;

use crate::effect::watch;
use leptos::prelude::*;

use crate::state::Notices;
use crate::state::notices::{Notice, NoticeKind};
use crate::ui::{ToastItem, ToastRegion, Tone};

const SHOWN_FOR: Duration = Duration::from_secs(8);

/// All notices.
#[component]
pub fn Toasts() -> impl IntoView {
    let notices: Notices = expect_context();
    let toasts = Signal::derive(move || notices.list.with(|list| list.iter().map(toast).collect::<Vec<_>>()));
    let mut last = None;
    watch(move || {
        let newest = notices.list.with(|list| list.last().map(|notice| (notice.id, notice.kind)));
        if let Some((id, NoticeKind::Success)) = newest
            && last != Some(id)
        {
            set_timeout(move || notices.dismiss(id), SHOWN_FOR);
        }
        last = newest.map(|(id, _)| id);
    });
    view! {
        <ToastRegion
            toasts=toasts
            on_dismiss=Callback::new(move |id| notices.dismiss(id))
        />
    }
}

fn toast(notice: &Notice) -> ToastItem {
    ToastItem {
        id: notice.id,
        tone: if notice.kind == NoticeKind::Success { Tone::Success } else { Tone::Danger },
        title: notice.title.clone(),
        detail: notice.detail.clone(),
    }
}
