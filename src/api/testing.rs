//! Tests of the client against a script: each attempt takes its next response.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::executor::block_on;
use futures::future::{LocalBoxFuture, ready};

use super::client::{Client, Exchange};
use super::decode::Answer;
use super::members::Acknowledged;
use super::request::Request;
use super::settle::WriteOutcome;
use super::{ApiError, Operation, WriteResult, budgets, keys, members, workspaces};
use crate::domain::{
    CreateWorkspace, Interval, Patch, SetBudget, Slug, UpdateWorkspace, Usd, UserId, UserIds, Workspace, WorkspaceId,
    WorkspaceName, WorkspaceRef,
};

pub(super) type Line = Result<Answer, fn(Operation) -> ApiError>;

#[derive(Default)]
struct State {
    script: Mutex<VecDeque<Line>>,
    log: Mutex<Vec<String>>,
    unauthorized: Mutex<u32>,
    /// The sum of all waits.
    elapsed: Mutex<Duration>,
}

struct Scripted(Arc<State>);

impl Exchange for Scripted {
    fn exchange(&self, request: Request, _timeout: Duration) -> LocalBoxFuture<'static, Result<Answer, ApiError>> {
        self.0.log.lock().unwrap().push(format!("{:?} {}", request.operation.method(), request.target).to_uppercase());
        let line = self.0.script.lock().unwrap().pop_front().expect("the script has a line for each attempt");
        Box::pin(ready(line.map_err(|error| error(request.operation))))
    }

    fn sleep(&self, wait: Duration) -> LocalBoxFuture<'static, ()> {
        self.0.log.lock().unwrap().push(format!("WAIT {} MS", wait.as_millis()));
        *self.0.elapsed.lock().unwrap() += wait;
        Box::pin(ready(()))
    }

    fn jitter(&self) -> f64 {
        0.5
    }

    fn elapsed(&self) -> Duration {
        *self.0.elapsed.lock().unwrap()
    }
}

/// Runs `call` against the script. Returns its result, the requests and waits, and the number of 401s.
pub(super) fn run<T>(script: Vec<Line>, call: impl AsyncFnOnce(Client) -> T) -> (T, Vec<String>, u32) {
    let state = Arc::new(State { script: Mutex::new(script.into()), ..State::default() });
    let counted = state.clone();
    let on_unauthorized = Arc::new(move |_| *counted.unauthorized.lock().unwrap() += 1);
    let given = block_on(call(Client::new(Arc::new(Scripted(state.clone())), on_unauthorized)));
    assert!(state.script.lock().unwrap().is_empty(), "the script has unused lines");
    let log = state.log.lock().unwrap().clone();
    let unauthorized = *state.unauthorized.lock().unwrap();
    (given, log, unauthorized)
}

pub(super) fn answer(status: u16, body: &str) -> Line {
    Ok(Answer { status, body: body.to_owned(), ..Answer::default() })
}

/// An error in the API's form.
pub(super) fn refused(status: u16) -> Line {
    answer(status, &format!(r#"{{"error":{{"code":{status},"message":"No."}}}}"#))
}

pub(super) fn closed() -> Line {
    Err(|operation| ApiError::Network { operation, detail: "closed".to_owned() })
}

fn late() -> Line {
    Err(|operation| ApiError::Timeout { operation, after: Duration::from_secs(1) })
}

pub(super) const ID: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";

fn workspace_json(name: &str, updated_at: &str) -> String {
    format!(
        r#"{{"data":{{"id":"{ID}","name":"{name}","slug":"lab","created_at":"2026-11-24T10:00:00Z","updated_at":"{updated_at}"}}}}"#
    )
}

fn workspace(name: &str) -> Workspace {
    super::decode::single(Operation::GetWorkspace, &workspace_json(name, "1")).unwrap()
}

pub(super) fn outcome<T: std::fmt::Debug>(result: WriteResult<T>) -> WriteOutcome {
    result.unwrap_err().outcome
}

#[test]
fn a_read_is_retried_twice() {
    let call = async |client: Client| workspaces::get(&client, &WorkspaceRef::parse("lab").unwrap()).await;
    let (given, log, _) = run(vec![closed(), answer(503, ""), answer(200, &workspace_json("Lab", "1"))], call);
    assert_eq!(given.unwrap().name, "Lab");
    assert_eq!(
        log,
        ["GET /WORKSPACES/LAB", "WAIT 250 MS", "GET /WORKSPACES/LAB", "WAIT 500 MS", "GET /WORKSPACES/LAB"]
    );
    let (given, log, _) = run(vec![answer(502, "<html>"), answer(502, ""), answer(504, "")], call);
    assert_eq!(given.unwrap_err().status(), Some(504));
    assert_eq!(log.iter().filter(|line| line.starts_with("GET")).count(), 3);
}

#[test]
fn a_refused_key_is_reported_once_and_never_retried() {
    let call = async |client: Client| keys::get_current(&client).await;
    let (given, log, unauthorized) = run(vec![answer(401, "")], call);
    assert!(given.unwrap_err().is_unauthorized());
    assert_eq!((log.len(), unauthorized), (1, 1));
}

pub(super) fn create_body() -> CreateWorkspace {
    let (off, name, slug) = (Some(false), WorkspaceName::parse("Lab").ok(), Slug::parse("lab").ok());
    CreateWorkspace::new(UpdateWorkspace {
        name,
        slug,
        is_observability_io_logging_enabled: off,
        is_observability_broadcast_enabled: off,
        is_data_discount_logging_enabled: off,
        ..UpdateWorkspace::default()
    })
    .unwrap()
}

#[test]
fn an_unclear_creation_is_read_back_by_slug_and_never_sent_again() {
    let call = async |client: Client| workspaces::create(&client, &create_body()).await;
    for unclear in [closed, late, || answer(500, ""), || answer(201, r#"{"data":{}}"#)] {
        let (given, log, _) = run(vec![unclear(), answer(200, &workspace_json("Lab", "1"))], call);
        assert_eq!(given.unwrap().name, "Lab");
        assert_eq!(log, ["POST /WORKSPACES", "GET /WORKSPACES/LAB"]);
    }
    let after_loss = |readback: Vec<Line>| outcome(run(std::iter::once(closed()).chain(readback).collect(), call).0);
    assert_eq!(after_loss(vec![refused(404)]), WriteOutcome::NotApplied);
    assert_eq!(after_loss(vec![answer(200, &workspace_json("Other", "1"))]), WriteOutcome::Conflict);
    assert_eq!(after_loss(vec![closed(), closed(), closed()]), WriteOutcome::Unknown);
}

#[test]
fn a_slug_taken_since_the_call_began_is_a_success_and_an_older_one_is_not() {
    let call = async |client: Client| workspaces::create(&client, &create_body()).await;
    let taken = || answer(400, r#"{"error":{"code":400,"message":"slug taken"}}"#);
    let found = |date: &str| {
        let body = workspace_json("Lab", "1");
        Ok(Answer { status: 200, body, date: Some(date.to_owned()), ..Answer::default() })
    };
    let (given, ..) = run(vec![taken(), found("Tue, 24 Nov 2026 10:00:01 GMT")], call);
    assert!(given.is_ok());
    let (given, ..) = run(vec![taken(), found("Tue, 24 Nov 2026 10:01:00 GMT")], call);
    assert_eq!(outcome(given), WriteOutcome::Refused);
    let (given, ..) = run(vec![taken(), answer(200, &workspace_json("Lab", "1"))], call);
    assert_eq!(outcome(given), WriteOutcome::Refused);
}

#[test]
fn an_unclear_update_is_read_back_and_compared() {
    let body = UpdateWorkspace { name: WorkspaceName::parse("New").ok(), ..UpdateWorkspace::default() };
    let call = async |client: Client| workspaces::update(&client, &workspace("Old"), &body).await;
    let (given, log, _) = run(vec![answer(500, ""), answer(200, &workspace_json("New", "2"))], call);
    assert_eq!(given.unwrap().name, "New");
    assert_eq!(log, [format!("PATCH /WORKSPACES/{ID}").to_uppercase(), format!("GET /WORKSPACES/{ID}").to_uppercase()]);
    let after_loss = |readback: &str| outcome(run(vec![closed(), answer(200, readback)], call).0);
    assert_eq!(after_loss(&workspace_json("Old", "1")), WriteOutcome::NotApplied);
    assert_eq!(after_loss(&workspace_json("Theirs", "3")), WriteOutcome::Conflict);
    let refused = run(vec![answer(400, "")], call).0;
    assert_eq!(outcome(refused), WriteOutcome::Refused);
    let cleared = UpdateWorkspace { description: Patch::Clear, ..UpdateWorkspace::default() };
    assert!(cleared.is_met_by(&workspace("Any")));
}

#[test]
fn a_deletion_is_done_when_the_uuid_is_gone() {
    let id = WorkspaceId::parse(ID).unwrap();
    let call = async |client: Client| workspaces::delete(&client, &id).await;
    assert!(run(vec![answer(200, r#"{"deleted":true}"#)], call).0.is_ok());
    assert!(run(vec![refused(404)], call).0.is_ok());
    assert!(run(vec![late(), refused(404)], call).0.is_ok());
    let still_there = || answer(200, &workspace_json("Lab", "1"));
    assert_eq!(outcome(run(vec![late(), still_there()], call).0), WriteOutcome::NotApplied);
    assert_eq!(
        outcome(run(vec![answer(200, r#"{"deleted":false}"#), still_there()], call).0),
        WriteOutcome::NotApplied
    );
    assert_eq!(outcome(run(vec![refused(403)], call).0), WriteOutcome::Refused);
}

#[test]
fn only_the_deletion_of_the_default_workspace_is_confirmed_in_its_request() {
    let id = WorkspaceId::parse(ID).unwrap();
    let deleted = || vec![answer(200, r#"{"deleted":true}"#)];
    let log = run(deleted(), async |client: Client| workspaces::delete(&client, &id).await).1;
    let default_log = run(deleted(), async |client: Client| workspaces::delete_default(&client, &id).await).1;
    let path = format!("DELETE /WORKSPACES/{}", ID.to_uppercase());
    assert_eq!(default_log, [format!("{path}?CONFIRM_DEFAULT_WORKSPACE_DELETION=TRUE")]);
    assert_eq!(log, [path]);
}

#[test]
fn an_unclear_limit_is_read_back_and_resent_at_most_once() {
    let id = WorkspaceId::parse(ID).unwrap();
    let usd = |text: &str| Usd::parse(text).unwrap();
    let body = SetBudget { limit_usd: usd("20"), include_byok_in_budgets: None };
    let call = async |client: Client| budgets::write(&client, &id, Interval::Daily, Some(usd("10")), Some(&body)).await;
    let limit = |amount: &str| {
        let data = format!(r#"{{"id":"b","workspace_id":"{ID}","limit_usd":{amount},"reset_interval":"daily"}}"#);
        answer(200, &format!(r#"{{"data":{data}}}"#))
    };
    assert!(run(vec![closed(), limit("20.0")], call).0.is_ok());
    let (given, log, _) = run(vec![closed(), limit("10"), limit("20")], call);
    assert!(given.is_ok());
    assert_eq!(log.iter().filter(|line| line.starts_with("PUT")).count(), 2);
    let (given, ..) = run(vec![closed(), limit("10"), closed(), limit("10")], call);
    assert_eq!(outcome(given), WriteOutcome::NotApplied);
    assert_eq!(outcome(run(vec![closed(), limit("15")], call).0), WriteOutcome::Conflict);
    assert_eq!(outcome(run(vec![closed(), refused(404)], call).0), WriteOutcome::Conflict);
    assert_eq!(outcome(run(vec![closed(), answer(500, "")], call).0), WriteOutcome::Unknown);
    assert_eq!(outcome(run(vec![answer(400, "")], call).0), WriteOutcome::Refused);
}

#[test]
fn a_bulk_write_is_sent_once_and_returns_how_many_it_changed() {
    let people = UserIds::new(["user_1", "user_2"].map(|id| UserId::parse(id).unwrap())).unwrap();
    let lab = WorkspaceRef::parse("lab").unwrap();
    let call = async |client: Client| members::bulk_add(&client, &lab, &people).await;
    let member = format!(r#"{{"id":"m","workspace_id":"{ID}","user_id":"user_1","role":"member"}}"#);
    let (given, log, _) = run(vec![closed()], call);
    assert!(given.unwrap_err().is_unclear());
    assert_eq!(log, ["POST /WORKSPACES/LAB/MEMBERS/ADD"]);
    assert_eq!(run(vec![answer(429, "")], call).0.unwrap_err().status(), Some(429));
    let added = |count: u8| answer(200, &format!(r#"{{"data":[{member}],"added_count":{count}}}"#));
    assert_eq!(run(vec![added(2)], call).0, Ok(Acknowledged::of(1)), "the server names only one of them");
    assert_eq!(run(vec![added(0)], call).0, Ok(Acknowledged::of(0)));
    let remove = async |client: Client| members::bulk_remove(&client, &lab, &people).await;
    assert_eq!(run(vec![answer(200, r#"{"removed_count":2}"#)], remove).0, Ok(Acknowledged::of(2)));
    // J03: an outcome for each person, which may hide failures.
    assert!(
        run(vec![answer(207, &format!(r#"{{"data":[{member}],"added_count":2}}"#))], call).0.unwrap_err().is_unclear()
    );
}

/// J01: a membership that is older than the request was not made by it.
#[test]
fn a_member_from_before_is_told_by_the_servers_clock() {
    let people = UserIds::new(["user_1", "user_2"].map(|id| UserId::parse(id).unwrap())).unwrap();
    let lab = WorkspaceRef::parse("lab").unwrap();
    let call = async |client: Client| members::bulk_add(&client, &lab, &people).await;
    let member = |id: &str, at: &str| {
        format!(
            r#"{{"id":"m","workspace_id":"{ID}","user_id":"{id}","role":"member","created_at":"2026-11-28T{at}Z"}}"#
        )
    };
    let body = format!(
        r#"{{"data":[{},{}],"added_count":2}}"#,
        member("user_1", "10:00:07.900"),
        member("user_2", "10:00:03.100")
    );
    let dated =
        |date: Option<&str>| answer(200, &body).map(|answer| Answer { date: date.map(str::to_owned), ..answer });
    let already = |date| run(vec![dated(date)], call).0.unwrap().already.into_iter().collect::<Vec<_>>();
    assert_eq!(already(Some("Sat, 28 Nov 2026 10:00:08 GMT")), [UserId::parse("user_2").unwrap()]);
    // Without the server's clock nothing is told.
    assert!(already(None).is_empty());
}

#[test]
fn the_servers_time_is_that_of_the_latest_answer_and_goes_on() {
    let lab = WorkspaceRef::parse("lab").unwrap();
    let call = async |client: Client| {
        let before = client.server_time();
        let _ = workspaces::get(&client, &lab).await;
        (before, client.server_time())
    };
    let line = |status, retry_after: Option<&str>, date: Option<&str>| {
        let (retry_after, date) = (retry_after.map(str::to_owned), date.map(str::to_owned));
        refused(status).map(|answer| Answer { retry_after, date, ..answer })
    };
    let at = |seconds: i64| Some(1_795_860_008 + seconds);
    let (first, later) = (Some("Sat, 28 Nov 2026 10:00:08 GMT"), Some("Sat, 28 Nov 2026 10:00:20 GMT"));
    // A refusal tells it too, and an answer without a date changes nothing.
    assert_eq!(run(vec![line(403, None, first)], call).0, (None, at(0)));
    assert_eq!(run(vec![line(503, Some("7"), first), line(403, None, None)], call).0, (None, at(7)));
    assert_eq!(run(vec![line(503, Some("7"), first), line(403, None, later)], call).0, (None, at(12)));
    assert_eq!(run(vec![line(403, None, Some("soon"))], call).0, (None, None));
    // A firewall has a clock of its own.
    let by_firewall = answer(405, "<h1>No</h1>").map(|answer| Answer { date: first.map(str::to_owned), ..answer });
    assert_eq!(run(vec![by_firewall], call).0, (None, None));
}
