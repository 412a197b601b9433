//! What a job works on: its items, the outcome of each, and the counts of them.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::WorkspaceId;

/// The state of one item. All but the first two are final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Waiting,
    /// Being worked on, or sent without an answer.
    InFlight,
    /// As wanted, by this job.
    Done,
    /// As wanted, but it can't be told whether this job or someone else did it. An undo leaves it alone.
    Unattributed,
    /// As wanted before this job sent anything.
    Unchanged,
    /// Not as wanted, with the reason.
    Refused(Arc<str>),
    /// Its state could not be read, with the reason.
    Unknown(Arc<str>),
    /// Someone else changed it first, so this job left it alone.
    ChangedElsewhere,
    /// The job was stopped before its turn.
    NotTried,
}

/// The kind of a final outcome, in the order of a summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutcomeKind {
    Done,
    Unattributed,
    Unchanged,
    Refused,
    Unknown,
    ChangedElsewhere,
    NotTried,
}

impl OutcomeKind {
    pub const ALL: [Self; 7] = [
        Self::Done,
        Self::Unattributed,
        Self::Unchanged,
        Self::Refused,
        Self::Unknown,
        Self::ChangedElsewhere,
        Self::NotTried,
    ];

    /// Whether a retry includes such an item.
    pub fn is_retried(self) -> bool {
        matches!(self, Self::Refused | Self::Unknown | Self::NotTried)
    }
}

impl Outcome {
    /// Its place among all outcomes: in the order in which they are declared, open ones first.
    pub(super) fn index(&self) -> usize {
        match self {
            Self::Waiting => 0,
            Self::InFlight => 1,
            Self::Done => 2,
            Self::Unattributed => 3,
            Self::Unchanged => 4,
            Self::Refused(_) => 5,
            Self::Unknown(_) => 6,
            Self::ChangedElsewhere => 7,
            Self::NotTried => 8,
        }
    }

    /// The kind of a final outcome; `None` for an item that is still open.
    pub fn kind(&self) -> Option<OutcomeKind> {
        self.index().checked_sub(2).and_then(|at| OutcomeKind::ALL.get(at)).copied()
    }

    pub fn reason(&self) -> Option<&Arc<str>> {
        match self {
            Self::Refused(why) | Self::Unknown(why) => Some(why),
            _ => None,
        }
    }
}

/// One item: a subject in one workspace, such as a person or a change of budgets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item<S> {
    /// Position in the job's list of workspaces.
    pub workspace: usize,
    pub subject: S,
    pub outcome: Outcome,
    /// Whether a write about it was sent, whatever its answer.
    pub was_sent: bool,
    /// When the latest of these writes was sent, by the server's clock in Unix seconds or a moment before, if known.
    pub sent_at: Option<i64>,
}

impl<S> Item<S> {
    pub fn new(workspace: usize, subject: S, outcome: Outcome) -> Self {
        Self { workspace, subject, outcome, was_sent: false, sent_at: None }
    }

    /// The same item with another subject.
    pub fn with_subject<T>(&self, subject: T) -> Item<T> {
        let Self { workspace, outcome, was_sent, sent_at, .. } = self;
        Item { workspace: *workspace, subject, outcome: outcome.clone(), was_sent: *was_sent, sent_at: *sent_at }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobSpec<H, S> {
    pub head: H,
    pub workspaces: Vec<WorkspaceId>,
    pub items: Vec<Item<S>>,
}

impl<H, S> JobSpec<H, S> {
    /// A job for these subjects, each in its workspace. Those of one workspace are together, as records need it.
    pub fn grouped(head: H, subjects: impl IntoIterator<Item = (WorkspaceId, S)>) -> Self {
        let mut workspaces: Vec<WorkspaceId> = Vec::new();
        let mut places: HashMap<WorkspaceId, usize> = HashMap::new();
        let mut items: Vec<Item<S>> = Vec::new();
        for (workspace, subject) in subjects {
            let at = *places.entry(workspace.clone()).or_insert_with(|| {
                workspaces.push(workspace);
                workspaces.len() - 1
            });
            items.push(Item::new(at, subject, Outcome::Waiting));
        }
        items.sort_by_key(|item| item.workspace);
        Self { head, workspaces, items }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts([usize; 9]);

impl Counts {
    pub fn total(&self) -> usize {
        self.0.iter().sum()
    }

    pub fn of(&self, kind: OutcomeKind) -> usize {
        self.0[kind as usize + 2]
    }

    pub fn settled(&self) -> usize {
        self.total() - self.0[0] - self.0[1]
    }

    pub fn retried(&self) -> usize {
        OutcomeKind::ALL.into_iter().filter(|kind| kind.is_retried()).map(|kind| self.of(kind)).sum()
    }
}

/// All items of a job with their outcomes.
#[derive(Debug)]
pub struct Ledger<S> {
    pub workspaces: Vec<WorkspaceId>,
    items: Vec<Item<S>>,
    revision: u64,
    /// The server's time in Unix seconds, if known.
    now: Option<i64>,
}

impl<S> Ledger<S> {
    pub(super) fn new(workspaces: Vec<WorkspaceId>, items: Vec<Item<S>>) -> Self {
        Self { workspaces, items, revision: 0, now: None }
    }

    pub fn items(&self) -> &[Item<S>] {
        &self.items
    }

    /// The positions of the items with this outcome.
    pub fn with(&self, outcome: Outcome) -> impl Iterator<Item = usize> {
        let items = self.items.iter().enumerate();
        items.filter(move |(_, item)| item.outcome == outcome).map(|(at, _)| at)
    }

    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        self.items.iter().for_each(|item| counts.0[item.outcome.index()] += 1);
        counts
    }

    /// Rises with each change, so that an unchanged ledger is not written again.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    pub fn set(&mut self, item: usize, outcome: Outcome) {
        self.items[item].outcome = outcome;
        self.revision += 1;
    }

    /// Ends the items that are in flight when the job has stopped. Of those whose request was sent, the outcome is not known,
    /// with this reason.
    pub fn end_started(&mut self, reason: &str) {
        for at in self.with(Outcome::InFlight).collect::<Vec<_>>() {
            let was_sent = self.items[at].was_sent;
            self.set(at, if was_sent { Outcome::Unknown(reason.into()) } else { Outcome::NotTried });
        }
    }

    /// Gives all items that `is_meant` accepts this outcome.
    pub fn set_where(&mut self, is_meant: impl Fn(&Item<S>) -> bool, outcome: &Outcome) {
        for at in 0..self.items.len() {
            if is_meant(&self.items[at]) {
                self.set(at, outcome.clone());
            }
        }
    }

    /// A ledger of other items in the same workspaces. A planner has it for the items that another planner works on.
    pub fn with_items<T>(&self, items: Vec<Item<T>>) -> Ledger<T> {
        Ledger { workspaces: self.workspaces.clone(), items, revision: 0, now: self.now }
    }

    /// Gives an item the outcome that another ledger has for it.
    pub fn copy_outcome<T>(&mut self, at: usize, other: &Item<T>) {
        let own = &mut self.items[at];
        if (&own.outcome, own.was_sent, own.sent_at) != (&other.outcome, other.was_sent, other.sent_at) {
            (own.was_sent, own.sent_at) = (other.was_sent, other.sent_at);
            self.set(at, other.outcome.clone());
        }
    }

    /// Takes over the server's time.
    pub fn copy_time<T>(&mut self, other: &Ledger<T>) {
        self.now = other.now;
    }

    pub(super) fn set_time(&mut self, now: Option<i64>) {
        self.now = now;
    }

    /// Records that a write about an item is about to be sent.
    pub fn mark_sent(&mut self, item: usize) {
        (self.items[item].was_sent, self.items[item].sent_at) = (true, self.now);
        self.set(item, Outcome::InFlight);
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    All,
    /// Only requests that settle items already in flight: the job is stopping.
    Started,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobKind {
    AddMembers,
    RemoveMembers,
    ChangeBudgets,
    DisableKeys,
    EnableKeys,
    LimitKeys,
    MoveKeys,
    DeleteKeys,
    /// Create successors of API keys.
    RotateKeys,
    /// Apply a file to workspaces.
    ApplyFile,
    /// Disable API keys of people, and remove the people from workspaces.
    Offboard,
    /// Add people back to workspaces, and enable their API keys.
    RestorePeople,
}

impl JobKind {
    pub const PEOPLE: &'static [Self] = &[Self::AddMembers, Self::RemoveMembers];
    /// Those that can be about people in several workspaces.
    pub const PEOPLE_ACROSS: &'static [Self] =
        &[Self::AddMembers, Self::RemoveMembers, Self::Offboard, Self::RestorePeople];
    pub const KEYS: &'static [Self] =
        &[Self::DisableKeys, Self::EnableKeys, Self::LimitKeys, Self::MoveKeys, Self::DeleteKeys, Self::RotateKeys];

    /// Whether it destroys or takes away what it is about.
    pub fn is_destructive(self) -> bool {
        matches!(self, Self::RemoveMembers | Self::DeleteKeys)
    }

    /// Whether there is a way back.
    pub fn has_undo(self) -> bool {
        !matches!(self, Self::DeleteKeys | Self::RotateKeys)
    }
}
