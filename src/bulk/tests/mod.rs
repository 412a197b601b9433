//! The engine against a model of the server.
//!
//! Invariant: what the outcomes say is what the server holds.

mod hostile;
mod model;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use futures::FutureExt as _;
use futures::executor::LocalPool;
use futures::future::poll_fn;
use futures::task::Poll;
use proptest::prelude::*;

use super::{Action, Machine, Order, Stage, Status, Target, drive, record};
use crate::domain::{UserId, WorkspaceId};
use model::{Fault, Server, Tab};

fn person(at: usize) -> UserId {
    UserId::parse(&format!("user_{at}")).unwrap()
}

fn workspace(at: usize) -> WorkspaceId {
    WorkspaceId::parse(&format!("0f8fad5b-d9cb-469f-a165-7086772895{at:02}")).unwrap()
}

fn order(action: Action, counts: &[usize]) -> Order {
    let target = |(at, count): (usize, &usize)| Target {
        workspace: workspace(at),
        people: (0..*count).map(person).collect(),
        already: Vec::new(),
    };
    Order { action, targets: counts.iter().enumerate().map(target).collect() }
}

fn server(action: Action, counts: &[usize]) -> Rc<RefCell<Server>> {
    let people: BTreeSet<UserId> = (0..260).map(person).filter(|_| action == Action::Remove).collect();
    let members: BTreeMap<_, _> = (0..counts.len()).map(|at| (workspace(at), people.clone())).collect();
    Rc::new(RefCell::new(Server { members, ..Server::default() }))
}

/// Drives until the job is over, or until so many changes: then the tab is closed.
fn run(tab: &Tab, most: Option<usize>) {
    let machine = tab.machine.clone();
    let mut driving = Box::pin(drive(&machine, tab));
    let closing = poll_fn(|context| {
        if most.is_some_and(|most| tab.changes.get() >= most) {
            return Poll::Ready(());
        }
        driving.poll_unpin(context)
    });
    LocalPool::new().run_until(closing);
}

/// The statuses, as their first letters.
fn letters(machine: &Machine) -> String {
    record::state(machine).split('[').next().unwrap_or_default().to_owned()
}

fn check(tab: &Tab) {
    let (machine, server) = (tab.machine.borrow(), tab.server.borrow());
    for item in machine.items() {
        let is_member = server.members[&machine.workspaces()[item.place]].contains(&item.person);
        let is_met = machine.action().is_met(is_member);
        match &item.status {
            Status::Done | Status::AlreadySo => assert!(is_met, "{item:?} is not as wanted"),
            Status::Refused(why) => {
                assert!(!is_met, "{item:?} is as wanted all the same");
                let is_isolated = server.refused_alone.contains(&item.person);
                assert!(is_isolated || why.contains("nothing was changed"), "{item:?}");
            }
            Status::Waiting | Status::Sent | Status::Unknown(_) | Status::NotTried => panic!("{item:?} is no end here"),
        }
    }
    assert!(!tab.is_ahead.get(), "something was sent before it was written down");
}

#[test]
fn batches_hold_a_hundred_and_everybody_is_done() {
    for action in [Action::Add, Action::Remove] {
        let server = server(action, &[250, 30]);
        let tab = Tab::new(&server, Machine::new(order(action, &[250, 30])));
        run(&tab, None);
        assert_eq!(server.borrow().sent, [100, 100, 50, 30]);
        assert_eq!((tab.machine.borrow().tally().done(), tab.machine.borrow().stage()), (280, Stage::Ended));
        check(&tab);
    }
}

#[test]
fn whoever_is_as_wanted_already_is_told_so_and_not_sent() {
    let mut order = order(Action::Add, &[3]);
    order.targets[0].already = vec![person(1), person(7)];
    let server = server(Action::Add, &[3]);
    server.borrow_mut().members.entry(workspace(0)).or_default().extend([person(1), person(7)]);
    let tab = Tab::new(&server, Machine::new(order));
    run(&tab, None);
    assert_eq!((letters(&tab.machine.borrow()).as_str(), &server.borrow().sent[..]), ("aadd", &[2][..]));
}

#[test]
fn a_stop_leaves_the_rest_untried_and_they_can_go_on() {
    let server = server(Action::Remove, &[250]);
    let tab = Tab::new(&server, Machine::new(order(Action::Remove, &[250])));
    tab.machine.borrow_mut().decide();
    tab.machine.borrow_mut().stop();
    tab.machine.borrow_mut().answered(0, Ok(100));
    server
        .borrow_mut()
        .members
        .entry(workspace(0))
        .or_default()
        .retain(|id| (100..260).map(person).any(|it| it == *id));
    run(&tab, None);
    let tally = tab.machine.borrow().tally();
    assert_eq!((tally.done(), tally.not_tried(), tally.failed()), (100, 150, 150));
    tab.machine.borrow_mut().resume();
    run(&tab, None);
    assert_eq!(tab.machine.borrow().tally().done(), 250);
    check(&tab);
}

#[test]
fn a_paused_job_sends_nothing_and_goes_on() {
    let mut machine = Machine::new(order(Action::Add, &[150]));
    assert!(matches!(machine.decide(), super::Next::Send { lane: 0, .. }));
    machine.pause();
    machine.answered(0, Ok(100));
    assert_eq!((machine.decide(), machine.stage()), (super::Next::Idle, Stage::Paused(None)));
    machine.resume();
    assert!(matches!(machine.decide(), super::Next::Send { lane: 1, people, .. } if people.len() == 50));
}

#[test]
fn a_workspace_that_is_gone_refuses_everybody_at_once() {
    let server = server(Action::Add, &[250, 2]);
    server.borrow_mut().members.remove(&workspace(0));
    let tab = Tab::new(&server, Machine::new(order(Action::Add, &[250, 2])));
    run(&tab, None);
    let tally = tab.machine.borrow().tally();
    assert_eq!((tally.refused(), tally.done()), (250, 2));
    assert!(server.borrow().sent.len() <= 4);
}

#[test]
fn a_stop_without_a_way_to_look_says_that_it_is_not_known() {
    let server = server(Action::Add, &[2]);
    server.borrow_mut().faults.push_back((Fault::LostAfter, 0));
    server.borrow_mut().list_faults.push_back(Fault::LostBefore);
    let tab = Tab::new(&server, Machine::new(order(Action::Add, &[2])));
    tab.machine.borrow_mut().decide();
    tab.machine.borrow_mut().stop();
    tab.machine.borrow_mut().answered(0, Err(super::Failure::Unclear("Closed.".into())));
    run(&tab, None);
    assert_eq!(letters(&tab.machine.borrow()), "uu");
    tab.machine.borrow_mut().retry();
    server.borrow_mut().faults.clear();
    run(&tab, None);
    assert_eq!(letters(&tab.machine.borrow()), "dd");
}

fn fault() -> impl Strategy<Value = (Fault, u8)> {
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

fn list_fault() -> impl Strategy<Value = Fault> {
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
        let mut tab = Tab::new(&server, Machine::new(order(action, &counts)));
        for closing in closings {
            run(&tab, Some(closing));
            let (order, state) = tab.written.borrow().clone();
            // Requests of a closed tab arrive or not: here those that were on their way did not.
            server.borrow_mut().forget();
            tab = Tab::new(&server, record::restore(&order, &state).unwrap());
        }
        run(&tab, None);
        check(&tab);
    }

    #[test]
    fn whatever_others_do_meanwhile_the_job_ends_and_its_counts_add_up(
        counts in prop::collection::vec(1usize..260, 1..3),
        faults in prop::collection::vec(
            prop_oneof![fault(), (0u16..260).prop_map(|at| (Fault::Meddled(at), 1))], 0..30),
    ) {
        let server = server(Action::Remove, &counts);
        server.borrow_mut().faults = faults.into();
        let tab = Tab::new(&server, Machine::new(order(Action::Remove, &counts)));
        run(&tab, None);
        let machine = tab.machine.borrow();
        prop_assert!(machine.items().iter().all(|item| item.status.is_end()));
        prop_assert_eq!(machine.tally().settled(), counts.iter().sum::<usize>());
        prop_assert_eq!(machine.tally().unknown() + machine.tally().not_tried(), 0);
    }

    #[test]
    fn a_record_that_cannot_be_read_is_no_job(order in ".{0,60}", state in ".{0,20}") {
        prop_assert!(record::restore(&order, &state).is_none());
    }
}
