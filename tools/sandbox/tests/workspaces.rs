//! Workspaces over HTTP: create, update and delete, and what is refused.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, also in what it shares")]

mod support;

use serde_json::{Value, json};
use support::Sandbox;

#[test]
fn a_new_workspace_has_what_was_sent_and_the_documented_defaults() {
    let sandbox = Sandbox::start(&["--seed", "empty"]);
    let answer = sandbox.call(
        "POST",
        "/workspaces",
        Some(json!({ "name": "Ünïted", "slug": "united", "description": null, "io_logging_sampling_rate": 0.5,
            "disabled_server_tools": ["openrouter:web_search"], "color": "ignored" })),
    );
    assert_eq!(answer.status, 201);
    let made = answer.json()["data"].clone();
    assert_eq!(made["name"], "Ünïted");
    assert_eq!(made["description"], Value::Null);
    assert_eq!(made["io_logging_sampling_rate"], 0.5);
    assert_eq!(made["disabled_server_tools"], json!(["openrouter:web_search"]));
    assert_eq!(made["is_observability_io_logging_enabled"], false);
    assert_eq!(made["updated_at"], Value::Null);
    for id in [&made["id"], &made["slug"]] {
        assert_eq!(sandbox.get(&format!("/workspaces/{}", id.as_str().unwrap()))["data"], made);
    }
}

#[test]
fn an_absent_field_stays_null_clears_it_and_a_value_sets_it() {
    let sandbox = Sandbox::start(&[]);
    let before = sandbox.get("/workspaces/compliance")["data"].clone();
    let patch = json!({ "default_text_model": null, "io_logging_api_key_ids": [7], "disabled_server_tools": [] });
    let after = sandbox.call("PATCH", "/workspaces/compliance", Some(patch)).json()["data"].clone();
    assert_eq!(after["default_text_model"], Value::Null);
    assert_eq!(after["io_logging_api_key_ids"], json!([7]));
    assert_eq!(after["disabled_server_tools"], Value::Null);
    assert_eq!(after["default_image_model"], before["default_image_model"]);
    assert_ne!(after["updated_at"], before["updated_at"]);
}

#[test]
fn an_update_that_changes_nothing_does_not_touch_the_time_of_the_last_update() {
    let sandbox = Sandbox::start(&[]);
    let before = sandbox.get("/workspaces/production")["data"].clone();
    for patch in [json!({}), json!({ "name": "Production" }), json!({ "unknown": 1 })] {
        let answer = sandbox.call("PATCH", "/workspaces/production", Some(patch));
        assert_eq!((answer.status, &answer.json()["data"]), (200, &before));
    }
}

#[test]
fn a_taken_slug_is_named_in_the_refusal() {
    let sandbox = Sandbox::start(&[]);
    let body = || Some(json!({ "name": "X", "slug": "production" }));
    for answer in [sandbox.call("POST", "/workspaces", body()), sandbox.call("PATCH", "/workspaces/interns", body())] {
        assert_eq!(answer.status, 400);
        assert_eq!(answer.message(), "A workspace with slug \"production\" already exists");
    }
}

#[test]
fn the_default_workspace_keeps_its_slug_and_stays() {
    let sandbox = Sandbox::start(&[]);
    let renamed = sandbox.call("PATCH", "/workspaces/default", Some(json!({ "slug": "other" })));
    assert_eq!(renamed.status, 400);
    assert_eq!(sandbox.call("PATCH", "/workspaces/default", Some(json!({ "name": "Us" }))).status, 200);
    assert_eq!(sandbox.call("DELETE", "/workspaces/default", None).status, 403);
}

#[test]
fn active_keys_block_a_deletion_until_they_are_disabled_or_deleted() {
    let sandbox = Sandbox::start(&[]);
    let refused = sandbox.call("DELETE", "/workspaces/mobile-apps", None);
    assert_eq!(refused.status, 400);
    assert!(refused.message().contains("2 active API keys"), "{}", refused.text);
    let keys = sandbox.get("/keys?workspace_id=mobile-apps")["data"].clone();
    let hash = |index: usize| keys[index]["hash"].as_str().unwrap().to_owned();
    let disabled = sandbox.call("PATCH", &format!("/keys/{}", hash(0)), Some(json!({ "disabled": true })));
    assert_eq!(disabled.json()["data"]["disabled"], true);
    assert_eq!(sandbox.call("DELETE", &format!("/keys/{}", hash(1)), None).json(), json!({ "deleted": true }));
    assert_eq!(sandbox.call("DELETE", "/workspaces/mobile-apps", None).json(), json!({ "deleted": true }));
    assert_eq!(sandbox.call("GET", "/workspaces/mobile-apps", None).status, 404);
    assert_eq!(sandbox.call("DELETE", "/workspaces/mobile-apps", None).status, 404);
    assert_eq!(sandbox.get(&format!("/keys/{}", hash(0)))["data"]["disabled"], true);
}

#[test]
fn a_body_that_is_not_a_json_object_is_refused() {
    let sandbox = Sandbox::start(&["--seed", "empty"]);
    let key = format!("Bearer {}", support::KEY);
    for body in ["", "{", "[]", "\"x\"", "{\"name\": \"\\ud800\"}"] {
        let answer = sandbox.send("POST", "/api/v1/workspaces", &[("Authorization", &key)], Some(body)).unwrap();
        assert_eq!(answer.status, 400, "{body}");
        assert!(answer.message().contains("request body"), "{body}");
    }
    let missing = sandbox.call("POST", "/workspaces", Some(json!({ "name": "X" })));
    assert_eq!((missing.status, missing.message()), (400, "slug is required".to_owned()));
}

#[test]
fn unknown_ids_are_not_found() {
    let sandbox = Sandbox::start(&["--seed", "empty"]);
    for path in [
        "/workspaces/nope",
        "/workspaces/00000000-0000-4000-8000-000000000000",
        "/workspaces/%FF",
        "/workspaces/a%2Fb",
        "/workspaces/nope/budgets",
        "/workspaces/nope/members",
        "/workspaces/default/budgets/daily",
        "/keys/nope",
        "/nope",
    ] {
        let answer = sandbox.call("GET", path, None);
        assert_eq!(answer.status, 404, "{path}");
        answer.message();
        assert!(answer.header("x-request-id").starts_with("req_"), "{path}");
    }
}
