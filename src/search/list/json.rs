//! Reads people from JSON: texts in arrays, and objects with an address, an id or a name.

use serde_json::{Map, Value};

use super::headings::Heading;

/// A text that names a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub text: String,
    pub is_name: bool,
    pub line: usize,
}

/// The people in JSON, in its order. Returns `None` if the text is not JSON with an array or object.
pub(super) fn read(text: &str) -> Option<Vec<Named>> {
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let value: Value = serde_json::from_str(text).ok()?;
    let mut found = Vec::new();
    read_value(&value, &mut found);
    let mut rest = (text, 1);
    for named in &mut found {
        // The text as JSON writes it, from the last one found on.
        let written = serde_json::to_string(&named.text).unwrap_or_default();
        if let Some(at) = rest.0.find(&written) {
            let end = at + written.len();
            rest = (&rest.0[end..], rest.1 + rest.0[..end].matches('\n').count());
        }
        named.line = rest.1;
    }
    Some(found)
}

fn read_value(value: &Value, found: &mut Vec<Named>) {
    match value {
        Value::Array(values) => {
            for value in values {
                match value {
                    Value::String(text) => found.push(Named { text: text.clone(), is_name: false, line: 1 }),
                    value => read_value(value, found),
                }
            }
        }
        Value::Object(object) => match person(object) {
            Some(named) => found.push(named),
            None => object.values().for_each(|value| read_value(value, found)),
        },
        _ => {}
    }
}

/// The person whom an object is about. Other people in it are merely mentioned.
fn person(object: &Map<String, Value>) -> Option<Named> {
    let texts = object.iter().filter_map(|(key, value)| Some((Heading::of(key)?, value.as_str()?)));
    let (heading, text) = texts.filter(|(_, text)| !text.trim().is_empty()).min_by_key(|(heading, _)| *heading)?;
    match heading {
        Heading::FirstName | Heading::LastName => {
            let part = |wanted| {
                object.iter().find(|(key, _)| Heading::of(key) == Some(wanted)).and_then(|(_, value)| value.as_str())
            };
            let name = [part(Heading::FirstName)?, part(Heading::LastName)?].join(" ");
            Some(Named { text: name, is_name: true, line: 1 })
        }
        _ => Some(Named { text: text.to_owned(), is_name: heading == Heading::FullName, line: 1 }),
    }
}
