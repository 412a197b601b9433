//! Authorization, paging, and the calls for keys, activity, models and people.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, also in what it shares")]

mod support;

use std::collections::HashSet;

use serde_json::{Value, json};
use support::{PLAIN_KEY, Sandbox};

#[test]
fn every_call_needs_a_management_key() {
    let sandbox = Sandbox::start(&["--seed", "empty"]);
    for (method, path) in [
        ("GET", "/workspaces"),
        ("POST", "/workspaces"),
        ("PATCH", "/workspaces/default"),
        ("GET", "/keys"),
        ("GET", "/models"),
        ("GET", "/key"),
    ] {
        let body = (method != "GET").then_some("{}");
        let ask = |headers: &[(&str, &str)]| sandbox.send(method, &format!("/api/v1{path}"), headers, body).unwrap();
        assert_eq!(ask(&[]).status, 401, "{path}");
        let wrong = ask(&[("Authorization", "Bearer sk-or-v1-wrong")]);
        assert_eq!(wrong.status, 401, "{path}");
        assert!(!wrong.text.contains("sk-or-v1-wrong"));
        let plain = ask(&[("Authorization", &format!("Bearer {PLAIN_KEY}"))]);
        assert_eq!(plain.status, if path == "/key" { 200 } else { 403 }, "{path}");
    }
}

#[test]
fn a_key_can_read_what_it_is() {
    let sandbox = Sandbox::start(&["--seed", "empty"]);
    assert_eq!(sandbox.get("/key")["data"]["is_management_key"], true);
    let headers = [("Authorization", format!("Bearer {PLAIN_KEY}"))];
    let plain = sandbox.send("GET", "/api/v1/key", &[(headers[0].0, &headers[0].1)], None).unwrap();
    assert_eq!(plain.json()["data"]["is_management_key"], false);
}

#[test]
fn an_individual_account_has_no_organization_and_no_directory() {
    let sandbox = Sandbox::start(&["--account", "individual"]);
    assert!(sandbox.get("/key")["data"]["organization_id"].is_null());
    assert_eq!(sandbox.call("GET", "/organization/members", None).status, 404);
    let sandbox = Sandbox::start(&[]);
    assert!(sandbox.get("/key")["data"]["organization_id"].is_string());
}

#[test]
fn behind_a_proxy_no_key_is_required() {
    let sandbox = Sandbox::start(&["--seed", "empty", "--auth", "proxy"]);
    assert_eq!(sandbox.send("GET", "/api/v1/workspaces", &[], None).unwrap().status, 200);
    let key = sandbox.send("GET", "/api/v1/key", &[], None).unwrap();
    assert_eq!(key.json()["data"]["is_management_key"], true);
}

/// Reads all pages of a list of ids.
fn all(sandbox: &Sandbox, path: &str, name: &str) -> Vec<Value> {
    let mut seen = Vec::new();
    loop {
        let page = sandbox.get(&format!("{path}?limit=100&offset={}", seen.len()));
        let rows = page["data"].as_array().unwrap();
        if rows.is_empty() {
            assert_eq!(page["total_count"], seen.len());
            return seen;
        }
        seen.extend(rows.iter().map(|row| row[name].clone()));
    }
}

#[test]
fn pages_contain_every_row_once() {
    let sandbox = Sandbox::start(&["--seed", "scale", "--workspaces", "230", "--people", "320", "--members", "205"]);
    for (path, name, count) in [
        ("/workspaces", "slug", 230),
        ("/organization/members", "id", 320),
        ("/workspaces/scale-members/members", "user_id", 205),
        ("/workspaces/default/members", "user_id", 320),
    ] {
        let rows = all(&sandbox, path, name);
        assert_eq!(rows.len(), count, "{path}");
        assert_eq!(rows.iter().map(Value::to_string).collect::<HashSet<_>>().len(), count, "{path}");
    }
    assert_eq!(sandbox.get("/workspaces")["data"].as_array().unwrap().len(), 50);
}

#[test]
fn a_page_out_of_bounds_is_refused() {
    let sandbox = Sandbox::start(&["--seed", "empty"]);
    for query in ["limit=0", "limit=101", "limit=x", "limit=-1", "offset=-1", "offset=1.5", "offset=99999999999"] {
        for path in ["/workspaces", "/organization/members", "/workspaces/default/members"] {
            let refused = sandbox.call("GET", &format!("{path}?{query}"), None);
            assert_eq!(refused.status, 400, "{path}?{query}");
            assert!(refused.message().contains(query.split('=').next().unwrap()));
        }
    }
}

#[test]
fn keys_are_listed_until_a_page_is_empty_and_spend_adds_up() {
    let sandbox = Sandbox::start(&[]);
    let rows = |query: &str| sandbox.get(&format!("/keys?{query}"))["data"].as_array().unwrap().clone();
    assert!(rows("workspace_id=hackathon").is_empty());
    assert_eq!(rows("workspace_id=hackathon&include_disabled=true").len(), 3);
    let of_research = "workspace_id=research&include_disabled=true";
    assert_eq!(rows(&format!("{of_research}&include_expired=true")).len(), rows(of_research).len() + 1);
    assert!(rows("workspace_id=production&offset=100").is_empty());
    assert_eq!(rows(""), rows("workspace_id=default"));
    for key in rows("workspace_id=production&include_disabled=true") {
        let usage = |name: &str| key[name].as_f64().unwrap();
        for prefix in ["", "byok_"] {
            let [daily, weekly, monthly, total] =
                ["usage_daily", "usage_weekly", "usage_monthly", "usage"].map(|name| usage(&format!("{prefix}{name}")));
            // A week that began in the last month may have more spend than the month.
            assert!(daily <= weekly.min(monthly) && weekly.max(monthly) <= total, "{key}");
        }
    }
}

#[test]
fn activity_covers_the_last_thirty_completed_days() {
    let sandbox = Sandbox::start(&[]);
    let rows = |query: &str| sandbox.get(&format!("/activity?{query}"))["data"].as_array().unwrap().clone();
    let days: HashSet<String> = rows("").iter().map(|row| row["date"].as_str().unwrap().to_owned()).collect();
    assert_eq!(days.len(), 30);
    let grouped = rows("group_by=workspace");
    assert!(grouped.iter().all(|row| row["workspace_id"].is_string()));
    assert!(rows("").iter().all(|row| row.get("workspace_id").is_none()));
    let sum = |rows: &[Value]| rows.iter().map(|row| row["usage"].as_f64().unwrap()).sum::<f64>();
    assert!((sum(&grouped) - sum(&rows(""))).abs() < 0.01);
    let day = days.iter().max().unwrap();
    assert!(rows(&format!("date={day}")).iter().all(|row| row["date"] == day.as_str()));
    for query in ["date=2001-01-01", "date=yesterday", "group_by=model"] {
        assert_eq!(sandbox.call("GET", &format!("/activity?{query}"), None).status, 400, "{query}");
    }
}

#[test]
fn models_output_text_unless_others_are_requested() {
    let sandbox = Sandbox::start(&["--seed", "empty"]);
    let count = |query: &str| sandbox.get(&format!("/models{query}"))["data"].as_array().unwrap().len();
    assert!(count("?output_modalities=all") > count(""));
    assert!(count("?output_modalities=image") > 2);
    assert_eq!(count("?offset=0&limit=5"), 5);
    assert_eq!(count("?offset=1000"), 0);
}

#[test]
fn the_demo_has_the_workspaces_that_tests_use() {
    let sandbox = Sandbox::start(&["--faults"]);
    let start = std::time::Instant::now();
    sandbox.control("POST", "reset", Some(json!({ "seed": "demo" })));
    assert!(start.elapsed().as_millis() < 2_000);
    let database = sandbox.control("GET", "db", None);
    assert_eq!(database["workspaces"].as_array().unwrap().len(), 12);
    assert_eq!(database["people"].as_array().unwrap().len(), 240);
    let full = sandbox.get("/workspaces/compliance")["data"].clone();
    assert!(full.as_object().unwrap().values().all(|value| !value.is_null()), "{full}");
}

#[test]
fn the_hostile_seed_has_hostile_texts_in_every_list() {
    let sandbox = Sandbox::start(&["--seed", "hostile"]);
    for path in ["/workspaces?limit=100", "/organization/members?limit=100", "/activity"] {
        let text = sandbox.call("GET", path, None).text;
        for part in ["<script>hostile('script')</script>", "\u{202e}", "\\u0000", "=HYPERLINK(", &"x".repeat(10_000)] {
            assert!(text.contains(part), "{path}: {part}");
        }
    }
    let last = sandbox.get("/workspaces?limit=100")["data"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        sandbox.get(&format!("/keys?workspace_id={}", last["id"].as_str().unwrap()))["data"].as_array().unwrap().len(),
        20
    );
}
