//! A point in time, relative to now, with the exact UTC time on hover.

use crate::browser::use_clock;
use crate::domain::Timestamp;
use leptos::prelude::*;

/// “3 days ago”, kept up to date; a dash where there is no time.
#[component]
pub fn When(#[prop(into)] at: Option<Timestamp>) -> impl IntoView {
    let clock = use_clock();
    match at {
        Some(at) => {
            let (machine_readable, exact) = (at.as_str().to_owned(), at.exact());
            view! { <time datetime=machine_readable title=exact>{move || at.relative(clock.get())}</time> }.into_any()
        }
        None => view! { <span class={"muted"}>{"—"}</span> }.into_any(),
    }
}
