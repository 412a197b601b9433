//! What people, workspaces and outcomes are called.

use crate::components::summary_of;
use crate::data::{Directory, Workspaces, use_directory, use_directory_if, use_workspaces};
use crate::domain::{UserId, Workspace, WorkspaceId, WorkspaceRef, inline_text};
use crate::jobs::{Counts, Outcome, OutcomeKind, Snapshot, Stage, engine::Words};
use crate::ui::BadgeTone;

/// Names of people and workspaces, as far as they have been read.
#[derive(Clone, Copy)]
pub struct JobNames {
    directory: Directory,
    workspaces: Workspaces,
    /// Whether each outcome names its workspace.
    pub is_across: bool,
}

impl JobNames {
    /// `is_across` for jobs in several workspaces.
    pub fn new(is_across: bool) -> Self {
        Self { directory: use_directory(), workspaces: use_workspaces(), is_across }
    }

    /// For jobs about API keys, which name no people, so the directory is not read.
    pub(crate) fn of_keys() -> Self {
        Self { directory: use_directory_if(|| false), workspaces: use_workspaces(), is_across: true }
    }

    /// Looks a workspace up. Tracks the list.
    pub(super) fn workspace<R>(&self, id: &WorkspaceId, look: impl FnOnce(&Workspace) -> R) -> Option<R> {
        self.workspaces.find(&WorkspaceRef::from(id)).map(|workspace| look(&workspace))
    }

    /// The name of a workspace, or else its ID. Tracks the list.
    pub(super) fn workspace_name(&self, id: &WorkspaceId) -> String {
        self.workspace(id, Workspace::label).unwrap_or_else(|| id.to_string())
    }

    /// The name of a person, and their address or else ID.
    pub(super) fn person(&self, id: &UserId) -> (String, String) {
        let entry = self.directory.entry(id);
        (entry.name.clone(), entry.note().to_owned())
    }

    /// What the job does or, once it has ended, what it has done.
    pub(super) fn title(&self, job: &Snapshot) -> String {
        let subjects = job.subjects(|id| inline_text(&self.workspace_name(id)));
        if job.stage != Stage::Ended {
            return (job.words.title)(&subjects);
        }
        let ended = (job.words.ended)(&subjects, &job.counts);
        match job.is_undo && job.counts.of(OutcomeKind::Done) != 0 {
            true => format!("Undone: {}", with_small_initial(&ended)),
            false => ended,
        }
    }

    /// A job as the subject of a sentence.
    pub(super) fn name(&self, job: &Snapshot) -> String {
        (job.words.name)(&job.subjects(|id| inline_text(&self.workspace_name(id))))
    }
}

/// A sentence as the rest of another.
fn with_small_initial(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

pub(super) fn stage(job: &Snapshot) -> &'static str {
    match job.stage {
        Stage::Running => job.words.running,
        Stage::Waiting(_) => "Waiting for the API",
        Stage::NeedsKey => "Waiting for you to sign in",
        Stage::Paused(_) => "Paused",
        Stage::Stopping => job.words.stopping,
        Stage::Ended => "Finished",
        Stage::TakenOver => "Continued in another tab",
    }
}

/// The counts of the outcomes: `37 done · 1 refused`. Omits what is 0.
pub(super) fn summary(words: &Words, counts: &Counts) -> String {
    summary_of(&OutcomeKind::ALL.map(|kind| (counts.of(kind), (words.outcome)(kind).1)))
}

/// Where an outcome is in the list of an ended job: what needs attention comes first.
pub(super) fn rank(outcome: &Outcome) -> u8 {
    match outcome {
        Outcome::Refused(_) => 0,
        Outcome::Unknown(_) => 1,
        Outcome::ChangedElsewhere => 2,
        Outcome::Unattributed => 3,
        Outcome::NotTried => 4,
        Outcome::Done => 5,
        Outcome::Unchanged | Outcome::Waiting | Outcome::InFlight => 6,
    }
}

pub(super) fn outcome(words: &Words, outcome: &Outcome) -> (BadgeTone, &'static str, String) {
    let tone = match outcome {
        Outcome::Done => BadgeTone::Success,
        Outcome::InFlight => BadgeTone::Info,
        Outcome::Refused(_) => BadgeTone::Danger,
        Outcome::Unknown(_) | Outcome::ChangedElsewhere | Outcome::Unattributed => BadgeTone::Warning,
        Outcome::Waiting | Outcome::Unchanged | Outcome::NotTried => BadgeTone::Neutral,
    };
    let label = match (outcome.kind(), outcome) {
        (Some(kind), _) => (words.outcome)(kind).0,
        (None, Outcome::InFlight) => words.in_flight,
        (None, _) => "Waiting",
    };
    let reason = match (outcome.reason(), outcome.kind()) {
        (Some(reason), _) => reason.to_string(),
        (None, Some(kind)) => (words.reason)(kind).to_owned(),
        (None, None) => String::new(),
    };
    (tone, label, reason)
}
