//! API keys over HTTP: create, change, move, and what happens to them with their workspace.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, also in what it shares")]

mod support;

use serde_json::{Value, json};
use support::Sandbox;

/// Creates a key with these fields, and returns the whole answer.
#[track_caller]
fn create(sandbox: &Sandbox, fields: Value) -> Value {
    let answer = sandbox.call("POST", "/keys", Some(fields));
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()
}

#[test]
fn a_new_key_has_what_was_sent_and_its_secret_comes_once() {
    let sandbox = Sandbox::start(&["--faults"]);
    let workspace = sandbox.get("/workspaces/interns")["data"]["id"].clone();
    let person = sandbox.people(3).remove(2);
    let made = create(
        &sandbox,
        json!({ "name": "CI", "workspace_id": workspace, "limit": 25.5, "limit_reset": "weekly",
            "include_byok_in_limit": true, "expires_at": "2099-01-31T09:41:07Z", "creator_user_id": person }),
    );
    let (secret, key) = (made["key"].as_str().unwrap(), &made["data"]);
    assert!(secret.starts_with("sk-or-v1-"));
    assert_eq!(
        [&key["name"], &key["workspace_id"], &key["creator_user_id"]],
        [&json!("CI"), &workspace, &json!(person)]
    );
    assert_eq!(
        [&key["limit"], &key["limit_remaining"], &key["limit_reset"]],
        [&json!(25.5), &json!(25.5), &json!("weekly")]
    );
    assert_eq!([&key["usage"], &key["last_used_at"], &key["disabled"]], [&json!(0.0), &Value::Null, &json!(false)]);
    assert!(key["expires_at"].as_str().unwrap().starts_with("2099-01-31T09:41:07"));
    let hash = key["hash"].as_str().unwrap();
    assert_eq!(sandbox.get(&format!("/keys/{hash}"))["data"], *key);
    assert!(!sandbox.control("GET", "db", None).to_string().contains(secret));
}

#[test]
fn the_secret_of_a_new_key_works_until_the_key_is_disabled() {
    let sandbox = Sandbox::start(&[]);
    let made = create(&sandbox, json!({ "name": "CI", "workspace_id": "interns", "limit": 3 }));
    let authorization = format!("Bearer {}", made["key"].as_str().unwrap());
    let ask = |path: &str| sandbox.send("GET", path, &[("Authorization", &authorization)], None).unwrap();
    let own = ask("/api/v1/key").json()["data"].clone();
    assert_eq!([&own["is_management_key"], &own["limit_remaining"]], [&json!(false), &json!(3.0)]);
    assert_eq!(ask("/api/v1/keys").status, 403);
    let hash = made["data"]["hash"].as_str().unwrap();
    sandbox.call("PATCH", &format!("/keys/{hash}"), Some(json!({ "disabled": true })));
    assert_eq!(ask("/api/v1/key").status, 401);
}

#[test]
fn a_key_without_a_workspace_goes_to_the_default_one() {
    let sandbox = Sandbox::start(&["--seed", "empty"]);
    let default = sandbox.get("/workspaces/default")["data"]["id"].clone();
    assert_eq!(create(&sandbox, json!({ "name": "CI" }))["data"]["workspace_id"], default);
}

#[test]
fn an_invalid_field_of_a_key_is_named() {
    let sandbox = Sandbox::start(&["--seed", "empty"]);
    for (field, value) in [
        ("name", json!("")),
        ("name", json!(null)),
        ("limit", json!(-1)),
        ("limit", json!("5")),
        ("limit_reset", json!("yearly")),
        ("expires_at", json!("2099-01-31T09:41Z")),
        ("expires_at", json!("2099-01-31T09:41:07+02:00")),
        ("expires_at", json!("2001-01-31T09:41:07Z")),
        ("creator_user_id", json!("user_nobody")),
        ("include_byok_in_limit", json!("yes")),
    ] {
        let mut body = json!({ "name": "CI" });
        body[field] = value.clone();
        let refused = sandbox.call("POST", "/keys", Some(body));
        assert_eq!(refused.status, 400, "{field}: {value}");
        assert!(refused.message().starts_with(field), "{field}: {}", refused.text);
    }
    let unknown = json!({ "name": "CI", "workspace_id": "no-such-workspace" });
    assert_eq!(sandbox.call("POST", "/keys", Some(unknown)).status, 404);
    assert_eq!(sandbox.call("POST", "/keys", Some(json!({}))).message(), "name is required");
}

#[test]
fn a_key_is_changed_and_moved() {
    let sandbox = Sandbox::start(&[]);
    let key = sandbox.get("/keys?workspace_id=production")["data"][0].clone();
    let path = format!("/keys/{}", key["hash"].as_str().unwrap());
    let patch = |body: Value| sandbox.call("PATCH", &path, Some(body));
    let target = sandbox.get("/workspaces/interns")["data"]["id"].clone();
    let moved = patch(json!({ "workspace_id": target, "limit": 0.5, "limit_reset": null, "name": "Moved" }));
    let data = moved.json()["data"].clone();
    assert_eq!(
        [&data["workspace_id"], &data["limit"], &data["limit_reset"], &data["name"]],
        [&target, &json!(0.5), &Value::Null, &json!("Moved")]
    );
    assert_eq!(data["usage"], key["usage"]);
    assert_eq!(data["limit_remaining"], 0.0);
    assert!(data["updated_at"].is_string());
    // A workspace that the key is in already changes nothing.
    assert_eq!(patch(json!({ "workspace_id": target })).json()["data"], data);
    assert_eq!(patch(json!({ "limit": null })).json()["data"]["limit"], Value::Null);
    for body in [json!({}), json!({ "expires_at": null }), json!({ "unknown": 1 })] {
        let refused = patch(body);
        assert_eq!((refused.status, refused.message().as_str()), (400, "No update fields provided"));
    }
    assert_eq!(patch(json!({ "workspace_id": "no-such-workspace" })).status, 404);
    assert_eq!(sandbox.call("PATCH", "/keys/none", Some(json!({ "limit": -1 }))).status, 404);
}

#[test]
fn a_disabled_key_outlives_its_workspace() {
    let sandbox = Sandbox::start(&[]);
    let key = sandbox.get("/keys?workspace_id=hackathon&include_disabled=true")["data"][0].clone();
    assert_eq!(sandbox.call("DELETE", "/workspaces/hackathon", None).status, 200);
    let path = format!("/keys/{}", key["hash"].as_str().unwrap());
    assert_eq!(sandbox.get(&path)["data"], key);
    assert_eq!(sandbox.call("PATCH", &path, Some(json!({ "disabled": false }))).status, 403);
}

#[test]
fn the_default_workspace_is_deleted_only_with_a_confirmation_which_disables_its_keys() {
    let sandbox = Sandbox::start(&[]);
    let key = sandbox.get("/keys")["data"][0].clone();
    let refused = sandbox.call("DELETE", "/workspaces/default", None);
    assert_eq!(refused.status, 403);
    let done = sandbox.call("DELETE", "/workspaces/default?confirm_default_workspace_deletion=true", None);
    assert_eq!(done.status, 200, "{}", done.text);
    let path = format!("/keys/{}", key["hash"].as_str().unwrap());
    assert_eq!(sandbox.get(&path)["data"]["disabled"], true);
    assert_eq!(sandbox.call("GET", "/workspaces/default", None).status, 404);
    assert_eq!(sandbox.call("GET", "/keys", None).status, 400);
    assert_eq!(sandbox.call("POST", "/keys", Some(json!({ "name": "CI" }))).status, 400);
    assert_eq!(sandbox.get("/key")["data"]["workspace_id"], Value::Null);
}

#[test]
fn the_confirmation_does_not_help_with_active_keys_of_another_workspace() {
    let sandbox = Sandbox::start(&[]);
    let path = "/workspaces/production?confirm_default_workspace_deletion=true";
    assert_eq!(sandbox.call("DELETE", path, None).status, 400);
}

#[test]
fn the_scale_seed_has_as_many_keys_as_requested() {
    let size = ["--workspaces", "3", "--people", "20", "--members", "10", "--keys", "250"];
    let sandbox = Sandbox::start(&[&["--seed", "scale"], &size[..]].concat());
    let mut keys = Vec::new();
    loop {
        let path = format!("/keys?include_disabled=true&include_expired=true&offset={}", keys.len());
        let page = sandbox.get(&path)["data"].as_array().unwrap().clone();
        if page.is_empty() {
            break;
        }
        keys.extend(page);
    }
    assert_eq!(keys.len(), 250);
    let has = |test: fn(&Value) -> bool| keys.iter().any(test);
    assert!(
        has(|key| key["disabled"] == true) && has(|key| key["limit"].is_null()) && has(|key| key["limit"].is_number())
    );
    assert!(has(|key| key["last_used_at"].is_null()) && has(|key| key["expires_at"].is_string()));
}
