//! A text as a tree of values, each with its place, whatever format the text has.

use std::fmt::Display;

/// A line and a column, both from 1. Zero where they are not known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

/// What is wrong at a place of a file, and what is expected there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub place: Place,
    /// Without a full stop.
    pub text: String,
}

impl Problem {
    pub fn new(place: Place, text: impl Into<String>) -> Self {
        Self { place, text: text.into() }
    }
}

impl Display for Problem {
    /// `Line 3, column 7: …`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { place: Place { line, column }, text } = self;
        write!(f, "Line {line}, column {column}: {text}")
    }
}

/// The most levels of lists and fields.
pub const MOST_LEVELS: usize = 16;

/// That a file has more levels.
pub fn too_deep(place: Place) -> Problem {
    Problem::new(place, format!("More than {MOST_LEVELS} levels of lists and fields"))
}

#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub place: Place,
    pub tree: Tree,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Tree {
    Null,
    Switch(bool),
    /// A number as it is written, so that no digit is lost.
    Number(String),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Tree {
    /// What it is, for a sentence.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Switch(_) => "true or false",
            Self::Number(_) => "a number",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Map(_) => "fields with values",
        }
    }
}

impl From<Tree> for Node {
    /// A value that is to be written.
    fn from(tree: Tree) -> Self {
        Self { place: Place::default(), tree }
    }
}

/// Whether a text is a number in JSON.
pub fn is_number(text: &str) -> bool {
    let starts = text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    starts && serde_json::from_str::<serde_json::Number>(text).is_ok()
}
