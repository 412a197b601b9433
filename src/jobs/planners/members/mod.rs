//! Adding people to workspaces and removing them, up to 100 people in a request.
//!
//! Invariants:
//! - An item is refused only where it was refused alone, or where a listing shows that it was not changed.
//! - Where the effect of a request is not certain, nothing more is sent to that workspace until its members are listed. That
//!   listing starts only after all requests to the workspace are answered.
//! - A person is done only if this job made them as wanted, as far as the server's counts and times can tell. An addition
//!   without an answer is judged by the time of the membership. A removal leaves no time: without an answer it counts as this
//!   job's, and with a count below what was sent it is not attributed to anyone.

mod answers;
mod bisect;
mod target;
mod words;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::activity::{FieldChange, StepAbout};
use crate::api::listing::{self, Collected};
use crate::api::members::Acknowledged;
use crate::api::{ApiError, Client, WriteResult, members};
use crate::domain::member::MAX_USER_IDS;
use crate::domain::{Member, Timestamp, UserId, UserIds, WorkspaceId, WorkspaceRef};
use crate::jobs::engine::{
    About, Call, Failure, JobSpec, Ledger, Outcome, Planner, Scope, Ticket, Words, not_read_back,
};
use bisect::Bisection;

pub use target::{Action, Target, spec};

/// The members of a workspace, each with the time of the membership in Unix seconds, if it is known.
pub type ListedMembers = HashMap<UserId, Option<i64>>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembersWrite {
    pub action: Action,
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

#[derive(Debug)]
struct Batch {
    workspace: usize,
    search: Bisection,
    phase: Phase,
    /// Why the last request is not settled.
    why: Arc<str>,
    /// What the server said about the last request, where it said something.
    said: Option<Acknowledged>,
}

#[derive(Debug)]
pub struct Members {
    action: Action,
    batches: Vec<Batch>,
    /// Workspaces whose members are being listed.
    listing: HashSet<usize>,
    /// By item: how often it was sent without effect.
    tries: Vec<u8>,
    /// By item: whether an earlier request than the last may have had an effect.
    is_resent: Vec<bool>,
    /// By workspace: the items that the server says it changed, until a listing shows them.
    acknowledged: HashMap<usize, Vec<usize>>,
}

impl Planner for Members {
    type Head = Action;
    type Subject = UserId;
    type Read = WorkspaceId;
    type Found = ListedMembers;
    type Write = MembersWrite;
    type Written = Acknowledged;

    const NAME: &'static str = "members";
    const MAX_IN_FLIGHT: usize = 4;

    fn prepare(action: &Action, ledger: &Ledger<UserId>) -> Self {
        let mut batches = Vec::new();
        for (wanted, phase) in [(Outcome::InFlight, Phase::Unsettled), (Outcome::Waiting, Phase::Ready)] {
            let mut people = vec![Vec::new(); ledger.workspaces.len()];
            ledger.with(wanted).for_each(|at| people[ledger.items()[at].workspace].push(at));
            for (workspace, people) in people.iter().enumerate() {
                for batch in people.chunks(MAX_USER_IDS) {
                    let search = Bisection::new(batch.to_vec());
                    let why = "The page was closed before the response arrived.".into();
                    batches.push(Batch { workspace, search, phase, why, said: None });
                }
            }
        }
        let items = ledger.items().iter();
        Self {
            action: *action,
            batches,
            listing: HashSet::new(),
            tries: vec![0; ledger.items().len()],
            is_resent: items.map(|item| item.was_sent && item.outcome == Outcome::Waiting).collect(),
            acknowledged: HashMap::new(),
        }
    }

    fn next(&mut self, ledger: &mut Ledger<UserId>, scope: Scope) -> Option<Call<Self>> {
        let listing = self.next_listing(ledger);
        if listing.is_some() || scope == Scope::Started { listing } else { self.next_batch(ledger) }
    }

    fn apply_read(
        &mut self,
        workspace: usize,
        members: Result<ListedMembers, Failure>,
        ledger: &mut Ledger<UserId>,
        scope: Scope,
    ) -> Result<(), Arc<str>> {
        self.listing.remove(&workspace);
        match members {
            // While the job is stopping, no other listing follows.
            Err(failure) if scope == Scope::All && self.needs_listing(workspace, &failure) => Err(failure.reason()),
            members => {
                self.verify(workspace, members.as_ref().ok(), ledger);
                self.settle(workspace, &members, ledger);
                Ok(())
            }
        }
    }

    fn apply_write(&mut self, batch: usize, answer: Result<Acknowledged, Failure>, ledger: &mut Ledger<UserId>) {
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
        for mut batch in std::mem::take(&mut self.batches) {
            if batch.phase == Phase::Unsettled {
                let why = batch.why;
                batch.search.request().iter().for_each(|item| ledger.set(*item, Outcome::Unknown(why.clone())));
            }
        }
    }

    fn undo(action: &Action, ledger: &Ledger<UserId>) -> JobSpec<Action, UserId> {
        let of = |workspace: &WorkspaceId| Target { workspace: workspace.clone(), people: vec![], already: vec![] };
        let mut targets: Vec<Target> = ledger.workspaces.iter().map(of).collect();
        for at in ledger.with(Outcome::Done) {
            let item = &ledger.items()[at];
            targets[item.workspace].people.push(item.subject.clone());
        }
        targets.retain(|target| !target.people.is_empty());
        spec(action.inverse(), targets)
    }

    /// Lists all members. A listing that is not certain is a failure: a person who is missing from it may be a member.
    async fn send_read(client: Client, workspace: WorkspaceId) -> Result<ListedMembers, Failure> {
        let members = listing::collect(members::read_all(&client, &WorkspaceRef::from(&workspace))).await;
        match members {
            Ok(Collected { rows, doubt: None, .. }) => {
                let created = |member: &Member| member.created_at.as_ref().and_then(Timestamp::unix_seconds);
                Ok(rows.iter().map(|member| (member.user_id.clone(), created(member))).collect())
            }
            Ok(Collected { doubt: Some(doubt), .. }) => Err(answers::failure_of(&doubt)),
            Err(error) => Err(Failure::of_read(&error)),
        }
    }

    async fn send_write(client: Client, write: MembersWrite) -> WriteResult<Acknowledged> {
        let MembersWrite { action, workspace, people } = write;
        let workspace = WorkspaceRef::from(&workspace);
        // A batch holds 1–100 people, each once, so this cannot fail.
        let people =
            UserIds::new(people).ok_or_else(|| not_read_back(ApiError::Aborted { operation: action.operation() }))?;
        let answer = match action {
            Action::Add => members::bulk_add(&client, &workspace, &people).await,
            Action::Remove => members::bulk_remove(&client, &workspace, &people).await,
        };
        answer.map_err(not_read_back)
    }

    fn step(write: &MembersWrite) -> StepAbout {
        let (from, to) = match write.action {
            Action::Add => ("Not a member", "Member"),
            Action::Remove => ("Member", "Not a member"),
        };
        let changes = vec![FieldChange::new("Membership", from, to)];
        StepAbout { workspace: Some(write.workspace.clone()), people: write.people.clone(), changes }
    }

    fn words(action: &Action) -> &'static Words {
        match action {
            Action::Add => &words::ADD,
            Action::Remove => &words::REMOVE,
        }
    }

    fn about(workspace: &WorkspaceId, person: &UserId) -> About {
        About { person: Some(person.clone()), workspace: workspace.clone(), change: None, key: None }
    }
}

impl Members {
    /// The listing of a workspace with an unsettled batch, or whose changes are all acknowledged, once nothing is in flight
    /// there.
    fn next_listing(&mut self, ledger: &Ledger<UserId>) -> Option<Call<Self>> {
        let busy = self.workspaces(Phase::InFlight);
        let unsettled = self.batches.iter().filter(|it| it.phase == Phase::Unsettled).map(|it| it.workspace);
        let is_free = |at: &usize| !busy.contains(at) && !self.listing.contains(at);
        let workspace = unsettled.into_iter().find(is_free).or_else(|| {
            let is_open = |at: &usize| {
                ledger.items().iter().any(|item| item.workspace == *at && item.outcome == Outcome::Waiting)
            };
            self.acknowledged.keys().copied().filter(|at| is_free(at) && !is_open(at)).min()
        })?;
        self.listing.insert(workspace);
        Some(Call::Read(workspace, ledger.workspaces[workspace].clone()))
    }

    fn next_batch(&mut self, ledger: &mut Ledger<UserId>) -> Option<Call<Self>> {
        let unsettled = self.workspaces(Phase::Unsettled);
        let may_send =
            |(_, batch): &(usize, &mut Batch)| batch.phase == Phase::Ready && !unsettled.contains(&batch.workspace);
        let mut batches = self.batches.iter_mut().enumerate().filter(may_send);
        let (at, batch) =
            batches.find_map(|(at, batch)| (!batch.search.request().is_empty()).then_some((at, batch)))?;
        batch.phase = Phase::InFlight;
        let items = batch.search.request();
        items.iter().for_each(|item| ledger.mark_sent(*item));
        let people = items.iter().map(|item| ledger.items()[*item].subject.clone()).collect();
        let workspace = ledger.workspaces[batch.workspace].clone();
        Some(Call::Write(at, MembersWrite { action: self.action, workspace, people }))
    }

    /// The workspaces that have a batch in this phase.
    fn workspaces(&self, phase: Phase) -> HashSet<usize> {
        self.batches.iter().filter(|batch| batch.phase == phase).map(|batch| batch.workspace).collect()
    }

    fn set_all(&mut self, batch: usize, outcome: &Outcome, ledger: &mut Ledger<UserId>) {
        self.batches[batch].search.request().iter().for_each(|item| ledger.set(*item, outcome.clone()));
    }
}
