//! The workspaces of the list that could not be read.

use leptos::prelude::*;

use crate::data::use_workspaces;
use crate::domain::{BadRow, inline_text, text::counted};
use crate::ui::{Banner, Disclosure, Tone, dynamic};

#[component]
pub(super) fn UnreadableRows() -> impl IntoView {
    let workspaces = use_workspaces();
    let unreadable = Memo::new(move |_| {
        workspaces.data.state.with(|state| state.data().map(|list| list.unreadable.clone()).unwrap_or_default())
    });
    dynamic(move || {
        let count = Some(unreadable.with(|rows| rows.len())).filter(|count| *count != 0)?;
        let title = format!("Couldn’t load {}", counted(count, "workspace", "workspaces"));
        let row = |row: &BadRow| {
            let id = row.id.clone().unwrap_or_else(|| "no ID".to_owned());
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
