//! All changes of an offboarding, and what stays with the reason, before anything is sent.

use std::sync::Arc;

use leptos::prelude::*;

use super::Offboard;
use super::plan::{Card, Fate};
use crate::components::{PreviewTable, person_cell, place_cell};
use crate::domain::text::counted;
use crate::domain::{UserId, WorkspaceId, inline_text};
use crate::jobs::planners::members::Action;
use crate::search::sorting::sort_rows;
use crate::ui::{Badge, BadgeTone};

#[derive(Debug, Clone, PartialEq)]
enum Change {
    Stay(Fate),
    Remove,
    /// Of the key with this name and hash.
    Disable(String, String),
}

impl Change {
    /// What needs attention comes first.
    fn rank(&self) -> u8 {
        match self {
            Self::Stay(Fate::Blocked(_)) => 0,
            Self::Stay(_) => 1,
            Self::Disable(..) => 2,
            Self::Remove => 3,
        }
    }
}

type Line = (UserId, WorkspaceId, Change);

fn lines_of(card: &Card) -> Vec<Line> {
    let disabled = card.keys.iter().filter(|key| key.is_disabled).map(|key| {
        let change = Change::Disable(key.key.title(), key.key.hash.to_string());
        (card.person.clone(), key.workspace.clone(), change)
    });
    let places = card.places.iter().map(|(workspace, fate)| {
        let change = if *fate == Fate::Removed { Change::Remove } else { Change::Stay(*fate) };
        (card.person.clone(), workspace.clone(), change)
    });
    disabled.chain(places).collect()
}

#[component]
pub(super) fn Review(offboard: Offboard) -> impl IntoView {
    let lines = Memo::new(move |_| {
        let mut lines: Vec<Line> = offboard.cards.with(|cards| cards.iter().flat_map(lines_of).collect());
        sort_rows(&mut lines, |(.., left): &Line, (.., right)| left.rank().cmp(&right.rank()));
        Arc::new(lines)
    });
    let at = move |at: usize| lines.with(|lines| lines.get(at).cloned());
    let key = move |row| {
        let key = |(person, workspace, change): Line| match change {
            Change::Disable(_, hash) => format!("{workspace}/{person}/{hash}"),
            Change::Remove | Change::Stay(_) => format!("{workspace}/{person}"),
        };
        at(row).map(key).unwrap_or_default()
    };
    view! {
        <p class={"muted"}>
            {"API keys are disabled first. Then people are removed from their workspaces. They stay in the organization and in the default workspace."}
        </p>
        <PreviewTable
            caption="Changes"
            heads=&["Person", "Change", "Workspace"]
            summary=Signal::stored(String::new())
            row_count=Signal::derive(move || lines.with(|lines| lines.len()))
            row_key=key
            row=move |row| at(row).map_or_else(|| ().into_any(), |line| cells(offboard, line))
        />
        <p class={"muted"}>{Action::Remove.undo_note()}" "{"It enables the disabled keys too."}</p>
    }
}

fn cells(offboard: Offboard, (person, workspace, change): Line) -> AnyView {
    let entry = offboard.view.directory.entry(&person);
    let slug = offboard.view.workspace(&workspace).map(|it| it.slug.to_string());
    let (tone, word, more) = match change {
        Change::Remove => (BadgeTone::Success, "Remove", None),
        Change::Disable(name, _) => (BadgeTone::Success, "Disable", Some(inline_text(&name))),
        Change::Stay(Fate::Blocked(keys)) => {
            (BadgeTone::Warning, "Blocked", Some(counted(keys, "active key", "active keys")))
        }
        Change::Stay(_) => (BadgeTone::Neutral, "Stays", None),
    };
    view! {
        {person_cell(&entry, entry.note())}
        <td role="cell" class="is-line" data-label="Change">
            <span class="cell-line"><Badge tone=tone>{word}</Badge>{more.map(|more| view! { {" "}<bdi>{more}</bdi> })}</span>
        </td>
        {place_cell(offboard.name_of(&workspace), slug)}
    }
    .into_any()
}
