//! Errors of API calls: what happened, whether anything changed, what to do next, and technical details on request.
//!
//! Invariant: the details can be copied into a report, so they never contain the API key.

use super::later_views::LaterViews;
use crate::api::{ApiError, Operation, error::sentence};
use crate::browser::Connection;
use crate::domain::inline_message;
use crate::ui::{Banner, Button, CopyButton, Disclosure, Tone, dynamic, use_countdown};
use crate::write::WriteFailure;
use leptos::prelude::*;
use std::time::Duration;

/// Adds the button to all panels.
pub fn start_copying() {
    let LaterViews { copy_button, .. } = expect_context();
    copy_button.set(Some(|text| view! { <CopyButton text=text label="Copy details"/> }.into_any()));
}

/// Returns whether the banner about a missing connection says now why a read failed: one banner for all reads. Where the key
/// is checked, there is no banner.
pub(crate) fn use_offline_banner() -> impl Fn(&ApiError) -> bool + Copy + Send + Sync + 'static {
    let connection = use_context::<Connection>();
    move |error| match error {
        ApiError::Network { operation, .. } | ApiError::Timeout { operation, .. } => {
            *operation != Operation::GetCurrentKey && connection.is_some_and(Connection::is_offline)
        }
        _ => false,
    }
}

/// A failed call.
#[component]
pub fn ErrorPanel(
    #[prop(into)] title: String,
    error: ApiError,
    /// Whether anything was changed, if the call was a write.
    #[prop(optional, into)]
    effect: Option<&'static str>,
    #[prop(optional, into)] on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let (is_said_offline, read) = (use_offline_banner(), effect.is_none().then(|| error.clone()));
    let is_hidden = move || read.as_ref().is_some_and(is_said_offline);
    let details = error.details();
    let copied = details.clone();
    let views = use_context::<LaterViews>();
    let copy = move || views.and_then(|views| views.copy_button.get()).map(|button| button(copied.clone()));
    // If there is a retry button, it shows the wait itself.
    let wait = error.retry_after().filter(|_| on_retry.is_none());
    let wait = wait.map(|wait| format!("The API asks you to wait {}", duration_text(wait.as_secs())));
    let sentences =
        [Some(inline_message(&error.to_string())), effect.map(str::to_owned), Some(error.advice().to_owned()), wait];
    let message = sentences.into_iter().flatten().map(sentence).collect::<Vec<_>>().join(" ");
    view! {
        <div hidden=is_hidden>
            <Banner tone=Tone::Danger title=title>
                <p class={"error-panel__message"}><bdi>{message}</bdi></p>
                {on_retry.map(|on_retry| view! { <RetryButton wait=error.retry_after() on_retry=on_retry/> })}
                <Disclosure summary="Technical details">
                    <pre class={"error-panel__details"}>{details}</pre>
                    {move || copy()}
                </Disclosure>
            </Banner>
        </div>
    }
}

/// Why a write failed, if it did: either it was sent, or the server's state could not be read first.
#[component]
pub fn WriteFailurePanel(
    title: &'static str,
    #[prop(into)] failure: Signal<Option<WriteFailure>>,
    /// The title where the state before the write could not be read. Default: `title`.
    #[prop(optional)]
    unread_title: Option<&'static str>,
    #[prop(default = "Nothing was sent.")] unread_effect: &'static str,
) -> impl IntoView {
    dynamic(move || {
        let (title, effect, error) = match failure.get()? {
            WriteFailure::Unread(error) => (unread_title.unwrap_or(title), unread_effect, error),
            WriteFailure::Write(failure) => (title, failure.outcome_sentence(), failure.error),
        };
        Some(view! { <ErrorPanel title=title error=error effect=effect/> })
    })
}

/// A button that retries, available only after the wait that the server asked for.
#[component]
fn RetryButton(wait: Option<Duration>, on_retry: Callback<()>) -> impl IntoView {
    let seconds_left = use_countdown(wait.map_or(0, |wait| wait.as_secs()));
    let reason = move || {
        let seconds = seconds_left.get();
        (seconds > 0).then(|| format!("The API asks you to wait: {} left", duration_text(seconds)))
    };
    view! { <Button on_click=on_retry disabled_reason=Signal::derive(reason)>"Try again"</Button> }
}

fn duration_text(seconds: u64) -> String {
    if seconds < 60 { format!("{seconds} s") } else { format!("{} min {} s", seconds / 60, seconds % 60) }
}
