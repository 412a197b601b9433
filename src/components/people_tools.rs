//! What every table of people has: the choice of roles, the heads that sort, the cell with the name.
//!
//! Invariant: what is chosen goes into the address, by whoever knows the address of the view.

use leptos::prelude::*;

use crate::effect::watch;
use crate::forms::roster::Entry;
use crate::routes::{Direction, PeopleQuery, PeopleSort, RoleFilter};
use crate::ui::{Segmented, SelectOption, SortDirection, SortHeader};

/// Which roles are shown.
#[component]
pub fn RoleChoice(
    /// What the address asks for.
    query: Memo<PeopleQuery>,
    /// Goes there.
    go: Callback<PeopleQuery>,
) -> impl IntoView {
    let role = Memo::new(move |_| query.with(|query| query.role));
    let value = RwSignal::new(role.get_untracked().word().to_owned());
    watch(move || value.set(role.get().word().to_owned()));
    watch(move || {
        let chosen = RoleFilter::parse(&value.get());
        if chosen != role.get_untracked() {
            go.run(PeopleQuery { role: chosen, ..query.get_untracked() });
        }
    });
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

/// The head of a column that people are sorted by.
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

/// A person's name, and under it what else tells who that is.
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
