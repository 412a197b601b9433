use super::*;
use crate::api::{Operation, StatusError};

fn key(json: &str) -> CurrentKey {
    serde_json::from_str(json).unwrap()
}

fn refused(status: u16) -> ApiError {
    ApiError::Status(Box::new(StatusError {
        operation: Operation::ListWorkspaces,
        status,
        code: None,
        message: String::new(),
        metadata: None,
        request_id: None,
        retry_after: None,
    }))
}

#[test]
fn only_a_management_key_opens_the_console() {
    let judged = |answer| judge_key(KeyHolder::Page, answer);
    assert!(judged(Ok(key(r#"{"is_management_key":true}"#))).is_ok());
    let plain = judged(Ok(key(r#"{"label":"sk-…1","is_management_key":false}"#))).unwrap_err();
    assert_eq!(plain, SignInProblem::NotManagementKey { holder: KeyHolder::Page, label: "sk-…1".to_owned() });
    assert_eq!(judged(Err(refused(401))).unwrap_err(), SignInProblem::NotAccepted);
    assert_eq!(judged(Err(refused(500))).unwrap_err(), SignInProblem::Failed(refused(500)));
}

#[test]
fn a_page_behind_a_proxy_is_not_asked_for_a_key_of_its_own() {
    let problem = |holder, last| problem_at_start(holder, last, SignInProblem::NotAccepted);
    assert_eq!(problem(KeyHolder::Proxy, Some(KeyHolder::Proxy)), Some(SignInProblem::ProxySignedOut));
    assert_eq!(problem(KeyHolder::Proxy, None), None);
    assert_eq!(problem(KeyHolder::Page, None), Some(SignInProblem::NotAccepted));
}

#[test]
fn another_account_is_told_by_its_organization() {
    let (one, two) =
        (key(r#"{"organization_id":"org_1","creator_user_id":"user_a"}"#), r#"{"organization_id":"org_2"}"#);
    assert_eq!(compare(&one, &key(two)), Account::Other);
    assert_eq!(compare(&one, &key(r#"{"organization_id":"org_1","creator_user_id":"user_b"}"#)), Account::Same);
    assert_eq!(compare(&one, &key(r#"{"creator_user_id":"user_a"}"#)), Account::Other);
    assert_eq!(compare(&one, &key("{}")), Account::Same);
}
