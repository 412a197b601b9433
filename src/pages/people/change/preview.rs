//! What would become of each person in each chosen workspace.
//!
//! Invariant: what needs a look comes first; what would be sent is what is shown as such.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use leptos::prelude::*;

use super::Change;
use crate::components::{person_cell, place_cell};
use crate::domain::text::count_words;
use crate::domain::{UserId, WorkspaceId, in_words, message_in_words};
use crate::forms::ranked;
use crate::jobs::planners::members::{Action, Target};
use crate::ui::{Badge, BadgeTone, Banner, Tone, VirtualTable, column_heads, handler};

/// What would become of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// Not before these many keys are cleared.
    Blocked(usize),
    /// It is not known whether they are in, and so it could not be told what a job has done.
    Unread,
    Change,
    AlreadySo,
}

#[derive(Debug, Clone, PartialEq)]
struct Line {
    workspace: WorkspaceId,
    person: UserId,
    fate: Fate,
}

/// The whole preview.
#[derive(Clone, Copy)]
pub(super) struct Review {
    change: Change,
    lines: Memo<Arc<Vec<Line>>>,
}

impl Review {
    pub(super) fn new(change: Change) -> Self {
        let lines = Memo::new(move |_| {
            change.keys.version.track();
            change.everybody.memberships.version.track();
            let places = change.places.ids.with(|ids| {
                let is_chosen = |id: &&WorkspaceId| change.places.selection.with(|selection| selection.contains(id));
                ids.iter().filter(is_chosen).cloned().collect::<Vec<_>>()
            });
            let mut lines = Vec::new();
            for workspace in places {
                let inside = change.everybody.memberships.inside(&workspace);
                change.people.with(|people| {
                    lines.extend(people.iter().map(|person| {
                        let is_met = inside.as_ref().map(|inside| change.action.is_met(inside.contains(person)));
                        let fate = match (is_met, change.action) {
                            (None, _) => Fate::Unread,
                            (Some(true), _) => Fate::AlreadySo,
                            (Some(false), Action::Add) => Fate::Change,
                            (Some(false), Action::Remove) => match change.keys.of(&workspace, person).len() {
                                0 => Fate::Change,
                                count => Fate::Blocked(count),
                            },
                        };
                        Line { workspace: workspace.clone(), person: person.clone(), fate }
                    }));
                });
            }
            let rank = |line: &Line| match line.fate {
                Fate::Blocked(_) | Fate::Unread => 0,
                Fate::Change => 1,
                Fate::AlreadySo => 2,
            };
            Arc::new(ranked(lines, 2, rank))
        });
        Self { change, lines }
    }

    fn count(&self, is_it: impl Fn(Fate) -> bool) -> usize {
        self.lines.with(|lines| lines.iter().filter(|line| is_it(line.fate)).count())
    }

    /// How many would be changed.
    pub(super) fn ready(&self) -> usize {
        self.count(|fate| fate == Fate::Change)
    }

    /// In how many workspaces.
    pub(super) fn places(&self) -> usize {
        let concerned = |lines: &Arc<Vec<Line>>| {
            let changed = lines.iter().filter(|line| line.fate == Fate::Change);
            changed.map(|line| &line.workspace).collect::<HashSet<_>>().len()
        };
        self.lines.with(concerned)
    }

    /// Why nothing can be sent now.
    pub(super) fn reason(&self) -> Option<String> {
        let change = self.change;
        let selection = change.places.selection;
        if selection.with(crate::selection::Selection::is_empty) {
            return Some("Choose workspaces first".to_owned());
        }
        change.keys.version.track();
        let is_coming = |id: &WorkspaceId| change.keys.is_coming(id);
        if change.action == Action::Remove && selection.with(|selection| selection.iter().any(is_coming)) {
            return Some("API keys are being read".to_owned());
        }
        if change.everybody.is_reading.get() {
            return Some("The members of the workspaces are being read".to_owned());
        }
        (self.ready() == 0).then(|| "Nobody would be changed".to_owned())
    }

    /// What to send.
    pub(super) fn targets(&self) -> Vec<Target> {
        let mut targets: Vec<Target> = Vec::new();
        let mut places: HashMap<&WorkspaceId, usize> = HashMap::new();
        let lines = self.lines.get();
        for line in lines.iter() {
            let at = *places.entry(&line.workspace).or_insert_with(|| {
                targets.push(Target { workspace: line.workspace.clone(), people: Vec::new(), already: Vec::new() });
                targets.len() - 1
            });
            match line.fate {
                Fate::Change => targets[at].people.push(line.person.clone()),
                Fate::AlreadySo => targets[at].already.push(line.person.clone()),
                Fate::Blocked(_) | Fate::Unread => {}
            }
        }
        targets.retain(|target| !target.people.is_empty());
        targets
    }

    fn summary(&self) -> String {
        let (change, already) = match self.change.action {
            Action::Add => ("would be added", "in already"),
            Action::Remove => ("would be removed", "not in"),
        };
        let parts = [
            (change, self.ready()),
            (already, self.count(|fate| fate == Fate::AlreadySo)),
            ("left out, for the members there could not be read", self.count(|fate| fate == Fate::Unread)),
            ("cannot be removed, for their active API keys", self.count(|fate| matches!(fate, Fate::Blocked(_)))),
        ];
        let parts = parts.iter().filter(|(_, count)| *count != 0);
        parts.map(|(words, count)| format!("{} {words}", count_words(*count))).collect::<Vec<_>>().join(" · ")
    }
}

/// The table of it.
#[component]
pub(super) fn PreviewTable(change: Change, review: Review) -> impl IntoView {
    let at = move |at: usize| review.lines.with(|lines| lines.get(at).cloned());
    let count = Signal::derive(move || review.lines.with(|lines| lines.len()));
    let unread = move || {
        change.keys.version.track();
        let failed = |id: &WorkspaceId| change.keys.failure(id);
        change.places.selection.with(|selection| selection.iter().find_map(failed))
    };
    view! {
        <p class="change__summary" role="status">{move || review.summary()}</p>
        {move || unread().map(|error| view! {
            <Banner tone=Tone::Warning title="Some API keys could not be read">
                <p><bdi>{message_in_words(&error.sentence())}</bdi></p>
                <p>{"Whom they keep in is not marked here; the API refuses to remove them, and the outcome will say so."}</p>
            </Banner>
        }.into_any())}
        <Show when=move || count.get() != 0>
            <VirtualTable
                caption="Preview"
                class="table--job"
                header=|| column_heads(&["Person", "Workspace", "What happens"])
                row_count=count
                row_key=Callback::new(move |place| at(place).map_or_else(String::new, |line| format!("{}/{}", line.workspace, line.person)))
                row=Callback::new(move |place| at(place).map_or_else(|| ().into_any(), |line| cells(change, line)))
                columns=3
            />
        </Show>
    }
}

fn cells(change: Change, line: Line) -> AnyView {
    let entry = change.everybody.directory.entry(&line.person);
    let place = change.everybody.offered.with(|offered| offered.iter().find(|it| it.id == line.workspace).cloned());
    let (place, slug) = place.map_or_else(Default::default, |it| (it.label(), Some(it.slug.to_string())));
    let (tone, word) = match (line.fate, change.action) {
        (Fate::Change, Action::Add) => (BadgeTone::Success, "Added"),
        (Fate::Change, Action::Remove) => (BadgeTone::Success, "Removed"),
        (Fate::AlreadySo, Action::Add) => (BadgeTone::Neutral, "In already"),
        (Fate::AlreadySo, Action::Remove) => (BadgeTone::Neutral, "Not in"),
        (Fate::Unread, _) => (BadgeTone::Warning, "Left out"),
        (Fate::Blocked(_), _) => (BadgeTone::Danger, "Stays"),
    };
    let way_out = match line.fate {
        Fate::Blocked(count) => {
            let plural = if count == 1 { "" } else { "s" };
            let label =
                format!("Show the {count} active key{plural} of {} in {}", in_words(&entry.name), in_words(&place));
            let who = (line.workspace, line.person);
            let look = handler(move |_: web_sys::MouseEvent| change.keys.looked_at.set(Some(who.clone())));
            view! {
                {" "}
                <button type="button" class="link-button" aria-label=label on:click=look>{format!("{count} active key{plural}")}</button>
            }
            .into_any()
        }
        Fate::Unread | Fate::Change | Fate::AlreadySo => ().into_any(),
    };
    view! {
        {person_cell(&entry, entry.note())}
        {place_cell(place, slug)}
        <td role="cell" class="is-line" data-label="What happens"><span class="cell-line"><Badge tone=tone>{word}</Badge>{way_out}</span></td>
    }
    .into_any()
}
