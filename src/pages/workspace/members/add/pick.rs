//! Picking people from the directory. People who are members already are marked and can't be picked.

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;

use crate::components::{DraftNote, HeaderCheckbox, RowCheckbox, RowSelection, SelectableRows, person_cell};
use crate::data::{Directory, Freshness, Remote};
use crate::domain::{UserId, text::format_count};
use crate::search::roster::{self, Entry};
use crate::selection::Selection;
use crate::session::drafts;
use crate::ui::{Badge, BadgeTone, Button, SearchBox, VirtualTable, exact, row_of};

type Sorted = Arc<Vec<Arc<Entry>>>;

#[derive(Clone, Copy)]
pub(super) struct Pick {
    search: RwSignal<String>,
    shown: Memo<Sorted>,
    /// The selection. It may still hold people who have become members; [`Self::people`] leaves them out.
    pub row_selection: RowSelection<UserId>,
    existing: Memo<Arc<HashSet<UserId>>>,
    pub count: Memo<usize>,
}

impl Pick {
    pub(super) fn new(directory: Directory, existing: Memo<Arc<HashSet<UserId>>>, is_open: Memo<bool>) -> Self {
        let search = RwSignal::new(String::new());
        let people = Memo::new(move |_| directory.data.get());
        let sorted = Memo::new(move |last: Option<&Sorted>| {
            if !is_open.get() {
                return last.cloned().unwrap_or_default();
            }
            let all = people.get().map(|index| index.with(|people| people.iter().cloned().collect::<Vec<_>>()));
            let mut all = all.unwrap_or_default();
            roster::sort_by_name(&mut all);
            Arc::new(all)
        });
        let shown = Memo::new(move |_| {
            let words = search.with(|search| roster::words(search));
            sorted.with(|sorted| match words.is_empty() {
                true => sorted.clone(),
                false => Arc::new(sorted.iter().filter(|entry| entry.matches(&words)).cloned().collect()),
            })
        });
        let ids = Memo::new(move |_| {
            let existing = existing.get();
            let ids = |shown: &Sorted| {
                shown.iter().map(|entry| &entry.id).filter(|id| !existing.contains(*id)).cloned().collect::<Vec<_>>()
            };
            Arc::new(shown.with(ids))
        });
        let is_new = Callback::new(move |id: UserId| existing.with_untracked(|existing| !existing.contains(&id)));
        let row_selection = RowSelection::with_selectable(ids, is_new);
        let count = Memo::new(move |_| {
            let existing = existing.get();
            row_selection.selection.with(|selection| selection.iter().filter(|id| !existing.contains(*id)).count())
        });
        Self { search, shown, row_selection, existing, count }
    }

    /// Restores the draft of that name, and keeps it from now on.
    pub(super) fn keep_draft(self, name: String) {
        let selection = self.row_selection.selection;
        if let Some(picked) = drafts::restore_value::<Vec<UserId>>(&name) {
            selection.update(|selection| selection.insert_all(&picked));
        }
        drafts::keep_value(name, move || {
            let mut picked: Vec<UserId> = selection.with(|selection| selection.iter().cloned().collect());
            picked.sort();
            picked
        });
    }

    /// The picked people, those in sight first.
    pub(super) fn people(&self) -> Vec<UserId> {
        let mut people = self.row_selection.selected_ids();
        self.existing.with(|existing| people.retain(|id| !existing.contains(id)));
        people
    }
}

#[component]
pub(super) fn PickPanel(pick: Pick, directory: Directory) -> impl IntoView {
    let at = move |at: usize| pick.shown.with(|shown| shown.get(at).cloned());
    view! {
        <div class="toolbar">
            <SearchBox value=pick.search label="Search the directory" placeholder="Search name, email or ID"/>
            <Picked pick=pick directory=directory/>
        </div>
        <DraftNote/>
        <SelectableRows row_selection=pick.row_selection>
        <VirtualTable
            caption="People in the organization"
            class="table--people table--pick"
            header=move || view! {
                <HeaderCheckbox row_selection=pick.row_selection/>
                <th scope="col" role="columnheader" class="col-name">{"Name"}</th>
                <th scope="col" role="columnheader" class="col-email">{"Email"}</th>
                <th scope="col" role="columnheader" class="col-role">{"Status"}</th>
            }.into_any()
            row_count=Signal::derive(move || pick.shown.with(|shown| shown.len()))
            row_key=move |row| at(row).map_or_else(String::new, |entry| entry.id.to_string())
            row=row_of(at, move |entry| cells(pick, &entry))
            columns=4
            body=pick.row_selection.body
        />
        </SelectableRows>
    }
}

#[component]
fn Picked(pick: Pick, directory: Directory) -> impl IntoView {
    let row_selection = pick.row_selection;
    let summary = row_selection.summary;
    let status = move || {
        // First: an effect can miss the change of a memo that another memo, which it reads before, also reads.
        let all = pick.shown.with(|shown| shown.len());
        let count = pick.count.get();
        let hidden = match count.saturating_sub(summary.with(|it| it.shown)) {
            0 => String::new(),
            hidden => format!(", {} hidden", format_count(hidden)),
        };
        let read = directory.data.state.with(|state| match state {
            Remote::Loading => ", loading".to_owned(),
            Remote::Ready(_, Freshness::Partial(progress)) => {
                progress.text().map(|read| format!(", {read} loaded")).unwrap_or_default()
            }
            _ => String::new(),
        });
        format!("{} selected{hidden} · {} people shown{read}", format_count(count), format_count(all))
    };
    let is_any = move || pick.count.get() != 0;
    let is_more = move || is_any() && summary.with(|it| it.shown < it.matching);
    let all_label = move || format!("Select all {} matching", format_count(summary.with(|it| it.matching)));
    let clear = move |()| row_selection.selection.update(Selection::clear);
    view! {
        <p class="toolbar__status" role="status">{exact(status)}</p>
        <Show when=is_more><Button on_click=move |()| row_selection.select_all()>{exact(all_label)}</Button></Show>
        <Show when=is_any><Button on_click=clear>"Clear selection"</Button></Show>
    }
}

fn cells(pick: Pick, entry: &Entry) -> AnyView {
    let is_member = pick.existing.with(|existing| existing.contains(&entry.id));
    let checkbox = match is_member {
        true => view! { <td role="cell" class="is-tight"></td> }.into_any(),
        false => view! { <RowCheckbox row_selection=pick.row_selection id=entry.id.clone() name=entry.full_name()/> }
            .into_any(),
    };
    view! {
        {checkbox}
        {person_cell(entry, entry.only_note())}
        <td role="cell" class="col-email" data-label="Email"><bdi>{entry.email.clone()}</bdi></td>
        <td role="cell" class="col-role" data-label="Status">
            {is_member.then(|| view! { <Badge tone=BadgeTone::Neutral>"Member"</Badge> })}
        </td>
    }
    .into_any()
}
