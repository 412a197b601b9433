//! Jobs for budgets against a model of the server.

use std::cell::RefCell;
use std::rc::Rc;

use proptest::prelude::*;

use super::super::engine::{Call, Failure, Item, Job, Next, Outcome, OutcomeKind, Planner as _, Stage, record};
use super::super::planners::budgets::{BudgetChange, BudgetWrite, Budgets, spec};
use super::budgets_model::{Fault, Server};
use super::workspace;
use crate::domain::{BudgetState, Interval, Ladder, Plan, Usd, Wanted, WorkspaceId};

type Tab = super::Tab<Budgets, Server>;
type Limits = [Option<u32>; 4];

fn ladder(limits: Limits) -> Ladder {
    let limits = Interval::ALL.into_iter().zip(limits);
    limits.fold(Ladder::default(), |it, (at, limit)| it.with(at, limit.and_then(|it| Usd::parse(&it.to_string()).ok())))
}

fn state(limits: Limits) -> BudgetState {
    BudgetState { ladder: ladder(limits), counts_byok: Some(false) }
}

/// The budgets that [`plans`] start from.
pub(super) fn start() -> BudgetState {
    state([None, Some(1000), Some(600), None])
}

fn plan(from: BudgetState, to: Limits) -> Plan {
    Plan::new(from, Wanted::ladder(ladder(to).judge().unwrap()))
}

/// Plans of two steps each: weekly $600 → $300, then monthly $1,000 → $500.
pub(super) fn plans(count: usize) -> Vec<(WorkspaceId, Plan)> {
    (0..count).map(|at| (workspace(at), plan(start(), [None, Some(500), Some(300), None]))).collect()
}

fn server(plans: &[(WorkspaceId, Plan)]) -> Rc<RefCell<Server>> {
    let states = plans.iter().map(|(id, plan)| (id.clone(), plan.start())).collect();
    Rc::new(RefCell::new(Server { states, ..Server::default() }))
}

fn tab(plans: &[(WorkspaceId, Plan)]) -> Tab {
    Tab::new(&server(plans), Job::new(spec(plans.to_vec())))
}

fn outcome(tab: &Tab, at: usize) -> Outcome {
    tab.job.borrow().items()[at].outcome.clone()
}

/// A job as a record holds it: the letters are those of the record.
fn restored(plans: &[(WorkspaceId, Plan)], letters: &str) -> Job<Budgets> {
    let text = record::spec(&Job::<Budgets>::new(spec(plans.to_vec())));
    record::restore(&text, &format!("{letters}[]")).unwrap()
}

/// Each outcome agrees with what the server holds, and the limits were never out of order.
fn check(tab: &Tab, plans: &[(WorkspaceId, Plan)]) {
    let (job, server) = (tab.job.borrow(), tab.server.borrow());
    assert!(!tab.is_ahead.get(), "something was sent before it was written down");
    assert_eq!(job.counts().settled(), plans.len());
    for (Item { outcome, workspace, .. }, (id, plan)) in job.items().iter().zip(plans) {
        assert_eq!(job.workspaces()[*workspace], *id);
        let (now, is_meddled) = (server.states[id], server.meddled.contains(id));
        match outcome {
            Outcome::Done | Outcome::Unchanged => {
                assert!(is_meddled || now.is_same(&plan.end()), "{outcome:?} {now:?}")
            }
            Outcome::ChangedElsewhere => assert!(is_meddled, "{id} is said to be changed elsewhere"),
            Outcome::Refused(_) | Outcome::Unknown(_) => {
                assert!(is_meddled || plan.states().iter().any(|state| state.is_same(&now)), "{outcome:?} {now:?}");
            }
            Outcome::NotTried => assert!(is_meddled || now.is_same(&plan.start())),
            Outcome::Waiting | Outcome::InFlight => panic!("{id} has no final outcome"),
        }
        let history = server.history.get(id).into_iter().flatten();
        assert!(history.into_iter().all(|state| state.ladder.violations().is_empty()));
    }
}

#[test]
fn every_workspace_reaches_its_goal_one_read_before_each_step() {
    let plans = plans(20);
    let tab = tab(&plans);
    tab.run(None);
    assert_eq!(tab.letters(), "d".repeat(20));
    assert_eq!(tab.server.borrow().writes.len(), 40);
    check(&tab, &plans);
}

#[test]
fn a_change_that_someone_else_made_is_left_alone() {
    let plans = plans(2);
    let tab = tab(&plans);
    let theirs = state([None, Some(800), Some(600), None]);
    tab.server.borrow_mut().states.insert(workspace(0), theirs);
    tab.server.borrow_mut().meddled.push(workspace(0));
    tab.run(None);
    assert_eq!(tab.letters(), "ed");
    assert_eq!(tab.server.borrow().states[&workspace(0)], theirs);
    check(&tab, &plans);
}

#[test]
fn a_state_on_the_way_is_ours_only_where_we_have_written() {
    let plans = plans(3);
    let between = plans[0].1.states()[1];
    // The first was interrupted after a write, the second before one, and the third has not been started.
    let server = server(&plans);
    server.borrow_mut().states.values_mut().for_each(|state| *state = between);
    let tab = Tab::new(&server, restored(&plans, "Ffw"));
    tab.run(None);
    assert_eq!(tab.letters(), "dee");
    assert_eq!(server.borrow().states[&workspace(0)], plans[0].1.end());
    assert_eq!(server.borrow().states[&workspace(2)], between);
}

#[test]
fn a_workspace_that_someone_else_brought_to_the_goal_is_unchanged_and_not_undone() {
    let plans = plans(2);
    let tab = tab(&plans);
    tab.server.borrow_mut().states.insert(workspace(0), plans[0].1.end());
    tab.run(None);
    assert_eq!(tab.letters(), "ad");
    assert_eq!(tab.job.borrow().undo().workspaces, [workspace(1)]);
}

#[test]
fn a_failed_step_says_how_many_were_made_and_a_retry_makes_the_rest() {
    let plans = plans(1);
    let tab = tab(&plans);
    tab.server.borrow_mut().write_faults.extend([(Fault::None, 1), (Fault::Refused, 1)]);
    tab.run(None);
    assert_eq!(outcome(&tab, 0), Outcome::Refused("Not today. 1 of 2 changes were made before.".into()));
    tab.job.borrow_mut().retry();
    tab.run(None);
    assert_eq!((tab.letters().as_str(), tab.server.borrow().writes.len()), ("d", 2));
    check(&tab, &plans);
}

#[test]
fn a_lost_answer_is_unknown_and_a_retry_finds_what_was_made() {
    let plans = plans(2);
    let tab = tab(&plans);
    tab.server.borrow_mut().write_faults.extend([(Fault::LostAfter, 1), (Fault::LostBefore, 1)]);
    tab.run(None);
    assert_eq!(tab.letters(), "uu");
    tab.job.borrow_mut().retry();
    tab.run(None);
    assert_eq!((tab.letters().as_str(), tab.server.borrow().writes.len()), ("dd", 4));
    assert_eq!(tab.server.borrow().unexpected, 0);
}

#[test]
fn budgets_that_cannot_be_read_fail_and_nothing_is_sent_there() {
    let plans = plans(2);
    let tab = tab(&plans);
    tab.server.borrow_mut().read_faults.push_back((Fault::LostBefore, 1));
    tab.run(None);
    assert_eq!(outcome(&tab, 0), Outcome::Refused("No connection.".into()));
    assert_eq!(outcome(&tab, 1), Outcome::Done);
    // Of an interrupted workspace it is not known what was made.
    let tab = Tab::new(&server(&plans), restored(&plans, "Fw"));
    tab.server.borrow_mut().read_faults.push_back((Fault::LostBefore, 1));
    tab.run(None);
    assert_eq!(outcome(&tab, 0), Outcome::Unknown("No connection.".into()));
}

#[test]
fn a_busy_api_and_a_refused_key_are_waited_for() {
    let plans = plans(8);
    let tab = tab(&plans);
    tab.server.borrow_mut().write_faults.extend([(Fault::Busy, 2), (Fault::Unauthorized, 1), (Fault::Busy, 0)]);
    tab.server.borrow_mut().read_faults.extend([(Fault::None, 1), (Fault::Unauthorized, 3), (Fault::Busy, 2)]);
    tab.run(None);
    assert_eq!(tab.letters(), "d".repeat(8));
    check(&tab, &plans);
}

#[test]
fn a_stop_finishes_the_workspaces_that_are_started_and_leaves_the_rest() {
    let plans = plans(10);
    let tab = tab(&plans);
    tab.run(Some(9));
    assert_eq!(tab.server.borrow().in_flight, 6);
    let (server, job) = (tab.server.clone(), tab.restored());
    // The same tab goes on: what is in flight is answered by the model only while the job runs, so six are read again.
    server.borrow_mut().forget();
    let tab = Tab::new(&server, job);
    for _ in 0..6 {
        tab.job.borrow_mut().decide();
    }
    tab.job.borrow_mut().stop();
    for at in 0..6 {
        tab.job.borrow_mut().apply_read(at, Ok(start()));
    }
    tab.run(None);
    assert_eq!(tab.letters(), "ddddddnnnn");
    tab.job.borrow_mut().retry();
    tab.run(None);
    assert_eq!(tab.letters(), "d".repeat(10));
}

#[test]
fn a_paused_job_sends_nothing_and_continues() {
    let mut job = Job::<Budgets>::new(spec(plans(1)));
    assert!(matches!(job.decide(), Next::Send(Call::Read(0, _))));
    job.pause();
    job.apply_read(0, Ok(start()));
    assert!(matches!(job.decide(), Next::Idle));
    assert_eq!(job.stage(), Stage::Paused(None));
    job.resume();
    assert!(matches!(job.decide(), Next::Send(Call::Write(0, _))));
}

#[test]
fn an_undo_restores_what_was_there_by_plans_of_its_own() {
    let plans = plans(4);
    let tab = tab(&plans);
    tab.run(None);
    let undo = tab.job.borrow().undo();
    let tab = Tab::new(&tab.server, Job::new(undo));
    tab.run(None);
    assert_eq!(tab.letters(), "dddd");
    for (id, plan) in &plans {
        assert_eq!(tab.server.borrow().states[id], plan.start());
    }
}

#[test]
fn a_workspace_that_is_gone_is_refused() {
    let mut job = Job::<Budgets>::new(spec(plans(1)));
    job.decide();
    job.apply_read(0, Err(Failure::Gone("No workspace.".into())));
    assert!(matches!(job.decide(), Next::End));
    assert_eq!(job.items()[0].outcome, Outcome::Refused("No workspace.".into()));
}

#[test]
fn an_acknowledged_write_that_the_budgets_do_not_show_is_not_done() {
    let mut job = Job::<Budgets>::new(spec(plans(1)));
    job.decide();
    job.apply_read(0, Ok(start()));
    job.decide();
    job.apply_write(0, Ok(()));
    job.decide();
    job.apply_read(0, Ok(start()));
    assert!(matches!(job.decide(), Next::End));
    assert_eq!(job.items()[0].outcome, Outcome::ChangedElsewhere);
}

#[test]
fn each_step_is_an_entry_of_its_own() {
    let step = plans(1)[0].1.steps()[0];
    let activity = Budgets::activity(&BudgetWrite { workspace: workspace(0), step });
    assert_eq!((activity.action, activity.what.as_str()), ("Change budget", "weekly $600 → $300"));
}

/// Any limits in order.
fn limits() -> impl Strategy<Value = Limits> {
    let parts = (prop::collection::btree_set(1u32..60, 4), prop::array::uniform4(any::<bool>()));
    parts.prop_map(|(amounts, is_set)| {
        let mut amounts = amounts.into_iter().rev().zip(is_set).map(|(amount, is_set)| is_set.then_some(amount));
        std::array::from_fn(|_| amounts.next().flatten())
    })
}

fn any_plans() -> impl Strategy<Value = Vec<(WorkspaceId, Plan)>> {
    let of = |(at, (from, to)): (usize, (Limits, Limits))| (workspace(at), plan(state(from), to));
    let pairs = prop::collection::vec((limits(), limits()), 1..14);
    pairs.prop_map(move |pairs| {
        let plans = pairs.into_iter().enumerate().map(of);
        plans.filter(|(_, plan): &(_, Plan)| !plan.steps().is_empty()).collect()
    })
}

fn fault(meddles: bool) -> impl Strategy<Value = (Fault, u8)> {
    let meddled = (0usize..4, 1u32..60).prop_map(|(at, limit)| Fault::Meddled(Interval::ALL[at], limit));
    let fault = prop_oneof![
        8 => Just(Fault::None),
        1 => Just(Fault::LostBefore),
        1 => Just(Fault::LostAfter),
        1 => Just(Fault::Refused),
        1 => Just(Fault::Busy),
        1 => Just(Fault::Unauthorized),
        1 => meddled.prop_map(move |fault| if meddles { fault } else { Fault::None }),
    ];
    (fault, 0u8..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn every_workspace_has_one_outcome_that_agrees_with_the_server(
        plans in any_plans(),
        read_faults in prop::collection::vec(fault(true), 0..25),
        write_faults in prop::collection::vec(fault(false), 0..25),
        closings in prop::collection::vec(1usize..40, 0..3),
    ) {
        let server = server(&plans);
        server.borrow_mut().read_faults = read_faults.into();
        server.borrow_mut().write_faults = write_faults.into();
        let mut tab = Tab::new(&server, Job::new(spec(plans.clone())));
        for closing in closings {
            tab.run(Some(closing));
            server.borrow_mut().forget();
            tab = Tab::new(&server, tab.restored());
        }
        tab.run(None);
        check(&tab, &plans);
        prop_assert_eq!(server.borrow().unexpected, 0);
        prop_assert_eq!(tab.job.borrow().counts().of(OutcomeKind::NotTried), 0);
    }

    #[test]
    fn a_job_that_is_cut_off_anywhere_reaches_its_goal_when_it_is_resumed(
        plans in any_plans(),
        write_faults in prop::collection::vec(fault(false), 0..12),
        closings in prop::collection::vec(1usize..30, 1..5),
    ) {
        let server = server(&plans);
        server.borrow_mut().write_faults = write_faults.into();
        let mut tab = Tab::new(&server, Job::new(spec(plans.clone())));
        for closing in closings {
            tab.run(Some(closing));
            server.borrow_mut().forget();
            tab = Tab::new(&server, tab.restored());
        }
        tab.run(None);
        server.borrow_mut().write_faults.clear();
        tab.job.borrow_mut().retry();
        tab.run(None);
        check(&tab, &plans);
        prop_assert_eq!(tab.letters(), "d".repeat(plans.len()));
        prop_assert_eq!(server.borrow().out_of_order + server.borrow().unexpected, 0);
    }

    #[test]
    fn a_plan_survives_its_text(from in limits(), to in limits()) {
        let change = BudgetChange::from(plan(state(from), to));
        let text = serde_json::to_string(&change).unwrap();
        prop_assert_eq!(serde_json::from_str::<BudgetChange>(&text).unwrap(), change);
    }
}
