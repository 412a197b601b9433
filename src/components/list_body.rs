//! What pages with a long list share around its rows: counts, placeholder, sortable columns and fixed options.

use leptos::prelude::*;

use crate::domain::text::{counted, format_count};
use crate::search::order::{Direction, Rank};
use crate::ui::{Badge, BadgeTone, Icon, IconMark, SelectOption, dynamic, exact_text, is_composing};

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

/// The header of a column. `active` is its rank and direction if the list is sorted by it. `on_sort` is told whether Shift was
/// held, which adds the column as the second one.
pub(crate) fn sort_header(
    label: &'static str,
    class: &'static str,
    active: impl Fn() -> Option<(Rank, Direction)> + Send + Sync + 'static,
    on_sort: impl Fn(bool) + Send + Sync + 'static,
) -> AnyView {
    let active = Signal::derive(active);
    let on_sort = Callback::new(on_sort);
    // At most one column may have it.
    let sort = move || match active.get()? {
        (Rank::Second, _) => None,
        (_, direction) => Some(direction_name(direction)),
    };
    let mark = move || {
        let Some((rank, direction)) = active.get() else { return view! { <IconMark icon=Icon::SortNone/> }.into_any() };
        let icon = if direction == Direction::Ascending { Icon::SortAsc } else { Icon::SortDesc };
        let (digit, words) = match rank {
            Rank::Only => return view! { <IconMark icon=icon/> }.into_any(),
            Rank::First => ("1", ", sorted first".to_owned()),
            Rank::Second => ("2", [", sorted second, ", direction_name(direction)].concat()),
        };
        let words = view! { <span class="visually-hidden">{words}</span> };
        view! { <IconMark icon=icon/><span class="sort__rank" aria-hidden="true">{digit}</span>{words} }.into_any()
    };
    // Not each browser says at the click by a key whether Shift was held.
    let keydown = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" && event.shift_key() && !is_composing(&event) {
            event.prevent_default();
            on_sort.run(true);
        }
    };
    view! {
        <th scope="col" role="columnheader" class=class aria-sort=sort>
            <button
                type="button"
                class="sort"
                on:click=move |event| on_sort.run(event.shift_key())
                on:keydown=keydown
            >
                <span>{label}</span>
                {mark}
            </button>
        </th>
    }
    .into_any()
}

fn direction_name(direction: Direction) -> &'static str {
    match direction {
        Direction::Ascending => "ascending",
        Direction::Descending => "descending",
    }
}

/// Options with these values and labels.
pub(crate) fn fixed_options(options: &[(&'static str, &'static str)]) -> Vec<SelectOption> {
    options.iter().map(|(value, label)| SelectOption::new(*value, *label)).collect()
}
