//! Applying a file to workspaces: one item for each part of the plan.
//!
//! The phases of the plan follow one another: workspaces are created before anything else, and deleted last. Right before each
//! part the workspace is read. Only a creation is sent without that: the API itself refuses a slug that is taken.
//!
//! Invariant: a part is sent only where the workspace is what the plan expects there. Where it has moved, the item ends as
//! changed by someone else.

mod judge;
mod send;
mod words;

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;

use crate::activity::StepAbout;
use crate::api::members::Acknowledged;
use crate::api::{Client, WriteResult};
use crate::domain::{
    BudgetState, CreateWorkspace, Step, UpdateWorkspace, UserId, UserIds, Workspace, WorkspaceId, inline_message,
};
use crate::files::plan::{Part, Phase};
use crate::jobs::engine::{About, Call, Failure, Item, JobSpec, Ledger, Outcome, Planner, Scope, Ticket, Words};
use crate::jobs::planners::budgets::Track as BudgetTrack;
use judge::Verdict;
use words::WORDS;

/// The parts of each workspace. A workspace that is created first is named by its slug, which the API accepts like an ID.
pub fn spec(parts: impl IntoIterator<Item = (WorkspaceId, Vec<Part>)>) -> JobSpec<(), Part> {
    let (mut workspaces, mut items) = (Vec::new(), Vec::new());
    for (workspace, parts) in parts.into_iter().filter(|(_, parts)| !parts.is_empty()) {
        items.extend(parts.into_iter().map(|part| Item::new(workspaces.len(), part, Outcome::Waiting)));
        workspaces.push(workspace);
    }
    JobSpec { head: (), workspaces, items }
}

/// What is read before a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileRead {
    Workspace(WorkspaceId),
    Budgets(WorkspaceId),
    Members(WorkspaceId),
}

/// What was read.
#[derive(Debug)]
pub enum Found {
    /// `None` if there is no such workspace.
    Workspace(Option<Box<Workspace>>),
    Budgets(BudgetState),
    Members(HashSet<UserId>),
}

#[derive(Debug, Clone)]
pub struct FileWrite {
    pub workspace: WorkspaceId,
    pub action: FileAction,
    /// What the activity log has about it.
    part: Part,
}

#[derive(Debug, Clone, PartialEq)]
pub enum FileAction {
    Create(Box<CreateWorkspace>),
    /// With the workspace as it was just read.
    Update(Box<Workspace>, Box<UpdateWorkspace>),
    Step(Step),
    Add(UserIds),
    Remove(UserIds),
    Delete(WorkspaceId),
}

/// How often people are sent whom an unclear request turned out not to have changed.
const MOST_TRIES: u8 = 2;

#[derive(Debug)]
struct Track {
    item: usize,
    budget: BudgetTrack,
    /// What to send: set by the read before it.
    action: Option<FileAction>,
    /// How often people were sent.
    tries: u8,
    /// Why the last request is unclear.
    why: Option<Arc<str>>,
}

#[derive(Debug)]
pub struct Files {
    waiting: BTreeMap<Phase, VecDeque<usize>>,
    /// Started items between two requests.
    ready: VecDeque<Track>,
    /// Items with a request in flight.
    in_flight: HashMap<usize, Track>,
    /// The item that creates a workspace, by the position of the workspace.
    creations: HashMap<usize, usize>,
}

impl Files {
    /// The next item that has not been started. A phase begins when all items of those before it are settled.
    fn start(&mut self, ledger: &mut Ledger<Part>) -> Option<usize> {
        loop {
            let phase = *self.waiting.iter().find(|(_, items)| !items.is_empty())?.0;
            let is_earlier = |track: &Track| ledger.items()[track.item].subject.phase() < phase;
            if self.ready.iter().any(is_earlier) || self.in_flight.values().any(is_earlier) {
                return None;
            }
            let item = self.waiting.get_mut(&phase)?.pop_front()?;
            let creation = self.creations.get(&ledger.items()[item].workspace).filter(|creation| **creation != item);
            let is_there = creation.is_none_or(|creation| {
                let outcome = &ledger.items()[*creation].outcome;
                matches!(outcome, Outcome::Done | Outcome::Unattributed | Outcome::Unchanged)
            });
            if is_there {
                return Some(item);
            }
            ledger.set(item, Outcome::Refused("The workspace was not created.".into()));
        }
    }
}

impl Planner for Files {
    type Head = ();
    type Subject = Part;
    type Read = FileRead;
    type Found = Found;
    type Write = FileWrite;
    type Written = Option<Acknowledged>;

    const NAME: &'static str = "files";
    const MAX_IN_FLIGHT: usize = 6;

    fn prepare((): &(), ledger: &Ledger<Part>) -> Self {
        let mut waiting: BTreeMap<Phase, VecDeque<usize>> = BTreeMap::new();
        for item in ledger.with(Outcome::InFlight).chain(ledger.with(Outcome::Waiting)) {
            waiting.entry(ledger.items()[item].subject.phase()).or_default().push_back(item);
        }
        let creations = ledger.items().iter().enumerate().filter(|(_, item)| matches!(item.subject, Part::Create(_)));
        let creations = creations.map(|(at, item)| (item.workspace, at)).collect();
        Self { waiting, ready: VecDeque::new(), in_flight: HashMap::new(), creations }
    }

    fn next(&mut self, ledger: &mut Ledger<Part>, scope: Scope) -> Option<Call<Self>> {
        let started = self.ready.pop_front();
        let mut track = match scope {
            Scope::All => started.or_else(|| self.start(ledger).map(Track::new))?,
            Scope::Started => started?,
        };
        let item = track.item;
        let Item { workspace, subject: part, was_sent, .. } = &ledger.items()[item];
        let unread = judge::without_read(part, *was_sent);
        let (workspace, part) = (ledger.workspaces[*workspace].clone(), part.clone());
        let call = match track.action.take().or(unread) {
            Some(action) => {
                ledger.mark_sent(item);
                Call::Write(item, FileWrite { workspace, action, part })
            }
            None => {
                ledger.set(item, Outcome::InFlight);
                Call::Read(item, judge::read_for(&part, workspace))
            }
        };
        self.in_flight.insert(item, track);
        Some(call)
    }

    fn apply_read(
        &mut self,
        item: usize,
        answer: Result<Found, Failure>,
        ledger: &mut Ledger<Part>,
        _: Scope,
    ) -> Result<(), Arc<str>> {
        if let Some(mut track) = self.in_flight.remove(&item) {
            let Item { subject: part, was_sent, .. } = &ledger.items()[item];
            match track.judge(part, *was_sent, answer) {
                Verdict::End(outcome) => ledger.set(item, outcome),
                Verdict::Send(action) => {
                    track.action = Some(action);
                    self.ready.push_back(track);
                }
            }
        }
        Ok(())
    }

    fn apply_write(&mut self, item: usize, answer: Result<Self::Written, Failure>, ledger: &mut Ledger<Part>) {
        let Some(mut track) = self.in_flight.remove(&item) else { return };
        let part = &ledger.items()[item].subject;
        match (answer, part) {
            (Ok(_), Part::Budgets(_)) => {
                track.budget.advance();
                self.ready.push_back(track);
            }
            (Ok(said), Part::Add(people) | Part::Remove(people)) => {
                let outcome = judge::acknowledged(said.as_ref(), people.len());
                ledger.set(item, outcome);
            }
            (Ok(_), _) => ledger.set(item, Outcome::Done),
            // The members are read to tell what the request did.
            (Err(failure @ Failure::Unclear(_)), Part::Add(_) | Part::Remove(_)) => {
                track.why = Some(failure.reason());
                self.ready.push_back(track);
            }
            (Err(failure), part) => {
                let made = if let Part::Budgets(plan) = part { track.budget.made(plan) } else { String::new() };
                let is_unclear = matches!(failure, Failure::Unclear(_));
                let words = format!("{}{made}", inline_message(&failure.reason())).into();
                ledger.set(item, if is_unclear { Outcome::Unknown(words) } else { Outcome::Refused(words) });
            }
        }
    }

    fn put_back(&mut self, ticket: Ticket, _: &mut Ledger<Part>) {
        let (Ticket::Read(item) | Ticket::Write(item)) = ticket;
        if let Some(track) = self.in_flight.remove(&item) {
            // Its workspace is read again first.
            self.ready.push_front(track);
        }
    }

    fn finish(&mut self, ledger: &mut Ledger<Part>) {
        ledger.end_started("The job was stopped before we could check this change.");
        self.ready.clear();
        self.waiting.clear();
    }

    fn undo((): &(), ledger: &Ledger<Part>) -> JobSpec<(), Part> {
        let done: Vec<&Item<Part>> = ledger.with(Outcome::Done).map(|at| &ledger.items()[at]).collect();
        let mut parts: BTreeMap<usize, Vec<Part>> = BTreeMap::new();
        let created: HashSet<usize> =
            done.iter().filter(|item| matches!(item.subject, Part::Create(_))).map(|item| item.workspace).collect();
        for item in done {
            // A workspace that this job created is deleted, with everything in it.
            if !created.contains(&item.workspace) || matches!(item.subject, Part::Create(_)) {
                parts.entry(item.workspace).or_default().extend(item.subject.undo());
            }
        }
        spec(parts.into_iter().map(|(at, parts)| (ledger.workspaces[at].clone(), parts)))
    }

    async fn send_read(client: Client, read: FileRead) -> Result<Found, Failure> {
        send::read(&client, read).await
    }

    async fn send_write(client: Client, write: FileWrite) -> WriteResult<Option<Acknowledged>> {
        send::write(&client, write).await
    }

    fn step(write: &FileWrite) -> StepAbout {
        send::step(write)
    }

    fn words((): &()) -> &'static Words {
        &WORDS
    }

    fn about(workspace: &WorkspaceId, part: &Part) -> About {
        About { person: None, key: None, workspace: workspace.clone(), change: Some(part.brief()) }
    }
}

impl Track {
    fn new(item: usize) -> Self {
        Self { item, budget: BudgetTrack::new(item), action: None, tries: 0, why: None }
    }
}
