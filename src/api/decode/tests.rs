use super::*;
use crate::domain::{Budget, CurrentKey, ProviderSort, Usd, Workspace};
use proptest::prelude::*;

#[derive(Debug, Deserialize)]
struct Removed {
    #[expect(dead_code, reason = "only reading it is tested")]
    removed_count: u64,
}

const OPERATION: Operation = Operation::ListWorkspaces;

fn error_for(status: u16, body: &str) -> StatusError {
    let answer = Answer { status, body: body.to_owned(), ..Answer::default() };
    match check(OPERATION, answer) {
        Err(ApiError::Status(error)) => *error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn one_bad_row_degrades_that_row_and_says_where() {
    let body = r#"{"data":[{"id":"1","name":"A","slug":"a"},{"id":"2","name":"B","slug":7},"x",{"name":"C"}],"total_count":4}"#;
    let page = list::<Workspace>(OPERATION, body).unwrap();
    assert_eq!(page.rows.len(), 1);
    assert_eq!(page.received(), 4);
    assert_eq!(page.total, Some(4));
    let paths: Vec<_> = page.bad.iter().map(|bad| (bad.id.as_deref(), bad.path.as_str())).collect();
    assert_eq!(paths, [(Some("2"), "data[1].slug"), (None, "data[2]"), (None, "data[3]")]);
}

#[test]
fn the_world_is_open() {
    let body = r#"{"data":{"id":"1","name":"A","slug":"Old_Slug","default_provider_sort":"karma","from_the_future":[1]},"more":1}"#;
    let workspace: Workspace = single(OPERATION, body).unwrap();
    assert_eq!(workspace.default_provider_sort, Some(ProviderSort::Other("karma".to_owned())));
    assert_eq!(workspace.include_byok_in_budgets, None);
    let page = list::<Workspace>(OPERATION, r#"{"data":[],"total_count":"many"}"#).unwrap();
    assert_eq!(page.total, None);
}

#[test]
fn an_unreadable_answer_names_the_json_path() {
    let error = single::<Workspace>(OPERATION, r#"{"data":{"id":"1","name":["A"],"slug":"a"}}"#);
    assert!(matches!(error, Err(ApiError::Decode { path, .. }) if path == "data.name"));
    let error = single::<Workspace>(OPERATION, r#"{"data":{"id":"..","name":"A","slug":"a"}}"#);
    assert!(matches!(error, Err(ApiError::Decode { path, .. }) if path == "data.id"));
    let page =
        list::<Workspace>(OPERATION, r#"{"data":[{"id":"1","name":"A","slug":"a","io_logging_api_key_ids":[1,"2"]}]}"#);
    let bad = &page.unwrap().bad[0];
    assert_eq!(bad.path, "data[0].io_logging_api_key_ids[1]");
    assert_eq!(bad.detail, r#"invalid type: string "2", expected i64"#);
    let error = list::<Workspace>(OPERATION, r#"{"data":[{"id":"1""#);
    assert!(matches!(error, Err(ApiError::Decode { .. })));
    let error = list::<Workspace>(OPERATION, r#"{"":"#);
    assert!(matches!(error, Err(ApiError::Decode { path, .. }) if path == "."));
}

#[test]
fn an_error_keeps_what_the_envelope_says() {
    let error = error_for(400, r#"{"error":{"code":400,"message":"Nope","metadata":{"a":1}},"user_id":null}"#);
    assert_eq!(
        (error.code, error.message.as_str(), error.metadata.as_deref()),
        (Some(400), "Nope", Some(r#"{"a":1}"#))
    );
    let error = error_for(400, r#"{"error":{"code":"odd","message":"Nope","metadata":null}}"#);
    assert_eq!((error.code, error.message.as_str(), error.metadata), (None, "Nope", None));
}

#[test]
fn bodies_that_are_not_the_envelope_give_a_decent_message() {
    let message = |status, body| error_for(status, body).message;
    assert_eq!(
        message(502, "<html><h1>Bad Gateway</h1></html>"),
        "The proxy can’t reach the API (status 502, with a web page instead of data)"
    );
    assert_eq!(message(401, ""), "The key was not accepted (status 401, with an empty response)");
    assert_eq!(message(500, r#"{"error":{"co"#), "The API failed (status 500, without a message)");
    let refused = "A firewall or proxy blocked the request";
    assert_eq!(message(418, r#"{"error":"teapot"}"#), format!("{refused} (GET, status 418, without a message)"));
    assert_eq!(message(404, r#"{"error":{"message":" "}}"#), format!("{refused} (GET, status 404, without a message)"));
}

#[test]
fn retry_after_is_read_in_seconds() {
    let wait = |text: &str| {
        let answer = Answer { status: 429, retry_after: Some(text.to_owned()), ..Answer::default() };
        check(OPERATION, answer).err().and_then(|error| error.retry_after())
    };
    assert_eq!(wait("7"), Some(Duration::from_secs(7)));
    assert_eq!(wait("soon"), None);
    assert_eq!(wait("-1"), None);
    assert_eq!(wait("Wed, 21 Oct 2026 07:28:00 GMT"), None);
}

#[test]
fn a_retry_after_date_counts_from_the_date_of_the_response() {
    let wait = |text: &str, date: &str| {
        let (retry_after, date) = (Some(text.to_owned()), Some(date.to_owned()));
        let answer = Answer { status: 429, retry_after, date, ..Answer::default() };
        check(OPERATION, answer).err().and_then(|error| error.retry_after())
    };
    let now = "Wed, 21 Oct 2026 07:27:30 GMT";
    assert_eq!(wait("Wed, 21 Oct 2026 07:28:00 GMT", now), Some(Duration::from_secs(30)));
    assert_eq!(wait("Wed, 21 Oct 2026 07:27:00 GMT", now), None);
    assert_eq!(wait("Wed, 21 Oct 2026 07:28:00 GMT", "now"), None);
}

#[test]
fn a_number_that_is_not_json_is_refused() {
    let budget = |limit: &str| format!(r#"{{"id":"b","workspace_id":"w","limit_usd":{limit},"reset_interval":null}}"#);
    for limit in ["1ee", "1e", "01", "1.", ".5", "+1", "1e+-2", "NaN"] {
        assert!(serde_json::from_str::<Usd>(limit).is_err(), "{limit}");
        assert!(list::<Budget>(OPERATION, &format!(r#"{{"data":[{}]}}"#, budget(limit))).is_err(), "{limit}");
        assert!(list::<Budget>(OPERATION, &format!(r#"{{"data":[],"new":{limit}}}"#)).is_err(), "{limit}");
    }
    let read = single::<Budget>(OPERATION, &format!(r#"{{"data":{}}}"#, budget("10.10e0"))).unwrap();
    assert_eq!(read.limit_usd.plain(), "10.10");
}

#[test]
fn half_a_surrogate_pair_costs_no_row() {
    let name = |escaped: &str| {
        let body = format!(r#"{{"data":{{"id":"1","name":"{escaped}","slug":"a"}}}}"#);
        let answer = check(OPERATION, Answer { status: 200, body, ..Answer::default() }).unwrap();
        single::<Workspace>(OPERATION, &answer.body).unwrap().name
    };
    assert_eq!(name(r"\ud83d\ude00 and \uD83D alone"), "😀 and \u{fffd} alone");
    assert_eq!(name(r"\ude00\ud83d"), "\u{fffd}\u{fffd}");
    assert_eq!(name(r"\\ud83d \ud83d\u0041\\"), "\\ud83d \u{fffd}A\\");
    assert_eq!(name(r"\ud83d\ud83d\ude00"), "\u{fffd}😀");
}

#[test]
fn an_object_is_never_read_from_an_array() {
    assert!(single::<CurrentKey>(OPERATION, r#"{"data":[]}"#).is_err());
    assert!(object::<Removed>(OPERATION, "[3]").is_err());
    assert_eq!(list::<Workspace>(OPERATION, r#"{"data":[["1","A","a"]]}"#).unwrap().bad[0].path, "data[0]");
    let error = error_for(400, r#"{"error":["no","7"]}"#);
    assert_eq!(
        (error.code, error.message.as_str()),
        (None, "A firewall or proxy blocked the request (GET, status 400, without a message)")
    );
}

#[test]
fn an_error_quotes_little_of_the_answer() {
    let name = "x".repeat(10_000);
    let Err(ApiError::Decode { path, detail, .. }) =
        single::<Removed>(OPERATION, &format!(r#"{{"data":{{"removed_count":"{name}"}}}}"#))
    else {
        panic!("it was read")
    };
    assert_eq!(path, "data.removed_count");
    assert!(detail.starts_with(r#"invalid type: string "xxx"#) && detail.len() < 200, "{detail}");
}

/// JSON in the shape of the API's answers, with anything in its leaves.
fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        ".{0,12}".prop_map(Into::into),
    ];
    let name = prop_oneof![
        Just("data"),
        Just("id"),
        Just("slug"),
        Just("name"),
        Just("error"),
        Just("message"),
        Just("total_count"),
        Just("io_logging_sampling_rate"),
        Just("updated_at"),
        Just("disabled_server_tools"),
    ];
    leaf.prop_recursive(4, 64, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(serde_json::Value::from),
            prop::collection::vec((name.clone(), inner), 0..8)
                .prop_map(|fields| fields.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()),
        ]
    })
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_without_a_panic(body in ".{0,200}", status in 100u16..600) {
        let _ = list::<Workspace>(OPERATION, &body);
        let _ = single::<Workspace>(OPERATION, &body);
        let _ = check(OPERATION, Answer { status, body, ..Answer::default() });
    }

    #[test]
    fn any_json_is_read_or_refused_and_no_row_is_lost(value in json(), status in 100u16..600) {
        let body = value.to_string();
        if let Ok(page) = list::<Workspace>(OPERATION, &body) {
            prop_assert_eq!(page.received(), value["data"].as_array().unwrap().len());
        }
        let _ = single::<Workspace>(OPERATION, &body);
        let checked = check(OPERATION, Answer { status, body, ..Answer::default() });
        if let Err(ApiError::Status(error)) = checked {
            prop_assert!(!error.message.trim().is_empty());
        }
    }

    #[test]
    fn a_cut_answer_is_an_error_and_never_half_a_list(cut in 1usize..100) {
        let body = r#"{"data":[{"id":"1","name":"Ä","slug":"a"},{"id":"2","name":"B","slug":"b"}],"total_count":2}"#;
        let end = body.floor_char_boundary(body.len().saturating_sub(cut));
        prop_assert!(list::<Workspace>(OPERATION, &body[..end]).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// `serde_path_to_error` tracks the path while it reads.
    #[test]
    fn the_path_of_an_error_is_the_one_that_a_tracking_reader_names(
        spoiled in 0usize..20, value in json(), order in Just((0..17).collect::<Vec<usize>>()).prop_shuffle(),
        is_pretty in any::<bool>(),
    ) {
        let good = serde_json::json!({
            "id": "1", "name": "a \"quoted\" [name], {x}", "slug": "a", "description": null, "default_text_model": "m\\",
            "default_provider_sort": "price", "is_observability_io_logging_enabled": true, "io_logging_sampling_rate": 0.5,
            "io_logging_api_key_ids": [1, 2], "disabled_server_tools": ["a", "b"], "created_at": "2026-01-01T00:00:00Z",
            "include_byok_in_budgets": false, "unknown": {"id": [{"slug": 1}]}, "": [[]], "updated_at": null,
            "created_by": "user_1", "default_image_model": "",
        });
        let mut fields: Vec<_> = good.as_object().unwrap().clone().into_iter().collect();
        if let Some(field) = fields.get_mut(spoiled) {
            field.1 = value;
        }
        let write = |value: &serde_json::Value| {
            if is_pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) }.unwrap()
        };
        // `serde_json::Map` would sort the fields.
        let fields: Vec<_> = order.iter().map(|at| &fields[*at])
            .map(|(name, value)| format!("{}:{}", write(&name.clone().into()), write(value))).collect();
        let text = format!("{{{}}}", fields.join(if is_pretty { " ,\n" } else { "," }));
        let mut reader = serde_json::Deserializer::from_str(&text);
        let tracked = serde_path_to_error::deserialize::<_, Workspace>(&mut reader);
        let tracked = tracked.err().map(|error| error.path().to_string());
        let path = read_object::<Workspace>(&text).err().map(|problem| problem.path);
        // `serde_json` has read to the end of the row when it refuses an object in its last field.
        if !(tracked != path && text.ends_with("}}")) {
            prop_assert_eq!(path, tracked, "{}", text);
        }
    }
}
