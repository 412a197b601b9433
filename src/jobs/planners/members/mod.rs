//! Adding people to workspaces and removing them, up to 100 people in a request.
//!
//! Invariants:
//! - An item is refused only where it was refused alone, or where a listing shows that it was not changed.
//! - Where the effect of a request is not certain, nothing more is sent to that workspace until its members are listed. That
//!   listing starts only after all requests to the workspace are answered.

mod answers;
mod bisect;
mod calls;
mod words;

use std::collections::HashSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::api::{Client, WriteResult};
use crate::domain::member::MAX_USER_IDS;
use crate::domain::{UserId, WorkspaceId};
use crate::jobs::engine::{About, Activity, Failure, Words};
use crate::jobs::engine::{Call, Item, JobSpec, Ledger, Outcome, OutcomeKind, Planner, Scope, Ticket};
use bisect::Bisection;
use futures::future::LocalBoxFuture;

/// What is done to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Make them members.
    Add,
    /// End their membership.
    Remove,
}

impl Action {
    /// The action that undoes this one.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::Add => Self::Remove,
            Self::Remove => Self::Add,
        }
    }

    /// Whether a person is as wanted, being a member or not.
    pub fn is_met(self, is_member: bool) -> bool {
        (self == Self::Add) == is_member
    }
}

/// The people of one workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// People to add or remove, each once.
    pub people: Vec<UserId>,
    /// People who are as wanted already: shown as such, and not sent.
    pub already: Vec<UserId>,
}

/// A job that adds or removes the people of these targets.
pub fn spec(action: Action, targets: Vec<Target>) -> JobSpec<Action, UserId> {
    let (mut workspaces, mut items) = (Vec::new(), Vec::new());
    for (at, target) in targets.into_iter().enumerate() {
        let mut seen = HashSet::new();
        let already = target.already.into_iter().map(|person| (person, Outcome::Unchanged));
        for (person, outcome) in already.chain(target.people.into_iter().map(|person| (person, Outcome::Waiting))) {
            if seen.insert(person.clone()) {
                items.push(Item::new(at, person, outcome));
            }
        }
        workspaces.push(target.workspace);
    }
    JobSpec { head: action, workspaces, items }
}

/// A request about people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembersWrite {
    /// What is done.
    pub action: Action,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// 1–100 people, each once.
    pub people: Vec<UserId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Ready,
    InFlight,
    /// Answered, but the effect is not certain.
    Unsettled,
}

/// One batch of a workspace.
#[derive(Debug)]
struct Batch {
    workspace: usize,
    search: Bisection,
    phase: Phase,
    /// Why the last request is not settled.
    why: Arc<str>,
    /// The server's count of changed people, where it gave one.
    counted: Option<u64>,
}

/// The planner for members.
#[derive(Debug)]
pub struct Members {
    action: Action,
    batches: Vec<Batch>,
    /// Workspaces whose members are being listed.
    listing: HashSet<usize>,
    /// By item: how often it was sent without effect.
    tries: Vec<u8>,
}

impl Planner for Members {
    type Head = Action;
    type Subject = UserId;
    type Read = WorkspaceId;
    type Found = HashSet<UserId>;
    type Write = MembersWrite;
    type Written = u64;

    const NAME: &'static str = "members";
    const MAX_IN_FLIGHT: usize = 4;

    fn prepare(action: &Action, ledger: &Ledger<UserId>) -> Self {
        let mut batches = Vec::new();
        for (wanted, phase) in [(Outcome::InFlight, Phase::Unsettled), (Outcome::Waiting, Phase::Ready)] {
            let mut people = vec![Vec::new(); ledger.workspaces().len()];
            for (at, item) in ledger.items().iter().enumerate().filter(|(_, item)| item.outcome == wanted) {
                people[item.workspace].push(at);
            }
            for (workspace, people) in people.iter().enumerate() {
                for batch in people.chunks(MAX_USER_IDS) {
                    let search = Bisection::new(batch.to_vec());
                    let why = "The page was closed before the answer came.".into();
                    batches.push(Batch { workspace, search, phase, why, counted: None });
                }
            }
        }
        Self { action: *action, batches, listing: HashSet::new(), tries: vec![0; ledger.items().len()] }
    }

    fn next(&mut self, ledger: &mut Ledger<UserId>, scope: Scope) -> Option<Call<Self>> {
        let listing = self.next_listing(ledger);
        if listing.is_some() || scope == Scope::Started { listing } else { self.next_batch(ledger) }
    }

    fn apply_read(
        &mut self,
        workspace: usize,
        members: Result<HashSet<UserId>, Failure>,
        ledger: &mut Ledger<UserId>,
        scope: Scope,
    ) -> Result<(), Arc<str>> {
        self.apply_listing(workspace, members, ledger, scope)
    }

    fn apply_write(&mut self, batch: usize, answer: Result<u64, Failure>, ledger: &mut Ledger<UserId>) {
        self.apply_answer(batch, answer, ledger);
    }

    fn put_back(&mut self, ticket: Ticket, ledger: &mut Ledger<UserId>) {
        match ticket {
            Ticket::Read(workspace) => {
                self.listing.remove(&workspace);
            }
            Ticket::Write(batch) => {
                self.set_all(batch, &Outcome::Waiting, ledger);
                self.batches[batch].phase = Phase::Ready;
            }
        }
    }

    fn finish(&mut self, ledger: &mut Ledger<UserId>) {
        for batch in std::mem::take(&mut self.batches) {
            let Batch { mut search, phase, why, .. } = batch;
            if phase == Phase::Unsettled {
                search.request().iter().for_each(|item| ledger.set(*item, Outcome::Unknown(why.clone())));
            }
        }
    }

    fn undo(action: &Action, ledger: &Ledger<UserId>) -> JobSpec<Action, UserId> {
        let of = |workspace: &WorkspaceId| Target { workspace: workspace.clone(), people: vec![], already: vec![] };
        let mut targets: Vec<Target> = ledger.workspaces().iter().map(of).collect();
        for item in ledger.items().iter().filter(|item| item.outcome.kind() == Some(OutcomeKind::Done)) {
            targets[item.workspace].people.push(item.subject.clone());
        }
        targets.retain(|target| !target.people.is_empty());
        spec(action.inverse(), targets)
    }

    fn send_read(
        client: &Client,
        workspace: &WorkspaceId,
    ) -> LocalBoxFuture<'static, Result<HashSet<UserId>, Failure>> {
        calls::list(client.clone(), workspace.clone())
    }

    fn send_write(client: &Client, write: &MembersWrite) -> LocalBoxFuture<'static, WriteResult<u64>> {
        calls::change(client.clone(), write.clone())
    }

    fn activity(write: &MembersWrite) -> Activity {
        words::activity(write)
    }

    fn words(action: &Action) -> &'static Words {
        words::of(*action)
    }

    fn about(workspace: &WorkspaceId, person: &UserId) -> About {
        About { person: Some(person.clone()), workspace: workspace.clone(), change: None }
    }
}

impl Members {
    /// The listing of a workspace with an unsettled batch, once nothing is in flight there.
    fn next_listing(&mut self, ledger: &Ledger<UserId>) -> Option<Call<Self>> {
        let busy = self.workspaces(Phase::InFlight);
        let mut unsettled = self.batches.iter().filter(|it| it.phase == Phase::Unsettled).map(|it| it.workspace);
        let workspace = unsettled.find(|at| !busy.contains(at) && !self.listing.contains(at))?;
        self.listing.insert(workspace);
        Some(Call::Read(workspace, ledger.workspaces()[workspace].clone()))
    }

    /// The next batch of a workspace that has no unsettled one.
    fn next_batch(&mut self, ledger: &mut Ledger<UserId>) -> Option<Call<Self>> {
        let unsettled = self.workspaces(Phase::Unsettled);
        for (at, batch) in self.batches.iter_mut().enumerate() {
            if batch.phase != Phase::Ready || unsettled.contains(&batch.workspace) || batch.search.request().is_empty()
            {
                continue;
            }
            batch.phase = Phase::InFlight;
            let items = batch.search.request();
            items.iter().for_each(|item| ledger.mark_sent(*item));
            let people = items.iter().map(|item| ledger.items()[*item].subject.clone()).collect();
            let workspace = ledger.workspaces()[batch.workspace].clone();
            return Some(Call::Write(at, MembersWrite { action: self.action, workspace, people }));
        }
        None
    }

    /// The workspaces that have a batch in this phase.
    fn workspaces(&self, phase: Phase) -> HashSet<usize> {
        self.batches.iter().filter(|batch| batch.phase == phase).map(|batch| batch.workspace).collect()
    }

    /// Sets the outcome of everyone in a batch's request.
    fn set_all(&mut self, batch: usize, outcome: &Outcome, ledger: &mut Ledger<UserId>) {
        self.batches[batch].search.request().iter().for_each(|item| ledger.set(*item, outcome.clone()));
    }
}
