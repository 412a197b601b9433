//! A point in time, relative to now or as a date, with the exact UTC time on hover.

use crate::browser::use_clock;
use crate::domain::Timestamp;
use leptos::prelude::*;

/// “3 days ago”, kept up to date, or the date after 7 days; a dash where there is no time.
#[component]
pub fn When(#[prop(into)] at: Option<Timestamp>) -> impl IntoView {
    let clock = use_clock();
    match at {
        Some(at) => {
            let (machine_readable, exact) = (at.as_str().to_owned(), at.exact());
            view! { <time datetime=machine_readable title=exact>{move || at.relative(clock.get())}</time> }.into_any()
        }
        None => missing(),
    }
}

/// “Feb 11, 2025”, the date in UTC; a dash where there is no time.
#[component]
pub fn OnDate(#[prop(into)] at: Option<Timestamp>) -> impl IntoView {
    match at {
        Some(at) => view! { <time datetime=at.as_str().to_owned() title=at.exact()>{at.date_text()}</time> }.into_any(),
        None => missing(),
    }
}

fn missing() -> AnyView {
    view! { <span class={"muted"}>{"—"}</span> }.into_any()
}
