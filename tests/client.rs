//! Tests of the HTTP client in a real browser, against a live sandbox with real faults.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use console::api::{
    ApiError, BrowserExchange, Client, Credential, CredentialSlot, Responder, WriteOutcome, budgets, collect, keys,
    members, models, organization, workspaces,
};
use console::domain::{
    CreateWorkspace, Interval, PageRequest, Patch, SetBudget, Slug, UpdateWorkspace, Usd, UserIds, WorkspaceRef,
};
use console::forms::WorkspaceForm;
use gloo_net::http::Request;
use serde_json::{Value, json};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const SANDBOX: &str = match option_env!("CONSOLE_TEST_SANDBOX") {
    Some(address) => address,
    None => "http://127.0.0.1:8799",
};
const KEY: &str = match option_env!("CONSOLE_TEST_KEY") {
    Some(key) => key,
    None => "sk-or-v1-test",
};

const FIRST: PageRequest = PageRequest { offset: 0, limit: 100 };

async fn control(route: &str, body: &Value) {
    let request = Request::post(&format!("{SANDBOX}/__control/{route}")).header("Content-Type", "application/json");
    let answer = request.body(body.to_string()).unwrap().send().await.unwrap();
    assert!(answer.ok(), "{route}: {}", answer.text().await.unwrap());
}

async fn log() -> Vec<(String, String)> {
    let answer = Request::get(&format!("{SANDBOX}/__control/log")).send().await.unwrap();
    let entries: Vec<Value> = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    let text = |entry: &Value, name: &str| entry[name].as_str().unwrap_or_default().to_owned();
    entries.iter().map(|entry| (text(entry, "method"), text(entry, "path"))).collect()
}

async fn count(method: &str) -> usize {
    log().await.iter().filter(|(found, _)| found == method).count()
}

/// Resets the demo organization and returns a client with `key`, and its count of refused requests.
async fn client_with(key: &str) -> (Client, Arc<AtomicU32>) {
    control("reset", &json!({"seed": "demo"})).await;
    let slot = Arc::new(CredentialSlot::default());
    slot.fill(Credential::parse(key).unwrap());
    let unauthorized = Arc::new(AtomicU32::new(0));
    let counter = unauthorized.clone();
    let exchange = BrowserExchange::new(&format!("{SANDBOX}/api/v1"), slot);
    let on_unauthorized = Arc::new(move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
    });
    (Client::new(Arc::new(exchange), on_unauthorized), unauthorized)
}

async fn client() -> Client {
    client_with(KEY).await.0
}

fn slug(text: &str) -> WorkspaceRef {
    WorkspaceRef::Slug(Slug::parse(text).unwrap())
}

fn new_lab(slug: &str) -> CreateWorkspace {
    let form = WorkspaceForm { name: "Lab".to_owned(), slug: slug.to_owned(), ..WorkspaceForm::default() };
    form.validate_create(|_| false).unwrap()
}

#[wasm_bindgen_test]
async fn every_list_is_read_to_its_end() {
    let client = client().await;
    assert!(keys::get_current(&client).await.unwrap().is_management_key);
    let first = workspaces::list(&client, FIRST).await.unwrap();
    let all = collect(workspaces::read_all(&client)).await.unwrap();
    assert_eq!((Some(all.rows.len() as u64), all.doubt), (first.total, None));
    let people = collect(organization::read_all_members(&client)).await.unwrap();
    assert!(people.rows.len() > 200 && people.doubt.is_none());
    assert!(models::list_all(&client).await.unwrap().iter().any(|model| model.gives("image")));
    let production = workspaces::get(&client, &slug("production")).await.unwrap();
    assert!(keys::collect_all(&client, &production.id).await.unwrap().iter().any(|key| !key.disabled));
    let default_members = members::count(&client, &slug("default")).await.unwrap();
    assert_eq!(default_members, people.rows.len() as u64);
}

#[wasm_bindgen_test]
async fn a_refused_key_is_reported_as_unauthorized() {
    let (client, unauthorized) = client_with("sk-or-v1-wrong").await;
    let error = workspaces::list(&client, FIRST).await.unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(unauthorized.load(Ordering::Relaxed), 1);
    assert!(!error.details().contains("wrong"));
}

#[wasm_bindgen_test]
async fn a_read_is_retried_after_a_temporary_fault() {
    let client = client().await;
    for answer in [json!({"kind": "close"}), json!({"kind": "status", "status": 503, "envelope": false})] {
        control("faults", &json!({"method": "GET", "path": "/workspaces", "answer": answer})).await;
        assert!(workspaces::list(&client, FIRST).await.is_ok());
    }
    let busy = json!({"kind": "status", "status": 429, "retry_after": "120"});
    control("faults", &json!({"method": "GET", "path": "/workspaces", "answer": busy})).await;
    let error = workspaces::list(&client, FIRST).await.unwrap_err();
    assert_eq!(error.retry_after().map(|wait| wait.as_secs()), Some(120));
}

#[wasm_bindgen_test]
async fn a_web_page_instead_of_data_is_not_the_apis_answer() {
    let client = client().await;
    let html = json!({"kind": "status", "status": 200, "body": "<html></html>", "content_type": "text/html"});
    control("faults", &json!({"path": "/workspaces/production", "answer": html})).await;
    let error = workspaces::get(&client, &slug("production")).await.unwrap_err();
    assert_eq!((error.status(), error.responder()), (Some(200), Some(Responder::Unknown)), "{error:?}");
}

#[wasm_bindgen_test]
async fn unusable_responses_are_decode_or_network_errors() {
    let client = client().await;
    let other = json!({"kind": "status", "status": 200, "body": r#"{"data": 7}"#, "content_type": "application/json"});
    control("faults", &json!({"path": "/workspaces/production", "answer": other})).await;
    let error = workspaces::get(&client, &slug("production")).await.unwrap_err();
    assert!(matches!(error, ApiError::Decode { .. }), "{error:?}");
    control("faults", &json!({"path": "/workspaces/production", "times": 3, "answer": {"kind": "truncate"}})).await;
    let error = workspaces::get(&client, &slug("production")).await.unwrap_err();
    assert!(matches!(error, ApiError::Network { .. } | ApiError::Decode { .. }), "{error:?}");
}

#[wasm_bindgen_test]
async fn a_deeply_nested_response_is_an_error_and_does_not_overflow_the_stack() {
    let client = client().await;
    for (status, body) in
        [(200, "[".repeat(100_000)), (200, r#"{"data":["#.repeat(100_000)), (400, r#"{"error":"#.repeat(100_000))]
    {
        let deep = json!({"kind": "status", "status": status, "body": body, "content_type": "application/json"});
        control("faults", &json!({"method": "GET", "path": "/workspaces", "answer": deep})).await;
        let error = workspaces::list(&client, FIRST).await.unwrap_err();
        assert!(matches!(error, ApiError::Decode { .. } | ApiError::Status(_)), "{error:?}");
    }
    assert!(!workspaces::list(&client, FIRST).await.unwrap().rows.is_empty());
}

#[wasm_bindgen_test]
async fn a_creation_with_a_lost_response_is_settled_and_sent_once() {
    let lost = [json!({"kind": "close"}), json!({"kind": "truncate"}), json!({"kind": "status", "status": 500})];
    for answer in lost {
        let client = client().await;
        control("faults", &json!({"method": "POST", "path": "/workspaces", "when": "after", "answer": answer})).await;
        assert_eq!(workspaces::create(&client, &new_lab("lab")).await.unwrap().slug.as_str(), "lab");
        let labs = workspaces::list(&client, FIRST).await.unwrap();
        assert_eq!(labs.rows.iter().filter(|workspace| workspace.name == "Lab").count(), 1);
    }
}

#[wasm_bindgen_test]
async fn a_creation_that_never_arrived_is_settled_as_not_applied() {
    let client = client().await;
    let failure = json!({"kind": "status", "status": 502, "envelope": false});
    control("faults", &json!({"method": "POST", "path": "/workspaces", "answer": failure})).await;
    let failure = workspaces::create(&client, &new_lab("lab")).await.unwrap_err();
    assert_eq!(failure.outcome, WriteOutcome::NotApplied);
    assert_eq!(count("POST").await, 1);
    let refused = workspaces::create(&client, &new_lab("production")).await.unwrap_err();
    assert_eq!((refused.outcome, refused.error.status()), (WriteOutcome::Refused, Some(400)));
}

#[wasm_bindgen_test]
async fn a_change_and_a_deletion_are_settled_by_reading_back() {
    let client = client().await;
    let before = workspaces::get(&client, &slug("interns")).await.unwrap();
    let update = UpdateWorkspace { description: Patch::Set("New".to_owned()), ..UpdateWorkspace::default() };
    let lost = json!({"method": "PATCH", "path": "/workspaces/", "when": "after", "answer": {"kind": "status", "status": 500}});
    control("faults", &lost).await;
    let after = workspaces::update(&client, &before, &update).await.unwrap();
    assert_eq!(after.description.as_deref(), Some("New"));
    let gone = json!({"method": "DELETE", "path": "/workspaces/", "when": "after", "answer": {"kind": "close"}});
    control("faults", &gone).await;
    workspaces::delete(&client, &after.id).await.unwrap();
    assert!(workspaces::get(&client, &slug("interns")).await.unwrap_err().is_not_found());
}

#[wasm_bindgen_test]
async fn budgets_and_members_are_written_and_read() {
    let client = client().await;
    let interns = workspaces::get(&client, &slug("interns")).await.unwrap();
    let body = SetBudget { limit_usd: Usd::parse("10.10").unwrap(), include_byok_in_budgets: None };
    let lost = json!({"method": "PUT", "path": "/budgets/", "when": "after", "answer": {"kind": "close"}});
    control("faults", &lost).await;
    budgets::write(&client, &interns.id, Interval::Daily, None, Some(&body)).await.unwrap();
    let set = budgets::get(&client, &slug("interns"), Interval::Daily).await.unwrap().unwrap();
    assert_eq!(set.0.limit_usd.plain(), "10.10");
    budgets::write(&client, &interns.id, Interval::Daily, Some(set.0.limit_usd), None).await.unwrap();
    assert!(budgets::get(&client, &slug("interns"), Interval::Daily).await.unwrap().is_none());
    let people = organization::list_members(&client, FIRST).await.unwrap().rows;
    let ids = UserIds::new(people.into_iter().take(3).map(|person| person.id)).unwrap();
    assert_eq!(members::bulk_add(&client, &slug("interns"), &ids).await.unwrap().count, 3);
    let lost =
        json!({"method": "POST", "path": "/members/add", "when": "after", "answer": {"kind": "status", "status": 500}});
    control("faults", &lost).await;
    assert!(members::bulk_add(&client, &slug("interns"), &ids).await.unwrap_err().is_unclear());
    let one = UserIds::new(ids.as_slice().first().cloned()).unwrap();
    assert_eq!(members::bulk_remove(&client, &slug("interns"), &one).await.unwrap().count, 1);
}

#[wasm_bindgen_test]
async fn dropping_a_call_aborts_its_request() {
    let client = client().await;
    control("faults", &json!({"path": "/models", "delay_ms": 60_000, "answer": {"kind": "pass"}})).await;
    let (waiting, handle) = futures::future::abortable(models::list(&client, FIRST));
    let later = async {
        // Drop it only after the server received it. Otherwise the test proves nothing.
        while !log().await.iter().any(|(_, path)| path.ends_with("/models")) {}
        handle.abort();
    };
    let (given, ()) = futures::join!(waiting, later);
    assert!(given.is_err());
    // The next request responds immediately: it does not wait behind the dropped one.
    assert!(models::list(&client, FIRST).await.is_ok());
}
