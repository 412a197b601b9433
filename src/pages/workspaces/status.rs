//! How many workspaces are shown, how far the list has been read, and what is wrong with it.

use leptos::prelude::*;

use crate::components::ErrorPanel;
use crate::data::{Freshness, Progress, Remote, Workspaces};
use crate::domain::text::{format_count, grouped};
use crate::domain::{BadRow, inline_text};
use crate::ui::{Banner, Disclosure, Tone, dynamic};

/// “12 of 734 workspaces”, announced when it changes.
#[component]
pub fn ShownCount(
    /// The workspaces.
    workspaces: Workspaces,
    /// How many of them are shown.
    shown: Signal<usize>,
) -> impl IntoView {
    let text = move || {
        workspaces.data.state.with(|state| match state {
            Remote::Loading => String::new(),
            Remote::Ready(_, Freshness::Partial(Progress { loaded, total: Some(total) })) if loaded < total => {
                format!("{} of {} loaded", grouped(&loaded.to_string()), grouped(&total.to_string()))
            }
            _ => {
                let all = state.data().map_or(0, |list| list.rows.len());
                let part =
                    if shown.get() == all { String::new() } else { format!("{} of ", format_count(shown.get())) };
                let plural = if all == 1 { "" } else { "s" };
                format!("{part}{} workspace{plural}", format_count(all))
            }
        })
    };
    view! { <p class="toolbar__status" role="status">{move || text()}</p> }
}

/// Why the list is not complete, or not fresh.
#[component]
pub fn ListProblem(
    /// The workspaces.
    workspaces: Workspaces,
) -> impl IntoView {
    let retry = Callback::new(move |()| workspaces.data.refetch());
    let failure = Memo::new(move |_| {
        workspaces.data.state.with(|state| {
            let has_rows = state.data().is_some_and(|list| !list.rows.is_empty());
            Some((state.error()?.clone(), has_rows))
        })
    });
    dynamic(move || {
        failure.get().map(|(error, has_rows)| {
            let title = match has_rows {
                true => "The list may be incomplete or out of date",
                false => "The workspaces could not be loaded",
            };
            view! { <ErrorPanel title=title error=error on_retry=retry/> }
        })
    })
}

/// Rows that could not be read.
#[component]
pub fn UnreadableRows(
    /// The workspaces.
    workspaces: Workspaces,
) -> impl IntoView {
    let unreadable = Memo::new(move |_| {
        workspaces.data.state.with(|state| state.data().map(|list| list.unreadable.clone()).unwrap_or_default())
    });
    dynamic(move || {
        let title = match unreadable.with(|rows| rows.len()) {
            0 => return None,
            1 => "1 workspace could not be read and is not shown".to_owned(),
            count => format!("{count} workspaces could not be read and are not shown"),
        };
        let row = |row: &BadRow| {
            let id = row.id.clone().unwrap_or_else(|| "no id".to_owned());
            view! { <li><bdi>{format!("{}: {} ({})", inline_text(&id), row.detail, row.path)}</bdi></li> }
        };
        let rows = unreadable.with(|rows| rows.iter().map(row).collect_view());
        Some(view! {
            <Banner tone=Tone::Warning title=title>
                <Disclosure summary="Technical details"><ul>{rows}</ul></Disclosure>
            </Banner>
        })
    })
}
