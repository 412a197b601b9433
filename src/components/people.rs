//! Tables of people: their rows as sorted, filtered and selected, and the parts that such tables share.
//!
//! Invariant: rows are sorted when they or the order change. A key typed in the search only filters sorted rows.

use super::{ErrorPanel, RowSelection, fixed_options};
use crate::data::{Data, Directory, Shared};
use crate::domain::UserId;
use crate::domain::page::MAX_LIMIT;
use crate::routes::PeopleQuery;
use crate::search::order::{Order, PeopleSort, RoleFilter};
use crate::search::people::{self, Row};
use crate::search::roster::{self, Entry};
use crate::selection::Selection;
use crate::ui::{Banner, Bound, Segmented, Tone, dynamic, exact_text};
use leptos::prelude::*;
use std::sync::Arc;

/// Positions of rows, and the order that they were sorted by.
#[derive(Clone, PartialEq)]
struct Sorted {
    by: Order<PeopleSort>,
    rows: Arc<Vec<u32>>,
}

#[derive(Clone, Copy)]
pub struct PeopleRows {
    pub all: Memo<Shared<Vec<Row>>>,
    /// Positions of the matching rows in `all`, in order.
    pub shown: Memo<Arc<Vec<u32>>>,
    pub row_selection: RowSelection<UserId>,
}

impl PeopleRows {
    /// Sorts and filters `all` by the query of the address and by the search as it is typed.
    ///
    /// While `is_loading`, no row moves: new rows are appended. `boot.js` has drawn those of the first page in their order.
    pub fn new(
        all: Memo<Shared<Vec<Row>>>,
        query: Memo<PeopleQuery>,
        search: Bound<String>,
        is_loading: Signal<bool>,
    ) -> Self {
        let selection = RwSignal::new(Selection::default());
        let order = Memo::new(move |_| query.with(|query| query.order));
        let sorted = Memo::new(move |last: Option<&Sorted>| {
            let (by, is_held) = (order.get(), is_loading.get());
            let held =
                last.filter(|last| is_held && last.by == by && !last.rows.is_empty()).map(|last| last.rows.clone());
            let is_first = is_held && last.is_none_or(|last| last.rows.is_empty());
            let rows = all.with(|rows| match held {
                Some(held) => append_new(held, rows.len()),
                None if is_first => append_new(Arc::new(people::sort(first_page(rows), by)), rows.len()),
                None => Arc::new(people::sort(rows, by)),
            });
            Sorted { by, rows }
        });
        let role = Memo::new(move |_| query.with(|query| query.role));
        let shown = Memo::new(move |_| {
            let words = search.with(|search| roster::words(search));
            let (sorted, role) = (sorted.get().rows, role.get());
            Arc::new(all.with(|rows| people::matching(rows, &sorted, &words, role)))
        });
        let ids = Memo::new(move |_| {
            let rows = all.get();
            let id = |at: &u32| rows.get(*at as usize).map(|row| row.entry.id.clone());
            shown.with(|shown| Arc::new(shown.iter().filter_map(id).collect::<Vec<_>>()))
        });
        Self { all, shown, row_selection: RowSelection::with_selection(selection, ids) }
    }

    pub fn row(&self, at: usize) -> Option<Row> {
        // First `all`: an effect can miss its change after `shown`, which may stay the same.
        let rows = self.all.get();
        let at = self.shown.with(|shown| shown.get(at).copied())?;
        rows.get(at as usize).cloned()
    }

    pub fn key(&self, at: usize) -> String {
        self.row_selection.ids.with(|ids| ids.get(at).map_or_else(String::new, |id| id.as_str().to_owned()))
    }

    pub fn count(&self) -> usize {
        self.shown.with(|shown| shown.len())
    }
}

fn first_page(rows: &[Row]) -> &[Row] {
    rows.get(..MAX_LIMIT as usize).unwrap_or(rows)
}

/// Keeps the order of the known rows and appends the positions of the others.
fn append_new(mut held: Arc<Vec<u32>>, count: usize) -> Arc<Vec<u32>> {
    let known = held.len();
    if known < count {
        Arc::make_mut(&mut held).extend((0u32..).take(count).skip(known));
    }
    held
}

#[component]
pub fn RoleChoice(query: Memo<PeopleQuery>, go: Callback<PeopleQuery>) -> impl IntoView {
    let value = Bound::new(
        move || query.with(|query| query.role.word().to_owned()),
        move |word: String| {
            go.run(PeopleQuery { role: RoleFilter::parse(&word).unwrap_or_default(), ..query.get_untracked() })
        },
    );
    let options = fixed_options(&[
        (RoleFilter::All.word(), "All"),
        (RoleFilter::Admin.word(), "Admins"),
        (RoleFilter::Member.word(), "Members"),
    ]);
    view! { <Segmented legend="Role" value=value options=options/> }
}

/// The cell with a person's name and, below it, a note that tells namesakes apart.
pub fn person_cell(entry: &Entry, note: &str) -> AnyView {
    name_cell(entry.name.clone(), note.to_owned())
}

pub(super) fn name_cell(name: String, note: String) -> AnyView {
    let note = Some(note).filter(|note| !note.is_empty());
    view! {
        <td role="cell" class="col-name is-title">
            <div class="cell-stack"><bdi>{exact_text(name)}</bdi>{note.map(|note| view! { <bdi class="cell-note">{exact_text(note)}</bdi> })}</div>
        </td>
    }
    .into_any()
}

/// The error of the last read of a value, with a retry. Empty unless it failed.
#[component]
pub fn ReadError<V: Send + Sync + 'static>(data: Data<V>, #[prop(into)] title: Signal<String>) -> impl IntoView {
    let error = Memo::new(move |_| data.state.with(|state| state.error().cloned()));
    dynamic(move || {
        // First: a title that follows `data` can be missed after `error`, which may stay the same.
        let title = title.get();
        error.get().map(|error| view! { <ErrorPanel title=title error=error on_retry=move |()| data.refetch()/> })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::UserId;
    use crate::search::order::Direction;
    use crate::search::roster::Entry;

    fn rows(names: &[&str]) -> Shared<Vec<Row>> {
        let row = |name: &&str| {
            let entry = Arc::new(Entry::unknown(&UserId::parse(name).unwrap()));
            Row { entry, role: "member".into(), since: None, places: 0 }
        };
        Shared::new(names.iter().map(row).collect())
    }

    fn found_in(
        all: RwSignal<Shared<Vec<Row>>>,
        query: RwSignal<PeopleQuery>,
        is_loading: RwSignal<bool>,
    ) -> PeopleRows {
        let (all, query) = (Memo::new(move |_| all.get()), Memo::new(move |_| query.get()));
        PeopleRows::new(all, query, RwSignal::new(String::new()).into(), is_loading.into())
    }

    #[test]
    fn while_people_are_loaded_no_row_moves() {
        let owner = Owner::new();
        owner.with(|| {
            let all = RwSignal::new(rows(&["b", "d"]));
            let (is_loading, query) = (RwSignal::new(true), RwSignal::new(PeopleQuery::default()));
            let found = found_in(all, query, is_loading);
            let shown = || found.row_selection.ids.get_untracked().iter().map(UserId::to_string).collect::<String>();
            assert_eq!(shown(), "bd");
            all.set(rows(&["b", "d", "a"]));
            assert_eq!(shown(), "bda");
            all.set(rows(&["b", "d", "a", "c", "0"]));
            assert_eq!(shown(), "bdac0");
            is_loading.set(false);
            assert_eq!(shown(), "0abcd");
        });
    }

    /// More may have been read by the time of the first look.
    #[test]
    fn of_a_list_that_is_being_read_the_first_page_is_sorted() {
        let owner = Owner::new();
        owner.with(|| {
            let mut names: Vec<String> = (0..100).rev().map(|at| format!("user_{at:03}")).collect();
            names.extend(["b", "a"].map(str::to_owned));
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let all = RwSignal::new(rows(&names));
            let (is_loading, query) = (RwSignal::new(true), RwSignal::new(PeopleQuery::default()));
            let found = found_in(all, query, is_loading);
            let key = |at| untrack(|| found.key(at));
            assert_eq!([0, 99, 100, 101].map(key), ["user_000", "user_099", "b", "a"]);
            // Who presses a header while people are loading wants all of them in the new order.
            query.update(|query| query.order = Order { direction: Direction::Descending, ..query.order });
            assert_eq!([0, 1, 100, 101].map(key), ["user_099", "user_098", "b", "a"]);
            is_loading.set(false);
            assert_eq!([0, 100, 101].map(key), ["user_099", "b", "a"]);
        });
    }
}

/// Says that there is no directory, in views that show people. Nothing in the account of an organization.
#[component]
pub fn NoDirectory(directory: Directory) -> impl IntoView {
    view! {
        <Show when=move || directory.is_individual.get()>
            <Banner tone=Tone::Info title="This account has no organization">
                <p>{"There is no list of its people, so people are shown by ID and can’t be looked up by name."}</p>
            </Banner>
        </Show>
    }
}
