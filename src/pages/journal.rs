//! The page of what was changed from this tab, newest first.

use leptos::prelude::*;

use crate::api::settle::WriteOutcome;
use crate::components::{PageHeader, When};
use crate::domain::{Timestamp, text::format_count};
use crate::routes::Route;
use crate::ui::{Badge, BadgeTone, EmptyState, Icon, LinkButton, column_heads};
use crate::write::{Journal, JournalEntry};

#[component]
pub(crate) fn JournalPage() -> impl IntoView {
    let journal: Journal = expect_context();
    let content = move || match journal.0.with(Vec::is_empty) {
        true => view! {
            <EmptyState
                title="Nothing was changed yet"
                icon=Icon::Clock
                actions=|| view! { <LinkButton href=Route::home().href()>"All workspaces"</LinkButton> }.into_any()
            >
                {"Creating, changing and deleting leave an entry here. It ends with the tab."}
            </EmptyState>
        }
        .into_any(),
        false => view! { <Entries journal=journal/> }.into_any(),
    };
    view! {
        <PageHeader title="Journal" meta="Every change made from this tab since it was opened, with its outcome."/>
        {move || content()}
    }
}

#[component]
fn Entries(journal: Journal) -> impl IntoView {
    let dropped = move || {
        let count = Some(journal.dropped()).filter(|count| *count != 0)?;
        Some(format!("Only the newest changes are kept: {} older ones are not listed any more.", format_count(count)))
    };
    view! {
        {move || dropped().map(|text| view! { <p class="muted">{text}</p> })}
        <div class="table-box">
            <table class="table table--journal" role="table">
                <caption class="visually-hidden">{"Changes made from this tab"}</caption>
                <thead role="rowgroup">
                    <tr role="row">{column_heads(&["Time", "Change", "Workspace or key", "Outcome"])}</tr>
                </thead>
                <tbody role="rowgroup">
                    <For
                        each=move || journal.0.get().into_iter().rev()
                        key=|entry| entry.number
                        children=|entry| view! { <Entry entry=entry/> }
                    />
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Entry(entry: JournalEntry) -> impl IntoView {
    let at = Timestamp::from_unix_seconds(entry.at);
    let (outcome, message) = entry.failure.unzip();
    let (tone, word) = match outcome {
        None => (BadgeTone::Success, "Done"),
        Some(WriteOutcome::Refused) => (BadgeTone::Danger, "Refused"),
        Some(WriteOutcome::NotApplied) => (BadgeTone::Danger, "Not applied"),
        Some(WriteOutcome::Conflict) => (BadgeTone::Danger, "Conflict"),
        Some(WriteOutcome::Unknown) => (BadgeTone::Danger, "Unknown"),
    };
    view! {
        <tr role="row">
            <td role="cell" data-label="Time"><When at=at/></td>
            <td role="cell" data-label="Change">{entry.action}</td>
            <td role="cell" data-label="Workspace or key"><bdi>{entry.subject}</bdi></td>
            <td role="cell" data-label="Outcome">
                <Badge tone=tone>{word}</Badge>
                {message.map(|message| view! { <span class="muted"><bdi>{message}</bdi></span> })}
            </td>
        </tr>
    }
}
