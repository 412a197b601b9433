//! The directory as rows of people, and who has an address or a name.
//!
//! Invariant: the indexes name exactly the people in the directory.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::fold::{address_key, key};
use super::sorting::positions;
use crate::domain::{Person, UserId};
use crate::unicode::{Collation, without_accents};

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
    /// Name, address and id as they are compared, separated by line breaks.
    haystack: String,
    /// The same without accents, where it has any.
    plain: Option<Box<str>>,
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
        let [name_key, email_key, id_key] = [&name, &email, id.as_str()].map(key);
        let ends = [name_key.len(), name_key.len() + 1 + email_key.len()];
        let haystack = [name_key, email_key, id_key].join("\n");
        let plain = (!haystack.is_ascii()).then(|| without_accents(&haystack).into());
        Self { id, name, email, is_known, haystack, plain, ends }
    }

    /// The line below the name: the address, or the id if the address is missing or is shown as the name.
    pub fn note(&self) -> &str {
        if self.email.is_empty() || self.email == self.name { self.id.as_str() } else { &self.email }
    }

    /// The line below the name where the address has a column of its own: the id of someone without an address.
    pub fn only_note(&self) -> &str {
        if self.email.is_empty() { self.note() } else { "" }
    }

    /// The name with the line below it, which tells namesakes apart.
    pub fn full_name(&self) -> String {
        if self.note() == self.name { self.name.clone() } else { format!("{} ({})", self.name, self.note()) }
    }

    /// Whether every word, as of [`words`], is in the name, the address or the id.
    pub fn matches(&self, words: &[impl AsRef<str>]) -> bool {
        let text = self.plain.as_deref().unwrap_or(&self.haystack);
        words.iter().all(|word| text.contains(word.as_ref()))
    }

    /// The name as names are compared.
    pub fn name_key(&self) -> &str {
        self.haystack.get(..self.ends[0]).unwrap_or_default()
    }

    pub fn email_key(&self) -> &str {
        self.haystack.get(self.ends[0] + 1..self.ends[1]).unwrap_or_default()
    }
}

/// Sorts people by name, in the order of the person's language, then by id.
pub fn sort_by_name(people: &mut Vec<Arc<Entry>>) {
    let names = Collation::new(people.iter().map(|entry| entry.name_key()));
    let by_id = |left: usize, right: usize| people.get(left).map(|it| &it.id).cmp(&people.get(right).map(|it| &it.id));
    let order = positions(people.len(), &|left, right| names.compare(left, right).then_with(|| by_id(left, right)));
    *people = order.into_iter().filter_map(|at| people.get(at as usize).cloned()).collect();
}

/// The words of a search, as [`Entry::matches`] takes them.
pub fn words(search: &str) -> Vec<String> {
    without_accents(&key(search)).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
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
            let address = before.map(|entry| address_key(&entry.email));
            self.emails.replace(&entry.id, address.as_deref(), &address_key(&entry.email));
            self.names.replace(&entry.id, before.map(Entry::name_key), entry.name_key());
            self.entries.insert(entry.id.clone(), Arc::new(entry));
        }
    }

    pub fn get(&self, id: &UserId) -> Option<&Arc<Entry>> {
        self.entries.get(id)
    }

    /// The id, if someone has it.
    pub fn id(&self, id: &str) -> Option<&UserId> {
        self.entries.get_key_value(id).map(|(id, _)| id)
    }

    /// Everyone with this address.
    pub fn by_email(&self, address: &str) -> &[UserId] {
        self.emails.get(&address_key(address))
    }

    /// Everyone with this name.
    pub fn by_name(&self, name: &str) -> &[UserId] {
        self.names.get(&key(name))
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
