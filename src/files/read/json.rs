//! JSON as a tree with places. `serde_json` reads it level by level: a raw value is a part of the text, so its position in the
//! text is that of the value.

use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::files::node::{MOST_LEVELS, Node, Place, Problem, Tree, too_deep};

pub fn parse(text: &str) -> Result<Node, Problem> {
    let mut places = Places { text, offset: 0, place: Place { line: 1, column: 1 } };
    let raw: &RawValue = serde_json::from_str(text).map_err(|error| {
        let place = Place { line: error.line().max(1), column: error.column().max(1) };
        Problem::new(place, format!("This is not JSON: {}", what(&error)))
    })?;
    node(raw, &mut places, MOST_LEVELS)
}

/// The message of an error without its position.
fn what(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split_once(" at line ").map_or(text.as_str(), |(what, _)| what).to_owned()
}

/// Finds the places of offsets that only grow.
struct Places<'a> {
    text: &'a str,
    offset: usize,
    place: Place,
}

impl Places<'_> {
    /// The place where a part of the text begins.
    fn of(&mut self, part: &str) -> Place {
        let offset = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        for char in self.text.get(self.offset..offset).unwrap_or_default().chars() {
            match char {
                '\n' => self.place = Place { line: self.place.line + 1, column: 1 },
                _ => self.place.column += 1,
            }
        }
        self.offset = self.offset.max(offset);
        self.place
    }
}

fn node(raw: &RawValue, places: &mut Places<'_>, levels: usize) -> Result<Node, Problem> {
    let text = raw.get();
    let place = places.of(text);
    let wrong = |_: serde_json::Error| Problem::new(place, "This value can’t be read");
    if levels == 0 {
        return Err(too_deep(place));
    }
    let tree = match text.as_bytes().first() {
        Some(b'n') => Tree::Null,
        Some(b't') => Tree::Switch(true),
        Some(b'f') => Tree::Switch(false),
        Some(b'"') => Tree::Text(serde_json::from_str(text).map_err(wrong)?),
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text).map_err(wrong)?;
            let items = items.into_iter().map(|item| node(item, places, levels - 1));
            Tree::List(items.collect::<Result<_, _>>()?)
        }
        Some(b'{') => {
            let fields = serde_json::Deserializer::from_str(text).deserialize_map(Fields).map_err(wrong)?;
            let fields = fields.into_iter().map(|(key, value)| Ok((key, node(value, places, levels - 1)?)));
            Tree::Map(fields.collect::<Result<_, Problem>>()?)
        }
        _ => Tree::Number(text.to_owned()),
    };
    Ok(Node { place, tree })
}

/// All fields of an object in their order, also those that are there twice.
struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(fields)
    }
}
