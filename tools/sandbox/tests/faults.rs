//! Faults are real: statuses, late responses, truncated bodies, closed connections.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, also in what it shares")]

mod support;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::Sandbox;

fn start() -> Sandbox {
    Sandbox::start(&["--faults"])
}

fn fault(sandbox: &Sandbox, fault: Value) {
    sandbox.control("POST", "faults", Some(fault));
}

fn name_of(sandbox: &Sandbox, slug: &str) -> Value {
    sandbox.get(&format!("/workspaces/{slug}"))["data"]["name"].clone()
}

fn rename(sandbox: &Sandbox, name: &str) -> Result<support::Answer, ureq::Error> {
    sandbox.try_call("PATCH", "/workspaces/interns", Some(json!({ "name": name })))
}

#[test]
fn a_status_comes_before_or_after_the_write() {
    let sandbox = start();
    for (when, is_written) in [("before", false), ("after", true)] {
        fault(
            &sandbox,
            json!({ "method": "PATCH", "path": "/workspaces/interns", "when": when, "answer": { "kind": "status",
                "status": 503, "message": "Overloaded", "retry_after": "7", "metadata": { "a": 1 } } }),
        );
        let answer = rename(&sandbox, when).unwrap();
        assert_eq!((answer.status, answer.message()), (503, "Overloaded".to_owned()));
        assert_eq!(answer.header("retry-after"), "7");
        assert_eq!(answer.json()["error"]["metadata"]["a"], 1);
        assert!(answer.header("x-request-id").starts_with("req_"));
        assert_eq!(name_of(&sandbox, "interns") == when, is_written);
    }
    assert_eq!(sandbox.control("GET", "faults", None), json!([]));
}

#[test]
fn a_body_need_not_be_the_envelope() {
    let sandbox = start();
    fault(
        &sandbox,
        json!({ "path": "/key", "answer": { "kind": "status", "status": 502, "body": "<h1>Bad Gateway</h1>",
            "content_type": "text/html" } }),
    );
    fault(&sandbox, json!({ "path": "/key", "answer": { "kind": "status", "status": 500, "envelope": false } }));
    let html = sandbox.call("GET", "/key", None);
    assert_eq!((html.status, html.header("content-type")), (502, "text/html"));
    assert_eq!(html.text, "<h1>Bad Gateway</h1>");
    let nothing = sandbox.call("GET", "/key", None);
    assert_eq!((nothing.status, nothing.text.as_str()), (500, ""));
    assert_eq!(sandbox.call("GET", "/key", None).status, 200);
}

#[test]
fn a_closed_connection_gives_no_response_and_is_logged_with_status_0() {
    let sandbox = start();
    for (when, is_written) in [("before", false), ("after", true)] {
        sandbox.control("DELETE", "log", None);
        fault(&sandbox, json!({ "method": "PATCH", "path": ".", "when": when, "answer": { "kind": "close" } }));
        assert!(rename(&sandbox, when).is_err());
        let log = sandbox.control("GET", "log", None);
        assert_eq!(log.as_array().unwrap().len(), 1);
        assert_eq!(log[0]["status"], 0);
        assert_eq!(log[0]["request_body"], json!({ "name": when }));
        assert_eq!(name_of(&sandbox, "interns") == when, is_written);
    }
}

#[test]
fn a_truncated_response_is_shorter_than_its_content_length() {
    use std::io::{Read, Write};
    let sandbox = start();
    fault(&sandbox, json!({ "path": "^/workspaces", "answer": { "kind": "truncate" } }));
    let mut stream = std::net::TcpStream::connect(&sandbox.address).unwrap();
    let head =
        format!("GET /api/v1/workspaces HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\r\n", support::KEY);
    stream.write_all(head.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    // The connection can end with a reset, too.
    drop(stream.read_to_end(&mut bytes));
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 OK"), "{head}");
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    assert_eq!(body.len(), length.parse::<usize>().unwrap() / 2);
    assert!(body.starts_with("{\"data\":[{\"id\":"), "{body}");
}

#[test]
fn a_truncated_write_is_applied_only_after() {
    let sandbox = start();
    for (when, is_written) in [("before", false), ("after", true)] {
        fault(&sandbox, json!({ "method": "PATCH", "path": ".", "when": when, "answer": { "kind": "truncate" } }));
        assert!(rename(&sandbox, when).is_err());
        assert_eq!(name_of(&sandbox, "interns") == when, is_written);
    }
}

#[test]
fn a_late_response_is_the_true_one() {
    let sandbox = start();
    fault(&sandbox, json!({ "path": "/key", "delay_ms": 120, "answer": { "kind": "pass" } }));
    let start = Instant::now();
    assert_eq!(sandbox.call("GET", "/key", None).status, 200);
    assert!(start.elapsed() >= Duration::from_millis(120));
}

#[test]
fn an_invalid_fault_is_refused() {
    let sandbox = start();
    for body in [
        json!({ "path": "/x" }),
        json!({ "path": "/x", "answer": { "kind": "explode" } }),
        json!({ "path": "/x", "answer": { "kind": "status", "status": 99 } }),
        json!({ "path": "/x", "tims": 2, "answer": { "kind": "close" } }),
    ] {
        let answer = sandbox.send("POST", "/__control/faults", &[], Some(&body.to_string())).unwrap();
        assert_eq!(answer.status, 400, "{body}");
    }
}

#[test]
fn the_log_has_each_request_and_never_the_key() {
    let sandbox = start();
    sandbox.call("GET", "/workspaces?limit=1", None);
    sandbox.send("GET", "/api/v1/key", &[("Authorization", "Bearer sk-or-v1-wrong")], None).unwrap();
    let log = sandbox.control("GET", "log", None);
    assert_eq!(log[0]["path"], "/api/v1/workspaces");
    assert_eq!((&log[0]["query"], &log[0]["authorized"]), (&json!("limit=1"), &json!(true)));
    assert_eq!((&log[1]["status"], &log[1]["authorized"]), (&json!(401), &json!(false)));
    assert!(!log.to_string().contains("sk-or"));
    sandbox.control("DELETE", "log", None);
    assert_eq!(sandbox.control("GET", "log", None), json!([]));
}

#[test]
fn the_log_has_the_refusals_of_the_api_but_not_those_of_faults() {
    let sandbox = start();
    let path = "/workspaces/interns/budgets";
    assert_eq!(sandbox.call("PUT", &format!("{path}/weekly"), Some(json!({ "limit_usd": 5 }))).status, 200);
    let refused = sandbox.call("PUT", &format!("{path}/daily"), Some(json!({ "limit_usd": 5 })));
    fault(&sandbox, json!({ "path": "/key", "answer": { "kind": "status", "status": 400, "message": "A fault" } }));
    assert_eq!(sandbox.call("GET", "/key", None).status, 400);
    // A refusal is logged also if its response is lost.
    fault(&sandbox, json!({ "method": "PUT", "path": ".", "when": "after", "answer": { "kind": "close" } }));
    assert!(sandbox.try_call("PUT", &format!("{path}/monthly"), Some(json!({ "limit_usd": 4 }))).is_err());
    let log = sandbox.control("GET", "log", None);
    assert_eq!((&log[0]["refusal"], &log[2]["refusal"]), (&Value::Null, &Value::Null));
    assert_eq!((refused.status, &log[1]["refusal"]), (400, &json!(refused.message())));
    let lost = log[3]["refusal"].as_str().unwrap();
    assert!(lost.starts_with("Budget limits must decrease as the interval narrows"), "{lost}");
    assert_eq!(log[3]["status"], 0);
}

#[test]
fn a_reset_restores_the_data_and_clears_faults_and_log() {
    let sandbox = start();
    sandbox.create("new");
    fault(&sandbox, json!({ "path": "/key", "times": 5, "answer": { "kind": "close" } }));
    sandbox.control("POST", "reset", Some(json!({ "seed": "demo", "auth": "proxy", "latency_ms": 0 })));
    assert_eq!(sandbox.control("GET", "log", None), json!([]));
    assert_eq!(sandbox.send("GET", "/api/v1/key", &[], None).unwrap().status, 200);
    assert_eq!(sandbox.call("GET", "/workspaces/new", None).status, 404);
}

#[test]
fn without_the_option_there_are_no_control_routes() {
    let sandbox = Sandbox::start(&["--seed", "empty"]);
    for (method, route) in [("GET", "faults"), ("GET", "log"), ("POST", "reset"), ("GET", "db")] {
        let body = (method == "POST").then_some("{\"seed\":\"empty\"}");
        assert_eq!(sandbox.send(method, &format!("/__control/{route}"), &[], body).unwrap().status, 404);
    }
}

#[test]
fn pages_of_another_origin_can_be_allowed() {
    let sandbox = Sandbox::start(&["--seed", "empty", "--cors-origin", "*"]);
    let asked = [
        ("Origin", "http://127.0.0.1:9"),
        ("Access-Control-Request-Method", "PATCH"),
        ("Access-Control-Request-Headers", "authorization,content-type"),
    ];
    let preflight = sandbox.send("OPTIONS", "/api/v1/workspaces/default", &asked, None).unwrap();
    assert_eq!(preflight.status, 200);
    assert_eq!(preflight.header("access-control-allow-methods"), "PATCH");
    assert_eq!(preflight.header("access-control-allow-headers"), "authorization,content-type");
    let answer = sandbox.send("GET", "/api/v1/key", &[asked[0]], None).unwrap();
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert!(answer.header("access-control-expose-headers").contains("x-request-id"));
}

#[test]
fn every_response_can_be_delayed() {
    let sandbox = Sandbox::start(&["--seed", "empty", "--latency-ms", "60"]);
    let start = Instant::now();
    sandbox.call("GET", "/key", None);
    sandbox.call("GET", "/nope", None);
    assert!(start.elapsed() >= Duration::from_millis(120));
}
