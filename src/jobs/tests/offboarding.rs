//! Offboarding against a model of the server, which removes no one who has a working key in the workspace.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};
use std::rc::Rc;
use std::time::Duration;

use futures::future::LocalBoxFuture;
use proptest::prelude::*;

use super::super::engine::job::Next;
use super::super::engine::{Call, Command, Failure, Item, Job, Outcome, OutcomeKind, Planner as _};
use super::super::planners::keys::KeyChange;
use super::super::planners::members::Action;
use super::super::planners::offboarding::{
    Direction, Found, Offboarding, OffboardingRead, OffboardingWrite, Step, Written, spec,
};
use super::{After, Model, person, workspace};
use crate::api::members::Acknowledged;
use crate::domain::{ApiKey, KeyHash, UserId, WorkspaceId};

type Tab = super::Tab<Offboarding, Server>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    LostBefore,
    LostAfter,
    Refused,
    Busy,
    Unauthorized,
}

#[derive(Default)]
struct Server {
    members: BTreeMap<WorkspaceId, BTreeSet<UserId>>,
    keys: BTreeMap<KeyHash, ApiKey>,
    /// Managed by an identity provider.
    managed: BTreeSet<UserId>,
    faults: VecDeque<(Fault, u8)>,
    /// What was sent, in words.
    sent: Vec<String>,
}

fn refused(words: &str) -> Failure {
    Failure::Refused { words: words.into(), mentions: String::new() }
}

impl Fault {
    /// What happens instead of the request.
    fn before(self) -> Result<(), Failure> {
        match self {
            Self::None | Self::LostAfter => Ok(()),
            Self::LostBefore => Err(Failure::Unclear("No connection.".into())),
            Self::Refused => Err(refused("Not today.")),
            Self::Busy => Err(Failure::Busy(Some(Duration::from_secs(1)))),
            Self::Unauthorized => Err(Failure::Unauthorized),
        }
    }

    fn after<T>(self, answer: T) -> Result<T, Failure> {
        if self == Self::LostAfter { Err(Failure::Unclear("No connection.".into())) } else { Ok(answer) }
    }
}

impl Server {
    fn has_working_key(&self, workspace: &WorkspaceId, person: &UserId) -> bool {
        let place = (Some(workspace), Some(person));
        let mut working = self.keys.values().filter(|key| !key.disabled);
        working.any(|key| (key.workspace_id.as_ref(), key.creator_user_id.as_ref()) == place)
    }

    fn read(&self, read: &OffboardingRead, fault: Fault) -> Result<Found, Failure> {
        fault.before()?;
        fault.after(match read {
            OffboardingRead::Key(hash) => {
                Found::Key(Box::new(self.keys.get(hash).cloned().ok_or(Failure::Gone("No such key.".into()))?))
            }
            OffboardingRead::Members(workspace) => {
                Found::Members(self.members[workspace].iter().map(|id| (id.clone(), Some(0))).collect())
            }
        })
    }

    fn write(&mut self, write: &OffboardingWrite, fault: Fault) -> Result<Written, Failure> {
        fault.before()?;
        match write {
            OffboardingWrite::Key(write) => {
                let key = self.keys.get_mut(&write.key.hash).ok_or(Failure::Gone("No such key.".into()))?;
                key.disabled = write.key.change == KeyChange::Disable;
                self.sent.push(format!("key {}", write.key.hash));
                fault.after(Written::Key)
            }
            OffboardingWrite::Members(write) => {
                let people = write.people.clone();
                if write.action == Action::Remove {
                    let is_held = |id: &UserId| self.has_working_key(&write.workspace, id);
                    assert!(!people.iter().any(is_held), "someone is sent whose chosen key works");
                    if people.iter().any(|id| self.managed.contains(id)) {
                        return Err(refused("Managed by the identity provider."));
                    }
                }
                self.sent.push(format!("members {}", people.len()));
                let members = self.members.get_mut(&write.workspace).unwrap();
                let mut count = 0;
                for id in people {
                    let is_changed =
                        if write.action == Action::Remove { members.remove(&id) } else { members.insert(id) };
                    count += u64::from(is_changed);
                }
                fault.after(Written::Members(Acknowledged { count, already: HashSet::new() }))
            }
        }
    }
}

impl Model<Offboarding> for Server {
    fn answer_read(tab: &Tab, read: &OffboardingRead) -> LocalBoxFuture<'static, Result<Found, Failure>> {
        let (server, read) = (tab.server.clone(), read.clone());
        let (fault, delay) = server.borrow_mut().faults.pop_front().unwrap_or((Fault::None, 1));
        Box::pin(async move {
            After(delay).await;
            server.borrow().read(&read, fault)
        })
    }

    fn answer_write(tab: &Tab, write: &OffboardingWrite) -> LocalBoxFuture<'static, Result<Written, Failure>> {
        let (server, write) = (tab.server.clone(), write.clone());
        let (fault, delay) = server.borrow_mut().faults.pop_front().unwrap_or((Fault::None, 1));
        Box::pin(async move {
            After(delay).await;
            server.borrow_mut().write(&write, fault)
        })
    }
}

/// People who are members of two workspaces, with a key in the first of them and one in a workspace of all.
fn tab(people: usize) -> Tab {
    let (mut server, mut steps) = (Server::default(), Vec::new());
    for at in 0..people {
        let owner = person(at);
        for place in [at % 3, at % 3 + 1] {
            server.members.entry(workspace(place)).or_default().insert(owner.clone());
            steps.push((workspace(place), Step::Member(owner.clone()), None));
        }
        for place in [at % 3, 9] {
            let json = format!(
                r#"{{"hash":"{at}k{place}","name":"CI","workspace_id":"{}","creator_user_id":"{owner}"}}"#,
                workspace(place)
            );
            let key: ApiKey = serde_json::from_str(&json).unwrap();
            steps.push((workspace(place), Step::disable(owner.clone(), &key), None));
            server.keys.insert(key.hash.clone(), key);
        }
    }
    Tab::new(&Rc::new(RefCell::new(server)), Job::new(spec(steps)))
}

/// Each outcome agrees with what the server holds.
fn check(tab: &Tab) {
    let (job, server) = (tab.job.borrow(), tab.server.borrow());
    for item in job.ledger.items() {
        let is_reached = match &item.subject {
            Step::Member(person) => !server.members[&job.ledger.workspaces[item.workspace]].contains(person),
            Step::Key { key, .. } => server.keys.get(&key.hash).is_none_or(|key| key.disabled),
        };
        match &item.outcome {
            Outcome::Done | Outcome::Unchanged | Outcome::Unattributed => assert!(is_reached, "{item:?}"),
            Outcome::Refused(_) | Outcome::NotTried => assert!(!is_reached, "{item:?}"),
            Outcome::Unknown(_) => {}
            other => panic!("{other:?} is not final"),
        }
    }
}

#[test]
fn all_keys_are_disabled_before_anyone_is_removed_and_undo_goes_the_other_way() {
    let tab = tab(5);
    let (members, keys) = (tab.server.borrow().members.clone(), tab.server.borrow().keys.clone());
    tab.run(None);
    assert_eq!(tab.letters(), "d".repeat(20));
    check(&tab);
    let is_key = |sent: &String| sent.starts_with("key");
    assert!(tab.server.borrow().sent.is_sorted_by_key(|sent| !is_key(sent)));
    assert_eq!(tab.server.borrow().sent.iter().filter(|sent| is_key(sent)).count(), 10);

    tab.server.borrow_mut().sent.clear();
    let undo = Offboarding::undo(&Direction::Offboard, &tab.job.borrow().ledger);
    let undone = Tab::new(&tab.server, Job::new(undo));
    undone.run(None);
    assert_eq!(undone.letters(), "d".repeat(20));
    assert!(undone.server.borrow().sent.is_sorted_by_key(is_key));
    assert_eq!((&undone.server.borrow().members, &undone.server.borrow().keys), (&members, &keys));
}

#[test]
fn a_key_that_could_not_be_disabled_keeps_its_owner_in_that_workspace_alone() {
    let tab = tab(1);
    // The reads of both keys, then the refused write of the first.
    tab.server.borrow_mut().faults = [(Fault::None, 1), (Fault::None, 1), (Fault::Refused, 1)].into();
    tab.run(None);
    check(&tab);
    let reason = |item: &Item<Step>| item.outcome.reason().cloned();
    let reasons: Vec<_> = tab.job.borrow().ledger.items().iter().filter_map(reason).collect();
    assert_eq!(reasons.len(), 2, "{reasons:?}");
    assert!(reasons.iter().any(|reason| reason.contains("their API key “CI” may still be active")), "{reasons:?}");
    tab.job.borrow_mut().command(Command::Retry);
    tab.run(None);
    assert_eq!(tab.letters(), "dddd");
}

#[test]
fn a_key_that_was_deleted_meanwhile_keeps_no_one() {
    let tab = tab(1);
    tab.server.borrow_mut().keys.clear();
    tab.run(None);
    assert_eq!(tab.letters().replace('a', ""), "dd");
    check(&tab);
}

#[test]
fn managed_people_are_refused_and_all_others_are_removed() {
    let tab = tab(7);
    tab.server.borrow_mut().managed.insert(person(3));
    tab.run(None);
    check(&tab);
    assert_eq!((tab.letters().matches('r').count(), tab.letters().matches('d').count()), (2, 26));
}

#[test]
fn a_job_that_is_stopped_while_keys_are_disabled_removes_no_one() {
    let tab = tab(3);
    let mut job = tab.job.borrow_mut();
    let Next::Send(Call::Read(ticket, OffboardingRead::Key(_))) = job.decide() else { panic!("keys come first") };
    job.command(Command::Stop);
    job.apply_read(ticket, Err(refused("Not today.")));
    assert!(matches!(job.decide(), Next::End));
    let counts = job.ledger.counts();
    // What was not tried is not called refused.
    assert_eq!((counts.of(OutcomeKind::Refused), counts.of(OutcomeKind::NotTried)), (1, 11));
}

fn fault() -> impl Strategy<Value = (Fault, u8)> {
    let fault = prop_oneof![
        8 => Just(Fault::None),
        1 => Just(Fault::LostBefore),
        1 => Just(Fault::LostAfter),
        1 => Just(Fault::Refused),
        1 => Just(Fault::Busy),
        1 => Just(Fault::Unauthorized),
    ];
    (fault, 0u8..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn every_outcome_agrees_with_the_server_and_a_retry_reaches_the_goal(
        people in 1usize..9,
        faults in prop::collection::vec(fault(), 0..40),
        closings in prop::collection::vec(1usize..60, 0..3),
    ) {
        let tab = tab(people);
        tab.server.borrow_mut().faults = faults.into();
        let tab = tab.run_through(closings, |_| ());
        check(&tab);
        tab.server.borrow_mut().faults.clear();
        tab.job.borrow_mut().command(Command::Retry);
        tab.run(None);
        check(&tab);
        prop_assert!(tab.letters().chars().all(|letter| "dao".contains(letter)), "{}", tab.letters());
    }
}
