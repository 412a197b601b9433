use super::*;
use crate::api::decode::check;
use crate::api::settle::WriteOutcome;
use crate::api::testing::{ID, Line, answer, closed, outcome, refused, run};
use crate::api::{ApiError, Client, Operation, budgets, collect, keys, members, workspaces};
use crate::domain::{
    Interval, KeyHash, SetBudget, UpdateWorkspace, Usd, Workspace, WorkspaceId, WorkspaceName, WorkspaceRef,
};

const SIGN_IN_PAGE: &str = "<!doctype html><title>Sign in</title><h1>Access required</h1><a href=/start>Sign in</a>";
const BLOCK_PAGE: &str = "<h1>Not allowed by policy 911100</h1>";

fn read(status: u16, body: &str) -> Result<Answer, ApiError> {
    check(Operation::UpdateWorkspace, Answer { status, body: body.to_owned(), ..Answer::default() })
}

fn redirect() -> Line {
    Ok(Answer { is_redirect: true, ..Answer::default() })
}

/// Who sent each answer, and whether a write may have been applied.
#[test]
fn h02_h03_h04_who_answered_is_told_by_the_answer() {
    use Responder::{Api, Filter, Gateway, Network, SignIn, Unknown};
    for (status, body, by, is_unclear) in [
        (200, SIGN_IN_PAGE, SignIn, false),
        (401, SIGN_IN_PAGE, SignIn, false),
        (403, SIGN_IN_PAGE, SignIn, false),
        (401, "Unauthorized", SignIn, false),
        (401, "{}", SignIn, false),
        (401, r#"{"message":"Unauthorized"}"#, SignIn, false),
        (200, r#"{"error":"login_required"}"#, SignIn, false),
        (403, r#"{"error":"login_required"}"#, SignIn, false),
        (407, "<h1>Proxy</h1>", Network, false),
        (511, "<h1>Welcome to the hotel</h1>", Network, false),
        (405, BLOCK_PAGE, Filter, false),
        (404, "", Filter, false),
        (413, BLOCK_PAGE, Filter, false),
        (421, "", Filter, false),
        // A firewall may have put these in place of what the API answered.
        (403, BLOCK_PAGE, Filter, true),
        (403, "Forbidden", Filter, true),
        (403, r#"{"message":"Forbidden"}"#, Filter, true),
        (406, BLOCK_PAGE, Filter, true),
        (502, "<h1>Bad Gateway</h1>", Gateway, true),
        (503, "", Gateway, true),
        (504, "upstream timed out", Gateway, true),
        (200, "OK", Unknown, true),
        (200, "<h1>Hello</h1>", Unknown, true),
        (200, r#"{"error":"teapot"}"#, Unknown, true),
        (500, "<h1>Oops</h1>", Unknown, true),
        (401, "", Unknown, false),
        (429, "", Unknown, false),
        (403, r#"{"error":{"code":403,"message":"No."}}"#, Api, false),
        (500, r#"{"error":{"code":500,"message":"No."}}"#, Api, true),
    ] {
        let error = read(status, body).unwrap_err();
        assert_eq!(error.responder(), Some(by), "{status} {body}");
        assert_eq!(error.is_unclear(), is_unclear, "{status} {body}");
    }
    let empty = Answer { status: 200, is_html: true, ..Answer::default() };
    let error = check(Operation::UpdateWorkspace, empty).unwrap_err();
    assert_eq!((error.responder(), error.is_unclear()), (Some(Unknown), true));
    let error = check(Operation::UpdateWorkspace, redirect().unwrap()).unwrap_err();
    assert_eq!((error.responder(), error.is_unclear()), (Some(SignIn), false));
    assert!(error.details().contains("method: PATCH\nstatus: a redirect\n"), "{}", error.details());
}

#[test]
fn h03_an_answer_in_the_form_of_the_api_is_its_own_with_any_content_type() {
    // The content type is not read at all.
    for body in [r#"{"data":[]}"#, r#" {"deleted":true}"#, r#"{"removed_count":1}"#, r#"{"data":[],"error":null}"#] {
        assert!(read(200, body).is_ok(), "{body}");
    }
    // Cut off on the way: it is read, and names its place.
    assert!(read(200, r#"{"data":[{"id":"#).is_ok());
}

#[test]
fn the_details_name_method_status_and_who_answered() {
    let error = read(405, BLOCK_PAGE).unwrap_err();
    for line in ["operation: workspaces.update", "method: PATCH", "status: 405", "answered by: a firewall or proxy"] {
        assert!(error.details().lines().any(|it| it == line), "{line} in {}", error.details());
    }
    assert!(error.sentence().contains("(PATCH, status 405, with a web page instead of data)"), "{}", error.sentence());
    let ended = read(200, SIGN_IN_PAGE).unwrap_err();
    assert_eq!(ended.sentence(), "Your sign-in at the proxy has ended.");
}

fn page(body: &'static str) -> impl Fn(u16) -> Line {
    move |status| answer(status, body)
}

#[test]
fn h02_h04_a_write_that_never_reached_the_api_is_not_made_and_not_repeated() {
    let body = UpdateWorkspace { name: WorkspaceName::parse("New").ok(), ..UpdateWorkspace::default() };
    let json = format!(r#"{{"data":{{"id":"{ID}","name":"Old","slug":"lab"}}}}"#);
    let before: Workspace = crate::api::decode::single(Operation::GetWorkspace, &json).unwrap();
    let call = async |client: Client| workspaces::update(&client, &before, &body).await;
    let (signs_in, blocks) = (page(SIGN_IN_PAGE), page(BLOCK_PAGE));
    for line in [redirect(), signs_in(200), signs_in(403), signs_in(401), blocks(405), blocks(511), blocks(404)] {
        let (given, log, _) = run(vec![line], call);
        assert_eq!((outcome(given), log.len()), (WriteOutcome::Refused, 1));
    }
    // What the API answered may have been replaced: the workspace is read back.
    for line in [blocks(403), blocks(200), blocks(502)] {
        let (given, log, _) = run(vec![line, answer(200, &json)], call);
        assert_eq!((outcome(given), log.len()), (WriteOutcome::NotApplied, 2));
    }
    // Reading back does not reach the API either.
    let (given, ..) = run(vec![closed(), redirect()], call);
    assert_eq!(outcome(given), WriteOutcome::Unknown);
}

#[test]
fn h04_a_limit_that_a_firewall_refuses_is_not_sent_again() {
    let id = WorkspaceId::parse(ID).unwrap();
    let body = SetBudget { limit_usd: Usd::parse("20").unwrap(), include_byok_in_budgets: None };
    let call = async |client: Client| budgets::write(&client, &id, Interval::Daily, None, Some(&body)).await;
    let (given, log, _) = run(vec![answer(405, BLOCK_PAGE)], call);
    assert_eq!((outcome(given), log.len()), (WriteOutcome::Refused, 1));
    let (given, log, _) = run(vec![answer(403, BLOCK_PAGE), refused(404)], call);
    assert_eq!((outcome(given), log.len()), (WriteOutcome::NotApplied, 2));
}

#[test]
fn h04_a_404_of_something_else_deletes_nothing() {
    let (id, hash) = (WorkspaceId::parse(ID).unwrap(), KeyHash::parse("a").unwrap());
    let by_proxy = || answer(404, "<h1>404</h1>");
    assert_eq!(
        outcome(run(vec![by_proxy()], async |it: Client| workspaces::delete(&it, &id).await).0),
        WriteOutcome::Refused
    );
    let delete = async |client: Client| keys::delete(&client, &id, &hash).await;
    assert_eq!(outcome(run(vec![by_proxy()], delete).0), WriteOutcome::Refused);
    assert_eq!(outcome(run(vec![closed(), by_proxy()], delete).0), WriteOutcome::Unknown);
    assert!(run(vec![refused(404)], delete).0.is_ok());
}

#[test]
fn h02_a_list_whose_second_page_is_redirected_fails_as_a_whole() {
    let lab = WorkspaceRef::parse("lab").unwrap();
    let row = format!(r#"{{"id":"m","workspace_id":"{ID}","user_id":"user_1","role":"member"}}"#);
    let first = answer(200, &format!(r#"{{"data":[{row}],"total_count":2}}"#));
    let call = async |client: Client| collect(members::read_all(&client, &lab)).await;
    let (given, log, refusals) = run(vec![first, redirect()], call);
    assert!(given.unwrap_err().needs_sign_in());
    assert_eq!((log.len(), refusals), (2, 1), "it is not repeated, and the session is told");
}
