//! YAML as a tree with places, from the events of `saphyr-parser`.

use saphyr_parser::{Event, Marker, Parser, ScalarStyle};

use crate::files::node::{MOST_LEVELS, Node, Place, Problem, Tree, is_number, too_deep};

/// A list or fields that are still open.
enum Open {
    List(Place, Vec<Node>),
    /// With the key whose value comes next.
    Map(Place, Vec<(String, Node)>, Option<String>),
}

pub fn parse(text: &str) -> Result<Node, Problem> {
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| problem(place(*error.marker()), error.info()))?;
        let at = place(span.start);
        if open.len() > MOST_LEVELS {
            return Err(too_deep(at));
        }
        let closed = match event {
            Event::Scalar(_, _, anchor, _) | Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _)
                if anchor != 0 =>
            {
                return Err(Problem::new(at, "Anchors are not supported. Write the value where it is needed"));
            }
            Event::Scalar(text, style, _, tag) => {
                if tag.is_some() {
                    return Err(Problem::new(at, "Tags such as !!str are not supported. Use quotes for text"));
                }
                Some(Node { place: at, tree: scalar(text.into_owned(), style) })
            }
            Event::SequenceStart(..) => {
                open.push(Open::List(at, Vec::new()));
                None
            }
            Event::MappingStart(..) => {
                open.push(Open::Map(at, Vec::new(), None));
                None
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop().map(Open::close),
            Event::Alias(_) => return Err(Problem::new(at, NO_ALIASES)),
            Event::DocumentStart(_) if root.is_some() => {
                return Err(Problem::new(at, "A second document begins here. Use one document a file"));
            }
            _ => None,
        };
        let Some(node) = closed else { continue };
        match open.last_mut() {
            None => root = Some(node),
            Some(Open::List(_, items)) => items.push(node),
            Some(Open::Map(_, fields, key)) => match (key.take(), node) {
                (Some(key), value) => fields.push((key, value)),
                (None, Node { tree: Tree::Text(text) | Tree::Number(text), .. }) => *key = Some(text),
                (None, Node { place, .. }) => return Err(Problem::new(place, "The name of a field is expected here")),
            },
        }
    }
    root.ok_or_else(|| Problem::new(Place { line: 1, column: 1 }, "The file is empty. Begin with “version: 1”"))
}

/// What the parser does not read, in words for a person.
fn problem(place: Place, info: &str) -> Problem {
    match info {
        limit if limit.contains("recursion limit") => too_deep(place),
        alias if alias.contains("unknown anchor") => Problem::new(place, NO_ALIASES),
        other => Problem::new(place, format!("This is not YAML: {other}")),
    }
}

const NO_ALIASES: &str = "Aliases are not supported. Write the value again";

impl Open {
    fn close(self) -> Node {
        match self {
            Self::List(place, items) => Node { place, tree: Tree::List(items) },
            Self::Map(place, fields, _) => Node { place, tree: Tree::Map(fields) },
        }
    }
}

fn place(mark: Marker) -> Place {
    Place { line: mark.line().max(1), column: mark.col() + 1 }
}

/// A scalar by the rules of the JSON schema of YAML 1.2. Anything else that is not quoted is text.
fn scalar(text: String, style: ScalarStyle) -> Tree {
    match text.as_str() {
        _ if style != ScalarStyle::Plain => Tree::Text(text),
        "" | "~" | "null" | "Null" | "NULL" => Tree::Null,
        "true" | "True" | "TRUE" => Tree::Switch(true),
        "false" | "False" | "FALSE" => Tree::Switch(false),
        number if is_number(number) => Tree::Number(text),
        _ => Tree::Text(text),
    }
}
