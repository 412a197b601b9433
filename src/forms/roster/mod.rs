//! The rows of people: what is shown, searched and sorted of each, and who answers to an address or a name.
//!
//! Invariant: the order of rows is total, and the indexes name exactly the people who are held.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::filter::Lowercase;
use super::paste::{Directory, plain};
use crate::domain::{Person, UserId};

#[cfg(test)]
mod tests;

/// One person as rows show them, worked out once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The user id.
    pub id: UserId,
    /// The name to show.
    pub name: String,
    /// E-mail address; empty where none is known.
    pub email: String,
    /// Whether the directory has this person.
    pub is_known: bool,
    /// Name, address and id in small letters, one line each.
    haystack: String,
    /// Where its first two lines end.
    ends: [usize; 2],
}

impl Entry {
    /// Somebody in the directory.
    pub fn known(person: &Person, lowercase: Lowercase) -> Self {
        Self::new(person.id.clone(), person.display_name(), person.email.clone(), true, lowercase)
    }

    /// Somebody of whom there is the id alone, which stands for the name.
    pub fn unknown(id: &UserId, lowercase: Lowercase) -> Self {
        Self::new(id.clone(), id.to_string(), String::new(), false, lowercase)
    }

    fn new(id: UserId, name: String, email: String, is_known: bool, lowercase: Lowercase) -> Self {
        // Many people at once are worked out: the browser is asked for small letters once for each.
        let haystack = lowercase(&[plain(&name), plain(&email), plain(id.as_str())].join("\n"));
        let mut ends = haystack.match_indices('\n').map(|(at, _)| at);
        let ends = [ends.next().unwrap_or(haystack.len()), ends.next().unwrap_or(haystack.len())];
        Self { id, name, email, is_known, haystack, ends }
    }

    /// What stands under the name: the address, or the id where that says no more than the name.
    pub fn note(&self) -> &str {
        if self.email.is_empty() || self.email == self.name { self.id.as_str() } else { &self.email }
    }

    /// Whether every word, in small letters, is in the name, the address or the id.
    pub fn matches(&self, words: &[impl AsRef<str>]) -> bool {
        words.iter().all(|word| self.haystack.contains(word.as_ref()))
    }

    /// The name in small letters, words joined by single spaces.
    pub fn name_key(&self) -> &str {
        self.haystack.get(..self.ends[0]).unwrap_or_default()
    }

    /// The address in small letters.
    pub fn email_key(&self) -> &str {
        self.haystack.get(self.ends[0] + 1..self.ends[1]).unwrap_or_default()
    }

    /// The order by name, and by id among equal names.
    pub fn by_name(&self, other: &Self) -> Ordering {
        self.name_key().cmp(other.name_key()).then_with(|| self.id.cmp(&other.id))
    }

    /// The order by address, and by name among equal addresses.
    pub fn by_email(&self, other: &Self) -> Ordering {
        self.email_key().cmp(other.email_key()).then_with(|| self.by_name(other))
    }
}

/// The words of a search, as `Entry::matches` takes them.
pub fn words(search: &str, lowercase: Lowercase) -> Vec<String> {
    lowercase(search).split_whitespace().map(str::to_owned).collect()
}

/// The people of the directory, by id, address and name.
#[derive(Debug, Clone, Default)]
pub struct People {
    entries: FxHashMap<UserId, Arc<Entry>>,
    emails: Index,
    names: Index,
}

impl People {
    /// Takes people in. Somebody who is held already is replaced.
    pub fn extend<'a>(&mut self, persons: impl IntoIterator<Item = &'a Person>, lowercase: Lowercase) {
        for person in persons {
            self.put(Entry::known(person, lowercase));
        }
    }

    /// Somebody by id.
    pub fn get(&self, id: &UserId) -> Option<&Arc<Entry>> {
        self.entries.get(id)
    }

    /// How many people are held.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nobody is held.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All people, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Entry>> {
        self.entries.values()
    }

    fn put(&mut self, entry: Entry) {
        let before = self.entries.get(&entry.id).map(Arc::as_ref);
        self.emails.put(&entry.id, before.map(Entry::email_key), entry.email_key());
        self.names.put(&entry.id, before.map(Entry::name_key), entry.name_key());
        self.entries.insert(entry.id.clone(), Arc::new(entry));
    }
}

/// Who answers to a text.
#[derive(Debug, Clone, Default)]
struct Index(FxHashMap<String, Vec<UserId>>);

impl Index {
    fn get(&self, key: &str) -> &[UserId] {
        self.0.get(key).map_or(&[], Vec::as_slice)
    }

    fn put(&mut self, id: &UserId, before: Option<&str>, key: &str) {
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

/// The directory, by which a list of people to join a workspace is read.
#[derive(Debug, Clone, Copy)]
pub struct Joining<'a> {
    /// Everybody.
    pub people: &'a People,
    /// Who is in the workspace already.
    pub members: &'a HashSet<UserId>,
}

impl Directory for Joining<'_> {
    fn by_id(&self, id: &str) -> Option<&UserId> {
        self.people.entries.get_key_value(id).map(|(id, _)| id)
    }

    fn by_email(&self, email: &str) -> &[UserId] {
        self.people.emails.get(email)
    }

    fn by_name(&self, name: &str) -> &[UserId] {
        self.people.names.get(name)
    }

    fn is_member(&self, id: &UserId) -> bool {
        self.members.contains(id)
    }
}
