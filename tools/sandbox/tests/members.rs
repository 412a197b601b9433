//! Members over HTTP: a request is applied completely or not at all.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, also in what it shares")]

mod support;

use serde_json::{Value, json};
use support::{Answer, Sandbox};

fn bulk(sandbox: &Sandbox, act: &str, slug: &str, user_ids: &[String]) -> Answer {
    sandbox.call("POST", &format!("/workspaces/{slug}/members/{act}"), Some(json!({ "user_ids": user_ids })))
}

fn count(sandbox: &Sandbox, slug: &str) -> Value {
    sandbox.get(&format!("/workspaces/{slug}/members"))["total_count"].clone()
}

#[test]
fn adding_sets_the_organization_role_and_can_be_repeated() {
    let sandbox = Sandbox::start(&[]);
    sandbox.create("new");
    let people = sandbox.people(2);
    for _ in 0..2 {
        let added = bulk(&sandbox, "add", "new", &people).json();
        assert_eq!(added["added_count"], 2);
        let of_admin = added["data"].as_array().unwrap().iter().find(|one| one["user_id"] == people[0]).unwrap();
        assert_eq!(of_admin["role"], "admin");
    }
    assert_eq!(count(&sandbox, "new"), 2);
    assert_eq!(bulk(&sandbox, "remove", "new", &people).json(), json!({ "removed_count": 2 }));
    assert_eq!(bulk(&sandbox, "remove", "new", &people).json(), json!({ "removed_count": 0 }));
}

#[test]
fn an_unknown_id_refuses_the_whole_request_and_is_not_named() {
    let sandbox = Sandbox::start(&[]);
    sandbox.create("new");
    let mut people = sandbox.people(1);
    people.push("user_nobody".to_owned());
    for act in ["add", "remove"] {
        let refused = bulk(&sandbox, act, "new", &people);
        assert_eq!(refused.status, 400);
        assert_eq!(refused.message(), "Some users are not members of the organization");
    }
    assert_eq!(count(&sandbox, "new"), 0);
}

#[test]
fn people_with_active_keys_or_managed_people_are_named_and_no_one_is_removed() {
    let sandbox = Sandbox::start(&[]);
    let members = sandbox.get("/workspaces/production/members?limit=100")["data"].clone();
    let ids: Vec<String> =
        members.as_array().unwrap().iter().map(|one| one["user_id"].as_str().unwrap().to_owned()).collect();
    let keys = sandbox.get("/keys?workspace_id=production")["data"].clone();
    let is_creator = |id: &&String| keys.as_array().unwrap().iter().any(|key| key["creator_user_id"] == **id);
    let creator = ids.iter().find(is_creator).unwrap().clone();
    let managed = ids.last().unwrap().clone();
    let free = ids.iter().find(|id| !is_creator(id) && **id != managed).unwrap().clone();
    for (blocked, reason, status) in [(creator, "active API keys", 400), (managed, "SCIM", 403)] {
        let refused = bulk(&sandbox, "remove", "production", &[free.clone(), blocked.clone()]);
        assert_eq!(refused.status, status);
        let message = refused.message();
        assert!(message.contains(reason) && message.contains(&blocked) && !message.contains(&free), "{message}");
        assert_eq!(refused.json()["error"]["metadata"]["user_ids"], json!([blocked]));
    }
    assert_eq!(count(&sandbox, "production"), ids.len());
    assert_eq!(bulk(&sandbox, "remove", "production", &[free]).json(), json!({ "removed_count": 1 }));
}

#[test]
fn some_of_very_many_members_have_keys_or_are_managed() {
    let sandbox = Sandbox::start(&["--seed", "scale", "--workspaces", "2", "--people", "330", "--members", "300"]);
    let page = |offset: usize| sandbox.get(&format!("/workspaces/scale-members/members?limit=100&offset={offset}"));
    let member = |index: usize| page(index)["data"][0]["user_id"].as_str().unwrap().to_owned();
    let keys = |query: &str| sandbox.get(&format!("/keys?workspace_id=scale-members{query}"))["data"].clone();
    let creators = |keys: &serde_json::Value| -> Vec<String> {
        keys.as_array().unwrap().iter().map(|key| key["creator_user_id"].as_str().unwrap().to_owned()).collect()
    };
    let active = keys("");
    assert_eq!(creators(&active), [48, 145, 242].map(member));
    for key in active.as_array().unwrap() {
        let spent = ["usage_daily", "usage_weekly", "usage_monthly", "usage"].map(|name| key[name].as_f64().unwrap());
        assert!(spent[0] > 0.0 && spent.is_sorted(), "{key}");
    }
    assert_eq!(creators(&keys("&include_disabled=true")), [48, 100, 145, 242].map(member));
    for (blocked, reason, status) in [(145, "active API keys", 400), (250, "SCIM", 403)] {
        let refused = bulk(&sandbox, "remove", "scale-members", &[member(0), member(blocked)]);
        assert_eq!(refused.status, status);
        assert!(refused.message().contains(reason) && refused.message().contains(&member(blocked)));
    }
    let free = [100, 249, 251].map(member);
    assert_eq!(bulk(&sandbox, "remove", "scale-members", &free).json(), json!({ "removed_count": 3 }));
}

#[test]
fn everyone_is_in_the_default_workspace_and_no_one_can_be_added_or_removed() {
    let sandbox = Sandbox::start(&[]);
    assert_eq!(count(&sandbox, "default"), sandbox.get("/organization/members")["total_count"]);
    let first = sandbox.get("/workspaces/default/members?limit=1");
    assert_eq!(first, sandbox.get("/workspaces/default/members?limit=1"));
    for act in ["add", "remove"] {
        assert_eq!(bulk(&sandbox, act, "default", &sandbox.people(1)).status, 403);
    }
}

#[test]
fn one_to_a_hundred_ids_can_be_sent() {
    let sandbox = Sandbox::start(&[]);
    sandbox.create("new");
    let mut people = sandbox.people(100);
    assert_eq!(bulk(&sandbox, "add", "new", &people).json()["added_count"], 100);
    people.push(people[0].clone());
    for refused in [bulk(&sandbox, "add", "new", &people), bulk(&sandbox, "add", "new", &[])] {
        assert_eq!(refused.status, 400);
        assert!(refused.message().starts_with("user_ids must be"), "{}", refused.text);
    }
    let not_ids = sandbox.call("POST", "/workspaces/new/members/add", Some(json!({ "user_ids": [1] })));
    assert_eq!(not_ids.status, 400);
}
