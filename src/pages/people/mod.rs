//! Everybody in the organization, and where they are: put into workspaces and taken out of them, several at once.
//!
//! Invariant: search, filter, order and the open panel are in the address; what is chosen is by user id and survives them.

mod change;
mod memberships;
mod rows;
mod table;

use leptos::prelude::*;

use crate::components::{
    ErrorPanel, InterruptedJobs, JobNames, JobPanels, LeaveJobDialog, PageHeader, RoleChoice, SelectionBar,
};
use crate::domain::UserId;
use crate::domain::text::count_words;
use crate::effect::watch;
use crate::jobs::JobKind;
use crate::routes::{PeoplePanel, PeopleQuery};
use crate::state::ListStatus;
use crate::ui::{Banner, Button, ButtonVariant, Icon, SearchBox, Tone, dynamic};

use change::ChangeDialog;
use rows::Everybody;
use table::Listing;

/// The page.
#[component]
pub fn PeoplePage(
    /// What the address asks for.
    query: Memo<PeopleQuery>,
) -> impl IntoView {
    let everybody = Everybody::new(query);
    let panels = panels_of(everybody);
    let search = everybody.search;
    let uncover = Callback::new(move |()| panels.close());
    view! {
        <PageHeader
            title="People"
            meta="Everybody in the organization. Only an owner can remove somebody from the organization itself, in its settings; here people are put into workspaces and taken out of them."
        />
        <LeaveJobDialog kind=JobKind::AddMembers/>
        <InterruptedJobs
            job=panels.job
            names=panels.names
            kinds=&[JobKind::AddMembers, JobKind::RemoveMembers]
            about=Signal::stored(None)
            on_found=uncover
        />
        <div class="toolbar">
            <SearchBox
                value=search
                on_input=Callback::new(move |text| search.set(text))
                label="Search people"
                placeholder="Search name, e-mail or id"
            />
            <RoleChoice query=query go=everybody.go/>
            <Count everybody=everybody/>
        </div>
        <Problems everybody=everybody/>
        <Listing everybody=everybody/>
        <Chosen everybody=everybody panels=panels/>
        <ChangeDialog everybody=everybody panels=panels panel=PeoplePanel::Add/>
        <ChangeDialog everybody=everybody panels=panels panel=PeoplePanel::Remove/>
    }
}

/// The panels over the table, with its job.
fn panels_of(everybody: Everybody) -> JobPanels {
    let names = JobNames::of_people(true);
    let panel = Memo::new(move |_| everybody.query.with(|query| query.panel));
    let at = Callback::new(move |panel| PeopleQuery { panel, ..everybody.query.get_untracked() }.on_people());
    let panels = JobPanels::of_people(names, panel, at);
    watch(move || {
        if panels.job.has_ended.get() {
            let touched = panels.job.snapshot.with_untracked(|job| job.as_ref().map(|job| job.workspaces.to_vec()));
            everybody.memberships.again(touched.unwrap_or_default());
        }
    });
    panels
}

/// `12 of 240 people`, and how many workspaces have been read.
#[component]
fn Count(everybody: Everybody) -> impl IntoView {
    let text = move || {
        let all = everybody.rows.all.with(|rows| rows.0.len());
        let shown = everybody.rows.count();
        let of_all = if shown == all { String::new() } else { format!("{} of ", count_words(shown)) };
        let words = format!("{of_all}{} {}", count_words(all), if all == 1 { "person" } else { "people" });
        let words = match everybody.directory.list.status.get() {
            ListStatus::Loading => return "Loading…".to_owned(),
            ListStatus::Partial(loaded, Some(total)) => format!("{loaded} of {total} people loaded"),
            _ => words,
        };
        match everybody.memberships.open.get() {
            0 if everybody.is_reading.get() => format!("{words}, workspaces still to be read"),
            0 => words,
            1 => format!("{words}, 1 workspace still to be read"),
            open => format!("{words}, {} workspaces still to be read", count_words(open)),
        }
    };
    view! { <p class="toolbar__status" role="status">{move || text()}</p> }
}

/// What could not be read.
#[component]
fn Problems(everybody: Everybody) -> impl IntoView {
    let directory = everybody.directory.list;
    let memberships = everybody.memberships;
    let people = move || match directory.status.get() {
        ListStatus::Failed(error) => {
            let again = Callback::new(move |()| directory.refetch());
            view! { <ErrorPanel title="The directory may be incomplete" error=error on_retry=again/> }.into_any()
        }
        ListStatus::Complete if directory.bad.with_value(|bad| !bad.is_empty()) => {
            let title = match directory.bad.with_value(Vec::len) {
                1 => "1 person could not be read and is not shown".to_owned(),
                count => format!("{} people could not be read and are not shown", count_words(count)),
            };
            view! { <Banner tone=Tone::Warning title=title/> }.into_any()
        }
        ListStatus::Complete if directory.rows.with_value(|rows| rows.is_empty()) => view! {
            <Banner tone=Tone::Info title="This account has no organization">
                <p>{"There is nobody to be put into workspaces."}</p>
            </Banner>
        }
        .into_any(),
        _ => ().into_any(),
    };
    let workspaces = everybody.workspaces;
    let unlisted = move || match workspaces.status.get() {
        ListStatus::Failed(error) => {
            let again = Callback::new(move |()| workspaces.refetch());
            view! { <ErrorPanel title="The workspaces could not be listed" error=error on_retry=again/> }.into_any()
        }
        _ => ().into_any(),
    };
    let again = Callback::new(move |()| memberships.retry_failed());
    let unread = move || {
        let title = match memberships.failed.get() {
            0 => return ().into_any(),
            1 => "The members of 1 workspace could not be read".to_owned(),
            count => format!("The members of {} workspaces could not be read", count_words(count)),
        };
        view! {
            <Banner tone=Tone::Warning title=title>
                <p>{"Whoever is in them is shown without them."}</p>
                <Button on_click=again>"Read them again"</Button>
            </Banner>
        }
        .into_any()
    };
    view! { {dynamic(people)}{dynamic(unlisted)}{dynamic(unread)} }
}

/// What can be done with the people that are chosen.
#[component]
fn Chosen(everybody: Everybody, panels: JobPanels) -> impl IntoView {
    let name_of = Callback::new(move |id: UserId| everybody.directory.entry(&id).name.clone());
    let add = Callback::new(move |()| panels.open(PeoplePanel::Add));
    let remove = Callback::new(move |()| panels.open(PeoplePanel::Remove));
    view! {
        <SelectionBar choosing=everybody.rows.choosing noun="people" name_of=name_of>
            <Button variant=ButtonVariant::Danger icon=Icon::Minus on_click=remove>"Remove from workspaces…"</Button>
            <Button variant=ButtonVariant::Primary icon=Icon::Plus on_click=add>"Add to workspaces…"</Button>
        </SelectionBar>
    }
}
