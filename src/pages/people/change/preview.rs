//! What will happen to each person in each chosen workspace.
//!
//! Invariant: exactly the rows that are shown as changes are sent.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use leptos::prelude::*;

use super::Change;
use crate::components::{KeyWayButtons, PlacedKeys, PreviewTable, person_cell, place_cell, summary_of};
use crate::domain::{UserId, WorkspaceId, inline_message, inline_text, text::counted};
use crate::jobs::planners::members::{Action, Target};
use crate::search::sorting::sort_rows;
use crate::ui::{Badge, BadgeTone, Banner, Tone, dynamic};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// Nothing, because of this number of active keys.
    Blocked(usize),
    /// Nothing, because it is not known whether they are a member. Otherwise an undo could remove an earlier member.
    Unknown,
    Change,
    Unchanged,
}

impl Expected {
    fn new(action: Action, is_member: Option<bool>, active_keys: usize) -> Self {
        match (is_member.map(|is_member| action.is_met(is_member)), active_keys) {
            (None, _) => Self::Unknown,
            (Some(true), _) => Self::Unchanged,
            (Some(false), 0) => Self::Change,
            (Some(false), keys) => Self::Blocked(keys),
        }
    }

    /// What needs attention comes first.
    fn rank(self) -> u8 {
        match self {
            Self::Blocked(_) | Self::Unknown => 0,
            Self::Change => 1,
            Self::Unchanged => 2,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Line {
    workspace: WorkspaceId,
    person: UserId,
    expected: Expected,
}

#[derive(Clone, Copy)]
pub(super) struct Preview {
    change: Change,
    lines: Memo<Arc<Vec<Line>>>,
}

impl Preview {
    pub(super) fn new(change: Change) -> Self {
        let lines = Memo::new(move |_| {
            let (memberships, people) = (change.view.memberships.get(), change.people.get());
            let mut lines = Vec::new();
            for workspace in change.chosen.get().iter() {
                let keys = change.keys.active(workspace);
                lines.extend(memberships.are_members(workspace, &people).map(|(person, is_member)| {
                    let keys = keys.as_ref().and_then(|keys| keys.get(person)).map_or(0, Vec::len);
                    let expected = Expected::new(change.action, is_member, keys);
                    Line { workspace: workspace.clone(), person: person.clone(), expected }
                }));
            }
            sort_rows(&mut lines, |left: &Line, right| left.expected.rank().cmp(&right.expected.rank()));
            Arc::new(lines)
        });
        Self { change, lines }
    }

    fn count(&self, is_counted: impl Fn(Expected) -> bool) -> usize {
        self.lines.with(|lines| lines.iter().filter(|line| is_counted(line.expected)).count())
    }

    fn changes(&self) -> usize {
        self.count(|expected| expected == Expected::Change)
    }

    pub(super) fn workspaces(&self) -> usize {
        self.lines.with(|lines| {
            let changed = lines.iter().filter(|line| line.expected == Expected::Change);
            changed.map(|line| &line.workspace).collect::<HashSet<_>>().len()
        })
    }

    pub(super) fn reason(&self) -> Option<&'static str> {
        let change = self.change;
        if change.chosen.with(|chosen| chosen.is_empty()) {
            return Some("Select at least one workspace");
        }
        let is_loading = |id: &WorkspaceId| change.keys.get(id).is_loading();
        if change.action == Action::Remove && change.chosen.with(|chosen| chosen.iter().any(is_loading)) {
            return Some("Loading API keys…");
        }
        if change.view.is_reading.get() {
            return Some("Loading members…");
        }
        (self.changes() == 0).then_some("No changes to make")
    }

    /// The people to send for each workspace, and those for whom there is nothing to change.
    pub(super) fn targets(&self) -> Vec<Target> {
        let mut targets: Vec<Target> = Vec::new();
        let mut places: HashMap<&WorkspaceId, usize> = HashMap::new();
        let lines = self.lines.get();
        for line in lines.iter() {
            let at = *places.entry(&line.workspace).or_insert_with(|| {
                targets.push(Target { workspace: line.workspace.clone(), people: Vec::new(), already: Vec::new() });
                targets.len() - 1
            });
            match line.expected {
                Expected::Change => targets[at].people.push(line.person.clone()),
                Expected::Unchanged => targets[at].already.push(line.person.clone()),
                Expected::Blocked(_) | Expected::Unknown => {}
            }
        }
        targets.retain(|target| !target.people.is_empty());
        targets
    }

    fn summary(&self) -> String {
        let (change, already) = match self.change.action {
            Action::Add => ("to add", "already members"),
            Action::Remove => ("to remove", "not members"),
        };
        summary_of(&[
            (self.changes(), change),
            (self.count(|it| it == Expected::Unchanged), already),
            (self.count(|it| it == Expected::Unknown), "skipped (members not loaded)"),
            (self.count(|it| matches!(it, Expected::Blocked(_))), "blocked by active API keys"),
        ])
    }
}

#[component]
pub(super) fn ChangePreview(change: Change, preview: Preview) -> impl IntoView {
    let at = move |at: usize| preview.lines.with(|lines| lines.get(at).cloned());
    let unread = Memo::new(move |_| {
        change.chosen.with(|chosen| chosen.iter().find_map(|id| change.keys.get(id).error().cloned()))
    });
    view! {
        <PreviewTable
            caption="Preview"
            heads=&["Person", "Workspace", "Result"]
            summary=Signal::derive(move || preview.summary())
            row_count=Signal::derive(move || preview.lines.with(|lines| lines.len()))
            row_key=move |row| at(row).map_or_else(String::new, |line| format!("{}/{}", line.workspace, line.person))
            row=move |row| at(row).map_or_else(|| ().into_any(), |line| cells(change, line))
        >
            {move || unread.get().map(|error| view! {
                <Banner tone=Tone::Warning title="Couldn’t load some API keys">
                    <p><bdi>{inline_message(&error.sentence())}</bdi></p>
                    <p>{"People with active keys may not be marked. The API refuses to remove them, and the outcome will show that."}</p>
                </Banner>
            })}
            <BlockingKeyWays change=change preview=preview/>
            <p class={"muted"}>{change.action.undo_note()}</p>
        </PreviewTable>
    }
}

/// What can be done with the keys that block people.
#[component]
fn BlockingKeyWays(change: Change, preview: Preview) -> impl IntoView {
    let blocking = Memo::new(move |_| {
        let mut keys = PlacedKeys::new();
        preview.lines.with(|lines| {
            for line in lines.iter().filter(|line| matches!(line.expected, Expected::Blocked(_))) {
                let active = change.keys.active(&line.workspace);
                let own = active.iter().filter_map(|active| active.get(&line.person)).flatten();
                keys.extend(own.map(|key| (line.workspace.clone(), key.clone())));
            }
        });
        keys
    });
    dynamic(move || {
        let keys = Some(blocking.get()).filter(|keys| !keys.is_empty())?;
        let title = format!("{} removals", counted(keys.len(), "active API key blocks", "active API keys block"));
        Some(view! {
            <Banner tone=Tone::Warning title=title>
                <p>{"Move these keys to another workspace, disable them, or delete them first. Anything that uses a disabled or deleted key stops working immediately."}</p>
                <KeyWayButtons ways=change.ways keys=keys/>
            </Banner>
        })
    })
}

fn cells(change: Change, line: Line) -> AnyView {
    let entry = change.view.directory.entry(&line.person);
    let workspace = change.view.workspace(&line.workspace);
    let (name, slug) = workspace.map_or_else(Default::default, |it| (it.label(), Some(it.slug.to_string())));
    let (tone, word) = match (line.expected, change.action) {
        (Expected::Change, Action::Add) => (BadgeTone::Success, "Add"),
        (Expected::Change, Action::Remove) => (BadgeTone::Success, "Remove"),
        (Expected::Unchanged, Action::Add) => (BadgeTone::Neutral, "Already a member"),
        (Expected::Unchanged, Action::Remove) => (BadgeTone::Neutral, "Not a member"),
        (Expected::Unknown, _) => (BadgeTone::Warning, "Skipped"),
        (Expected::Blocked(_), _) => (BadgeTone::Danger, "Blocked"),
    };
    let show_keys = if let Expected::Blocked(count) = line.expected {
        let keys = counted(count, "active key", "active keys");
        let label = format!("Show the {keys} of {} in {}", inline_text(&entry.name), inline_text(&name));
        let person = (line.workspace, line.person);
        let show = move |_| change.keys.person.set(Some(person.clone()));
        Some(view! { {" "}<button type="button" class="link-button" aria-label=label on:click=show>{keys}</button> })
    } else {
        None
    };
    view! {
        {person_cell(&entry, entry.note())}
        {place_cell(name, slug)}
        <td role="cell" class="is-line" data-label="Result"><span class="cell-line"><Badge tone=tone>{word}</Badge>{show_keys}</span></td>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_one_is_changed_of_whom_it_is_not_known_whether_they_are_a_member() {
        for action in [Action::Add, Action::Remove] {
            assert_eq!(Expected::new(action, None, 0), Expected::Unknown);
        }
        assert_eq!(Expected::new(Action::Add, Some(true), 2), Expected::Unchanged);
        assert_eq!(Expected::new(Action::Remove, Some(true), 0), Expected::Change);
        assert_eq!(Expected::new(Action::Remove, Some(true), 2), Expected::Blocked(2));
        assert_eq!(Expected::new(Action::Remove, Some(false), 0), Expected::Unchanged);
    }
}
