//! What pages with a long list share around its rows: counts, placeholder, sortable columns and fixed options.

use leptos::prelude::*;

use crate::domain::text::{counted, format_count};
use crate::search::order::Direction;
use crate::ui::{Badge, BadgeTone, Icon, IconMark, SelectOption, dynamic, exact_text};

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
        ListContent::Skeleton => {
            let cell = |_| view! { <td class="skeleton"><span class={"skeleton__line"}></span></td> };
            let row = |_| view! { <tr class="skeleton-row">{(0..columns).map(cell).collect_view()}</tr> };
            let rows = (0..12).map(row).collect_view();
            view! { <div class="table-box"><table class="table" aria-hidden="true"><tbody>{rows}</tbody></table></div> }
                .into_any()
        }
        ListContent::NoMatch => no_match.run(),
        ListContent::Problem => ().into_any(),
    })
}

/// Such as `12 of 240 people`, or `240 people` if all are shown.
pub(crate) fn shown_of(shown: usize, all: usize, one: &str, many: &str) -> String {
    let all_text = counted(all, one, many);
    if shown == all { all_text } else { format!("{} of {all_text}", format_count(shown)) }
}

/// Text that is cut off where it is long, with a tooltip in full, after a badge.
pub(crate) fn clamped(badge: Option<(BadgeTone, &'static str)>, text: String) -> AnyView {
    let title = text.clone();
    let badge = badge.map(|(tone, label)| view! { <Badge tone=tone>{label}</Badge>{" "} });
    view! { <span class="clamp" title=title>{badge}<bdi>{exact_text(text)}</bdi></span> }.into_any()
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
pub(crate) fn fixed_options(options: &[(&'static str, &'static str)]) -> Vec<SelectOption> {
    options.iter().map(|(value, label)| SelectOption::new(*value, *label)).collect()
}
