//! Errors of API calls: what happened, whether anything changed, what to do next, and technical details on request.
//!
//! Invariant: the details can be copied into a report, so they never contain the API key.

use crate::api::{ApiError, error::sentence};
use crate::domain::inline_message;
use crate::ui::{Banner, Button, CopyButton, Disclosure, Tone, dynamic, use_countdown};
use crate::write::WriteFailure;
use leptos::prelude::*;
use std::time::Duration;

/// Makes the button that copies the details. Its code is in the second file, so there is no button before that is loaded.
type CopyButtonOf = fn(String) -> AnyView;

/// The place for [`CopyButtonOf`].
#[derive(Clone, Copy)]
struct Copying(RwSignal<Option<CopyButtonOf>>);

/// Provides the place for the button that copies details.
pub fn provide_copying() {
    provide_context(Copying(RwSignal::new(None)));
}

/// Adds the button to all panels.
pub fn start_copying() {
    let Copying(button) = expect_context();
    button.set(Some(|text| view! { <CopyButton text=text label="Copy details"/> }.into_any()));
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
    let details = error.details();
    let copied = details.clone();
    let copying = use_context::<Copying>();
    let copy = move || copying.and_then(|Copying(button)| button.get()).map(|button| button(copied.clone()));
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
                {move || copy()}
            </Disclosure>
        </Banner>
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
        (seconds > 0).then(|| format!("The API asked to wait: {} left", duration_text(seconds)))
    };
    view! { <Button on_click=on_retry disabled_reason=Signal::derive(reason)>"Try again"</Button> }
}

fn duration_text(seconds: u64) -> String {
    if seconds < 60 { format!("{seconds} s") } else { format!("{} min {} s", seconds / 60, seconds % 60) }
}
