//! The members of a workspace: searched, selected, added and removed many at a time.
//!
//! Invariant: search, filter, order and the open panel are in the address. The selection is by user ID and survives them.

mod add;
mod remove;
mod rows;
mod table;

use std::collections::{HashMap, HashSet};

use leptos::prelude::*;

use crate::components::{
    Action, InterruptedJobs, JobNames, KeyWays, KeyWaysDialogs, KeysDialog, LeaveJobDialog, NoDirectory, PeopleToolbar,
    ReadError, SelectByList, SelectionBar, exact_time, offer_actions, shown_of,
};
use crate::data::{Freshness, Remote};
use crate::domain::{
    UserId, Workspace, WorkspaceId,
    text::{counted, format_count},
};
use crate::jobs::JobKind;
use crate::routes::{PeoplePanel, PeopleQuery};
use crate::ui::{Banner, Button, ButtonVariant, Icon, Tone, after_paint, dynamic};

use add::AddDialog;
use remove::RemoveDialog;
use rows::MembersView;
use table::MemberList;

#[component]
pub(super) fn MembersTab(workspace: Signal<Workspace>, query: Memo<PeopleQuery>) -> impl IntoView {
    let members = MembersView::new(workspace, query);
    let selection = members.people.rows.row_selection.selection;
    let deselect = move |removed: HashMap<WorkspaceId, HashSet<UserId>>| {
        if let Some(people) = members.id.with_untracked(|id| removed.get(id)) {
            selection.update(|selection| people.iter().for_each(|id| selection.remove(id)));
        }
    };
    let is_individual = members.directory.is_individual;
    let has_panel = move |panel| match panel {
        // The default workspace has everyone as a member.
        PeoplePanel::Add => !workspace.with(Workspace::is_default) && !is_individual.get(),
        PeoplePanel::Remove => true,
        PeoplePanel::Offboard => false,
    };
    let panels = members.people.panels(JobNames::new(false), has_panel, deselect);
    let ways = KeyWays::new();
    let add = move |()| panels.open(PeoplePanel::Add);
    let default_reason = members.default_reason("Everyone is already in the default workspace");
    let add_reason = Signal::derive(move || match is_individual.get() {
        true => Some("This account has no organization, so there is no one to add".to_owned()),
        false => default_reason.get(),
    });
    let remove = move |()| panels.open(PeoplePanel::Remove);
    let remove_reason = members.default_reason("Members of the default workspace can’t be removed");
    let name_of = move |id: UserId| members.directory.entry(&id).name.clone();
    let keys_of = move |(_, person): (WorkspaceId, UserId)| {
        let unread = members.keys.state.with(|state| state.error().cloned());
        (members.active_keys.with(|keys| keys.get(&person).cloned().unwrap_or_default()), unread)
    };
    let is_default = Memo::new(move |_| workspace.with(Workspace::is_default));
    let (add, remove) = (Callback::new(add), Callback::new(remove));
    offer_actions(move || {
        if is_default.get() {
            return Vec::new();
        }
        let name = workspace.with(Workspace::inline_label);
        let selected = members.people.rows.row_selection.summary.with(|summary| summary.selected);
        let remove_label =
            || format!("Remove {} from {name}…", counted(selected, "selected member", "selected members"));
        let removal = (selected != 0).then(|| Action::run(Icon::Minus, remove_label(), remove));
        let adding = (!is_individual.get()).then(|| Action::run(Icon::Plus, format!("Add members to {name}"), add));
        removal.into_iter().chain(adding).collect()
    });
    let is_loading = Signal::derive(move || members.list.state.with(|list| list.is_loading()));
    let export = members.people.export("members", is_loading, move |row, column| match column {
        "since" => exact_time(row.since.as_ref()),
        _ => members.active_keys.with(|keys| keys.get(&row.entry.id).map_or(0, Vec::len)).to_string(),
    });
    view! {
        <LeaveJobDialog kind=JobKind::AddMembers/>
        <Show when=move || is_default.get() && !is_individual.get()>
            <Banner tone=Tone::Info title="Everyone is in the default workspace">
                <p>{"It includes all people in the organization. You can’t add people to it or remove them from it."}</p>
            </Banner>
        </Show>
        <InterruptedJobs panels=panels kinds=JobKind::PEOPLE about=Signal::derive(move || Some(members.id.get()))/>
        <PeopleToolbar people=members.people label="Search members" count=move || count_text(members) export=export>
            <SelectByList people=members.people directory=members.directory draft="select-members"/>
            <Button variant=ButtonVariant::Primary icon=Icon::Plus disabled_reason=add_reason on_click=add>"Add members…"</Button>
        </PeopleToolbar>
        <ReadError data=members.list title="The list of members may be incomplete"/>
        <Uncertain members=members/>
        <NoDirectory directory=members.directory/>
        <ReadError data=members.directory.data title="Couldn’t load names, so people are shown by ID"/>
        <ReadError data=members.keys title="Couldn’t load API keys, so people who can’t be removed are not marked"/>
        <MemberList members=members/>
        <SelectionBar row_selection=members.people.rows.row_selection noun="members" name_of=name_of>
            <Button variant=ButtonVariant::Danger icon=Icon::Minus disabled_reason=remove_reason on_click=remove>
                "Remove…"
            </Button>
        </SelectionBar>
        {after_paint(move || view! {
            <AddDialog members=members panels=panels/>
            <RemoveDialog members=members panels=panels ways=ways/>
            <KeysDialog who=members.keys_of directory=members.directory keys_of=keys_of ways=ways noun="member"/>
            <KeyWaysDialogs ways=ways/>
        }.into_any())}
    }
}

/// Such as `12 of 734 members`, or `3,400 of 10,000 loaded`.
fn count_text(members: MembersView) -> String {
    let (all, shown) = (members.people.rows.all.with(|rows| rows.len()), members.people.rows.count());
    let text = shown_of(shown, all, "member", "members");
    members.list.state.with(|state| match state {
        Remote::Loading => "Loading…".to_owned(),
        Remote::Ready(_, Freshness::Partial(progress)) => match progress.text() {
            Some(loaded) => {
                let found = if shown == all { String::new() } else { format!("{} shown, ", format_count(shown)) };
                format!("{found}{loaded} loaded")
            }
            None => format!("{text} so far"),
        },
        Remote::Ready(..) => text,
        // The error says that the number is not known.
        Remote::Failed(_) => String::new(),
    })
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
    dynamic(move || {
        let title = match unreadable.get()? {
            0 => "The list of members may be incomplete".to_owned(),
            count => format!("Couldn’t load {}", counted(count, "member", "members")),
        };
        Some(view! {
            <Banner tone=Tone::Warning title=title>
                <p>{"You can’t add members until the list is complete, because some people may already be members."}</p>
                <Button on_click=move |()| members.list.refetch()>"Refresh"</Button>
            </Banner>
        })
    })
}
