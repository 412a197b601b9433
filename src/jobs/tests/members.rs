//! Jobs for members against a model of the server.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use proptest::prelude::*;

use super::super::engine::job::Next;
use super::super::engine::{Call, Command, Failure, Job, JobSpec, Outcome, OutcomeKind, Stage, record};
use super::super::planners::members::{Action, ListedMembers, Members, Target, spec};
use super::members_model::{Fault, Server};
use super::{person, workspace};
use crate::api::members::Acknowledged;
use crate::domain::UserId;

pub(super) type Tab = super::Tab<Members, Server>;

pub(super) fn targets(action: Action, counts: &[usize]) -> JobSpec<Action, UserId> {
    let target = |(at, count): (usize, &usize)| Target {
        workspace: workspace(at),
        people: (0..*count).map(person).collect(),
        already: Vec::new(),
    };
    spec(action, counts.iter().enumerate().map(target).collect())
}

pub(super) fn job(action: Action, counts: &[usize]) -> Job<Members> {
    Job::new(targets(action, counts))
}

pub(super) fn server(action: Action, counts: &[usize]) -> Rc<RefCell<Server>> {
    let people: BTreeSet<UserId> = (0..260).map(person).filter(|_| action == Action::Remove).collect();
    let members: BTreeMap<_, _> = (0..counts.len()).map(|at| (workspace(at), people.clone())).collect();
    Rc::new(RefCell::new(Server { members, ..Server::default() }))
}

/// A listing of these people, each with the time of the membership.
pub(super) fn listed(members: &[(usize, Option<i64>)]) -> ListedMembers {
    members.iter().map(|(at, created)| (person(*at), *created)).collect()
}

fn count(tab: &Tab, kind: OutcomeKind) -> usize {
    tab.job.borrow().ledger.counts().of(kind)
}

fn check(tab: &Tab) {
    let (job, server) = (tab.job.borrow(), tab.server.borrow());
    for item in job.ledger.items() {
        let is_member = server.members[&job.ledger.workspaces[item.workspace]].contains(&item.subject);
        let is_met = job.head.is_met(is_member);
        match &item.outcome {
            Outcome::Done | Outcome::Unchanged | Outcome::Unattributed => assert!(is_met, "{item:?} is not as wanted"),
            Outcome::Refused(why) => {
                assert!(!is_met, "{item:?} is as wanted");
                let is_isolated = server.refused_alone.contains(&item.subject);
                assert!(is_isolated || why.contains("nothing was changed"), "{item:?}");
            }
            open => panic!("{item:?} is not expected to be {open:?}"),
        }
    }
    assert!(!tab.is_ahead.get(), "something was sent before it was written down");
}

#[test]
fn batches_hold_a_hundred_and_everyone_is_done() {
    for action in [Action::Add, Action::Remove] {
        let server = server(action, &[250, 30]);
        let tab = Tab::new(&server, job(action, &[250, 30]));
        tab.run(None);
        assert_eq!(server.borrow().sent, [100, 100, 50, 30]);
        assert_eq!((count(&tab, OutcomeKind::Done), tab.job.borrow().stage()), (280, Stage::Ended));
        check(&tab);
    }
}

#[test]
fn people_who_are_as_wanted_already_are_told_and_not_sent() {
    let target =
        Target { workspace: workspace(0), people: (0..3).map(person).collect(), already: vec![person(1), person(7)] };
    let server = server(Action::Add, &[3]);
    server.borrow_mut().members.entry(workspace(0)).or_default().extend([person(1), person(7)]);
    let tab = Tab::new(&server, Job::new(spec(Action::Add, vec![target])));
    tab.run(None);
    assert_eq!((tab.letters().as_str(), &server.borrow().sent[..]), ("aadd", &[2][..]));
}

#[test]
fn a_stop_leaves_the_rest_untried_and_they_can_be_resumed() {
    let server = server(Action::Remove, &[250]);
    let tab = Tab::new(&server, job(Action::Remove, &[250]));
    tab.job.borrow_mut().decide();
    tab.job.borrow_mut().command(Command::Stop);
    tab.job.borrow_mut().apply_write(0, Ok(Acknowledged::of(100)));
    server
        .borrow_mut()
        .members
        .entry(workspace(0))
        .or_default()
        .retain(|id| (100..260).map(person).any(|it| it == *id));
    tab.run(None);
    let counts = tab.job.borrow().ledger.counts();
    assert_eq!((counts.of(OutcomeKind::Done), counts.of(OutcomeKind::NotTried), counts.retried()), (100, 150, 150));
    tab.job.borrow_mut().command(Command::Retry);
    tab.run(None);
    assert_eq!(count(&tab, OutcomeKind::Done), 250);
    check(&tab);
}

#[test]
fn a_paused_job_sends_nothing_and_continues() {
    let mut job = job(Action::Add, &[150]);
    assert!(matches!(job.decide(), Next::Send(Call::Write(0, _))));
    job.command(Command::Pause);
    job.apply_write(0, Ok(Acknowledged::of(100)));
    assert!(matches!(job.decide(), Next::Idle));
    assert_eq!(job.stage(), Stage::Paused(None));
    job.command(Command::Resume);
    assert!(matches!(job.decide(), Next::Send(Call::Write(1, write)) if write.people.len() == 50));
}

#[test]
fn a_workspace_that_is_gone_refuses_everyone_at_once() {
    let server = server(Action::Add, &[250, 2]);
    server.borrow_mut().members.remove(&workspace(0));
    let tab = Tab::new(&server, job(Action::Add, &[250, 2]));
    tab.run(None);
    assert_eq!((count(&tab, OutcomeKind::Refused), count(&tab, OutcomeKind::Done)), (250, 2));
    assert!(server.borrow().sent.len() <= 4);
}

#[test]
fn a_stop_without_a_listing_says_that_the_outcome_is_unknown() {
    let server = server(Action::Add, &[2]);
    server.borrow_mut().faults.push_back((Fault::LostAfter, 0));
    server.borrow_mut().list_faults.push_back(Fault::LostBefore);
    let tab = Tab::new(&server, job(Action::Add, &[2]));
    tab.job.borrow_mut().decide();
    tab.job.borrow_mut().command(Command::Stop);
    tab.job.borrow_mut().apply_write(0, Err(Failure::Unclear("Closed.".into())));
    tab.run(None);
    assert_eq!(tab.letters(), "uu");
    tab.job.borrow_mut().command(Command::Retry);
    server.borrow_mut().faults.clear();
    tab.run(None);
    assert_eq!(tab.letters(), "dd");
}

#[test]
fn a_listing_that_is_not_certain_settles_no_one() {
    for action in [Action::Add, Action::Remove] {
        let mut job = job(action, &[2]);
        assert!(matches!(job.decide(), Next::Send(Call::Write(..))));
        job.apply_write(0, Err(Failure::Unclear("Closed.".into())));
        assert!(matches!(job.decide(), Next::Send(Call::Read(..))));
        let uncertain: std::sync::Arc<str> = "The members kept changing while they were loading.".into();
        job.apply_read(0, Err(Failure::Unclear(uncertain.clone())));
        assert_eq!(job.stage(), Stage::Paused(Some(uncertain)));
        assert_eq!(job.ledger.counts().settled(), 0);
    }
}

/// J01: Undo leaves a person whom someone else had added before.
#[test]
fn a_member_from_before_is_unchanged_and_not_undone() {
    let mut job = job(Action::Add, &[2]);
    job.decide();
    job.apply_write(0, Ok(Acknowledged { count: 2, already: [person(1)].into() }));
    job.decide();
    job.apply_read(0, Ok(listed(&[(0, None), (1, None)])));
    let outcomes: Vec<_> = job.ledger.items().iter().map(|item| item.outcome.clone()).collect();
    assert_eq!(outcomes, [Outcome::Done, Outcome::Unchanged]);
    let undone: Vec<_> = job.undo().items.into_iter().map(|item| item.subject).collect();
    assert_eq!(undone, [person(0)]);
}

/// J02: the API acknowledges what it does not do.
#[test]
fn what_the_server_acknowledged_is_compared_with_the_list() {
    for (action, shown) in [(Action::Add, 0), (Action::Remove, 1)] {
        let mut job = job(action, &[2]);
        job.decide();
        job.apply_write(0, Ok(Acknowledged::of(2)));
        assert!(matches!(job.decide(), Next::Send(Call::Read(0, _))));
        job.apply_read(0, Ok(listed(&[(shown, None)])));
        let counts = job.ledger.counts();
        assert_eq!((counts.of(OutcomeKind::Done), counts.of(OutcomeKind::Refused)), (1, 1));
    }
    // Without a list its word stands, and the job does not wait for one.
    let mut job = job(Action::Add, &[2]);
    job.decide();
    job.apply_write(0, Ok(Acknowledged::of(2)));
    job.decide();
    job.apply_read(0, Err(Failure::Unclear("Closed.".into())));
    assert!(matches!(job.decide(), Next::End));
    assert_eq!(job.ledger.counts().of(OutcomeKind::Done), 2);
}

#[test]
fn undo_is_about_those_who_are_done() {
    let mut job = job(Action::Add, &[3, 2]);
    job.decide();
    job.apply_write(0, Ok(Acknowledged::of(3)));
    job.command(Command::Stop);
    job.decide();
    let undo = job.undo();
    assert_eq!((undo.head, undo.workspaces, undo.items.len()), (Action::Remove, vec![workspace(0)], 3));
}

pub(super) fn fault() -> impl Strategy<Value = (Fault, u8)> {
    let fault = prop_oneof![
        4 => Just(Fault::None),
        1 => Just(Fault::LostBefore),
        1 => Just(Fault::LostAfter),
        1 => Just(Fault::Busy),
        1 => Just(Fault::Unauthorized),
        1 => Just(Fault::Miscounted),
    ];
    (fault, 0u8..6)
}

pub(super) fn list_fault() -> impl Strategy<Value = Fault> {
    prop_oneof![2 => Just(Fault::None), 1 => Just(Fault::LostBefore), 1 => Just(Fault::Busy), 1 => Just(Fault::Unauthorized)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn what_the_outcomes_say_is_what_the_server_holds(
        is_adding: bool,
        counts in prop::collection::vec(1usize..260, 1..3),
        blocked in prop::collection::btree_set(0usize..260, 0..12),
        names_them: bool,
        faults in prop::collection::vec(fault(), 0..25),
        list_faults in prop::collection::vec(list_fault(), 0..8),
        closings in prop::collection::vec(1usize..40, 0..3),
    ) {
        let action = if is_adding { Action::Add } else { Action::Remove };
        let server = server(action, &counts);
        {
            let mut server = server.borrow_mut();
            server.blocked = blocked.into_iter().map(person).collect();
            server.names_them = names_them;
            server.faults = faults.into();
            server.list_faults = list_faults.into();
        }
        let tab = Tab::new(&server, job(action, &counts)).run_through(closings, Server::forget);
        check(&tab);
    }

    #[test]
    fn whatever_others_do_at_the_same_time_the_job_ends_and_its_counts_add_up(
        counts in prop::collection::vec(1usize..260, 1..3),
        faults in prop::collection::vec(
            prop_oneof![fault(), (0u16..260).prop_map(|at| (Fault::Meddled(at), 1))], 0..30),
    ) {
        let server = server(Action::Remove, &counts);
        server.borrow_mut().faults = faults.into();
        let tab = Tab::new(&server, job(Action::Remove, &counts));
        tab.run(None);
        let job = tab.job.borrow();
        prop_assert!(job.ledger.items().iter().all(|item| item.outcome.kind().is_some()));
        prop_assert_eq!(job.ledger.counts().settled(), counts.iter().sum::<usize>());
        prop_assert_eq!(job.ledger.counts().of(OutcomeKind::Unknown) + job.ledger.counts().of(OutcomeKind::NotTried), 0);
    }

    #[test]
    fn a_record_that_cannot_be_read_is_no_job(spec in ".{0,60}", state in ".{0,20}") {
        prop_assert!(record::restore::<Members>(&spec, &state).is_none());
    }
}
