//! Reads a pasted list of people: addresses, ids or names, in whatever form lists come.
//!
//! Invariant: no person is guessed, and no address or id is dropped. A text that several people match is ambiguous, one that
//! no one matches is unknown, and each person is added at most once.

mod lines;
mod words;

use rustc_hash::FxHashSet;

use super::roster::Candidates;
use crate::domain::UserId;

pub(super) use words::plain;

#[cfg(test)]
mod tests;

/// The person that an entry names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    Add(UserId),
    Already(UserId),
    /// Someone named by an earlier entry too.
    Twice(UserId),
    /// No one in the directory.
    Unknown,
    /// One of several people.
    Ambiguous(Vec<UserId>),
}

/// One address, id or name of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The text in the list, without what surrounds it.
    pub text: String,
    /// The number of its line, from 1.
    pub line: usize,
    pub found: Found,
}

/// The entries of a list, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pasted {
    pub entries: Vec<Entry>,
}

/// Reads a list with one or more people a line, by address, id or name, as people, spreadsheets and mail programs write
/// them.
pub fn read(text: &str, people: &Candidates) -> Pasted {
    let text = words::visible(text);
    let mut seen = FxHashSet::default();
    let mut entries = Vec::new();
    let lines = (1..).zip(words::lines(&text)).filter(|(_, line)| words::has_letters(line));
    for (place, (line, content)) in lines.enumerate() {
        for (text, named) in lines::read(content, place == 0, people) {
            let found = match &named[..] {
                [] => Found::Unknown,
                [id] if !seen.insert(id.clone()) => Found::Twice(id.clone()),
                [id] if people.is_member(id) => Found::Already(id.clone()),
                [id] => Found::Add(id.clone()),
                _ => Found::Ambiguous(named),
            };
            entries.push(Entry { text: text.to_owned(), line, found });
        }
    }
    Pasted { entries }
}
