//! All people of the organization with their workspaces. Several can be added to or removed from workspaces at once.
//!
//! Invariant: search, filter, order and the open panel are in the address. The selection is by user ID and survives them.

mod change;
mod memberships;
mod rows;
mod table;

use leptos::prelude::*;

use crate::components::{
    InterruptedJobs, JobNames, JobPanels, LeaveJobDialog, PageHeader, ReadError, RoleChoice, SelectionBar,
    drop_removed_members,
};
use crate::data::{Freshness, Remote, use_cache};
use crate::domain::UserId;
use crate::domain::text::format_count;
use crate::jobs::JobKind;
use crate::routes::{PeoplePanel, PeopleQuery};
use crate::ui::{Banner, Button, ButtonVariant, Icon, SearchBox, Tone, dynamic};

use change::ChangeDialog;
use rows::PeopleView;
use table::PeopleList;

/// The page of all people.
#[component]
pub fn PeoplePage(
    /// The query of the address.
    query: Memo<PeopleQuery>,
) -> impl IntoView {
    let people = PeopleView::new(query);
    let panels = use_panels(people);
    view! {
        <PageHeader
            title="People"
            meta="Everybody in the organization. Only an owner can remove somebody from the organization itself, in its settings; here people are put into workspaces and taken out of them."
        />
        <LeaveJobDialog kind=JobKind::AddMembers/>
        <InterruptedJobs panels=panels kinds=JobKind::PEOPLE/>
        <div class="toolbar">
            <SearchBox
                value=people.search
                label="Search people"
                placeholder="Search name, e-mail or id"
            />
            <RoleChoice query=query go=people.go/>
            <Count people=people/>
        </div>
        <Problems people=people/>
        <PeopleList people=people/>
        <SelectedPeople people=people panels=panels/>
        <ChangeDialog people=people panels=panels panel=PeoplePanel::Add/>
        <ChangeDialog people=people panels=panels panel=PeoplePanel::Remove/>
    }
}

/// The panels over the table, with the job that they start.
fn use_panels(people: PeopleView) -> JobPanels {
    let names = JobNames::of_people(true);
    let panel = Memo::new(move |_| people.query.with(|query| query.panel));
    let at = Callback::new(move |panel| PeopleQuery { panel, ..people.query.get_untracked() }.on_people());
    let panels = JobPanels::of_people(names, panel, at);
    let cache = use_cache();
    // Outside world: a job has ended, and the cache does not show it yet.
    Effect::new(move |_| {
        if panels.job.has_ended.get() {
            drop_removed_members(panels.job, cache);
        }
    });
    panels
}

/// The counts, such as `12 of 240 people, 3 workspaces still to be read`.
#[component]
fn Count(people: PeopleView) -> impl IntoView {
    let text = move || {
        let all = people.rows.all.with(|rows| rows.len());
        let shown = people.rows.count();
        let of_all = if shown == all { String::new() } else { format!("{} of ", format_count(shown)) };
        let words = format!("{of_all}{} {}", format_count(all), if all == 1 { "person" } else { "people" });
        let words = people.directory.data.state.with(|state| match state {
            Remote::Loading => None,
            Remote::Ready(_, Freshness::Partial(progress)) => {
                Some(progress.total.map_or(words, |total| format!("{} of {total} people loaded", progress.loaded)))
            }
            _ => Some(words),
        });
        let Some(words) = words else { return "Loading…".to_owned() };
        match people.members.remaining() {
            0 if people.is_reading.get() => format!("{words}, workspaces still to be read"),
            0 => words,
            1 => format!("{words}, 1 workspace still to be read"),
            count => format!("{words}, {} workspaces still to be read", format_count(count)),
        }
    };
    view! { <p class="toolbar__status" role="status">{move || text()}</p> }
}

/// What could not be read.
#[component]
fn Problems(people: PeopleView) -> impl IntoView {
    view! {
        <ReadError data=people.directory.data title="The directory may be incomplete"/>
        <DirectoryNotes people=people/>
        <ReadError data=people.workspaces.data title="The workspaces could not be listed"/>
        <UnreadMembers people=people/>
    }
}

/// What is to be said of a directory that has been read.
#[component]
fn DirectoryNotes(people: PeopleView) -> impl IntoView {
    #[derive(Clone, Copy, PartialEq)]
    enum Note {
        Unreadable(usize),
        Incomplete,
        Empty,
    }
    let directory = people.directory.data;
    let note = Memo::new(move |_| {
        directory.state.with(|state| match state {
            Remote::Ready(index, Freshness::Fresh) => match &index.listing {
                listing if !listing.unreadable.is_empty() => Some(Note::Unreadable(listing.unreadable.len())),
                listing if !listing.is_certain => Some(Note::Incomplete),
                listing => listing.rows.is_empty().then_some(Note::Empty),
            },
            _ => None,
        })
    });
    let refresh = Callback::new(move |()| directory.refetch());
    dynamic(move || match note.get() {
        Some(Note::Unreadable(count)) => {
            let title = match count {
                1 => "1 person could not be read and is not shown".to_owned(),
                count => format!("{} people could not be read and are not shown", format_count(count)),
            };
            view! { <Banner tone=Tone::Warning title=title/> }.into_any()
        }
        Some(Note::Incomplete) => view! {
            <Banner tone=Tone::Warning title="The directory may be incomplete">
                <Button on_click=refresh>"Refresh"</Button>
            </Banner>
        }
        .into_any(),
        Some(Note::Empty) => view! {
            <Banner tone=Tone::Info title="This account has no organization">
                <p>{"There is nobody to be put into workspaces."}</p>
            </Banner>
        }
        .into_any(),
        None => ().into_any(),
    })
}

/// Workspaces whose members could not be read, or not completely.
#[component]
fn UnreadMembers(people: PeopleView) -> impl IntoView {
    let count = Memo::new(move |_| people.memberships.with(|memberships| memberships.unread().len()));
    let retry = Callback::new(move |()| people.retry_unread());
    dynamic(move || {
        let title = match count.get() {
            0 => return None,
            1 => "The members of 1 workspace could not be read".to_owned(),
            count => format!("The members of {} workspaces could not be read", format_count(count)),
        };
        Some(view! {
            <Banner tone=Tone::Warning title=title>
                <p>{"Whoever is in them is shown without them."}</p>
                <Button on_click=retry>"Read them again"</Button>
            </Banner>
        })
    })
}

/// The bar with the number of selected people and what can be done with them.
#[component]
fn SelectedPeople(people: PeopleView, panels: JobPanels) -> impl IntoView {
    let name_of = Callback::new(move |id: UserId| people.directory.entry(&id).name.clone());
    let add = Callback::new(move |()| panels.open(PeoplePanel::Add));
    let remove = Callback::new(move |()| panels.open(PeoplePanel::Remove));
    view! {
        <SelectionBar row_selection=people.rows.row_selection noun="people" name_of=name_of>
            <Button variant=ButtonVariant::Danger icon=Icon::Minus on_click=remove>"Remove from workspaces…"</Button>
            <Button variant=ButtonVariant::Primary icon=Icon::Plus on_click=add>"Add to workspaces…"</Button>
        </SelectionBar>
    }
}
