//! The order of a table: a first column, and one that decides among equal rows.

use leptos::prelude::*;

use super::ArrangedTable;
use crate::routes::{SortWords, SortedBy};
use crate::search::order::Direction;
use crate::ui::{Bound, Select, SelectOption};

/// What stands for no second column.
const NONE: &str = "";

#[component]
pub(super) fn SortChoice(table: ArrangedTable) -> impl IntoView {
    let sort = Memo::new(move |_| table.view.with(|view| view.sort_words()));
    let go = move |change: &dyn Fn(SortWords) -> SortWords| {
        if let Some(words) = sort.get_untracked() {
            let view = table.view.get_untracked();
            table.navigator.push(&view.with_sort(change(words)));
        }
    };
    let columns = sortable(table);
    let known =
        move |word: &str| columns.with_value(|columns| columns.iter().find(|(it, _)| *it == word).map(|(it, _)| *it));
    let options = move |without: Option<&'static str>| {
        let own = |(word, label): &(&'static str, &'static str)| SelectOption::new(*word, *label);
        columns.with_value(|columns| {
            columns.iter().filter(|(word, _)| Some(*word) != without).map(own).collect::<Vec<_>>()
        })
    };
    let first_word = Bound::new(
        move || sort.get().map_or_else(String::new, |sort| sort.first.0.to_owned()),
        move |word: String| {
            go(&|sort| SortWords { first: known(&word).map_or(sort.first, |word| first_of(table, word)), ..sort });
        },
    );
    let first_direction = direction_of(
        move || Some(sort.get()?.first),
        move |direction| {
            go(&|sort| SortWords { first: (sort.first.0, direction), ..sort });
        },
    );
    let then_word = Bound::new(
        move || sort.get().and_then(|sort| sort.then).map_or(NONE, |(word, _)| word).to_owned(),
        move |word: String| go(&|sort| SortWords { then: known(&word).map(|word| first_of(table, word)), ..sort }),
    );
    let then_direction = direction_of(
        move || sort.get()?.then,
        move |direction| {
            go(&|sort| SortWords { then: sort.then.map(|(word, _)| (word, direction)), ..sort });
        },
    );
    let first_options = Signal::derive(move || options(None));
    let then_options = Signal::derive(move || {
        let mut found = vec![SelectOption::new(NONE, "None")];
        found.extend(options(sort.get().map(|sort| sort.first.0)));
        found
    });
    let has_second = Memo::new(move |_| sort.get().is_some_and(|sort| sort.then.is_some()));
    view! {
        <div class="view-menu__part" role="group" aria-label="Order">
            <span class={"view-menu__title"} aria-hidden="true">{"Sort by"}</span>
            <div class="view-menu__sort">
                <Select value=first_word options=first_options label="Sort by"/>
                <Select value=first_direction options=directions() label="Direction"/>
            </div>
            <span class={"view-menu__title"} aria-hidden="true">{"Then by"}</span>
            <div class="view-menu__sort">
                <Select value=then_word options=then_options label="Then by"/>
                {move || has_second.get().then(|| view! {
                    <Select value=then_direction options=directions() label="Direction of the second column"/>
                }.into_any())}
            </div>
            <p class="muted">{"In the table, hold Shift and choose a heading to sort by a second column."}</p>
        </div>
    }
}

/// The columns that the table can be sorted by, each with its label.
fn sortable(table: ArrangedTable) -> StoredValue<Vec<(&'static str, &'static str)>> {
    let view = table.view.get_untracked();
    let others = table.name.columns().iter().map(|column| (column.word, column.label));
    let all = std::iter::once(("name", table.name.title())).chain(others);
    StoredValue::new(all.filter(|(word, _)| view.first_direction_of(word).is_some()).collect())
}

/// A column in the direction of the first press on its header.
fn first_of(table: ArrangedTable, word: &'static str) -> SortedBy {
    (word, table.view.with_untracked(|view| view.first_direction_of(word)).unwrap_or_default())
}

fn directions() -> Signal<Vec<SelectOption>> {
    Signal::stored(
        [(Direction::Ascending, "Ascending"), (Direction::Descending, "Descending")]
            .map(|(direction, label)| SelectOption::new(direction.word(), label))
            .to_vec(),
    )
}

fn direction_of(
    sorted_by: impl Fn() -> Option<SortedBy> + Send + Sync + 'static,
    set: impl Fn(Direction) + Send + Sync + 'static,
) -> Bound<String> {
    Bound::new(
        move || sorted_by().map_or(Direction::Ascending, |(_, direction)| direction).word().to_owned(),
        move |word: String| set(Direction::parse(&word).unwrap_or_default()),
    )
}
