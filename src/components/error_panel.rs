//! Errors of API calls: what happened, whether anything changed, what to do next, and technical details on request.
//!
//! Invariant: the details can be copied into a report, so they never contain the API key.

use std::time::Duration;

use leptos::prelude::*;

use crate::api::error::sentence;
use crate::api::{ApiError, WriteError};
use crate::domain::inline_message;
use crate::ui::{Banner, Button, CopyButton, Disclosure, Tone, use_countdown};

/// A failed call.
#[component]
pub fn ErrorPanel(
    /// What failed.
    #[prop(into)]
    title: String,
    /// Why.
    error: ApiError,
    /// Whether anything was changed, if the call was a write.
    #[prop(optional, into)]
    effect: Option<&'static str>,
    /// Retries the call.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let details = error.details();
    let copied = details.clone();
    // If there is a retry button, it shows the wait itself.
    let wait = error.retry_after().filter(|_| on_retry.is_none());
    let wait = wait.map(|wait| format!("The API asked to wait {}", duration_text(wait.as_secs())));
    let sentences =
        [Some(inline_message(&error.to_string())), effect.map(str::to_owned), Some(error.advice().to_owned()), wait];
    let message = sentences.into_iter().flatten().map(sentence).collect::<Vec<_>>().join(" ");
    view! {
        <Banner tone=Tone::Danger title=title>
            <p class={"error-panel__message"}><bdi>{message}</bdi></p>
            {on_retry.map(|on_retry| view! { <RetryButton wait=error.retry_after() on_retry=on_retry/> })}
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
    /// What failed.
    #[prop(into)]
    title: String,
    /// Why, and whether anything was changed.
    failure: WriteError,
) -> impl IntoView {
    let effect = failure.outcome_sentence();
    view! { <ErrorPanel title=title error=failure.error effect=effect/> }
}

/// A button that retries, available only after the wait that the server asked for.
#[component]
fn RetryButton(wait: Option<Duration>, on_retry: Callback<()>) -> impl IntoView {
    let seconds_left = use_countdown(wait.map_or(0, |wait| wait.as_secs()));
    let reason = move || {
        let seconds = seconds_left.get();
        (seconds > 0).then(|| format!("The API asked to wait: {} left", duration_text(seconds)))
    };
    view! { <Button on_click=on_retry disabled_reason=Signal::derive(reason)>"Try again"</Button> }
}

fn duration_text(seconds: u64) -> String {
    if seconds < 60 { format!("{seconds} s") } else { format!("{} min {} s", seconds / 60, seconds % 60) }
}
