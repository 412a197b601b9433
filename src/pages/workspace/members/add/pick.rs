//! Picking people from the directory.
//!
//! Invariant: who is a member already is marked, and cannot be picked.

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::lowercase;
use crate::components::{Chooser, Choosing, HeadBox, RowBox, person_cell};
use crate::domain::UserId;
use crate::domain::text::count_words;
use crate::effect::watch;
use crate::forms::roster::{self, Entry};
use crate::state::{Directory, ListStatus};
use crate::ui::{Badge, BadgeTone, Button, SearchBox, VirtualTable};

/// The people of the directory by name.
type Sorted = Arc<Vec<Arc<Entry>>>;

/// Who is picked.
#[derive(Clone, Copy)]
pub(super) struct Pick {
    search: RwSignal<String>,
    shown: Memo<Sorted>,
    pub choosing: Choosing<UserId>,
}

impl Pick {
    pub(super) fn new(directory: Directory, inside: Memo<Arc<HashSet<UserId>>>, is_open: Memo<bool>) -> Self {
        let search = RwSignal::new(String::new());
        let sorted = Memo::new(move |last: Option<&Sorted>| {
            directory.version.track();
            if !is_open.get() {
                return last.cloned().unwrap_or_default();
            }
            let mut people: Vec<Arc<Entry>> = directory.with(|people| people.iter().cloned().collect());
            people.sort_unstable_by(|left, right| left.by_name(right));
            Arc::new(people)
        });
        let shown = Memo::new(move |_| {
            let words = search.with(|search| roster::words(search, lowercase));
            sorted.with(|sorted| match words.is_empty() {
                true => sorted.clone(),
                false => Arc::new(sorted.iter().filter(|entry| entry.matches(&words)).cloned().collect()),
            })
        });
        let ids = Memo::new(move |_| {
            let outside = |entry: &&Arc<Entry>| inside.with(|inside| !inside.contains(&entry.id));
            shown.with(|shown| Arc::new(shown.iter().filter(outside).map(|entry| entry.id.clone()).collect::<Vec<_>>()))
        });
        let can = Callback::new(move |id: UserId| inside.with_untracked(|inside| !inside.contains(&id)));
        let choosing = Choosing::among(ids, can);
        // Whoever has become a member since is not picked any more.
        watch(move || {
            let inside = inside.get();
            let is_inside = |id: &&UserId| inside.contains(*id);
            let gone: Vec<UserId> =
                choosing.selection.with_untracked(|selection| selection.iter().filter(is_inside).cloned().collect());
            if !gone.is_empty() {
                choosing.selection.update(|selection| gone.iter().for_each(|id| selection.remove(id)));
            }
        });
        Self { search, shown, choosing }
    }
}

/// Search and table.
#[component]
pub(super) fn PickPanel(pick: Pick, inside: Memo<Arc<HashSet<UserId>>>, directory: Directory) -> impl IntoView {
    let search = pick.search;
    let at = move |at: usize| pick.shown.with(|shown| shown.get(at).cloned());
    let row = move |entry: Arc<Entry>| cells(pick, inside, &entry);
    view! {
        <div class="toolbar">
            <SearchBox
                value=search
                on_input=Callback::new(move |text| search.set(text))
                label="Search the directory"
                placeholder="Search name, e-mail or id"
            />
            <Picked pick=pick directory=directory/>
        </div>
        <Chooser choosing=pick.choosing>
        <VirtualTable
            caption="People of the organization"
            class="table--people table--pick"
            header=move || view! {
                <HeadBox choosing=pick.choosing/>
                <th scope="col" role="columnheader" class="col-name">{"Name"}</th>
                <th scope="col" role="columnheader" class="col-email">{"E-mail"}</th>
                <th scope="col" role="columnheader" class="col-role">{"Here"}</th>
            }.into_any()
            row_count=Signal::derive(move || pick.shown.with(|shown| shown.len()))
            row_key=Callback::new(move |place| at(place).map_or_else(String::new, |entry| entry.id.to_string()))
            row=Callback::new(move |place| at(place).map_or_else(|| ().into_any(), row))
            columns=4
            body=pick.choosing.body
        />
        </Chooser>
    }
}

/// How many are picked, and how many have been read.
#[component]
fn Picked(pick: Pick, directory: Directory) -> impl IntoView {
    let words = move || {
        let standing = pick.choosing.standing.get();
        let hidden = match standing.hidden() {
            0 => String::new(),
            hidden => format!(", {} of them not shown now", count_words(hidden)),
        };
        let all = pick.shown.with(|shown| shown.len());
        let read = match directory.list.status.get() {
            ListStatus::Partial(loaded, Some(total)) => format!(", {loaded} of {total} read"),
            ListStatus::Loading => ", being read".to_owned(),
            _ => String::new(),
        };
        format!("{} picked{hidden} · {} people shown{read}", count_words(standing.selected), count_words(all))
    };
    let is_more = Memo::new(move |_| pick.choosing.standing.with(|it| it.selected != 0 && it.shown < it.matching));
    let is_any = Memo::new(move |_| pick.choosing.standing.with(|it| it.selected != 0));
    let all = Callback::new(move |()| pick.choosing.select_all());
    let clear = Callback::new(move |()| pick.choosing.selection.update(crate::selection::Selection::clear));
    let all_words =
        move || format!("Pick all {} that match", count_words(pick.choosing.standing.with(|it| it.matching)));
    view! {
        <p class="toolbar__status" role="status">{move || words()}</p>
        <Show when=move || is_more.get()><Button on_click=all>{move || all_words()}</Button></Show>
        <Show when=move || is_any.get()><Button on_click=clear>"Clear"</Button></Show>
    }
}

fn cells(pick: Pick, inside: Memo<Arc<HashSet<UserId>>>, entry: &Entry) -> AnyView {
    let is_inside = inside.with(|inside| inside.contains(&entry.id));
    let first = match is_inside {
        true => view! { <td role="cell" class="is-tight"></td> }.into_any(),
        false => view! { <RowBox choosing=pick.choosing id=entry.id.clone() name=entry.name.clone()/> }.into_any(),
    };
    view! {
        {first}
        {person_cell(entry, entry.id.as_str())}
        <td role="cell" class="col-email" data-label="E-mail"><bdi>{entry.email.clone()}</bdi></td>
        <td role="cell" class="col-role" data-label="Here">
            {is_inside.then(|| view! { <Badge tone=BadgeTone::Neutral>"Member"</Badge> }.into_any())}
        </td>
    }
    .into_any()
}
