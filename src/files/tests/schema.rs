//! The JSON Schema describes what is written, and names every field that is read.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::Value as Json;

use super::strategies::any_document;
use crate::files::settings::Setting;
use crate::files::write::ExportFormat;

fn schema() -> Json {
    serde_json::from_str(include_str!("../schema.json")).unwrap()
}

/// The part of JSON Schema that the file uses.
fn check(root: &Json, schema: &Json, value: &Json, path: &str) -> Result<(), String> {
    if let Some(reference) = schema["$ref"].as_str() {
        return check(root, root.pointer(reference.trim_start_matches('#')).unwrap(), value, path);
    }
    let kind = match value {
        Json::Null => "null",
        Json::Bool(_) => "boolean",
        Json::Number(number) if number.is_i64() || number.is_u64() => "integer",
        Json::Number(_) => "number",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    };
    let is_of = |wanted: &Json| *wanted == kind || (*wanted == "number" && kind == "integer");
    let fits = match &schema["type"] {
        Json::Null => schema["const"] == *value,
        Json::Array(kinds) => kinds.iter().any(is_of),
        one => is_of(one),
    };
    if !fits {
        return Err(format!("{path} is {kind}"));
    }
    if let Some(minimum) = schema["exclusiveMinimum"].as_f64()
        && value.as_f64().is_some_and(|value| value <= minimum)
    {
        return Err(format!("{path} is too low"));
    }
    for (at, item) in value.as_array().into_iter().flatten().enumerate() {
        check(root, &schema["items"], item, &format!("{path}[{at}]"))?;
    }
    for (key, field) in value.as_object().into_iter().flatten() {
        match &schema["properties"][key] {
            Json::Null => return Err(format!("{path}.{key} is not in the schema")),
            known => check(root, known, field, &format!("{path}.{key}"))?,
        }
    }
    Ok(())
}

#[test]
fn the_schema_names_the_settings_that_are_read() {
    let schema = schema();
    let fields: BTreeSet<&str> =
        schema["$defs"]["workspace"]["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    let others = ["id", "budget", "members", "keys"];
    assert_eq!(fields, Setting::ALL.map(Setting::key).into_iter().chain(others).collect());
}

proptest! {
    #[test]
    fn what_is_written_follows_the_schema(document in any_document()) {
        let written: Json = serde_json::from_str(&ExportFormat::Json.write(&document)).unwrap();
        let schema = schema();
        prop_assert_eq!(check(&schema, &schema, &written, "$"), Ok(()));
    }
}
