//! Reads a pasted list of people, shows whom each entry names, and lets the person correct it.
//!
//! Invariant: only entries shown as selected count. What was pasted and corrected survives closing.

mod file;
mod reading;
mod rows;
mod select;

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::jobs::Unmatched;
use super::{DraftNote, PreviewTable, summary_of};
use crate::data::Directory;
use crate::domain::UserId;
use crate::domain::text::{counted, format_count};
use crate::search::list::{Correction, Corrections, DecidedEntry, Decision, Kind, List, decide};
use crate::session::drafts;
use crate::ui::{Button, Disclosure, Field, Select, SelectOption, TextArea, dynamic, exact};

use reading::read_at_rest;
use rows::entry_cells;

pub(crate) use file::ListFile;
pub(crate) use select::SelectByList;

/// What people read about the three places in which lists are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ListWords {
    /// The label of the text field, such as `People to add`.
    pub label: &'static str,
    /// What happens to selected entries, such as `to add`.
    pub selected: &'static str,
    /// The badge of an entry that is selected.
    pub select: &'static str,
    /// What the list says of one person to whom it would change nothing, and of several.
    pub already: [&'static str; 2],
    /// The badge of one of them, such as `Already a member`.
    pub already_one: &'static str,
}

#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct ListDraft {
    text: String,
    column: Option<String>,
    corrections: Corrections,
}

#[derive(Clone, Copy)]
pub(crate) struct ListReader {
    pub text: RwSignal<String>,
    words: ListWords,
    column: RwSignal<Option<String>>,
    corrections: RwSignal<Corrections>,
    list: RwSignal<Arc<List>>,
    /// How much of a long list has been read, in percent, while it is being read.
    reading: RwSignal<Option<usize>>,
    decided: Memo<Arc<Vec<DecidedEntry>>>,
    /// The entries in the order in which they are shown: those that need attention first.
    shown: Memo<Arc<Vec<DecidedEntry>>>,
}

impl ListReader {
    /// Reads while `is_open`. `already` are the people to whom the list would change nothing.
    pub(crate) fn new(
        words: ListWords,
        directory: Directory,
        already: Memo<Arc<HashSet<UserId>>>,
        is_open: Memo<bool>,
    ) -> Self {
        let (text, column) = (RwSignal::new(String::new()), RwSignal::new(None));
        let (list, reading) = (RwSignal::new(Arc::default()), RwSignal::new(None));
        read_at_rest(directory, is_open, (text, column), (list, reading));
        let corrections = RwSignal::new(Corrections::new());
        let decided = Memo::new(move |_| {
            let (list, already) = (list.get(), already.get());
            corrections.with(|corrections| Arc::new(decide(&list, corrections, &already)))
        });
        let shown = Memo::new(move |_| {
            let mut shown = decided.get().to_vec();
            shown.sort_by_key(|it| it.rank);
            Arc::new(shown)
        });
        Self { text, words, column, corrections, list, reading, decided, shown }
    }

    /// The selected people, in the order of the text.
    pub(crate) fn people(&self) -> Vec<UserId> {
        self.of(Decision::Selected)
    }

    /// The people to whom the list would change nothing.
    pub(crate) fn already(&self) -> Vec<UserId> {
        self.of(Decision::Already)
    }

    fn of(&self, decision: Decision) -> Vec<UserId> {
        let person = |it: &DecidedEntry| it.person.clone().filter(|_| it.decision == decision);
        self.decided.with(|decided| decided.iter().filter_map(person).collect())
    }

    /// The entries that name no one, or several people, in the order of the text.
    pub(crate) fn unmatched(&self) -> Vec<Unmatched> {
        let is_open = |it: &&DecidedEntry| matches!(it.decision, Decision::Unknown | Decision::Ambiguous);
        let unmatched = |it: &DecidedEntry| Unmatched { line: it.entry.line, text: it.entry.text.clone() };
        self.decided.with(|decided| decided.iter().filter(is_open).map(unmatched).collect())
    }

    pub(crate) fn count(&self) -> usize {
        self.counted(Decision::Selected)
    }

    fn counted(&self, decision: Decision) -> usize {
        self.decided.with(|decided| decided.iter().filter(|it| it.decision == decision).count())
    }

    pub(crate) fn is_reading(&self) -> bool {
        self.reading.with(Option::is_some)
    }

    /// Restores the draft of that name, and keeps it from now on.
    pub(crate) fn keep_draft(self, name: String) {
        if let Some(ListDraft { text, column, corrections }) = drafts::restore_value(&name) {
            self.text.set(text);
            self.column.set(column);
            self.corrections.set(corrections);
        }
        let draft =
            move || ListDraft { text: self.text.get(), column: self.column.get(), corrections: self.corrections.get() };
        drafts::keep_value(name, draft);
    }

    /// Drops the list, except for these entries, which can still be corrected.
    pub(crate) fn keep_only(&self, entries: &[Unmatched]) {
        self.text.set(entries.iter().map(|entry| entry.text.as_str()).collect::<Vec<_>>().join("\n"));
        self.column.set(None);
        self.corrections.update(Corrections::clear);
    }

    fn correct(&self, it: Memo<Option<DecidedEntry>>, correction: Option<Correction>) {
        let Some(key) = it.with_untracked(|it| it.as_ref().map(|it| it.key.clone())) else { return };
        self.corrections.update(|corrections| match correction {
            Some(correction) => drop(corrections.insert(key, correction)),
            None => drop(corrections.remove(&key)),
        });
    }

    fn select_mentioned(&self) {
        let mentioned = self.decided.get_untracked();
        self.corrections.update(|corrections| {
            for it in mentioned.iter().filter(|it| it.decision == Decision::Mentioned) {
                corrections.extend(it.person.clone().map(|id| (it.key.clone(), Correction::Person(id))));
            }
        });
    }

    /// The counts, such as `37 to add · 12 already members · 3 not found · 2 duplicates`.
    fn summary(&self) -> String {
        if let Some(percent) = self.reading.get() {
            return format!("Reading the list… {percent}%");
        }
        let number = |count: usize, [one, several]: [&'static str; 2]| (count, if count == 1 { one } else { several });
        summary_of(&[
            (self.count(), self.words.selected),
            number(self.counted(Decision::Already), self.words.already),
            (self.counted(Decision::Unknown), "not found"),
            (self.counted(Decision::Ambiguous), "ambiguous"),
            (self.counted(Decision::Mentioned), "only mentioned"),
            number(self.counted(Decision::Duplicate), ["duplicate", "duplicates"]),
            (self.counted(Decision::LeftOut), "excluded"),
        ])
    }
}

/// The field for a list, what kind of text it is, and its entries.
#[component]
pub(crate) fn ListReaderPanel(reader: ListReader, directory: Directory) -> impl IntoView {
    let key = move |at: usize| reader.shown.with(|shown| shown.get(at).map_or_else(String::new, |it| it.key.clone()));
    view! {
        <ListFile text=reader.text label="Or choose or drop a file: CSV, text or JSON" accept=".csv,.tsv,.txt,.json,.eml,text/*">
            <Field
                label=reader.words.label
                hint="Emails, user IDs or full names, one per line or as a table, such as rows of a spreadsheet."
            >
                <TextArea value=reader.text rows=6 name="people" placeholder="jane@example.com, Joe Roe <joe@example.com>"/>
            </Field>
        </ListFile>
        <DraftNote/>
        <KindLine reader=reader/>
        <PreviewTable
            caption="Entries of the list"
            heads=&["Entry", "Person", "Result", "Correction"]
            summary=Signal::derive(move || reader.summary())
            row_count=Signal::derive(move || reader.shown.with(|shown| shown.len()))
            row_key=key
            row=move |row| entry_cells(reader, directory, row, key(row))
        />
        <SkippedLines reader=reader/>
    }
}

/// What kind of text it is, and the choice of another column.
#[component]
fn KindLine(reader: ListReader) -> impl IntoView {
    let kind = Memo::new(move |_| reader.list.with(|list| list.kind.clone()));
    let text = move || kind.with(kind_text);
    let choices = Memo::new(move |_| {
        kind.with(|kind| match kind {
            Kind::Table { choices, .. } if choices.len() > 1 => choices.clone(),
            _ => Vec::new(),
        })
    });
    let column = move |choices: Vec<String>| {
        let chosen = move || {
            kind.with(|kind| match kind {
                Kind::Table { chosen, .. } => chosen.clone().unwrap_or_default(),
                _ => String::new(),
            })
        };
        let value = crate::ui::Bound::new(chosen, move |column: String| {
            reader.column.set(Some(column).filter(|it| !it.is_empty()));
        });
        let options = choices.into_iter().map(|it| SelectOption::new(it.clone(), it)).collect::<Vec<_>>();
        view! { <Field label="Column with the people"><Select value=value options=options/></Field> }
    };
    let mentioned = Memo::new(move |_| reader.counted(Decision::Mentioned));
    view! {
        <p class="list-kind" role="status">{text}</p>
        {dynamic(move || (!choices.with(Vec::is_empty)).then(|| column(choices.get())))}
        <Show when=move || mentioned.get() != 0>
            <Button on_click=move |()| reader.select_mentioned()>
                {exact(move || format!("Select all {} mentioned", format_count(mentioned.get())))}
            </Button>
        </Show>
    }
}

fn kind_text(kind: &Kind) -> String {
    let column = |chosen: &Option<String>, none: &str| match chosen {
        Some(column) => format!("using column “{column}”"),
        None => none.to_owned(),
    };
    match kind {
        Kind::Empty => String::new(),
        Kind::Table { has_headings: true, chosen, .. } => {
            format!("Table with headings: {}", column(chosen, "no column of people found. Choose a column."))
        }
        Kind::Table { chosen, .. } => {
            format!("Table without headings: {}", column(chosen, "each row names a person"))
        }
        Kind::Addresses => "List of addresses".to_owned(),
        Kind::Lines => "List, one entry per line".to_owned(),
        Kind::Json => "JSON".to_owned(),
        Kind::Mail => "Email message: people in it are only mentioned. Select the ones you mean.".to_owned(),
        Kind::Prose => "Text: people in it are only mentioned. Select the ones you mean.".to_owned(),
    }
}

/// The lines without people.
#[component]
fn SkippedLines(reader: ListReader) -> impl IntoView {
    /// The most lines that are drawn.
    const MOST: usize = 200;
    let count = Memo::new(move |_| reader.list.with(|list| list.skipped.len()));
    let lines = move || {
        let lines = reader.list.with(|list| list.skipped.iter().take(MOST).cloned().collect::<Vec<_>>());
        let line = |it: crate::search::list::SkippedLine| {
            view! { <li><span class="cell-note">{format!("Line {}", it.line)}</span>" "<bdi>{it.text}</bdi></li> }
        };
        lines.into_iter().map(line).collect_view()
    };
    let summary = Signal::derive(move || counted(count.get(), "line without people", "lines without people"));
    view! {
        <Show when=move || count.get() != 0>
            <Disclosure summary=summary>
                <ul class="list-skipped">{lines}</ul>
                <Show when=move || { count.get() > MOST }>
                    <p class="muted">{move || format!("and {} more", format_count(count.get() - MOST))}</p>
                </Show>
            </Disclosure>
        </Show>
    }
}
