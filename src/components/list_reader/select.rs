//! Selects rows of a table of people by a list.

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::{ListReader, ListReaderPanel, ListWords};
use crate::components::PeopleList;
use crate::data::Directory;
use crate::domain::UserId;
use crate::domain::text::{counted, verb_counted};
use crate::ui::{Button, ButtonVariant, Dialog, DialogSize};
use crate::write::Notices;

const WORDS: ListWords = ListWords {
    label: "People to select",
    selected: "to select",
    select: "Select",
    already: ["not in this table"; 2],
    already_one: "Not in this table",
};

/// A button that opens a dialog, in which a list of people is read. Those of them who are in the table are selected.
#[component]
pub(crate) fn SelectByList(people: PeopleList, directory: Directory, draft: &'static str) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let rows = people.rows;
    let others = Memo::new(move |last: Option<&Arc<HashSet<UserId>>>| {
        if !is_open.get() {
            return last.cloned().unwrap_or_default();
        }
        let rows = rows.all.get();
        let shown: HashSet<&UserId> = rows.iter().map(|row| &row.entry.id).collect();
        let others = |people: &crate::search::People| {
            people.iter().map(|entry| &entry.id).filter(|id| !shown.contains(id)).cloned().collect()
        };
        Arc::new(directory.with(others))
    });
    let reader = ListReader::new(WORDS, directory, others, Memo::new(move |_| is_open.get()));
    reader.keep_draft(draft.to_owned());
    let notices: Notices = expect_context();
    let select = move |()| {
        let (chosen, unmatched) = untrack(|| (reader.people(), reader.unmatched()));
        rows.row_selection.selection.update(|selection| selection.insert_all(&chosen));
        reader.keep_only(&unmatched);
        if !unmatched.is_empty() {
            let count = counted(unmatched.len(), "entry", "entries");
            notices
                .failure(format!("{count} of the list matched no one"), "Select by list still has what didn’t match.");
        }
        is_open.set(false);
    };
    let reason = Signal::derive(move || match reader.is_reading() {
        true => Some("Reading the list…".to_owned()),
        false => (reader.count() == 0).then(|| "No people to select".to_owned()),
    });
    let footer = move || {
        view! {
            <Button on_click=move |()| is_open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary disabled_reason=reason on_click=select>
                {move || verb_counted("Select", reader.count(), "person", "people")}
            </Button>
        }
        .into_any()
    };
    view! {
        <Button on_click=move |()| is_open.set(true)>"Select by list…"</Button>
        <Dialog
            open=is_open
            on_close=move |()| is_open.set(false)
            title=Signal::stored("Select people by list".to_owned())
            size=DialogSize::Large
            footer=footer
        >
            <ListReaderPanel reader=reader directory=directory/>
        </Dialog>
    }
}
