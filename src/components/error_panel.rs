//! An error: what happened, whether anything was changed, what to do next, and the detail one step away.
//!
//! Invariant: the detail can be copied for a report and never holds the key.

use std::time::Duration;

use leptos::leptos_dom::helpers::set_interval_with_handle;
use leptos::prelude::*;

use crate::api::error::sentence;
use crate::api::{ApiError, WriteError};
use crate::domain::message_in_words;
use crate::ui::{Banner, Button, CopyButton, Disclosure, Tone};

/// A failed call.
#[component]
pub fn ErrorPanel(
    /// What could not be done.
    #[prop(into)]
    title: String,
    /// Why.
    error: ApiError,
    /// Whether anything was changed, where something was to be.
    #[prop(optional, into)]
    effect: Option<&'static str>,
    /// Tries again.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let details = error.details();
    let copied = details.clone();
    // Where there is a button for trying again, it counts the time down.
    let wait = error.retry_after().filter(|_| on_retry.is_none());
    let wait = wait.map(|wait| format!("The API asked to wait {}", clock(wait.as_secs())));
    let lines =
        [Some(message_in_words(&error.to_string())), effect.map(str::to_owned), Some(error.advice().to_owned()), wait];
    let message = lines.into_iter().flatten().map(sentence).collect::<Vec<_>>().join(" ");
    view! {
        <Banner tone=Tone::Danger title=title>
            <p class={"error-panel__message"}><bdi>{message}</bdi></p>
            {on_retry.map(|on_retry| view! { <RetryButton wait=error.retry_after() on_retry=on_retry/> }.into_any())}
            <Disclosure summary="Technical details">
                <pre class={"error-panel__details"}>{details}</pre>
                <CopyButton text=copied label="Copy details"/>
            </Disclosure>
        </Banner>
    }
}

/// A failed write.
#[component]
pub fn WriteErrorPanel(
    /// What could not be done.
    #[prop(into)]
    title: String,
    /// Why, and what is known of its effect.
    failure: WriteError,
) -> impl IntoView {
    let effect = failure.effect();
    view! { <ErrorPanel title=title error=failure.error effect=effect/> }
}

/// Tries again; where the server asked to wait, not before that time is over.
#[component]
fn RetryButton(wait: Option<Duration>, on_retry: Callback<()>) -> impl IntoView {
    let left = RwSignal::new(wait.map_or(0, |wait| wait.as_secs()));
    if left.get_untracked() > 0 {
        let ticking = set_interval_with_handle(
            move || {
                left.try_update(|left| *left = left.saturating_sub(1));
            },
            Duration::from_secs(1),
        );
        on_cleanup(move || {
            if let Ok(ticking) = ticking {
                ticking.clear();
            }
        });
    }
    let reason = Signal::derive(move || {
        let left = left.get();
        (left > 0).then(|| format!("The API asked to wait: {} left", clock(left)))
    });
    view! { <Button on_click=on_retry disabled_reason=reason>"Try again"</Button> }
}

fn clock(seconds: u64) -> String {
    if seconds < 60 { format!("{seconds} s") } else { format!("{} min {} s", seconds / 60, seconds % 60) }
}
