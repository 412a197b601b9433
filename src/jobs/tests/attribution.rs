//! Who made a person as wanted: this job or someone else. An undo is about what this job changed.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::executor::block_on;
use futures::future::{LocalBoxFuture, ready};

use super::super::engine::job::Next;
use super::super::engine::{Call, Command, Failure, Job, Outcome, OutcomeKind, Planner as _, record};
use super::super::planners::members::{Action, Members};
use super::members::{job, listed};
use super::{person, workspace};
use crate::api::members::Acknowledged;
use crate::api::{Answer, ApiError, Client, Exchange, Request};
use crate::domain::UserId;

/// When the requests of these tests are sent.
const SENT: i64 = 1_700_000_000;

fn closed() -> Failure {
    Failure::Unclear("The connection was closed.".into())
}

/// A job of one request that got this answer. Its members are being listed.
fn answered(
    action: Action,
    people: usize,
    sent_at: Option<i64>,
    answer: Result<Acknowledged, Failure>,
) -> Job<Members> {
    let mut job = job(action, &[people]);
    job.set_time(sent_at);
    assert!(matches!(job.decide(), Next::Send(Call::Write(0, _))));
    job.apply_write(0, answer);
    assert!(matches!(job.decide(), Next::Send(Call::Read(0, _))));
    job
}

fn outcomes(job: &Job<Members>) -> Vec<Outcome> {
    job.ledger.items().iter().map(|item| item.outcome.clone()).collect()
}

fn undone(job: &Job<Members>) -> Vec<UserId> {
    job.undo().items.into_iter().map(|item| item.subject).collect()
}

#[test]
fn an_addition_without_an_answer_is_judged_by_the_time_of_the_membership() {
    let mut job = answered(Action::Add, 4, Some(SENT), Err(closed()));
    // The listing comes later.
    job.set_time(Some(SENT + 60));
    let members = [(0, Some(SENT)), (1, Some(SENT - 1)), (2, None), (3, Some(SENT + 40))];
    job.apply_read(0, Ok(listed(&members)));
    assert_eq!(outcomes(&job), [Outcome::Done, Outcome::Unchanged, Outcome::Unattributed, Outcome::Done]);
    assert_eq!(undone(&job), [person(0), person(3)]);
    assert!(matches!(job.decide(), Next::End));
    assert_eq!(job.ledger.counts().retried(), 0);
}

#[test]
fn without_the_servers_clock_an_unclear_addition_is_not_attributed() {
    let mut job = answered(Action::Add, 2, None, Err(closed()));
    job.set_time(Some(SENT));
    job.apply_read(0, Ok(listed(&[(0, Some(SENT - 1)), (1, Some(SENT + 1))])));
    assert_eq!(outcomes(&job), [Outcome::Unattributed, Outcome::Unattributed]);
    assert!(undone(&job).is_empty());
}

#[test]
fn an_addition_with_a_smaller_count_is_judged_by_the_times_too() {
    let mut job = answered(Action::Add, 2, Some(SENT), Ok(Acknowledged::of(1)));
    job.apply_read(0, Ok(listed(&[(0, Some(SENT + 1)), (1, Some(SENT - 90))])));
    assert_eq!(outcomes(&job), [Outcome::Done, Outcome::Unchanged]);
}

/// The first request may have reached the server after the listing.
#[test]
fn a_membership_between_two_requests_of_this_job_is_not_attributed() {
    for (created, expected) in
        [(SENT + 30, Outcome::Unattributed), (SENT + 60, Outcome::Done), (SENT + 61, Outcome::Done)]
    {
        let mut job = answered(Action::Add, 1, Some(SENT), Err(closed()));
        job.apply_read(0, Ok(listed(&[])));
        job.set_time(Some(SENT + 60));
        assert!(matches!(job.decide(), Next::Send(Call::Write(0, _))));
        job.apply_write(0, Err(closed()));
        job.decide();
        job.apply_read(0, Ok(listed(&[(0, Some(created))])));
        assert_eq!(outcomes(&job), [expected]);
    }
    // The server says of the second request that the membership is older.
    let mut job = answered(Action::Add, 1, Some(SENT), Err(closed()));
    job.apply_read(0, Ok(listed(&[])));
    job.decide();
    job.apply_write(0, Ok(Acknowledged { count: 1, already: [person(0)].into() }));
    assert_eq!(outcomes(&job), [Outcome::Unattributed]);
}

#[test]
fn a_person_who_is_tried_again_is_not_said_to_be_a_member_from_before() {
    let mut job = answered(Action::Add, 1, Some(SENT), Err(closed()));
    job.command(Command::Stop);
    job.apply_read(0, Err(closed()));
    assert!(matches!(job.decide(), Next::End));
    assert_eq!(job.ledger.counts().of(OutcomeKind::Unknown), 1);
    job.command(Command::Retry);
    job.set_time(Some(SENT + 300));
    job.decide();
    job.apply_write(0, Ok(Acknowledged { count: 1, already: [person(0)].into() }));
    assert_eq!(outcomes(&job), [Outcome::Unattributed]);
    assert!(undone(&job).is_empty());
}

#[test]
fn a_removal_with_a_smaller_count_is_not_attributed() {
    let mut job = answered(Action::Remove, 3, Some(SENT), Ok(Acknowledged::of(2)));
    job.apply_read(0, Ok(listed(&[])));
    assert_eq!(outcomes(&job), [Outcome::Unattributed, Outcome::Unattributed, Outcome::Unattributed]);
    assert!(undone(&job).is_empty());
    assert_eq!(job.ledger.counts().retried(), 0);
    // Where no one was counted, they were removed before.
    let mut job = answered(Action::Remove, 2, Some(SENT), Ok(Acknowledged::of(0)));
    job.apply_read(0, Ok(listed(&[])));
    assert_eq!(outcomes(&job), [Outcome::Unchanged, Outcome::Unchanged]);
    // Also if they are sent again after an unclear request.
    let mut job = answered(Action::Remove, 1, Some(SENT), Err(closed()));
    job.apply_read(0, Ok(listed(&[(0, None)])));
    job.decide();
    job.apply_write(0, Ok(Acknowledged::of(0)));
    job.decide();
    job.apply_read(0, Ok(listed(&[])));
    assert_eq!(outcomes(&job), [Outcome::Unchanged]);
    // Whom the listing shows is sent once more, and then the count is clear.
    let mut job = answered(Action::Remove, 2, Some(SENT), Ok(Acknowledged::of(1)));
    job.apply_read(0, Ok(listed(&[(1, Some(SENT - 1))])));
    assert!(matches!(job.decide(), Next::Send(Call::Write(0, write)) if write.people == [person(1)]));
    job.apply_write(0, Ok(Acknowledged::of(1)));
    assert_eq!(outcomes(&job), [Outcome::Unattributed, Outcome::Done]);
    assert_eq!(undone(&job), [person(1)]);
}

/// Nothing tells who removed a person, and most often it was this job.
#[test]
fn a_removal_without_an_answer_is_taken_for_this_jobs() {
    let mut job = answered(Action::Remove, 2, Some(SENT), Err(closed()));
    job.apply_read(0, Ok(listed(&[])));
    assert_eq!(outcomes(&job), [Outcome::Done, Outcome::Done]);
}

#[test]
fn the_time_of_a_request_survives_its_tab() {
    let mut first = job(Action::Add, &[3]);
    first.set_time(Some(SENT));
    first.decide();
    let (text, state) = (record::spec(&first), record::state(&first));
    assert_eq!(state, format!("FFF[][{SENT},{SENT},{SENT}]"));
    let restored = |state: &str| {
        let mut job = record::restore::<Members>(&text, state)?;
        job.set_time(Some(SENT + 600));
        assert!(matches!(job.decide(), Next::Send(Call::Read(0, _))));
        job.apply_read(0, Ok(listed(&[(0, Some(SENT)), (1, Some(SENT - 1)), (2, Some(SENT + 601))])));
        Some(outcomes(&job))
    };
    assert_eq!(restored(&state).unwrap(), [Outcome::Done, Outcome::Unchanged, Outcome::Done]);
    // A record without times, as an earlier version wrote it.
    assert_eq!(restored("FFF[]").unwrap(), [const { Outcome::Unattributed }; 3]);
    assert_eq!(restored("FFF[][null,1,2]").unwrap()[0], Outcome::Unattributed);
    for damaged in ["FFF[][1,2,3,4]", "FFF[][1,2,3][]", "FFF[][\"1\"]", "FFF[]1", "FFX[]"] {
        assert!(restored(damaged).is_none(), "{damaged}");
    }
}

#[test]
fn an_outcome_that_is_not_attributed_is_restored_and_neither_tried_again_nor_undone() {
    let job = job(Action::Remove, &[4]);
    let mut job = record::restore::<Members>(&record::spec(&job), "OdaW[]").unwrap();
    assert_eq!(outcomes(&job)[0], Outcome::Unattributed);
    assert!(record::state(&job).starts_with("OdaW"));
    job.command(Command::Stop);
    job.decide();
    job.command(Command::Retry);
    assert!(matches!(job.decide(), Next::Send(Call::Write(0, write)) if write.people == [person(3)]));
    assert_eq!(undone(&job), [person(1)]);
}

#[test]
fn the_screen_says_that_an_undo_leaves_them() {
    for (action, done, undo) in [(Action::Add, "Added", "remove them"), (Action::Remove, "Removed", "add them back")] {
        let words = Members::words(&action);
        let reason = (words.reason)(OutcomeKind::Unattributed);
        assert_eq!(reason, format!("This job or someone else {} them. Undo doesn’t {undo}.", done.to_lowercase()));
        assert_eq!((words.outcome)(OutcomeKind::Unattributed).0, format!("{done}, maybe by someone else"));
        assert_eq!((words.reason)(OutcomeKind::Done), "");
        assert!(action.undo_note().starts_with("Undo "));
    }
}

/// An API with these answers. `None` is a connection that closes.
struct Answers(Mutex<VecDeque<Option<Answer>>>);

impl Exchange for Answers {
    fn exchange(&self, request: Request, _: Duration) -> LocalBoxFuture<'static, Result<Answer, ApiError>> {
        let answer = self.0.lock().unwrap().pop_front().expect("there is an answer");
        let closed = ApiError::Network { operation: request.operation, detail: "closed".to_owned() };
        Box::pin(ready(answer.ok_or(closed)))
    }

    fn sleep(&self, _: Duration) -> LocalBoxFuture<'static, ()> {
        Box::pin(ready(()))
    }

    fn jitter(&self) -> f64 {
        0.5
    }

    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }
}

/// J01: Rick was added by someone else five seconds before a request whose answer is lost.
#[test]
fn the_answers_of_the_api_tell_who_was_added_by_someone_else() {
    let member = |at: usize, time: &str| {
        let workspace = workspace(0);
        format!(
            r#"{{"id":"m","workspace_id":"{workspace}","user_id":"user_{at}","role":"member","created_at":"2026-11-28T{time}Z"}}"#
        )
    };
    let list = |time: &str, members: &[String]| {
        let body = format!(r#"{{"data":[{}],"total_count":{}}}"#, members.join(","), members.len());
        Some(Answer { status: 200, body, date: Some(format!("Sat, 28 Nov 2026 {time} GMT")), ..Answer::default() })
    };
    let after = [member(1, "10:00:03.100000"), member(0, "10:00:08.200000")];
    let answers = [list("10:00:08", &[]), None, list("10:00:09", &after)];
    let client = Client::new(Arc::new(Answers(Mutex::new(answers.into()))), Arc::new(|_| ()));
    // The page lists the members first, and so learns the server's time.
    assert!(block_on(Members::send_read(client.clone(), workspace(0))).unwrap().is_empty());
    let mut job = job(Action::Add, &[2]);
    job.set_time(client.server_time());
    let Next::Send(Call::Write(at, write)) = job.decide() else { panic!("nothing is sent") };
    let lost = block_on(Members::send_write(client.clone(), write)).unwrap_err();
    job.apply_write(at, Err(Failure::of_write(&lost)));
    let Next::Send(Call::Read(at, read)) = job.decide() else { panic!("the members are not listed") };
    job.apply_read(at, block_on(Members::send_read(client, read)));
    assert_eq!(outcomes(&job), [Outcome::Done, Outcome::Unchanged]);
    assert_eq!(undone(&job), [person(0)]);
}
