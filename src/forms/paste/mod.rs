//! Reading a pasted list of people: addresses, ids or names, in whatever form a list comes.
//!
//! Invariant: nobody is guessed and no address and no id is dropped: what several people answer to is ambiguous, what
//! nobody answers to is unknown, and somebody is to be added at most once.

mod lines;
mod words;

use rustc_hash::FxHashSet;

use super::filter::Lowercase;
use crate::domain::UserId;
use lines::Reader;

pub(super) use words::plain;

#[cfg(test)]
mod tests;

/// Who is known.
pub trait Directory {
    /// The person with this id.
    fn by_id(&self, id: &str) -> Option<&UserId>;
    /// All people with this address, in small letters.
    fn by_email(&self, email: &str) -> &[UserId];
    /// All people with this name, in small letters, words joined by single spaces.
    fn by_name(&self, name: &str) -> &[UserId];
    /// Whether the person is a member already.
    fn is_member(&self, id: &UserId) -> bool;
}

/// Who is meant by an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Somebody who is not a member yet.
    Add(UserId),
    /// A member already.
    Already(UserId),
    /// Somebody whom an earlier entry means too.
    Twice(UserId),
    /// Nobody in the directory.
    Unknown,
    /// One of several people.
    Ambiguous(Vec<UserId>),
}

/// One address, id or name of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What stands in the list, without what surrounds it.
    pub text: String,
    /// The line that it stands in; the first is 1.
    pub line: usize,
    /// Who is meant.
    pub found: Found,
}

/// What a list says, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pasted {
    /// The entries.
    pub entries: Vec<Entry>,
}

impl Pasted {
    /// How many are to be added.
    pub fn add(&self) -> usize {
        self.count(|found| matches!(found, Found::Add(_)))
    }

    /// How many are members already.
    pub fn already(&self) -> usize {
        self.count(|found| matches!(found, Found::Already(_)))
    }

    /// How many entries mean somebody whom an earlier one means too.
    pub fn twice(&self) -> usize {
        self.count(|found| matches!(found, Found::Twice(_)))
    }

    /// How many entries mean nobody in the directory.
    pub fn unknown(&self) -> usize {
        self.count(|found| matches!(found, Found::Unknown))
    }

    /// How many entries mean one of several people.
    pub fn ambiguous(&self) -> usize {
        self.count(|found| matches!(found, Found::Ambiguous(_)))
    }

    /// Who is to be added, in the order of the list, each once.
    pub fn ids_to_add(&self) -> Vec<UserId> {
        let to_add = |entry: &Entry| match &entry.found {
            Found::Add(id) => Some(id.clone()),
            _ => None,
        };
        self.entries.iter().filter_map(to_add).collect()
    }

    fn count(&self, is_wanted: impl Fn(&Found) -> bool) -> usize {
        self.entries.iter().filter(|entry| is_wanted(&entry.found)).count()
    }
}

/// Reads a list: one person or several in a line, by address, id or name, as people, tables and mail programs write them.
pub fn read(text: &str, directory: &impl Directory, lowercase: Lowercase) -> Pasted {
    let text = words::visible(text);
    let reader = Reader { directory, lowercase };
    let mut tally = Tally { directory, seen: FxHashSet::default(), entries: Vec::new() };
    let lines = (1..).zip(words::lines(&text)).filter(|(_, line)| words::says_something(line));
    for (place, (number, line)) in lines.enumerate() {
        for (text, people) in reader.read(line, place == 0) {
            tally.add(text, number, people);
        }
    }
    Pasted { entries: tally.entries }
}

/// The entries so far, and whom they mean.
struct Tally<'a, D> {
    directory: &'a D,
    seen: FxHashSet<UserId>,
    entries: Vec<Entry>,
}

impl<D: Directory> Tally<'_, D> {
    fn add(&mut self, text: &str, line: usize, mut people: Vec<UserId>) {
        let found = match (people.pop(), people.is_empty()) {
            (None, _) => Found::Unknown,
            (Some(id), true) => self.one(id),
            (Some(id), false) => {
                people.push(id);
                Found::Ambiguous(people)
            }
        };
        self.entries.push(Entry { text: text.to_owned(), line, found });
    }

    fn one(&mut self, id: UserId) -> Found {
        if !self.seen.insert(id.clone()) {
            Found::Twice(id)
        } else if self.directory.is_member(&id) {
            Found::Already(id)
        } else {
            Found::Add(id)
        }
    }
}
