//! Offboarding people: their chosen API keys are disabled, and then they are removed from workspaces. The undo goes the other
//! way.
//!
//! The planners of keys and of members do the work, one after the other.
//!
//! Invariant: no one is removed from a workspace while one of their chosen keys there may still work, because the API refuses
//! that.

mod half;
mod step;
mod words;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::activity::StepAbout;
use crate::api::members::Acknowledged;
use crate::api::{Client, WriteResult};
use crate::domain::{ApiKey, KeyHash, UserId, WorkspaceId, inline_text};
use crate::jobs::engine::{About, Call, Failure, JobSpec, Ledger, Outcome, Planner, Scope, Ticket, Words};
use crate::jobs::planners::keys::{KeyWrite, Keys, KeysAction};
use crate::jobs::planners::members::{Action, ListedMembers, Members, MembersWrite};
use half::Half;
pub use step::{Direction, Step, spec};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OffboardingRead {
    Key(KeyHash),
    Members(WorkspaceId),
}

#[derive(Debug)]
pub enum Found {
    Key(Box<ApiKey>),
    Members(ListedMembers),
}

#[derive(Debug, Clone)]
pub enum OffboardingWrite {
    Key(KeyWrite),
    Members(MembersWrite),
}

#[derive(Debug)]
pub enum Written {
    Key,
    Members(Acknowledged),
}

#[derive(Debug)]
enum Phase {
    Keys(Half<Keys>),
    Members(Half<Members>),
}

#[derive(Debug)]
pub struct Offboarding {
    direction: Direction,
    phase: Phase,
    /// Whether the other phase is still to come.
    is_first: bool,
    /// Requests of the present phase without an answer.
    in_flight: usize,
}

impl Direction {
    fn keys(self, ledger: &Ledger<Step>) -> Phase {
        let action = if self == Self::Offboard { KeysAction::Disable } else { KeysAction::Enable };
        Phase::Keys(Half::new(&action, ledger, Step::key))
    }

    fn members(self, ledger: &Ledger<Step>) -> Phase {
        let action = if self == Self::Offboard { Action::Remove } else { Action::Add };
        Phase::Members(Half::new(&action, ledger, Step::member))
    }
}

impl Planner for Offboarding {
    type Head = Direction;
    type Subject = Step;
    type Read = OffboardingRead;
    type Found = Found;
    type Write = OffboardingWrite;
    type Written = Written;

    const NAME: &'static str = "offboarding";
    const MAX_IN_FLIGHT: usize = Members::MAX_IN_FLIGHT;

    fn prepare(direction: &Direction, ledger: &Ledger<Step>) -> Self {
        let phase = match direction {
            Direction::Offboard => direction.keys(ledger),
            Direction::Restore => direction.members(ledger),
        };
        Self { direction: *direction, phase, is_first: true, in_flight: 0 }
    }

    fn next(&mut self, ledger: &mut Ledger<Step>, scope: Scope) -> Option<Call<Self>> {
        loop {
            let call = match &mut self.phase {
                Phase::Keys(half) => half.decide(ledger, |keys, ledger| keys.next(ledger, scope)).map(key_call),
                Phase::Members(half) => {
                    half.decide(ledger, |members, ledger| members.next(ledger, scope)).map(member_call)
                }
            };
            let is_open = match &self.phase {
                Phase::Keys(half) => half.is_open(),
                Phase::Members(half) => half.is_open(),
            };
            self.in_flight += usize::from(call.is_some());
            if self.in_flight != 0 || is_open || !self.is_first {
                return call;
            }
            self.start_second(ledger);
        }
    }

    fn apply_read(
        &mut self,
        ticket: usize,
        answer: Result<Found, Failure>,
        ledger: &mut Ledger<Step>,
        scope: Scope,
    ) -> Result<(), Arc<str>> {
        self.in_flight = self.in_flight.saturating_sub(1);
        match (&mut self.phase, answer) {
            (Phase::Keys(half), Ok(Found::Key(key))) => {
                half.decide(ledger, |keys, ledger| keys.apply_read(ticket, Ok(*key), ledger, scope))
            }
            (Phase::Keys(half), Err(failure)) => {
                // A key that was deleted works no more.
                let is_reached = matches!(failure, Failure::Gone(_)) && self.direction == Direction::Offboard;
                half.decide(ledger, |keys, ledger| {
                    let applied = keys.apply_read(ticket, Err(failure), ledger, scope);
                    if is_reached {
                        ledger.set(ticket, Outcome::Unchanged);
                    }
                    applied
                })
            }
            (Phase::Members(half), Ok(Found::Members(found))) => {
                half.decide(ledger, |members, ledger| members.apply_read(ticket, Ok(found), ledger, scope))
            }
            (Phase::Members(half), Err(failure)) => {
                half.decide(ledger, |members, ledger| members.apply_read(ticket, Err(failure), ledger, scope))
            }
            // Phases do not overlap, so an answer belongs to the present one.
            (_, Ok(_)) => Ok(()),
        }
    }

    fn apply_write(&mut self, ticket: usize, answer: Result<Written, Failure>, ledger: &mut Ledger<Step>) {
        self.in_flight = self.in_flight.saturating_sub(1);
        match (&mut self.phase, answer) {
            (Phase::Keys(half), answer) => {
                half.decide(ledger, |keys, ledger| keys.apply_write(ticket, answer.map(|_| ()), ledger));
            }
            (Phase::Members(half), Ok(Written::Members(said))) => {
                half.decide(ledger, |members, ledger| members.apply_write(ticket, Ok(said), ledger));
            }
            (Phase::Members(half), Err(failure)) => {
                half.decide(ledger, |members, ledger| members.apply_write(ticket, Err(failure), ledger));
            }
            (Phase::Members(_), Ok(Written::Key)) => {}
        }
    }

    fn put_back(&mut self, ticket: Ticket, ledger: &mut Ledger<Step>) {
        self.in_flight = self.in_flight.saturating_sub(1);
        match &mut self.phase {
            Phase::Keys(half) => half.decide(ledger, |keys, ledger| keys.put_back(ticket, ledger)),
            Phase::Members(half) => half.decide(ledger, |members, ledger| members.put_back(ticket, ledger)),
        }
    }

    fn finish(&mut self, ledger: &mut Ledger<Step>) {
        match &mut self.phase {
            Phase::Keys(half) => half.decide(ledger, Planner::finish),
            Phase::Members(half) => half.decide(ledger, Planner::finish),
        }
        // Of the other phase, as a closed tab left it.
        ledger.end_started("The job was stopped before we could check this change.");
    }

    fn undo(direction: &Direction, ledger: &Ledger<Step>) -> JobSpec<Direction, Step> {
        let done = ledger.with(Outcome::Done).filter_map(|at| {
            let item = &ledger.items()[at];
            let workspace = &ledger.workspaces[item.workspace];
            Some(match &item.subject {
                Step::Member(person) => (workspace.clone(), Step::Member(person.clone())),
                Step::Key { owner, key } => {
                    let (workspace, key) = key.undo(workspace)?;
                    (workspace, Step::Key { owner: owner.clone(), key: Box::new(key) })
                }
            })
        });
        JobSpec::grouped(direction.opposite(), done)
    }

    async fn send_read(client: Client, read: OffboardingRead) -> Result<Found, Failure> {
        match read {
            OffboardingRead::Key(hash) => Keys::send_read(client, hash).await.map(|key| Found::Key(Box::new(key))),
            OffboardingRead::Members(workspace) => Members::send_read(client, workspace).await.map(Found::Members),
        }
    }

    async fn send_write(client: Client, write: OffboardingWrite) -> WriteResult<Written> {
        match write {
            OffboardingWrite::Key(write) => Keys::send_write(client, write).await.map(|()| Written::Key),
            OffboardingWrite::Members(write) => Members::send_write(client, write).await.map(Written::Members),
        }
    }

    fn step(write: &OffboardingWrite) -> StepAbout {
        match write {
            OffboardingWrite::Key(write) => Keys::step(write),
            OffboardingWrite::Members(write) => Members::step(write),
        }
    }

    fn words(direction: &Direction) -> &'static Words {
        match direction {
            Direction::Offboard => &words::OFFBOARD,
            Direction::Restore => &words::RESTORE,
        }
    }

    fn about(workspace: &WorkspaceId, step: &Step) -> About {
        let person = Some(step.person().clone());
        match step {
            Step::Member(_) => {
                About { person, workspace: workspace.clone(), change: Some("Membership".to_owned()), key: None }
            }
            Step::Key { key, .. } => {
                let about = Keys::about(workspace, key);
                About { person, change: Some(format!("API key “{}”", inline_text(&key.name))), ..about }
            }
        }
    }
}

impl Offboarding {
    fn start_second(&mut self, ledger: &mut Ledger<Step>) {
        self.is_first = false;
        self.phase = match self.direction {
            Direction::Offboard => {
                refuse_owners(ledger);
                self.direction.members(ledger)
            }
            Direction::Restore => self.direction.keys(ledger),
        };
    }
}

/// Refuses the removals of people of whom a chosen key in the workspace may still work.
fn refuse_owners(ledger: &mut Ledger<Step>) {
    let is_met = |outcome: &Outcome| matches!(outcome, Outcome::Done | Outcome::Unattributed | Outcome::Unchanged);
    let mut working: HashMap<usize, HashMap<UserId, String>> = HashMap::new();
    for item in ledger.items().iter().filter(|item| !is_met(&item.outcome)) {
        if let Step::Key { owner, key } = &item.subject {
            let name = inline_text(&key.name);
            working.entry(item.workspace).or_default().insert(owner.clone(), name);
        }
    }
    let waiting: HashSet<usize> = ledger.with(Outcome::Waiting).collect();
    for at in waiting {
        let item = &ledger.items()[at];
        let name = item.subject.member().and_then(|person| working.get(&item.workspace)?.get(&person).cloned());
        if let Some(name) = name {
            let reason = format!("Not sent: their API key “{name}” may still be active in this workspace.");
            ledger.set(at, Outcome::Refused(reason.into()));
        }
    }
}

fn key_call(call: Call<Keys>) -> Call<Offboarding> {
    match call {
        Call::Read(ticket, hash) => Call::Read(ticket, OffboardingRead::Key(hash)),
        Call::Write(ticket, write) => Call::Write(ticket, OffboardingWrite::Key(write)),
    }
}

fn member_call(call: Call<Members>) -> Call<Offboarding> {
    match call {
        Call::Read(ticket, workspace) => Call::Read(ticket, OffboardingRead::Members(workspace)),
        Call::Write(ticket, write) => Call::Write(ticket, OffboardingWrite::Members(write)),
    }
}
