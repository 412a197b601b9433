//! Parts that tables of people share: the choice of roles, sortable headers, the cell with the name, and load errors.

use leptos::prelude::*;

use super::ErrorPanel;
use crate::data::Data;
use crate::routes::PeopleQuery;
use crate::search::order::{Direction, PeopleSort, RoleFilter};
use crate::search::roster::Entry;
use crate::ui::{Bound, Segmented, SelectOption, SortDirection, SortHeader};

/// The choice of roles, which is part of the address.
#[component]
pub fn RoleChoice(
    /// The query of the address.
    query: Memo<PeopleQuery>,
    /// Goes to an address with this query.
    go: Callback<PeopleQuery>,
) -> impl IntoView {
    let value = Bound::new(
        move || query.with(|query| query.role.word().to_owned()),
        move |word: String| {
            go.run(PeopleQuery { role: RoleFilter::parse(&word).unwrap_or_default(), ..query.get_untracked() })
        },
    );
    let options = Signal::derive(|| {
        let label = |role: RoleFilter| match role {
            RoleFilter::All => "All",
            RoleFilter::Admin => "Admins",
            RoleFilter::Member => "Members",
        };
        RoleFilter::ALL.map(|role| SelectOption::new(role.word(), label(role))).to_vec()
    });
    view! { <Segmented legend="Role" value=value options=options/> }
}

/// The header of a column that people can be sorted by.
pub fn people_header(
    query: Memo<PeopleQuery>,
    go: Callback<PeopleQuery>,
    sort: PeopleSort,
    label: &'static str,
    class: &'static str,
) -> AnyView {
    let active = Signal::derive(move || {
        query.with(|query| {
            (query.sort == sort).then_some(match query.direction() {
                Direction::Ascending => SortDirection::Ascending,
                Direction::Descending => SortDirection::Descending,
            })
        })
    });
    let on_sort = Callback::new(move |()| go.run(query.with_untracked(|query| query.sorted_by(sort))));
    view! { <SortHeader label=label active=active on_sort=on_sort class=class/> }.into_any()
}

/// The cell with a person's name and, below it, a note that tells namesakes apart.
pub fn person_cell(entry: &Entry, note: &str) -> AnyView {
    view! {
        <td role="cell" class="col-name is-title">
            <div class="cell-stack">
                <bdi>{entry.name.clone()}</bdi>
                <bdi class="cell-note">{note.to_owned()}</bdi>
            </div>
        </td>
    }
    .into_any()
}

/// The error of the last read of a value, with a retry. Empty unless it failed.
#[component]
pub fn ReadError<V: Send + Sync + 'static>(
    /// The value.
    data: Data<V>,
    /// What could not be read.
    title: &'static str,
) -> impl IntoView {
    let error = Memo::new(move |_| data.state.with(|state| state.error().cloned()));
    move || {
        let on_retry = Callback::new(move |()| data.refetch());
        error.get().map(|error| view! { <ErrorPanel title=title error=error on_retry=on_retry/> })
    }
}
