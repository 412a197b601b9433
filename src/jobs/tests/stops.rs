//! Stop, pause and undo while the API lets nothing through: a job never keeps a person waiting for a long time.

use std::time::Duration;

use super::super::engine::job::Next;
use super::super::engine::{Call, Command, Failure, Job, Outcome, OutcomeKind, Stage, not_read_back};
use super::super::planners::budgets::{self, Budgets};
use super::super::planners::members::{Action, Members};
use super::budgets::{plans, start};
use super::members::targets;
use crate::api::members::Acknowledged;
use crate::api::{ApiError, Operation, Responder, StatusError};

const HOUR: Option<Duration> = Some(Duration::from_secs(3_600));

/// A job of which one request has no clear answer, and another was told to wait for an hour.
fn unclear_and_waiting() -> Job<Members> {
    let mut job = Job::<Members>::new(targets(Action::Add, &[2, 3]));
    assert!(matches!(job.decide(), Next::Send(Call::Write(0, _))));
    assert!(matches!(job.decide(), Next::Send(Call::Write(1, _))));
    job.apply_write(0, Err(Failure::Unclear("The connection was closed.".into())));
    job.apply_write(1, Err(Failure::Busy(HOUR)));
    assert!(matches!(job.decide(), Next::Wait(..)));
    job
}

#[test]
fn a_stop_during_a_long_wait_ends_at_once_with_the_unclear_ones_as_unknown() {
    let mut job = unclear_and_waiting();
    job.command(Command::Stop);
    assert!(matches!(job.decide(), Next::End));
    assert_eq!(job.stage(), Stage::Ended);
    let counts = job.ledger.counts();
    assert_eq!((counts.of(OutcomeKind::Unknown), counts.of(OutcomeKind::NotTried)), (2, 3));
    // Everyone can be tried again: nothing is left of the wait, and the unclear ones are sent like the others.
    job.command(Command::Retry);
    assert_eq!(job.stage(), Stage::Running);
    assert!(matches!(job.decide(), Next::Send(Call::Write(..))));
}

#[test]
fn a_stop_of_a_paused_job_that_waits_ends_at_once() {
    let mut job = unclear_and_waiting();
    job.command(Command::Pause);
    assert!(matches!(job.decide(), Next::Idle));
    job.command(Command::Stop);
    assert!(matches!(job.decide(), Next::End));
    assert_eq!(job.ledger.counts().of(OutcomeKind::Unknown), 2);
}

#[test]
fn a_stop_while_a_listing_is_told_to_wait_ends_at_once() {
    let mut job = Job::<Members>::new(targets(Action::Add, &[2]));
    job.decide();
    job.apply_write(0, Err(Failure::Unclear("The connection was closed.".into())));
    assert!(matches!(job.decide(), Next::Send(Call::Read(..))));
    job.command(Command::Stop);
    assert!(matches!(job.decide(), Next::Idle), "the listing may still settle it");
    job.apply_read(0, Err(Failure::Busy(HOUR)));
    assert!(matches!(job.decide(), Next::End));
    assert_eq!(job.ledger.counts().of(OutcomeKind::Unknown), 2);
}

#[test]
fn a_stop_without_a_key_ends_at_once_and_asks_for_none() {
    let mut job = Job::<Members>::new(targets(Action::Add, &[2, 3]));
    job.decide();
    job.decide();
    job.apply_write(0, Err(Failure::Unclear("The connection was closed.".into())));
    job.command(Command::Stop);
    job.apply_write(1, Err(Failure::Unauthorized));
    assert!(matches!(job.decide(), Next::End));
    let counts = job.ledger.counts();
    assert_eq!((counts.of(OutcomeKind::Unknown), counts.of(OutcomeKind::NotTried)), (2, 3));
}

#[test]
fn a_stop_waits_for_requests_in_flight_but_begins_no_wait() {
    let mut job = Job::<Members>::new(targets(Action::Add, &[2, 3]));
    job.decide();
    job.decide();
    job.command(Command::Stop);
    job.apply_write(0, Err(Failure::Busy(HOUR)));
    assert!(matches!(job.decide(), Next::Idle));
    job.apply_write(1, Ok(Acknowledged::of(3)));
    assert!(matches!(job.decide(), Next::End));
    let counts = job.ledger.counts();
    assert_eq!((counts.of(OutcomeKind::Done), counts.of(OutcomeKind::NotTried)), (3, 2));
}

#[test]
fn an_undo_after_such_a_stop_is_about_what_is_done() {
    let mut job = unclear_and_waiting();
    job.command(Command::Stop);
    job.decide();
    assert!(job.undo().items.is_empty());
}

#[test]
fn h04_what_a_firewall_refuses_is_refused_for_everyone_of_the_workspace_and_sent_once() {
    let mut job = Job::<Members>::new(targets(Action::Add, &[150, 3]));
    let mut sent = 0;
    while let Next::Send(call) = job.decide() {
        let Call::Write(at, _) = call else { panic!("nothing is read: nothing is unclear") };
        sent += 1;
        job.apply_write(at, Err(Failure::Blocked("Refused on the way.".into())));
    }
    assert_eq!(sent, 2, "one request for each workspace");
    let refused = Outcome::Refused("Refused on the way.".into());
    assert!(job.ledger.items().iter().all(|item| item.outcome == refused));
}

#[test]
fn h02_the_sign_in_of_a_proxy_pauses_a_job_and_a_firewall_does_not() {
    let error = |by, status| {
        let bare = StatusError::bare(Operation::SetBudget, status);
        Failure::of_write(&not_read_back(ApiError::Status(Box::new(StatusError { by, ..bare }))))
    };
    for status in [0, 200, 401, 403] {
        assert_eq!(error(Responder::SignIn, status), Failure::Unauthorized);
    }
    assert!(matches!(error(Responder::Filter, 405), Failure::Blocked(_)));
    assert!(matches!(error(Responder::Filter, 404), Failure::Blocked(_)), "the API has not said that it is gone");
    assert!(matches!(error(Responder::Filter, 403), Failure::Unclear(_)));
    assert!(matches!(error(Responder::Gateway, 502), Failure::Unclear(_)));
    assert!(matches!(error(Responder::Api, 404), Failure::Gone(_)));
}

#[test]
fn a_stop_of_budgets_during_a_long_wait_says_how_many_changes_were_made() {
    let mut job = Job::<Budgets>::new(budgets::spec(plans(2)));
    assert!(matches!(job.decide(), Next::Send(Call::Read(0, _))));
    job.apply_read(0, Ok(start()));
    assert!(matches!(job.decide(), Next::Send(Call::Write(0, _))));
    job.apply_write(0, Ok(()));
    let Next::Send(Call::Read(at, _)) = job.decide() else { panic!("nothing is read") };
    job.apply_read(at, Err(Failure::Busy(HOUR)));
    assert!(matches!(job.decide(), Next::Wait(..)));
    job.command(Command::Stop);
    assert!(matches!(job.decide(), Next::End));
    let outcomes: Vec<&Outcome> = job.ledger.items().iter().map(|item| &item.outcome).collect();
    let stopped = Outcome::Refused("The job was stopped. 1 of 2 changes were made.".into());
    assert_eq!(outcomes, [&stopped, &Outcome::NotTried]);
}
