//! Budgets over HTTP. No race breaks the order of the limits.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, also in what it shares")]

mod support;

use std::thread;

use rand::RngExt;
use sandbox::{
    args::{Location, ScaleSize, Seed},
    database::Database,
    error::ApiError,
    seed,
    store::{budgets, workspaces},
    wire::{Interval, Usd},
};
use serde_json::{Value, json};
use support::{Answer, Sandbox};

fn put(sandbox: &Sandbox, interval: &str, limit: &str) -> Answer {
    let key = format!("Bearer {}", support::KEY);
    let path = format!("/api/v1/workspaces/interns/budgets/{interval}");
    sandbox.send("PUT", &path, &[("Authorization", &key)], Some(&format!("{{\"limit_usd\":{limit}}}"))).unwrap()
}

#[test]
fn a_limit_keeps_its_digits() {
    let sandbox = Sandbox::start(&["--faults"]);
    for limit in ["500", "500.00", "0.10", "1234567890123.123456789", "1e2"] {
        let answer = put(&sandbox, "monthly", limit);
        assert_eq!(answer.status, 200);
        let written = format!("\"limit_usd\":{limit},");
        assert!(answer.text.contains(&written), "{}", answer.text);
        let dump = sandbox.send("GET", "/__control/db", &[], None).unwrap();
        assert!(dump.text.contains(&written), "{limit} is not in the dump");
    }
}

#[test]
fn limits_must_decrease_as_the_interval_narrows_and_both_are_named() {
    let sandbox = Sandbox::start(&[]);
    assert_eq!(put(&sandbox, "weekly", "100").status, 200);
    for (interval, limit) in [("daily", "100.0"), ("daily", "101"), ("monthly", "1e2"), ("lifetime", "99.999")] {
        let refused = put(&sandbox, interval, limit);
        assert_eq!(refused.status, 400, "{interval} {limit}");
        let message = refused.message();
        for part in ["weekly", "$100", interval] {
            assert!(message.contains(part), "{message}");
        }
    }
    assert_eq!(put(&sandbox, "daily", "99.99999999999999999999").status, 200);
    assert_eq!(put(&sandbox, "lifetime", "100.01").status, 200);
    assert_eq!(put(&sandbox, "monthly", "100.005").status, 200);
}

#[test]
fn invalid_limits_and_intervals_are_refused() {
    let sandbox = Sandbox::start(&[]);
    for limit in ["0", "-1", "\"5\"", "null", "[]", "1e60", "0e5"] {
        let refused = put(&sandbox, "daily", limit);
        assert_eq!(refused.status, 400, "{limit}");
        assert!(refused.message().starts_with("limit_usd "), "{}", refused.text);
    }
    assert!(put(&sandbox, "yearly", "5").message().starts_with("interval must be"));
    assert_eq!(sandbox.call("GET", "/workspaces/interns/budgets/Daily", None).status, 400);
}

#[test]
fn byok_is_a_setting_of_the_workspace_and_absent_means_no_change() {
    let sandbox = Sandbox::start(&[]);
    let path = "/workspaces/interns/budgets/daily";
    let set = |body: Value| sandbox.call("PUT", path, Some(body)).json()["include_byok_in_budgets"].clone();
    assert_eq!(set(json!({ "limit_usd": 5, "include_byok_in_budgets": true })), true);
    assert_eq!(set(json!({ "limit_usd": 6 })), true);
    assert_eq!(sandbox.get("/workspaces/interns")["data"]["include_byok_in_budgets"], true);
    assert_eq!(set(json!({ "limit_usd": 6, "include_byok_in_budgets": false })), false);
    assert_eq!(sandbox.get("/workspaces/interns/budgets")["include_byok_in_budgets"], false);
}

#[test]
fn a_lifetime_budget_has_no_reset_and_deleting_a_missing_one_succeeds() {
    let sandbox = Sandbox::start(&[]);
    assert_eq!(put(&sandbox, "lifetime", "5").json()["data"]["reset_interval"], Value::Null);
    for _ in 0..2 {
        let deleted = sandbox.call("DELETE", "/workspaces/interns/budgets/lifetime", None);
        assert_eq!((deleted.status, deleted.json()), (200, json!({ "deleted": true })));
    }
}

/// Whether the stored limits are in order.
fn is_in_order(database: &Database, id: &str) -> bool {
    let ladder = database.write_now(|transaction| budgets::list(transaction, id)).unwrap();
    ladder.windows(2).all(|pair| pair[0].limit_usd > pair[1].limit_usd)
}

#[test]
fn concurrent_writers_never_break_the_order() {
    let folder = std::env::temp_dir().join(format!("sandbox-budgets-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = Location::File(folder.join("race.sqlite"));
    let database = Database::open(&file).unwrap();
    let id = database
        .write_now(|transaction| -> Result<String, ApiError> {
            seed::fill(transaction, Seed::Empty, ScaleSize::default()).unwrap();
            Ok(workspaces::find(transaction, "default")?.id)
        })
        .unwrap();
    // Each writer has its own connection, so that only the transactions separate them.
    let writers: Vec<_> = (0..8)
        .map(|_| {
            let (database, id) = (Database::open(&file).unwrap(), id.clone());
            thread::spawn(move || {
                let mut random = rand::rng();
                let mut accepted = 0;
                for _ in 0..150 {
                    let interval = Interval::ALL[random.random_range(0..4)];
                    let limit: Usd = random.random_range(1..40).to_string().parse().unwrap();
                    let done = database.write_now(|transaction| -> Result<(), ApiError> {
                        if random.random_bool(0.2) {
                            return Ok(budgets::delete(transaction, &id, interval)?);
                        }
                        let mut workspace = workspaces::find(transaction, &id)?;
                        budgets::set(transaction, &mut workspace, interval, &limit, None).map(drop)
                    });
                    accepted += usize::from(done.is_ok());
                    assert!(is_in_order(&database, &id));
                    if let Err(error) = done {
                        assert_eq!(error.status, 400, "{}", error.message);
                    }
                }
                accepted
            })
        })
        .collect();
    let accepted: usize = writers.into_iter().map(|writer| writer.join().unwrap()).sum();
    assert!(accepted > 100, "{accepted}");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn concurrent_requests_never_break_the_order() {
    let sandbox = Sandbox::start(&[]);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..25 {
                    let interval = ["daily", "weekly", "monthly", "lifetime"][rand::rng().random_range(0..4)];
                    let status = put(&sandbox, interval, &rand::rng().random_range(1..40).to_string()).status;
                    assert!([200, 400].contains(&status));
                    let ladder = sandbox.get("/workspaces/interns/budgets");
                    let limits: Vec<f64> = ladder["data"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|one| one["limit_usd"].as_f64().unwrap())
                        .collect();
                    assert!(limits.windows(2).all(|pair| pair[0] > pair[1]), "{ladder}");
                }
            });
        }
    });
}
