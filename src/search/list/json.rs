//! Reads people from JSON: texts in arrays, and objects with an address, an id or a name.

use serde_json::{Map, Value};

use super::apart::{has_exception, is_of_others};
use super::headings::Heading;
use super::mentions::is_address;

/// A text that names a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub text: String,
    pub is_mentioned: bool,
    pub line: usize,
}

/// The people in JSON, in its order, also in one value a line. Returns `None` if the text is not JSON with an array or object.
pub(super) fn read(text: &str) -> Option<Vec<Named>> {
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let values: Vec<Value> = values.collect::<Result<_, _>>().ok()?;
    let mut found = Vec::new();
    values.iter().for_each(|value| read_value(value, false, &mut found));
    let mut rest = (text, 1);
    // Texts that JSON writes otherwise are not found, which takes time.
    let mut misses = 0;
    for named in &mut found {
        // The text as JSON writes it, from the last one found on.
        let written = serde_json::to_string(&named.text).unwrap_or_default();
        match rest.0.find(&written).filter(|_| misses < 100) {
            Some(at) => {
                let end = at + written.len();
                rest = (&rest.0[end..], rest.1 + rest.0[..end].matches('\n').count());
            }
            None => misses += 1,
        }
        named.line = rest.1;
    }
    Some(found)
}

fn read_value(value: &Value, is_mentioned: bool, found: &mut Vec<Named>) {
    let mut add = |text: &str| found.push(Named { text: text.to_owned(), is_mentioned, line: 1 });
    match value {
        Value::Array(values) => {
            for value in values {
                match value {
                    Value::String(text) => found.push(Named { text: text.clone(), is_mentioned, line: 1 }),
                    value => read_value(value, is_mentioned, found),
                }
            }
        }
        Value::Object(object) => match person(object) {
            Some((text, true)) => add(&text),
            named => {
                // A group has a name, too. The people within are those of the list.
                let mut within = Vec::new();
                for (key, value) in object {
                    if is_address(key) {
                        within.push(Named { text: key.clone(), is_mentioned, line: 1 });
                    } else if value.is_array() || value.is_object() {
                        read_value(value, is_mentioned || is_of_others(key) || has_exception(key), &mut within);
                    }
                }
                let has_people = within.iter().any(|it| it.is_mentioned == is_mentioned);
                match named {
                    Some((text, _)) if !has_people => add(&text),
                    _ => found.append(&mut within),
                }
            }
        },
        _ => {}
    }
}

/// The person whom an object is about, and whether it has an address or id of theirs. Other people in it are merely mentioned.
fn person(object: &Map<String, Value>) -> Option<(String, bool)> {
    let texts = || {
        let texts = object.iter().filter_map(|(key, value)| Some((Heading::of(key)?, text_of(key, value)?)));
        texts.filter(|(_, text)| !text.trim().is_empty())
    };
    let with = |wanted: Heading| texts().find(|(heading, _)| *heading == wanted).map(|(_, text)| text.to_owned());
    let address = texts().filter(|(heading, text)| heading.is_address() && is_address(text)).min_by_key(|it| it.0);
    if let Some((_, text)) = address {
        return Some((text.to_owned(), true));
    }
    if let Some(text) = with(Heading::Email) {
        return Some((text, true));
    }
    let whole = || Some([with(Heading::FirstName)?, with(Heading::LastName)?].join(" "));
    let other = || texts().filter(|(heading, _)| heading.is_address()).min_by_key(|it| it.0).map(|it| it.1.to_owned());
    with(Heading::FullName).or_else(whole).or_else(other).map(|text| (text, false))
}

/// The text of a value: of the first address, or the primary one, where a person has several.
fn text_of<'v>(key: &str, value: &'v Value) -> Option<&'v str> {
    match value {
        Value::Array(values) if Heading::of(key) == Some(Heading::Email) => {
            let is_primary = |value: &&Value| value.get("primary").and_then(Value::as_bool) == Some(true);
            let is_open = |value: &&Value| value.get("primary").is_none();
            let value = values.iter().find(is_primary).or(values.iter().find(is_open))?;
            value.as_str().filter(|_| values.len() == 1).or_else(|| {
                ["value", "address", "email", "emailAddress", "email_address"]
                    .iter()
                    .find_map(|key| value.get(key)?.as_str())
            })
        }
        value => value.as_str(),
    }
}
