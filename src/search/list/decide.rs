//! Decides what happens to each entry of a list: by what was read, by whom it would concern already, and by what was corrected.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::{Entry, Found, List};
use crate::domain::UserId;

/// What someone decided about an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Correction {
    Person(UserId),
    LeftOut,
}

/// The corrections, by [`DecidedEntry::key`].
pub type Corrections = HashMap<String, Correction>;

/// What happens to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Decision {
    /// No one in the directory.
    Unknown,
    /// One of several people.
    Ambiguous,
    /// Someone whom the text only mentions.
    Mentioned,
    Selected,
    Already,
    /// Someone whom an earlier entry names too.
    Duplicate,
    LeftOut,
}

/// An entry and what happens to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedEntry {
    pub entry: Entry,
    pub decision: Decision,
    /// The person, where it is one.
    pub person: Option<UserId>,
    /// Whether someone decided it.
    pub is_corrected: bool,
    /// Its place in a preview: by what was read, so that a correction moves no row.
    pub rank: Decision,
    /// The entry's text and its number among those with the same text. It stays while the text is edited elsewhere.
    pub key: String,
}

/// Decides each entry, in the order of the text. `already` are the people to whom it would change nothing.
pub fn decide(list: &List, corrections: &Corrections, already: &HashSet<UserId>) -> Vec<DecidedEntry> {
    let mut seen: HashSet<UserId> = HashSet::new();
    let mut repeats: HashMap<String, usize> = HashMap::new();
    let decide = |entry: &Entry| {
        let number = repeats.entry(entry.text.clone()).and_modify(|count| *count += 1).or_insert(0);
        let key = format!("{number}/{}", entry.text);
        let correction = corrections.get(&key);
        let (person, decision) = match (correction, &entry.found) {
            (Some(Correction::LeftOut), found) => (one(found), Decision::LeftOut),
            (Some(Correction::Person(id)), _) => (Some(id.clone()), Decision::Selected),
            (None, Found::One(id)) if entry.is_mentioned => (Some(id.clone()), Decision::Mentioned),
            (None, Found::One(id)) => (Some(id.clone()), Decision::Selected),
            (None, Found::OneOf(_)) => (None, Decision::Ambiguous),
            (None, Found::Unknown) => (None, Decision::Unknown),
        };
        let rank = match &entry.found {
            Found::OneOf(_) => Decision::Ambiguous,
            Found::Unknown => Decision::Unknown,
            Found::One(_) if entry.is_mentioned => Decision::Mentioned,
            Found::One(_) => Decision::Selected,
        };
        let decision = match (decision, &person) {
            (Decision::Selected, Some(id)) if !seen.insert(id.clone()) => Decision::Duplicate,
            (Decision::Selected | Decision::Mentioned, Some(id)) if already.contains(id) => Decision::Already,
            (decision, _) => decision,
        };
        let is_corrected = correction.is_some();
        let rank = if is_corrected { rank } else { decision };
        DecidedEntry { entry: entry.clone(), decision, person, is_corrected, rank, key }
    };
    list.entries.iter().map(decide).collect()
}

fn one(found: &Found) -> Option<UserId> {
    match found {
        Found::One(id) => Some(id.clone()),
        Found::OneOf(_) | Found::Unknown => None,
    }
}
