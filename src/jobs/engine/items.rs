//! What a job works on: its items, the outcome of each, and the counts of them.
//!
//! Invariant: [`Counts`] add up to the number of items, because only [`Ledger`] changes an outcome.

use std::sync::Arc;

use crate::domain::WorkspaceId;

/// The state of one item. All but the first two are final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was sent about it yet.
    Waiting,
    /// Being worked on, or sent without an answer.
    InFlight,
    /// As wanted, by this job.
    Done,
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
#[expect(missing_docs, reason = "each is documented at the outcome of its name")]
pub enum OutcomeKind {
    Done,
    Unchanged,
    Refused,
    Unknown,
    ChangedElsewhere,
    NotTried,
}

impl OutcomeKind {
    /// All kinds, in the order of a summary.
    pub const ALL: [Self; 6] =
        [Self::Done, Self::Unchanged, Self::Refused, Self::Unknown, Self::ChangedElsewhere, Self::NotTried];
}

impl Outcome {
    const COUNT: usize = 8;

    fn index(&self) -> usize {
        match self {
            Self::Waiting => 0,
            Self::InFlight => 1,
            Self::Done => 2,
            Self::Unchanged => 3,
            Self::Refused(_) => 4,
            Self::Unknown(_) => 5,
            Self::ChangedElsewhere => 6,
            Self::NotTried => 7,
        }
    }

    /// The kind of a final outcome; `None` for an item that is still open.
    pub fn kind(&self) -> Option<OutcomeKind> {
        self.index().checked_sub(2).and_then(|at| OutcomeKind::ALL.get(at)).copied()
    }

    /// Whether it is final.
    pub fn is_final(&self) -> bool {
        self.kind().is_some()
    }

    /// Whether a retry includes it: refused, unknown or not tried.
    pub fn is_retried(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::Unknown(_) | Self::NotTried)
    }

    /// The reason, where it has one.
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
    /// What the item is about.
    pub subject: S,
    /// Its state.
    pub outcome: Outcome,
    /// Whether a write about it was sent, whatever its answer.
    pub was_sent: bool,
}

impl<S> Item<S> {
    /// An item about which nothing was sent.
    pub fn new(workspace: usize, subject: S, outcome: Outcome) -> Self {
        Self { workspace, subject, outcome, was_sent: false }
    }
}

/// A job that is about to start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobSpec<H, S> {
    /// What is done to all items.
    pub head: H,
    /// The workspaces concerned.
    pub workspaces: Vec<WorkspaceId>,
    /// The items, workspace by workspace.
    pub items: Vec<Item<S>>,
}

/// How many items have which outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts([usize; Outcome::COUNT]);

impl Counts {
    /// All items.
    pub fn total(&self) -> usize {
        self.0.iter().sum()
    }

    /// Items with this final outcome.
    pub fn of(&self, kind: OutcomeKind) -> usize {
        self.0[kind as usize + 2]
    }

    /// Items with any final outcome.
    pub fn settled(&self) -> usize {
        self.total() - self.0[0] - self.0[1]
    }

    /// Items that a retry includes: refused, unknown and not tried.
    pub fn retried(&self) -> usize {
        self.of(OutcomeKind::Refused) + self.of(OutcomeKind::Unknown) + self.of(OutcomeKind::NotTried)
    }
}

/// All items of a job with their outcomes.
#[derive(Debug)]
pub struct Ledger<S> {
    workspaces: Vec<WorkspaceId>,
    items: Vec<Item<S>>,
    counts: Counts,
    revision: u64,
}

impl<S> Ledger<S> {
    pub(super) fn new(workspaces: Vec<WorkspaceId>, items: Vec<Item<S>>) -> Self {
        let mut counts = Counts::default();
        items.iter().for_each(|item| counts.0[item.outcome.index()] += 1);
        Self { workspaces, items, counts, revision: 0 }
    }

    /// The workspaces concerned.
    pub fn workspaces(&self) -> &[WorkspaceId] {
        &self.workspaces
    }

    /// All items, workspace by workspace.
    pub fn items(&self) -> &[Item<S>] {
        &self.items
    }

    /// The counts of all items.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Rises with each change, so that an unchanged ledger is not written again.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Changes the outcome of an item.
    pub fn set(&mut self, item: usize, outcome: Outcome) {
        let item = &mut self.items[item];
        self.counts.0[item.outcome.index()] -= 1;
        self.counts.0[outcome.index()] += 1;
        item.outcome = outcome;
        self.revision += 1;
    }

    /// Records that a write about an item is about to be sent.
    pub fn mark_sent(&mut self, item: usize) {
        self.items[item].was_sent = true;
        self.set(item, Outcome::InFlight);
    }
}

/// Whether a planner may start new items, or only finish what it has started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Every request.
    All,
    /// Only requests that settle items already in flight: the job is stopping.
    Started,
}

/// What a job does, for the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named for what it does")]
pub enum JobKind {
    AddMembers,
    RemoveMembers,
    ChangeBudgets,
}

impl JobKind {
    /// The kinds about people.
    pub const PEOPLE: &'static [Self] = &[Self::AddMembers, Self::RemoveMembers];
}
