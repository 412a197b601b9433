//! The directory as rows of people, and who has an address or a name.
//!
//! Invariant: the indexes name exactly the people in the directory.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::paste::plain;
use crate::domain::{Person, UserId};

#[cfg(test)]
mod tests;

/// A person as a row shows them, with the keys that they are searched and sorted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: UserId,
    pub name: String,
    /// Email address. Empty if unknown.
    pub email: String,
    pub is_known: bool,
    /// Name, address and id in lowercase, separated by line breaks.
    haystack: String,
    /// Where the name and the address end in it.
    ends: [usize; 2],
}

impl Entry {
    pub fn known(person: &Person) -> Self {
        Self::new(person.id.clone(), person.display_name(), person.email.clone(), true)
    }

    /// A person who is not in the directory. The id is shown as the name.
    pub fn unknown(id: &UserId) -> Self {
        Self::new(id.clone(), id.to_string(), String::new(), false)
    }

    fn new(id: UserId, name: String, email: String, is_known: bool) -> Self {
        let [name_key, email_key, id_key] = [&name, &email, id.as_str()].map(|text| plain(text).to_lowercase());
        let ends = [name_key.len(), name_key.len() + 1 + email_key.len()];
        Self { id, name, email, is_known, haystack: [name_key, email_key, id_key].join("\n"), ends }
    }

    /// The line below the name: the address, or the id if the address is missing or is shown as the name.
    pub fn note(&self) -> &str {
        if self.email.is_empty() || self.email == self.name { self.id.as_str() } else { &self.email }
    }

    /// Whether every word, in lowercase, is in the name, the address or the id.
    pub fn matches(&self, words: &[impl AsRef<str>]) -> bool {
        words.iter().all(|word| self.haystack.contains(word.as_ref()))
    }

    /// The name in lowercase, its words joined by single spaces.
    pub fn name_key(&self) -> &str {
        self.haystack.get(..self.ends[0]).unwrap_or_default()
    }

    pub fn email_key(&self) -> &str {
        self.haystack.get(self.ends[0] + 1..self.ends[1]).unwrap_or_default()
    }

    /// The order by name, then by id.
    pub fn by_name(&self, other: &Self) -> Ordering {
        self.name_key().cmp(other.name_key()).then_with(|| self.id.cmp(&other.id))
    }

    /// The order by address, then by name.
    pub fn by_email(&self, other: &Self) -> Ordering {
        self.email_key().cmp(other.email_key()).then_with(|| self.by_name(other))
    }
}

/// The words of a search, as [`Entry::matches`] takes them.
pub fn words(search: &str) -> Vec<String> {
    search.to_lowercase().split_whitespace().map(str::to_owned).collect()
}

/// The people of the directory by id, address and name.
#[derive(Debug, Clone, Default)]
pub struct People {
    entries: FxHashMap<UserId, Arc<Entry>>,
    emails: Index,
    names: Index,
}

impl People {
    /// Adds people, replacing those with the same id.
    pub fn extend<'a>(&mut self, persons: impl IntoIterator<Item = &'a Person>) {
        for entry in persons.into_iter().map(Entry::known) {
            let before = self.entries.get(&entry.id).map(Arc::as_ref);
            self.emails.replace(&entry.id, before.map(Entry::email_key), entry.email_key());
            self.names.replace(&entry.id, before.map(Entry::name_key), entry.name_key());
            self.entries.insert(entry.id.clone(), Arc::new(entry));
        }
    }

    pub fn get(&self, id: &UserId) -> Option<&Arc<Entry>> {
        self.entries.get(id)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Arc<Entry>> {
        self.entries.values()
    }
}

/// The people with a text as their name or address.
#[derive(Debug, Clone, Default)]
struct Index(FxHashMap<String, Vec<UserId>>);

impl Index {
    fn get(&self, key: &str) -> &[UserId] {
        self.0.get(key).map_or(&[], Vec::as_slice)
    }

    fn replace(&mut self, id: &UserId, before: Option<&str>, key: &str) {
        if before == Some(key) {
            return;
        }
        if let Some(ids) = before.and_then(|before| self.0.get_mut(before)) {
            ids.retain(|one| one != id);
        }
        if !key.is_empty() {
            self.0.entry(key.to_owned()).or_default().push(id.clone());
        }
    }
}

/// The people that a pasted list may name, and which of them are members already.
#[derive(Debug, Clone, Copy)]
pub struct Candidates<'a> {
    pub people: &'a People,
    pub members: &'a HashSet<UserId>,
}

impl<'a> Candidates<'a> {
    pub fn by_id(&self, id: &str) -> Option<&'a UserId> {
        self.people.entries.get_key_value(id).map(|(id, _)| id)
    }

    /// Everyone with this address, in any case.
    pub fn by_email(&self, email: &str) -> &'a [UserId] {
        self.people.emails.get(&email.to_lowercase())
    }

    /// Everyone with this name, in any case.
    pub fn by_name(&self, name: &str) -> &'a [UserId] {
        self.people.names.get(&plain(name).to_lowercase())
    }

    pub fn is_member(&self, id: &UserId) -> bool {
        self.members.contains(id)
    }
}
