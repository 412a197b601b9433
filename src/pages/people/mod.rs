//! All people of the organization with their workspaces. Several can be added to or removed from workspaces at once.
//!
//! Invariant: search, filter, order and the open panel are in the address. The selection is by user ID and survives them.

mod change;
mod keys;
mod memberships;
mod offboard;
mod rows;

use leptos::prelude::*;

use crate::components::{
    Action, InterruptedJobs, JobDialog, JobNames, KeyWays, KeyWaysDialogs, LeaveJobDialog, ListBody, ListContent,
    PageHeader, PeopleTable, PeopleToolbar, ReadError, SelectByList, SelectionBar, offer_actions, shown_of,
    use_table_layout,
};
use crate::data::{Freshness, Remote};
use crate::domain::text::{counted, format_count};
use crate::domain::{UserId, inline_text};
use crate::jobs::JobKind;
use crate::routes::{PeoplePanel, PeopleQuery};
use crate::search::columns::TableName;
use crate::search::people::Row;
use crate::session::{SessionState, use_session};
use crate::ui::{Banner, Button, ButtonVariant, EmptyState, Icon, Tone, dynamic};

use change::ChangeDialog;
use offboard::OffboardSheet;
use rows::PeopleView;

#[component]
pub(crate) fn PeoplePage(query: Memo<PeopleQuery>) -> impl IntoView {
    let session = use_session();
    let is_individual = Memo::new(move |_| session.state.with(SessionState::is_individual));
    dynamic(move || match is_individual.get() {
        true => view! { <NoOrganization/> }.into_any(),
        false => view! { <Organization query=query/> }.into_any(),
    })
}

/// An individual account has no directory.
#[component]
fn NoOrganization() -> impl IntoView {
    view! {
        <PageHeader title="People"/>
        <EmptyState title="This account has no organization" icon=Icon::Users>
            "It’s an individual account, so there is no one to add to workspaces. To manage people, sign in with a management key of an organization."
        </EmptyState>
    }
}

#[component]
fn Organization(query: Memo<PeopleQuery>) -> impl IntoView {
    let people = PeopleView::new(query);
    let panels = people.list.panels(JobNames::new(true), |_| true, |_| ());
    let ways = KeyWays::new();
    let name_of = move |id: UserId| people.directory.entry(&id).name.clone();
    let add = Callback::new(move |()| panels.open(PeoplePanel::Add));
    let remove = Callback::new(move |()| panels.open(PeoplePanel::Remove));
    let offboard = Callback::new(move |()| panels.open(PeoplePanel::Offboard));
    offer_actions(move || {
        let selected = people.list.rows.row_selection.summary.with(|summary| summary.selected);
        if selected == 0 {
            return vec![Action::run(Icon::SignOut, "Offboard people…", offboard)];
        }
        let who = counted(selected, "selected person", "selected people");
        vec![
            Action::run(Icon::Plus, format!("Add {who} to workspaces…"), add),
            Action::run(Icon::Minus, format!("Remove {who} from workspaces…"), remove),
            Action::run(Icon::SignOut, format!("Offboard {who}…"), offboard),
        ]
    });
    let is_loading =
        Signal::derive(move || people.is_reading.get() || people.directory.data.state.with(|state| state.is_loading()));
    let export =
        people.list.export("people", is_loading, move |row, _| people.workspace_names(&row.entry.id).join(", "));
    view! {
        <PageHeader
            title="People"
            meta="Everyone in your organization. Add people to workspaces, or remove them. Only an owner can remove a person from the organization, in its settings."
        />
        <LeaveJobDialog kind=JobKind::AddMembers/>
        <InterruptedJobs panels=panels kinds=JobKind::PEOPLE_ACROSS/>
        <PeopleToolbar people=people.list label="Search people" count=move || count_text(people) export=export>
            <SelectByList people=people.list directory=people.directory draft="select-people"/>
            <Button on_click=offboard>"Offboard…"</Button>
        </PeopleToolbar>
        <ReadError data=people.directory.data title="The directory may be incomplete"/>
        <DirectoryNotes people=people/>
        <ReadError data=people.workspaces.data title="Couldn’t load the workspaces"/>
        <UnreadMembers people=people/>
        <PeopleContent people=people/>
        <SelectionBar row_selection=people.list.rows.row_selection noun="people" name_of=name_of>
            <Button on_click=offboard>"Offboard…"</Button>
            <Button variant=ButtonVariant::Danger icon=Icon::Minus on_click=remove>"Remove from workspaces…"</Button>
            <Button variant=ButtonVariant::Primary icon=Icon::Plus on_click=add>"Add to workspaces…"</Button>
        </SelectionBar>
        <ChangeDialog people=people panels=panels panel=PeoplePanel::Add ways=ways/>
        <ChangeDialog people=people panels=panels panel=PeoplePanel::Remove ways=ways/>
        <OffboardSheet people=people panels=panels ways=ways/>
        // An undo that a closed tab interrupted.
        <JobDialog panels=panels panel=JobKind::RestorePeople title="" buttons=|| ().into_any()>""</JobDialog>
        <KeyWaysDialogs ways=ways/>
    }
}

/// Such as `12 of 240 people, 3 workspaces still to be read`.
fn count_text(people: PeopleView) -> String {
    let shown = || shown_of(people.list.rows.count(), people.list.rows.all.with(|rows| rows.len()), "person", "people");
    let text = people.directory.data.state.with(|state| match state {
        Remote::Loading => Err("Loading…"),
        // The error says that the number is not known.
        Remote::Failed(_) => Err(""),
        Remote::Ready(_, Freshness::Partial(progress)) => {
            Ok(progress.text().map_or_else(shown, |loaded| format!("{loaded} people loaded")))
        }
        Remote::Ready(..) => Ok(shown()),
    });
    let text = match text {
        Ok(text) => text,
        Err(instead) => return instead.to_owned(),
    };
    match people.members.remaining() {
        0 if people.is_reading.get() => format!("{text}, workspaces still loading"),
        0 => text,
        count => format!("{text}, {} still loading", counted(count, "workspace", "workspaces")),
    }
}

/// What is wrong with a directory that has been read.
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
    let banner = move |note| match note {
        Note::Unreadable(count) => {
            let title = format!("Couldn’t load {}", counted(count, "person", "people"));
            view! { <Banner tone=Tone::Warning title=title/> }.into_any()
        }
        Note::Incomplete => view! {
            <Banner tone=Tone::Warning title="The directory may be incomplete">
                <Button on_click=move |()| directory.refetch()>"Refresh"</Button>
            </Banner>
        }
        .into_any(),
        Note::Empty => view! {
            <Banner tone=Tone::Info title="This account has no organization">
                <p>{"There is no one to add to workspaces."}</p>
            </Banner>
        }
        .into_any(),
    };
    dynamic(move || note.get().map(banner))
}

#[component]
fn UnreadMembers(people: PeopleView) -> impl IntoView {
    let count = Memo::new(move |_| people.memberships.with(|memberships| memberships.unread.len()));
    dynamic(move || {
        let count = Some(count.get()).filter(|count| *count != 0)?;
        let title = format!("Couldn’t load the members of {}", counted(count, "workspace", "workspaces"));
        Some(view! {
            <Banner tone=Tone::Warning title=title>
                <p>{"The list doesn’t show who belongs to them."}</p>
                <Button on_click=move |()| people.retry_unread()>"Refresh"</Button>
            </Banner>
        })
    })
}

#[component]
fn PeopleContent(people: PeopleView) -> impl IntoView {
    let content = Memo::new(move |_| {
        if people.list.rows.count() != 0 {
            return ListContent::Table;
        }
        people.directory.data.state.with(|state| match state {
            Remote::Failed(_) => ListContent::Problem,
            _ if state.is_loading() => ListContent::Skeleton,
            _ => ListContent::NoMatch,
        })
    });
    let cell = move |(row, _): (Row, &'static str)| workspaces_cell(&people.workspace_names(&row.entry.id));
    let layout = use_table_layout(TableName::People, move || people.list.query.with(|query| query.layout.clone()));
    let columns = layout.with_untracked(|layout| TableName::People.shown(layout).len() + 3);
    let table = move || {
        view! {
            <PeopleTable
                people=people.list
                table=TableName::People
                caption="People in the organization"
                layout=layout.get()
                busy=people.is_reading
                has_directory=true
                class=|_| "col-places"
                cell=cell
            />
        }
    };
    let no_match = || {
        let text = "Try another search or role.";
        view! { <EmptyState title="No matching people" icon=Icon::Search>{text}</EmptyState> }.into_any()
    };
    view! { <ListBody content=content columns=columns table=table no_match=no_match/> }
}

/// The number of a person's workspaces and their names, which a tooltip shows in full.
fn workspaces_cell(names: &[String]) -> AnyView {
    if names.is_empty() {
        return view! { <span class="muted">{"—"}</span> }.into_any();
    }
    let list = names.iter().map(|name| inline_text(name)).collect::<Vec<_>>().join(", ");
    let title = list.clone();
    view! {
        <span class="clamp" title=title>
            <strong>{format_count(names.len())}</strong>{" "}<bdi class="muted">{list}</bdi>
        </span>
    }
    .into_any()
}
