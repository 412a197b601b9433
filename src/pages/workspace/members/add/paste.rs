//! A pasted list of people, read and shown before anything is sent.
//!
//! Invariant: every piece of the list is shown with what it was taken for; nobody is guessed.

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::lowercase;
use crate::domain::text::count_words;
use crate::domain::{UserId, in_words};
use crate::forms::paste::{self, Entry, Found, Pasted};
use crate::forms::{Joining, ranked};
use crate::state::Directory;
use crate::ui::{Badge, BadgeTone, Field, TextArea, VirtualTable, column_heads};

/// What is pasted.
#[derive(Clone, Copy)]
pub(super) struct Paste {
    pub text: RwSignal<String>,
    pub read: Memo<Arc<Pasted>>,
}

impl Paste {
    pub(super) fn new(directory: Directory, inside: Memo<Arc<HashSet<UserId>>>, is_open: Memo<bool>) -> Self {
        let text = RwSignal::new(String::new());
        let read = Memo::new(move |last: Option<&Arc<Pasted>>| {
            directory.version.track();
            if !is_open.get() {
                return last.cloned().unwrap_or_default();
            }
            let inside = inside.get();
            let mut read = text.with(|text| {
                directory.with(|people| paste::read(text, &Joining { people, members: &inside }, lowercase))
            });
            // What needs a look comes first.
            read.entries = ranked(std::mem::take(&mut read.entries), 4, |entry| rank(&entry.found));
            Arc::new(read)
        });
        Self { text, read }
    }

    /// Who would be added, and who is a member already.
    pub(super) fn people(&self) -> (Vec<UserId>, Vec<UserId>) {
        self.read.with_untracked(|read| {
            let already = |entry: &Entry| if let Found::Already(id) = &entry.found { Some(id.clone()) } else { None };
            (read.ids_to_add(), read.entries.iter().filter_map(already).collect())
        })
    }
}

fn rank(found: &Found) -> u8 {
    match found {
        Found::Unknown => 0,
        Found::Ambiguous(_) => 1,
        Found::Twice(_) => 2,
        Found::Add(_) => 3,
        Found::Already(_) => 4,
    }
}

/// The text, and what was read in it.
#[component]
pub(super) fn PastePanel(paste: Paste, directory: Directory) -> impl IntoView {
    let at = move |at: usize| paste.read.with(|read| read.entries.get(at).cloned());
    let count = Signal::derive(move || paste.read.with(|read| read.entries.len()));
    view! {
        <Field
            label="People to add"
            hint="E-mail addresses, user ids, names or rows of a spreadsheet, in any mixture, with anything between them."
        >
            <TextArea value=paste.text rows=6 name="people" placeholder="jane@example.com, Joe Roe <joe@example.com>"/>
        </Field>
        <p class="change__summary" role="status">{move || summary(&paste.read.get())}</p>
        <Show when=move || count.get() != 0>
            <VirtualTable
                caption="What was read in the list"
                class="table--job"
                header=|| column_heads(&["Pasted", "Person", "Result"])
                row_count=count
                row_key=Callback::new(move |place| at(place).map_or_else(String::new, |it| format!("{}/{}/{}", it.line, it.text, rank(&it.found))))
                row=Callback::new(move |place| at(place).map_or_else(|| ().into_any(), |entry| cells(directory, &entry)))
                columns=3
            />
        </Show>
    }
}

/// `add 37 · already in 12 · unknown 3 · twice 2 · ambiguous 1`.
fn summary(read: &Pasted) -> String {
    let parts = [
        ("add", read.add()),
        ("already in", read.already()),
        ("unknown", read.unknown()),
        ("twice", read.twice()),
        ("ambiguous", read.ambiguous()),
    ];
    let parts = parts.iter().filter(|(_, count)| *count != 0);
    parts.map(|(word, count)| format!("{word} {}", count_words(*count))).collect::<Vec<_>>().join(" · ")
}

fn cells(directory: Directory, entry: &Entry) -> AnyView {
    let name = |id: &UserId| {
        let person = directory.entry(id);
        match person.email.is_empty() {
            true => in_words(&person.name),
            false => format!("{} · {}", in_words(&person.name), in_words(&person.email)),
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
