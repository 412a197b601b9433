//! Search, filter, counts, and what could not be read.
//!
//! Invariant: the count says what is shown of what has come, and what of all has come.

use leptos::prelude::*;

use super::rows::Members;
use crate::components::{ErrorPanel, JobPanels, RoleChoice};
use crate::domain::text::count_words;
use crate::routes::PeoplePanel;
use crate::state::{ListStatus, Remote};
use crate::ui::{Banner, Button, ButtonVariant, Icon, SearchBox, Tone, dynamic};

/// The line over the table.
#[component]
pub(super) fn Toolbar(members: Members, panels: JobPanels) -> impl IntoView {
    let search = members.search;
    let add = Callback::new(move |()| panels.open(PeoplePanel::Add));
    let reason = members.default_reason("Everybody is in the default workspace already");
    view! {
        <div class="toolbar">
            <SearchBox
                value=search
                on_input=Callback::new(move |text| search.set(text))
                label="Search members"
                placeholder="Search name, e-mail or id"
            />
            <RoleChoice query=members.query go=members.go/>
            <Count members=members/>
            <Button variant=ButtonVariant::Primary icon=Icon::Plus disabled_reason=reason on_click=add>"Add members…"</Button>
        </div>
    }
}

/// `12 of 734 members`, or `3,400 of 10,000 loaded`.
#[component]
fn Count(members: Members) -> impl IntoView {
    let text = move || {
        members.list.version.track();
        let all = members.list.rows.with_value(|rows| rows.len());
        let shown = members.rows.count();
        let of_all = if shown == all { String::new() } else { format!("{} of ", count_words(shown)) };
        let plural = if all == 1 { "" } else { "s" };
        let words = format!("{of_all}{} member{plural}", count_words(all));
        match members.list.status.get() {
            ListStatus::Loading => "Loading…".to_owned(),
            ListStatus::Partial(loaded, Some(total)) => {
                let number = |count: u64| count_words(usize::try_from(count).unwrap_or(usize::MAX));
                let found = if shown == all { String::new() } else { format!("{} shown, ", count_words(shown)) };
                format!("{found}{} of {} loaded", number(loaded), number(total))
            }
            ListStatus::Partial(_, None) => format!("{words} so far"),
            ListStatus::Complete | ListStatus::Refreshing | ListStatus::Failed(_) => words,
        }
    };
    view! { <p class="toolbar__status" role="status">{move || text()}</p> }
}

/// What could not be read.
#[component]
pub(super) fn Problems(members: Members) -> impl IntoView {
    let list = move || match members.list.status.get() {
        ListStatus::Failed(error) => {
            let again = Callback::new(move |()| members.list.refetch());
            view! { <ErrorPanel title="The list of members may be incomplete" error=error on_retry=again/> }.into_any()
        }
        _ => {
            let bad = if members.list.is_whole() { members.list.bad.with_value(Vec::len) } else { 0 };
            (bad != 0).then(|| view! {
                <Banner tone=Tone::Warning title=format!("{} of the listed members could not be read", count_words(bad))/>
            }).into_any()
        }
    };
    let names = move || match members.directory.list.status.get() {
        ListStatus::Failed(error) => {
            let again = Callback::new(move |()| members.directory.list.refetch());
            view! { <ErrorPanel title="Names could not be read: people are shown by id" error=error on_retry=again/> }
                .into_any()
        }
        _ => ().into_any(),
    };
    let keys = move || match members.keys.state.get() {
        Remote::Failed(error) => {
            let again = Callback::new(move |()| members.keys.refetch());
            view! {
                <ErrorPanel title="API keys could not be read: who cannot be removed is not marked" error=error on_retry=again/>
            }
            .into_any()
        }
        _ => ().into_any(),
    };
    view! { {dynamic(list)}{dynamic(names)}{dynamic(keys)} }
}
