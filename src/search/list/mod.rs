//! Reads lists of people as they really come: tables, lines of addresses, lists of names, JSON, mails.
//!
//! Invariant: an entry finds someone only by a whole address, id or name that stands in it. Every line of the text is in an
//! entry or among the skipped lines. Who is merely mentioned is never taken unasked.

mod apart;
mod cells;
mod decide;
mod file;
mod headings;
mod items;
mod json;
mod lines;
mod marks;
mod mentions;
mod names;
mod nearest;
mod remarks;
mod rows;
mod section;
mod table;
mod text;

#[cfg(test)]
mod cases;
#[cfg(test)]
mod kinds;
#[cfg(test)]
mod proofs;
#[cfg(test)]
mod tests;

pub use decide::{Correction, Corrections, DecidedEntry, Decision, decide};
pub use file::decode;
pub use nearest::nearest;

use super::People;
use crate::domain::UserId;
use items::{Item, items, skipped};

/// Whom an entry names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    One(UserId),
    /// Perhaps one of these. It is for the reader of the list to say.
    OneOf(Vec<UserId>),
    Unknown,
}

impl Found {
    fn of(people: &[UserId]) -> Self {
        match people {
            [] => Self::Unknown,
            [id] => Self::One(id.clone()),
            several => Self::OneOf(several.to_vec()),
        }
    }

    fn people(&self) -> &[UserId] {
        match self {
            Self::One(id) => std::slice::from_ref(id),
            Self::OneOf(ids) => ids,
            Self::Unknown => &[],
        }
    }
}

/// One person's place in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The text in the list, without what surrounds it.
    pub text: String,
    /// The number of its line, from 1.
    pub line: usize,
    pub found: Found,
    /// Whether the text only mentions the person.
    pub is_mentioned: bool,
}

/// A line of the text without people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedLine {
    pub line: usize,
    pub text: String,
}

/// What kind of text a list is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Empty,
    Table {
        has_headings: bool,
        /// The columns that people may be read from.
        choices: Vec<String>,
        /// The column that is read. `None`: each row names whom it mentions.
        chosen: Option<String>,
    },
    /// Addresses in one line, as mail programs write them.
    Addresses,
    /// One entry or more a line.
    Lines,
    Json,
    Mail,
    /// Sentences.
    Prose,
}

/// A list as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    pub kind: Kind,
    pub entries: Vec<Entry>,
    pub skipped: Vec<SkippedLine>,
}

/// A list that is being read, some of its lines at a time.
#[derive(Debug)]
pub struct Reading {
    list: List,
    items: std::vec::IntoIter<Item>,
    count: usize,
    is_prose: bool,
}

impl Reading {
    /// Finds out what kind of text it is. `column` is the column to read, as in [`Kind::Table`].
    pub fn new(text: &str, column: Option<&str>) -> Self {
        let text = text::clean(text);
        let (kind, items) = items(&text, column);
        let list = List { kind, ..List::default() };
        Self { list, count: items.len(), items: items.into_iter(), is_prose: false }
    }

    /// How much has been read, in percent.
    pub fn percent(&self) -> usize {
        (self.count - self.items.len()) * 100 / self.count.max(1)
    }

    /// Reads at most `count` parts. Returns the list once all are read.
    pub fn advance(&mut self, people: &People, count: usize) -> Option<List> {
        for _ in 0..count {
            let Some(item) = self.items.next() else { return Some(self.finish()) };
            self.read_item(item, people);
        }
        None
    }

    fn read_item(&mut self, item: Item, people: &People) {
        match item {
            Item::Row(row, section) => match rows::read_row(&row, &section, people) {
                Some((text, found)) => self.add(text, row.first_line, found, false),
                None => self.list.skipped.extend(skipped(&row)),
            },
            Item::Mentions(line) => {
                let everyone = lines::everyone(&line.text, people);
                if everyone.is_empty() {
                    self.list.skipped.push(line);
                } else {
                    everyone.into_iter().for_each(|(text, found)| self.add(text, line.line, found, true));
                }
            }
            Item::Line(line) => {
                let read = lines::read(&line.text, people);
                self.is_prose |= read.is_prose;
                if read.entries.is_empty() {
                    self.list.skipped.push(line);
                } else {
                    read.entries.into_iter().for_each(|(text, found)| self.add(text, line.line, found, false));
                }
            }
            Item::Json(named) => {
                let (_, found) = cells::by_name(&named.text, people);
                self.add(named.text, named.line, found, named.is_mentioned);
            }
        }
    }

    fn add(&mut self, text: String, line: usize, found: Found, is_mentioned: bool) {
        self.list.entries.push(Entry { text, line, found, is_mentioned });
    }

    fn finish(&mut self) -> List {
        let mut list = std::mem::take(&mut self.list);
        if self.is_prose {
            list.kind = Kind::Prose;
            list.entries.iter_mut().for_each(|entry| entry.is_mentioned = true);
        }
        let is_one_line = list.entries.windows(2).all(|pair| pair[0].line == pair[1].line);
        if list.kind == Kind::Lines && is_one_line && list.entries.len() > 1 {
            list.kind = Kind::Addresses;
        }
        list
    }
}

/// Reads a whole list at once.
pub fn read(text: &str, column: Option<&str>, people: &People) -> List {
    let mut reading = Reading::new(text, column);
    loop {
        if let Some(list) = reading.advance(people, usize::MAX) {
            return list;
        }
    }
}
