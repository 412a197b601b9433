//! How far the list is, and what is wrong with it.
//!
//! Invariant: a failure never hides the rows that have come.

use leptos::prelude::*;

use crate::components::ErrorPanel;
use crate::domain::in_words;
use crate::domain::text::grouped;
use crate::state::{ListStatus, WorkspaceList};
use crate::ui::{Banner, Disclosure, Tone, dynamic};

/// “12 of 734 workspaces”, said politely when it changes.
#[component]
pub fn ShownCount(
    /// The workspaces.
    list: WorkspaceList,
    /// How many of them are shown.
    shown: Signal<usize>,
) -> impl IntoView {
    let text = move || {
        let all = list.rows.with(|rows| rows.len());
        let of_all =
            if shown.get() == all { String::new() } else { format!("{} of ", grouped(&shown.get().to_string())) };
        match list.status.get() {
            ListStatus::Loading => String::new(),
            ListStatus::Partial(loaded, Some(total)) if loaded < total => {
                format!("{} of {} loaded", grouped(&loaded.to_string()), grouped(&total.to_string()))
            }
            _ => {
                let plural = if all == 1 { "" } else { "s" };
                format!("{of_all}{} workspace{plural}", grouped(&all.to_string()))
            }
        }
    };
    view! { <p class="toolbar__status" role="status">{move || text()}</p> }
}

/// Why the list is not whole, or not fresh.
#[component]
pub fn ListProblem(
    /// The workspaces.
    list: WorkspaceList,
) -> impl IntoView {
    let again = Callback::new(move |()| list.refetch());
    dynamic(move || match list.status.get() {
        ListStatus::Failed(error) => {
            let has_rows = list.rows.with_untracked(|rows| !rows.is_empty());
            let title = if has_rows {
                "The list may be incomplete or out of date"
            } else {
                "The workspaces could not be loaded"
            };
            view! { <ErrorPanel title=title error=error on_retry=again/> }.into_any()
        }
        _ => ().into_any(),
    })
}

/// Rows that could not be read.
#[component]
pub fn BadRows(
    /// The workspaces.
    list: WorkspaceList,
) -> impl IntoView {
    dynamic(move || {
        let bad = list.bad.get();
        let banner = (!bad.is_empty()).then(|| {
            let title = match bad.len() {
                1 => "1 workspace could not be read and is not shown".to_owned(),
                count => format!("{count} workspaces could not be read and are not shown"),
            };
            let rows = bad.iter().cloned().map(|row| {
                let id = row.id.unwrap_or_else(|| "no id".to_owned());
                view! { <li><bdi>{format!("{}: {} ({})", in_words(&id), row.detail, row.path)}</bdi></li> }
            });
            let rows = rows.map(IntoAny::into_any).collect_view();
            view! {
                <Banner tone=Tone::Warning title=title>
                    <Disclosure summary="Technical details"><ul>{rows}</ul></Disclosure>
                </Banner>
            }
            .into_any()
        });
        banner.into_any()
    })
}
