//! A pasted list of people, with the person that each of its entries matches.
//!
//! Invariant: every entry of the list is shown. Entries that are not exactly one person add no one.

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;

use crate::components::PreviewTable;
use crate::data::Directory;
use crate::domain::{UserId, inline_text, text::format_count};
use crate::search::paste::{self, Entry, Found, Pasted};
use crate::search::sorting::sort_rows;
use crate::search::{Candidates, People};
use crate::ui::{Badge, BadgeTone, Field, TextArea};

#[derive(Clone, Copy)]
pub(super) struct Paste {
    pub text: RwSignal<String>,
    pub list: Memo<Arc<PastedList>>,
}

/// The entries of a pasted list. Those that need attention come first.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct PastedList {
    rows: Vec<PastedRow>,
    counts: [usize; 5],
}

/// An entry with its position in the text, which no other entry has.
#[derive(Debug, Clone, PartialEq, Eq)]
struct PastedRow {
    /// The entry's number among those of its line.
    index: usize,
    entry: Entry,
}

impl PastedRow {
    fn key(&self) -> String {
        format!("{}/{}", self.entry.line, self.index)
    }
}

impl PastedList {
    fn new(pasted: Pasted) -> Self {
        let (mut line, mut index, mut counts) = (0, 0, [0; 5]);
        let number = |entry: Entry| {
            index = if entry.line == line { index + 1 } else { 0 };
            line = entry.line;
            counts[rank(&entry.found)] += 1;
            PastedRow { index, entry }
        };
        let mut rows: Vec<PastedRow> = pasted.entries.into_iter().map(number).collect();
        sort_rows(&mut rows, |left, right| rank(&left.entry.found).cmp(&rank(&right.entry.found)));
        Self { rows, counts }
    }

    pub(super) fn to_add(&self) -> usize {
        self.counts[3]
    }

    /// The counts, such as `add 37 · already in 12 · unknown 3 · twice 2 · ambiguous 1`.
    fn summary(&self) -> String {
        let [unknown, ambiguous, twice, add, already] = self.counts;
        let parts =
            [("add", add), ("already in", already), ("unknown", unknown), ("twice", twice), ("ambiguous", ambiguous)];
        let parts = parts.iter().filter(|(_, count)| *count != 0);
        parts.map(|(word, count)| format!("{word} {}", format_count(*count))).collect::<Vec<_>>().join(" · ")
    }
}

fn rank(found: &Found) -> usize {
    match found {
        Found::Unknown => 0,
        Found::Ambiguous(_) => 1,
        Found::Twice(_) => 2,
        Found::Add(_) => 3,
        Found::Already(_) => 4,
    }
}

impl Paste {
    pub(super) fn new(directory: Directory, existing: Memo<Arc<HashSet<UserId>>>, is_open: Memo<bool>) -> Self {
        let text = RwSignal::new(String::new());
        let people = Memo::new(move |_| directory.data.get());
        let list = Memo::new(move |last: Option<&Arc<PastedList>>| {
            if !is_open.get() {
                return last.cloned().unwrap_or_default();
            }
            let members = existing.get();
            let read = |people: &People| text.with(|text| paste::read(text, &Candidates { people, members: &members }));
            Arc::new(PastedList::new(people.get().map_or_else(|| read(&People::default()), |index| index.with(read))))
        });
        Self { text, list }
    }

    /// The people to add, in the order of the text, and those who are members already.
    pub(super) fn people(&self) -> (Vec<UserId>, Vec<UserId>) {
        let (mut to_add, mut already) = (Vec::new(), Vec::new());
        self.list.with_untracked(|list| {
            for row in &list.rows {
                match &row.entry.found {
                    Found::Add(id) => to_add.push(id.clone()),
                    Found::Already(id) => already.push(id.clone()),
                    Found::Unknown | Found::Ambiguous(_) | Found::Twice(_) => {}
                }
            }
        });
        (to_add, already)
    }
}

#[component]
pub(super) fn PastePanel(paste: Paste, directory: Directory) -> impl IntoView {
    let at = move |at: usize| paste.list.with(|list| list.rows.get(at).cloned());
    view! {
        <Field
            label="People to add"
            hint="E-mail addresses, user ids, names or rows of a spreadsheet, in any mixture, with anything between them."
        >
            <TextArea value=paste.text rows=6 name="people" placeholder="jane@example.com, Joe Roe <joe@example.com>"/>
        </Field>
        <PreviewTable
            caption="What was read in the list"
            heads=&["Pasted", "Person", "Result"]
            summary=Signal::derive(move || paste.list.with(|list| list.summary()))
            row_count=Signal::derive(move || paste.list.with(|list| list.rows.len()))
            row_key=move |row| at(row).map_or_else(String::new, |row| row.key())
            row=move |row| at(row).map_or_else(|| ().into_any(), |row| cells(directory, &row.entry))
        />
    }
}

fn cells(directory: Directory, entry: &Entry) -> AnyView {
    let name = |id: &UserId| {
        let person = directory.entry(id);
        match person.email.is_empty() {
            true => inline_text(&person.name),
            false => format!("{} · {}", inline_text(&person.name), inline_text(&person.email)),
        }
    };
    let (person, tone, word) = match &entry.found {
        Found::Add(id) => (name(id), BadgeTone::Success, "Add"),
        Found::Already(id) => (name(id), BadgeTone::Neutral, "Already in"),
        Found::Twice(id) => (name(id), BadgeTone::Neutral, "Twice"),
        Found::Unknown => ("—".to_owned(), BadgeTone::Warning, "Unknown"),
        Found::Ambiguous(ids) => {
            (ids.iter().map(name).collect::<Vec<_>>().join(" or "), BadgeTone::Warning, "Ambiguous")
        }
    };
    let title = person.clone();
    view! {
        <td role="cell" class="col-name is-title">
            <div class="cell-stack">
                <bdi>{entry.text.clone()}</bdi>
                <span class="cell-note">{format!("line {}", entry.line)}</span>
            </div>
        </td>
        <td role="cell" data-label="Person"><span class="clamp" title=title><bdi>{person}</bdi></span></td>
        <td role="cell" class="is-line" data-label="Result"><Badge tone=tone>{word}</Badge></td>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Person;

    fn read(text: &str) -> PastedList {
        let person = |id: &str| {
            let json = format!(
                r#"{{"id":"{id}","email":"{id}@x.com","first_name":null,"last_name":null,"role":"org:member"}}"#
            );
            serde_json::from_str::<Person>(&json).unwrap()
        };
        let mut people = People::default();
        people.extend([&person("jane"), &person("rick"), &person("sam")]);
        let members = HashSet::from([UserId::parse("sam").unwrap()]);
        PastedList::new(paste::read(text, &Candidates { people: &people, members: &members }))
    }

    fn keys(list: &PastedList) -> Vec<String> {
        list.rows.iter().map(PastedRow::key).collect()
    }

    #[test]
    fn rows_of_the_same_address_in_one_line_have_different_keys_that_stay_while_typing_goes_on() {
        let first = read("jane@x.com jane@x.com, jane@x.com");
        let before: HashSet<String> = keys(&first).into_iter().collect();
        assert_eq!((first.rows.len(), before.len()), (3, 3));
        let second = read("jane@x.com jane@x.com, jane@x.com\nrick@x.com who@x.com");
        let after: HashSet<String> = keys(&second).into_iter().collect();
        assert_eq!((second.rows.len(), after.len()), (5, 5));
        assert!(before.is_subset(&after));
    }

    #[test]
    fn entries_that_need_attention_come_first_and_all_are_counted() {
        let list = read("jane@x.com\nsam@x.com\nwho@x.com\njane@x.com");
        let lines: Vec<usize> = list.rows.iter().map(|row| row.entry.line).collect();
        assert_eq!(lines, [3, 4, 1, 2]);
        assert_eq!(list.summary(), "add 1 · already in 1 · unknown 1 · twice 1");
        assert_eq!(list.to_add(), 1);
    }
}
