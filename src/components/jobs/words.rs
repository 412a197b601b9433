//! A job in words.
//!
//! Invariant: an outcome has one word, everywhere.

use leptos::prelude::*;

use crate::bulk::{Action, Item, Machine, Stage, Status, Tally};
use crate::domain::text::count_words;
use crate::domain::{UserId, WorkspaceId, WorkspaceRef, in_words};
use crate::state::{BulkJob, Directory, WorkspaceList};
use crate::ui::BadgeTone;

/// What people and workspaces are called.
#[derive(Clone, Copy)]
pub struct JobNames {
    /// Names of people.
    pub directory: Directory,
    /// Names of workspaces.
    pub workspaces: WorkspaceList,
    /// Whether each outcome says in which workspace.
    pub is_across: bool,
}

impl JobNames {
    /// What a workspace is called.
    pub fn workspace(&self, id: &WorkspaceId) -> String {
        untrack(|| self.workspaces.name_of(&WorkspaceRef::from(id))).unwrap_or_else(|| id.to_string())
    }

    /// The slug of a workspace, as far as the list has come.
    pub fn slug(&self, id: &WorkspaceId) -> Option<String> {
        let rows = self.workspaces.rows;
        rows.with_untracked(|rows| Some(rows.iter().find(|row| row.workspace.id == *id)?.workspace.slug.to_string()))
    }

    /// What a person is called, and the address or else the id.
    pub(super) fn person(&self, id: &UserId) -> (String, String) {
        let entry = self.directory.entry(id);
        (entry.name.clone(), entry.note().to_owned())
    }
}

/// `Adding 37 people to “Interns”`, as the title of a panel.
pub(super) fn job_title(job: BulkJob, names: JobNames) -> String {
    job.with(|machine| title(machine.action(), people(machine), machine.workspaces(), names)).unwrap_or_default()
}

/// How many people a job is about, in whatever workspaces.
pub(super) fn people(machine: &Machine) -> usize {
    machine.items().iter().map(|item| &item.person).collect::<std::collections::HashSet<_>>().len()
}

/// What is done to so many people in these workspaces.
pub(super) fn title(action: Action, people: usize, workspaces: &[WorkspaceId], names: JobNames) -> String {
    let count = if people == 1 { "1 person".to_owned() } else { format!("{} people", count_words(people)) };
    let places = match workspaces {
        [one] => format!("“{}”", in_words(&names.workspace(one))),
        many => format!("{} workspaces", many.len()),
    };
    match action {
        Action::Add => format!("Adding {count} to {places}"),
        Action::Remove => format!("Removing {count} from {places}"),
    }
}

pub(super) fn stage(job: BulkJob) -> String {
    let words = match job.stage.get() {
        None => "",
        Some(Stage::Running) if job.action() == Some(Action::Remove) => "Removing",
        Some(Stage::Running) => "Adding",
        Some(Stage::Waiting(_)) => "Waiting, as the API asked",
        Some(Stage::NeedsKey) => "Waiting for a key",
        Some(Stage::Paused(_)) => "Paused",
        Some(Stage::Stopping) => "Stopping after what is on its way",
        Some(Stage::Ended) => "Finished",
    };
    words.to_owned()
}

/// `37 done · 1 refused`; what is none is left out.
pub(super) fn summary(tally: &Tally) -> String {
    let parts = Kind::ALL.map(|kind| (kind.count(tally), kind));
    let parts = parts.iter().filter(|(count, _)| *count != 0);
    let part = |(count, kind): &(usize, Kind)| format!("{} {}", count_words(*count), kind.label().to_lowercase());
    parts.map(part).collect::<Vec<_>>().join(" · ")
}

/// What outcomes can be shown alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Done,
    AlreadySo,
    Refused,
    Unknown,
    NotTried,
}

impl Kind {
    pub(super) const ALL: [Self; 5] = [Self::Done, Self::AlreadySo, Self::Refused, Self::Unknown, Self::NotTried];

    /// The last rank.
    pub(super) const LAST: u8 = 4;

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Done => "Done",
            Self::AlreadySo => "Already so",
            Self::Refused => "Refused",
            Self::Unknown => "Not known",
            Self::NotTried => "Not tried",
        }
    }

    pub(super) fn count(self, tally: &Tally) -> usize {
        match self {
            Self::Done => tally.done(),
            Self::AlreadySo => tally.already(),
            Self::Refused => tally.refused(),
            Self::Unknown => tally.unknown(),
            Self::NotTried => tally.not_tried(),
        }
    }

    pub(super) fn of(status: &Status) -> Option<Self> {
        match status {
            Status::Waiting | Status::Sent => None,
            Status::Done => Some(Self::Done),
            Status::AlreadySo => Some(Self::AlreadySo),
            Status::Refused(_) => Some(Self::Refused),
            Status::Unknown(_) => Some(Self::Unknown),
            Status::NotTried => Some(Self::NotTried),
        }
    }

    /// Where it stands in the list once a job is over: what needs a look comes first.
    pub(super) fn rank(self) -> u8 {
        match self {
            Self::Refused => 0,
            Self::Unknown => 1,
            Self::NotTried => 2,
            Self::Done => 3,
            Self::AlreadySo => 4,
        }
    }

    fn tone(self) -> BadgeTone {
        match self {
            Self::Done => BadgeTone::Success,
            Self::AlreadySo | Self::NotTried => BadgeTone::Neutral,
            Self::Refused => BadgeTone::Danger,
            Self::Unknown => BadgeTone::Warning,
        }
    }
}

/// The tone, the word and the reason of a status.
pub(super) fn outcome(item: &Item) -> (BadgeTone, &'static str, String) {
    let (tone, word) = match Kind::of(&item.status) {
        Some(kind) => (kind.tone(), kind.label()),
        None if item.status == Status::Sent => (BadgeTone::Info, "On its way…"),
        None => (BadgeTone::Neutral, "Waiting"),
    };
    let why = match &item.status {
        Status::Refused(why) | Status::Unknown(why) => why.to_string(),
        _ => String::new(),
    };
    (tone, word, why)
}
