//! A point in time: relative, with the exact UTC time on hover.
//!
//! Invariant: the machine-readable time is always there.

use leptos::prelude::*;

use crate::domain::Timestamp;
use crate::state::now;

/// “3 days ago”; a dash where there is no time.
#[component]
pub fn When(
    /// The time.
    #[prop(into)]
    at: Option<Timestamp>,
) -> impl IntoView {
    match at {
        Some(at) => {
            let exact = at.exact();
            view! { <time datetime=at.as_str().to_owned() title=exact>{at.relative(now())}</time> }.into_any()
        }
        None => view! { <span class={"muted"}>{"—"}</span> }.into_any(),
    }
}
