//! Spend over HTTP: activity by key and person, analytics queries, and credits.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, also in what it shares")]

mod support;

use serde_json::{Value, json};
use support::Sandbox;

fn sum(rows: &Value, name: &str) -> f64 {
    rows.as_array().unwrap().iter().map(|row| row[name].as_f64().unwrap()).sum()
}

/// Runs an analytics query, and returns `data`.
#[track_caller]
fn ask(sandbox: &Sandbox, body: Value) -> Value {
    let answer = sandbox.call("POST", "/analytics/query", Some(body));
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["data"].clone()
}

/// The last 40 days.
fn lately() -> Value {
    let text = |time: time::OffsetDateTime| {
        let format = time::format_description::well_known::Rfc3339;
        time.replace_nanosecond(0).unwrap().format(&format).unwrap()
    };
    let now = time::OffsetDateTime::now_utc();
    json!({ "start": text(now - time::Duration::days(40)), "end": text(now) })
}

#[test]
fn the_activity_of_the_keys_and_of_the_chat_is_that_of_the_workspace() {
    let sandbox = Sandbox::start(&[]);
    let workspace = sandbox.get("/workspaces/default")["data"]["id"].as_str().unwrap().to_owned();
    let all = sum(&sandbox.get(&format!("/activity?workspace_id={workspace}"))["data"], "usage");
    let keys = sandbox.get("/keys")["data"].as_array().unwrap().clone();
    let of_keys: f64 = keys
        .iter()
        .map(|key| {
            sum(&sandbox.get(&format!("/activity?api_key_hash={}", key["hash"].as_str().unwrap()))["data"], "usage")
        })
        .sum();
    assert!(of_keys > 100.0 && of_keys < all * 0.9, "{of_keys} of {all}");
    let owner = keys[0]["creator_user_id"].as_str().unwrap();
    let of_owner = sum(&sandbox.get(&format!("/activity?user_id={owner}"))["data"], "usage");
    assert!(of_owner > 0.0);
}

#[test]
fn an_analytics_query_sums_what_activity_and_today_have() {
    let sandbox = Sandbox::start(&[]);
    let workspace = sandbox.get("/workspaces/production")["data"]["id"].as_str().unwrap().to_owned();
    let filters = json!([{ "field": "workspace", "operator": "eq", "value": workspace }]);
    let body = json!({ "metrics": ["credits_usage", "byok_usage", "request_count"], "filters": filters,
        "granularity": "day", "time_range": lately() });
    let found = ask(&sandbox, body);
    let rows = &found["data"];
    // Today, and 30 completed days before it.
    assert_eq!(rows.as_array().unwrap().len(), 31);
    assert_eq!(found["metadata"]["truncated"], false);
    assert!(rows[0]["request_count"].as_str().unwrap().parse::<u64>().unwrap() > 0);
    let completed = sum(&sandbox.get(&format!("/activity?workspace_id={workspace}"))["data"], "usage");
    let today = rows[0]["credits_usage"].as_f64().unwrap();
    assert!((sum(rows, "credits_usage") - today - completed).abs() < 0.01);
    let keys = sandbox.get(&format!("/keys?workspace_id={workspace}"))["data"].clone();
    assert!((sum(&keys, "usage_daily") - today).abs() < 0.01);
}

#[test]
fn rows_have_names_instead_of_ids_and_the_largest_is_first() {
    let sandbox = Sandbox::start(&[]);
    let by = |dimension: &str| {
        ask(&sandbox, json!({ "metrics": ["total_usage"], "dimensions": [dimension], "time_range": lately() }))["data"]
            .as_array()
            .unwrap()
            .clone()
    };
    let workspaces = by("workspace");
    assert_eq!(workspaces[0]["workspace"], "Production");
    let usage = |row: &Value| row["total_usage"].as_f64().unwrap();
    assert!(workspaces.windows(2).all(|pair| usage(&pair[0]) >= usage(&pair[1])));
    assert!(by("api_key_id").iter().any(|row| row["api_key_id"] == "Nightly batch"));
    assert!(by("api_key_id").iter().any(|row| row["api_key_id"].is_null()));
    assert!(by("user").iter().all(|row| row["user"].as_str().unwrap().contains('@')));
}

#[test]
fn more_rows_than_the_limit_are_truncated() {
    let sandbox = Sandbox::start(&[]);
    let found = ask(
        &sandbox,
        json!({ "metrics": ["request_count"], "dimensions": ["model"], "limit": 2, "time_range": lately() }),
    );
    assert_eq!(found["data"].as_array().unwrap().len(), 2);
    assert_eq!((&found["metadata"]["row_count"], &found["metadata"]["truncated"]), (&json!(2), &json!(true)));
}

#[test]
fn a_query_without_rows_in_its_range_is_zero() {
    let sandbox = Sandbox::start(&["--seed", "empty"]);
    let found = ask(&sandbox, json!({ "metrics": ["credits_usage", "request_count"] }));
    assert_eq!(found["data"], json!([{ "credits_usage": 0.0, "request_count": "0" }]));
}

#[test]
fn an_invalid_query_is_refused_with_the_name_of_the_field() {
    let sandbox = Sandbox::start(&["--seed", "empty"]);
    let filter = |field: &str, operator: &str, value: Value| json!({ "metrics": ["credits_usage"], "filters": [{ "field": field, "operator": operator, "value": value }] });
    let range =
        |start: &str, end: &str| json!({ "metrics": ["credits_usage"], "time_range": { "start": start, "end": end } });
    for (field, body) in [
        ("metrics", json!({})),
        ("metrics", json!({ "metrics": [] })),
        ("metrics", json!({ "metrics": ["usage"] })),
        ("dimensions", json!({ "metrics": ["credits_usage"], "dimensions": ["workspace", "user", "model"] })),
        ("granularity", json!({ "metrics": ["credits_usage"], "granularity": "year" })),
        ("filters.field", filter("color", "eq", json!("x"))),
        ("filters.operator", filter("model", "like", json!("x"))),
        ("filters.value", filter("model", "in", json!("x"))),
        ("filters.value", filter("model", "eq", json!(["x"]))),
        ("time_range.start", range("2026-01-01T00:00Z", "2026-01-02T00:00:00Z")),
        ("time_range", range("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z")),
        ("time_range", range("2024-01-01T00:00:00Z", "2026-01-01T00:00:00Z")),
    ] {
        let refused = sandbox.call("POST", "/analytics/query", Some(body.clone()));
        assert_eq!(refused.status, 400, "{body}");
        assert!(refused.message().contains(field), "{body}: {}", refused.text);
    }
}

#[test]
fn analytics_queries_are_rationed_to_64_a_minute() {
    let sandbox = Sandbox::start(&["--seed", "empty", "--faults"]);
    let query = || sandbox.call("POST", "/analytics/query", Some(json!({ "metrics": ["credits_usage"] })));
    assert!((0..64).all(|_| query().status == 200));
    let refused = query();
    assert_eq!(refused.status, 429);
    let seconds: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&seconds));
    assert_eq!(sandbox.call("GET", "/analytics/meta", None).status, 200);
    sandbox.control("POST", "reset", Some(json!({ "seed": "empty" })));
    assert_eq!(query().status, 200);
}

#[test]
fn the_metadata_names_what_a_query_can_ask_for() {
    let sandbox = Sandbox::start(&["--seed", "empty"]);
    let meta = sandbox.get("/analytics/meta")["data"].clone();
    for metric in meta["metrics"].as_array().unwrap() {
        for dimension in meta["dimensions"].as_array().unwrap() {
            ask(&sandbox, json!({ "metrics": [metric["name"]], "dimensions": [dimension["name"]] }));
        }
    }
    for granularity in meta["granularities"].as_array().unwrap() {
        ask(&sandbox, json!({ "metrics": ["credits_usage"], "granularity": granularity["name"] }));
    }
}

#[test]
fn the_credits_cover_what_was_used() {
    let sandbox = Sandbox::start(&[]);
    let credits = sandbox.get("/credits")["data"].clone();
    let (total, used) = (credits["total_credits"].as_f64().unwrap(), credits["total_usage"].as_f64().unwrap());
    assert!(used > 1_000.0 && total > used);
}
