//! A failed write: not sent because the server's state could not be read first, or sent and failed.

use leptos::prelude::*;

use super::{ErrorPanel, WriteErrorPanel};
use crate::write::WriteFailure;

/// Why a write failed, and whether anything was changed.
#[component]
pub fn WriteFailurePanel(
    /// What could not be done.
    title: &'static str,
    /// Why.
    failure: WriteFailure,
    /// The title where the state before the write could not be read. Default: `title`.
    #[prop(optional)]
    unread_title: Option<&'static str>,
    /// What that means for the write.
    #[prop(default = "Nothing was sent.")]
    unread_effect: &'static str,
) -> impl IntoView {
    match failure {
        WriteFailure::Unread(error) => {
            view! { <ErrorPanel title=unread_title.unwrap_or(title) error=error effect=unread_effect/> }.into_any()
        }
        WriteFailure::Write(failure) => view! { <WriteErrorPanel title=title failure=failure/> }.into_any(),
    }
}
