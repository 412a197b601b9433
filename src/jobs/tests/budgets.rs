//! Jobs for budgets against a model of the server.

use std::cell::RefCell;
use std::rc::Rc;

use super::super::engine::job::Next;
use super::super::engine::{Call, Command, Failure, Item, Job, Outcome, Planner as _, Stage, record};
use super::super::planners::budgets::{BudgetWrite, Budgets, spec};
use super::budgets_model::{Fault, Server};
use super::workspace;
use crate::activity::FieldChange;
use crate::domain::{BudgetState, BudgetTarget, Ladder, Plan, Usd, WorkspaceId};

pub(super) type Tab = super::Tab<Budgets, Server>;
pub(super) type Limits = [Option<u32>; 4];

fn ladder(limits: Limits) -> Ladder {
    Ladder::new(limits.map(|limit| limit.and_then(|it| Usd::parse(&it.to_string()).ok())))
}

pub(super) fn state(limits: Limits) -> BudgetState {
    BudgetState { ladder: ladder(limits), counts_byok: Some(false) }
}

/// The budgets that [`plans`] start from.
pub(super) fn start() -> BudgetState {
    state([None, Some(1000), Some(600), None])
}

pub(super) fn plan(from: BudgetState, to: Limits) -> Plan {
    Plan::new(from, BudgetTarget::with_limits(ladder(to).validate().unwrap()))
}

/// Plans of two steps each: weekly $600 → $300, then monthly $1,000 → $500.
pub(super) fn plans(count: usize) -> Vec<(WorkspaceId, Plan)> {
    (0..count).map(|at| (workspace(at), plan(start(), [None, Some(500), Some(300), None]))).collect()
}

pub(super) fn server(plans: &[(WorkspaceId, Plan)]) -> Rc<RefCell<Server>> {
    let states = plans.iter().map(|(id, plan)| (id.clone(), plan.start())).collect();
    Rc::new(RefCell::new(Server { states, ..Server::default() }))
}

fn tab(plans: &[(WorkspaceId, Plan)]) -> Tab {
    Tab::new(&server(plans), Job::new(spec(plans.to_vec())))
}

fn outcome(tab: &Tab, at: usize) -> Outcome {
    tab.job.borrow().ledger.items()[at].outcome.clone()
}

/// A job as a record holds it: the letters are those of the record.
fn restored(plans: &[(WorkspaceId, Plan)], letters: &str) -> Job<Budgets> {
    let text = record::spec(&Job::<Budgets>::new(spec(plans.to_vec())));
    record::restore(&text, &format!("{letters}[]")).unwrap()
}

/// Each outcome agrees with what the server holds, and the limits were never out of order.
pub(super) fn check(tab: &Tab, plans: &[(WorkspaceId, Plan)]) {
    let (job, server) = (tab.job.borrow(), tab.server.borrow());
    assert!(!tab.is_ahead.get(), "something was sent before it was written down");
    assert_eq!(job.ledger.counts().settled(), plans.len());
    for (Item { outcome, workspace, .. }, (id, plan)) in job.ledger.items().iter().zip(plans) {
        assert_eq!(job.ledger.workspaces[*workspace], *id);
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
            Outcome::Waiting | Outcome::InFlight | Outcome::Unattributed => {
                panic!("{id} has no final outcome of budgets")
            }
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
    assert_eq!(outcome(&tab, 0), Outcome::Refused("Not today. 1 of 2 changes were made.".into()));
    tab.job.borrow_mut().command(Command::Retry);
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
    tab.job.borrow_mut().command(Command::Retry);
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
    tab.job.borrow_mut().command(Command::Stop);
    for at in 0..6 {
        tab.job.borrow_mut().apply_read(at, Ok(start()));
    }
    tab.run(None);
    assert_eq!(tab.letters(), "ddddddnnnn");
    tab.job.borrow_mut().command(Command::Retry);
    tab.run(None);
    assert_eq!(tab.letters(), "d".repeat(10));
}

#[test]
fn a_paused_job_sends_nothing_and_continues() {
    let mut job = Job::<Budgets>::new(spec(plans(1)));
    assert!(matches!(job.decide(), Next::Send(Call::Read(0, _))));
    job.command(Command::Pause);
    job.apply_read(0, Ok(start()));
    assert!(matches!(job.decide(), Next::Idle));
    assert_eq!(job.stage(), Stage::Paused(None));
    job.command(Command::Resume);
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
    assert_eq!(job.ledger.items()[0].outcome, Outcome::Refused("No workspace.".into()));
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
    assert_eq!(job.ledger.items()[0].outcome, Outcome::ChangedElsewhere);
}

#[test]
fn each_step_has_the_limit_before_and_after() {
    let step = plans(1)[0].1.steps()[0];
    let about = Budgets::step(&BudgetWrite { workspace: workspace(0), step });
    let change = FieldChange::new("Weekly limit", step.from.unwrap().to_string(), "$300.00");
    assert_eq!((about.workspace, about.changes), (Some(workspace(0)), vec![change]));
}
