use super::*;
use proptest::prelude::*;
use serde::Deserialize;

fn string(text: &str) -> Option<String> {
    Json::parse(text).ok()?.string().map(Cow::into_owned)
}

#[test]
fn strings_are_unescaped() {
    assert_eq!(string(r#""a\"b\\c\/d\n\u00e9\\\\n""#).as_deref(), Some("a\"b\\c/d\né\\\\n"));
    assert_eq!(string(r#""\ud83d\ude00 and \ud83d alone""#).as_deref(), Some("😀 and \u{FFFD} alone"));
    assert_eq!(string(r#""\\""#).as_deref(), Some("\\"));
    assert_eq!(string("7"), None);
}

#[test]
fn an_object_gives_its_members_in_order_as_they_were_written() {
    let json = Json::parse(r#" { "a" : [1.50, {}] , "b":null,"a":2 } "#).unwrap();
    let entries: Vec<_> =
        json.entries().unwrap().into_iter().map(|(name, it)| (name.into_owned(), it.as_str())).collect();
    assert_eq!(entries, [("a".to_owned(), "[1.50, {}]"), ("b".to_owned(), "null"), ("a".to_owned(), "2")]);
    assert_eq!(json.get("a").map(Json::as_str), Some("[1.50, {}]"));
    assert_eq!(json.get("c"), None);
    assert_eq!(json.elements(), None);
}

#[test]
fn what_is_not_json_is_refused_with_its_place() {
    let detail = |text: &str| Json::parse(text).unwrap_err().to_string();
    assert_eq!(detail(""), "not JSON from byte 0 on");
    assert_eq!(detail("[1,]"), "not JSON from byte 3 on");
    assert_eq!(detail("[1] 2"), "not JSON from byte 4 on");
    assert!(Json::parse(&"[".repeat(100_000)).is_err());
}

#[test]
fn an_error_names_its_place() {
    #[derive(Debug, Deserialize)]
    struct Row {
        #[expect(dead_code, reason = "it cannot be read")]
        ids: Vec<u64>,
    }
    let path = |text: &str| from_str::<Vec<Row>>(text).map_err(|error| error.path().to_owned()).unwrap_err();
    assert_eq!(path(r#"[{"ids":[1,"2"]}]"#), "[0].ids[1]");
    assert_eq!(path(r#"[{"ids":[]},{}]"#), "[1]");
    assert_eq!(path("{}"), ".");
}

proptest! {
    #[test]
    fn the_same_texts_are_json_as_to_another_reader(text in r#"[-+0-9.eE\[\]{},:"\\ntfrue alsu]{0,12}"#) {
        let other = serde_json::from_str::<serde_json::Value>(&text);
        // The other reader has numbers that are too large for it, and refuses half a surrogate pair.
        let is_known = !text.contains("\\u") && !text.contains(['e', 'E']);
        if is_known || other.is_ok() {
            prop_assert_eq!(Json::parse(&text).is_ok(), other.is_ok(), "{}", text);
        }
    }

    #[test]
    fn a_string_comes_back_the_same(text in any::<String>()) {
        prop_assert_eq!(string(&serde_json::to_string(&text).unwrap()), Some(text));
    }
}
