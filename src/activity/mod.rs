//! The record of what a person did here: one record an action, with the requests that it sent. Pure.
//!
//! Invariant: a record never holds a key. Requests are recorded without their headers, and a label of a key is shortened.

mod curl;
mod export;
mod id;
mod step;
mod stored;
mod summary;
mod undo;

use serde::{Deserialize, Serialize};

use crate::domain::{ActivityKind, ActivityState, KeyHash, Plan, Slug, Workspace, WorkspaceId, inline_text};

pub use curl::curl;
pub use export::{csv_rows, json};
pub use id::RecordId;
pub use step::{
    ActivityStep, FieldChange, SentRequest, StepAbout, StepOutcome, budget_changes, key_changes, limit_text,
};
use stored::MAX_STEPS;
pub use stored::{read, write};
pub use summary::{haystack, outcome_label, state_label, title};
pub use undo::{superseded, undo_of_plan};

/// A workspace as it was called when it was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedWorkspace {
    /// `None` while it is being created.
    pub id: Option<WorkspaceId>,
    pub name: String,
    /// `None` if the list of workspaces did not have it.
    pub slug: Option<Slug>,
}

impl From<&Workspace> for NamedWorkspace {
    fn from(workspace: &Workspace) -> Self {
        Self { id: Some(workspace.id.clone()), name: workspace.label(), slug: Some(workspace.slug.clone()) }
    }
}

/// A workspace whose name is not known here.
impl From<WorkspaceId> for NamedWorkspace {
    fn from(id: WorkspaceId) -> Self {
        Self { name: id.to_string(), id: Some(id), slug: None }
    }
}

/// What a person is about to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewActivity {
    /// What it is.
    pub kind: ActivityKind,
    /// The workspaces that it is about.
    pub workspaces: Vec<NamedWorkspace>,
    /// The name of the API key, if it is about one, or their number, such as `12 API keys`, if it is a job about them.
    pub subject: Option<String>,
    /// How many people it is about.
    pub people: usize,
    /// How many steps all of it takes. 0 if that is not known.
    pub planned: usize,
    /// The record of the job that it is, by which it is found again when the job is resumed.
    pub job: Option<String>,
    /// Whether it undoes another action.
    pub is_undo: bool,
}

impl NewActivity {
    /// An action of one step on one workspace.
    pub fn new(kind: ActivityKind, workspace: impl Into<NamedWorkspace>) -> Self {
        let workspaces = vec![workspace.into()];
        Self { kind, workspaces, subject: None, people: 0, planned: 1, job: None, is_undo: false }
    }
}

/// One action of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityRecord {
    pub id: RecordId,
    /// The account that was signed in. A record is shown to that account only.
    pub account: String,
    /// The label of the key that it was done with.
    pub by: String,
    pub kind: ActivityKind,
    pub workspaces: Vec<NamedWorkspace>,
    pub subject: Option<String>,
    pub people: usize,
    pub planned: usize,
    pub job: Option<String>,
    pub is_undo: bool,
    pub state: ActivityState,
    /// Such as `17 done · 1 refused`. Empty if the state says it all.
    pub note: String,
    pub steps: Vec<ActivityStep>,
    /// How many older steps are no longer kept.
    pub dropped: usize,
    pub undo: Option<Undo>,
    pub is_undone: bool,
}

/// How an action is undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Undo {
    /// By a job, as its record describes it.
    Job(String),
    /// By a plan for the budgets of one workspace.
    Budgets(WorkspaceId, Box<Plan>),
    /// By saving settings, as a draft that was made from the changed ones.
    Settings(WorkspaceId, String),
    /// By enabling a key.
    EnableKey(WorkspaceId, KeyHash),
}

impl ActivityRecord {
    pub fn new(id: RecordId, account: String, by: &str, new: NewActivity) -> Self {
        let NewActivity { kind, workspaces, subject, people, planned, job, is_undo } = new;
        Self {
            id,
            account,
            by: masked(by),
            kind,
            workspaces,
            subject,
            people,
            planned,
            job,
            is_undo,
            state: ActivityState::Running,
            note: String::new(),
            steps: Vec::new(),
            dropped: 0,
            undo: None,
            is_undone: false,
        }
    }

    /// Adds a step that is about to be sent. Returns its number, which stays the same when older steps are dropped.
    pub fn add_step(&mut self, about: StepAbout) -> usize {
        let StepAbout { workspace, people, changes } = about;
        self.steps.push(ActivityStep {
            workspace,
            people,
            changes,
            request: None,
            status: None,
            outcome: StepOutcome::Running,
            message: String::new(),
        });
        self.drop_steps(self.steps.len().saturating_sub(MAX_STEPS));
        self.dropped + self.steps.len() - 1
    }

    /// A step by its number.
    pub fn step_mut(&mut self, number: usize) -> Option<&mut ActivityStep> {
        self.steps.get_mut(number.checked_sub(self.dropped)?)
    }

    pub(self) fn drop_steps(&mut self, count: usize) {
        self.steps.drain(..count);
        self.dropped += count;
    }

    /// Ends an action by the outcomes of its steps.
    pub fn end_by_steps(&mut self) {
        let count = |outcome| self.steps.iter().filter(|step| step.outcome == outcome).count();
        let (done, unknown) = (count(StepOutcome::Done), count(StepOutcome::Unknown) + count(StepOutcome::Running));
        let planned = self.planned.max(self.steps.len());
        self.state = match (done, unknown) {
            (_, 1..) => ActivityState::Unclear,
            (0, _) => ActivityState::Failed,
            (done, _) if done + self.dropped >= planned => ActivityState::Done,
            _ => ActivityState::Partly,
        };
        self.note = match self.state {
            ActivityState::Partly => format!("{done} of {planned} steps done"),
            _ => String::new(),
        };
    }

    /// Ends an action whose page has gone: what was in flight is unknown.
    pub fn interrupt(&mut self) {
        if self.state != ActivityState::Running {
            return;
        }
        for step in self.steps.iter_mut().filter(|step| step.outcome == StepOutcome::Running) {
            step.outcome = StepOutcome::Unknown;
        }
        self.state = ActivityState::Unclear;
        "Interrupted before it ended".clone_into(&mut self.note);
    }
}

/// The label of a key. One that could be a whole key is shortened.
fn masked(label: &str) -> String {
    const LONGEST: usize = 28;
    let label = inline_text(label);
    let count = label.chars().count();
    if count <= LONGEST {
        return label;
    }
    let (first, last): (String, String) = (label.chars().take(10).collect(), label.chars().skip(count - 4).collect());
    format!("{first}…{last}")
}

#[cfg(test)]
mod tests;
