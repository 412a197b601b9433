//! What pages with a long list share around its rows: counts, placeholder, sortable columns and fixed options.

use leptos::prelude::*;

use crate::domain::text::{counted, format_count};
use crate::search::order::Direction;
use crate::ui::{Icon, IconMark, SelectOption, SkeletonRows, dynamic};

/// What is shown in place of a list.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum ListContent {
    Skeleton,
    Table,
    NoMatch,
    /// Nothing, because a problem is shown above.
    Problem,
}

/// The table of a list, a placeholder until its first rows arrive, or why there are no rows.
#[component]
pub(crate) fn ListBody(
    content: Memo<ListContent>,
    columns: usize,
    #[prop(into)] table: ViewFn,
    #[prop(into)] no_match: ViewFn,
) -> impl IntoView {
    dynamic(move || match content.get() {
        ListContent::Table => table.run(),
        ListContent::Skeleton => view! {
            <div class={"table-box"}>
                <table class={"table"} aria-hidden="true"><tbody><SkeletonRows rows=12 columns=columns/></tbody></table>
            </div>
        }
        .into_any(),
        ListContent::NoMatch => no_match.run(),
        ListContent::Problem => ().into_any(),
    })
}

/// Such as `12 of 240 people`, or `240 people` if all are shown.
pub(crate) fn shown_of(shown: usize, all: usize, one: &str, many: &str) -> String {
    let all_text = counted(all, one, many);
    if shown == all { all_text } else { format!("{} of {all_text}", format_count(shown)) }
}

/// The header of a column. `active` is its direction if the list is sorted by it.
pub(crate) fn sort_header(
    label: &'static str,
    class: &'static str,
    active: impl Fn() -> Option<Direction> + Send + Sync + 'static,
    on_sort: impl Fn() + Send + Sync + 'static,
) -> AnyView {
    let active = Signal::derive(active);
    let sort = move || match active.get() {
        Some(Direction::Ascending) => Some("ascending"),
        Some(Direction::Descending) => Some("descending"),
        None => None,
    };
    let icon = move || match active.get() {
        Some(Direction::Ascending) => Icon::SortAsc,
        Some(Direction::Descending) => Icon::SortDesc,
        None => Icon::SortNone,
    };
    view! {
        <th scope="col" role="columnheader" class=class aria-sort=sort>
            <button type="button" class="sort" on:click=move |_| on_sort()>
                <span>{label}</span>
                {move || view! { <IconMark icon=icon()/> }}
            </button>
        </th>
    }
    .into_any()
}

/// Options with these values and labels.
pub(crate) fn fixed_options(options: &'static [(&'static str, &'static str)]) -> Signal<Vec<SelectOption>> {
    Signal::derive(move || options.iter().map(|(value, label)| SelectOption::new(*value, *label)).collect())
}
