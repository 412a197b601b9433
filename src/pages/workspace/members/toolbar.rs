//! The search, filter and counts above the table of members, and what could not be read.

use leptos::prelude::*;

use super::rows::MembersView;
use crate::components::{JobPanels, ReadError, RoleChoice};
use crate::data::{Freshness, Remote};
use crate::domain::text::format_count;
use crate::routes::PeoplePanel;
use crate::ui::{Banner, Button, ButtonVariant, Icon, SearchBox, Tone, dynamic};

/// The line above the table.
#[component]
pub(super) fn Toolbar(members: MembersView, panels: JobPanels) -> impl IntoView {
    let add = Callback::new(move |()| panels.open(PeoplePanel::Add));
    let reason = members.default_reason("Everybody is in the default workspace already");
    view! {
        <div class="toolbar">
            <SearchBox
                value=members.search
                label="Search members"
                placeholder="Search name, e-mail or id"
            />
            <RoleChoice query=members.query go=members.go/>
            <Count members=members/>
            <Button variant=ButtonVariant::Primary icon=Icon::Plus disabled_reason=reason on_click=add>"Add members…"</Button>
        </div>
    }
}

/// The counts, such as `12 of 734 members` or `3,400 of 10,000 loaded`.
#[component]
fn Count(members: MembersView) -> impl IntoView {
    let text = move || {
        let all = members.rows.all.with(|rows| rows.len());
        let shown = members.rows.count();
        let of_all = if shown == all { String::new() } else { format!("{} of ", format_count(shown)) };
        let plural = if all == 1 { "" } else { "s" };
        let words = format!("{of_all}{} member{plural}", format_count(all));
        members.list.state.with(|state| match state {
            Remote::Loading => "Loading…".to_owned(),
            Remote::Ready(_, Freshness::Partial(progress)) => match progress.total {
                Some(total) => {
                    let number = |count: u64| format_count(usize::try_from(count).unwrap_or(usize::MAX));
                    let found = if shown == all { String::new() } else { format!("{} shown, ", format_count(shown)) };
                    format!("{found}{} of {} loaded", number(progress.loaded), number(total))
                }
                None => format!("{words} so far"),
            },
            Remote::Ready(..) | Remote::Failed(_) => words,
        })
    };
    view! { <p class="toolbar__status" role="status">{move || text()}</p> }
}

/// What could not be read.
#[component]
pub(super) fn Problems(members: MembersView) -> impl IntoView {
    view! {
        <ReadError data=members.list title="The list of members may be incomplete"/>
        <Uncertain members=members/>
        <ReadError data=members.directory.data title="Names could not be read: people are shown by id"/>
        <ReadError data=members.keys title="API keys could not be read: who cannot be removed is not marked"/>
    }
}

/// A list that has been read to its end, but perhaps without all members.
#[component]
fn Uncertain(members: MembersView) -> impl IntoView {
    // How many rows could not be read, if members may be missing.
    let unreadable = Memo::new(move |_| {
        members.list.state.with(|state| match state {
            Remote::Ready(listing, Freshness::Fresh) if !listing.is_certain => Some(listing.unreadable.len()),
            _ => None,
        })
    });
    let refresh = Callback::new(move |()| members.list.refetch());
    dynamic(move || {
        let title = match unreadable.get()? {
            0 => "The list of members may be incomplete".to_owned(),
            bad => format!("{} of the listed members could not be read", format_count(bad)),
        };
        Some(view! {
            <Banner tone=Tone::Warning title=title>
                <p>{"You can't add members until the list is complete, because some people may be members already."}</p>
                <Button on_click=refresh>"Refresh"</Button>
            </Banner>
        })
    })
}
