//! The members of a workspace: found, chosen, added and removed by the hundred, with certainty about each.
//!
//! Invariant: search, filter, order and the open panel are in the address; what is chosen is by user id and survives them.

mod add;
mod remove;
mod rows;
mod table;
mod toolbar;

use leptos::prelude::*;

use crate::components::{InterruptedJobs, JobNames, JobPanels, KeysDialog, LeaveJobDialog, SelectionBar};
use crate::domain::{UserId, Workspace};
use crate::effect::watch;
use crate::jobs::JobKind;
use crate::routes::{PeoplePanel, PeopleQuery};
use crate::state::use_route;
use crate::ui::{Banner, Button, ButtonVariant, Icon, Tone};

use add::AddDialog;
use remove::RemoveDialog;
use rows::Members;
use table::Listing;
use toolbar::{Problems, Toolbar};

/// The tab.
#[component]
pub(super) fn MembersTab(
    /// Whose members they are.
    workspace: Signal<Workspace>,
    /// What the address asks for.
    query: Memo<PeopleQuery>,
) -> impl IntoView {
    let members = Members::new(workspace, query);
    let panels = panels_of(members);
    let is_default = Memo::new(move |_| workspace.with(Workspace::is_default));
    let about = Signal::derive(move || Some(members.id.get()));
    let uncover = Callback::new(move |()| panels.close());
    view! {
        <LeaveJobDialog kind=JobKind::AddMembers/>
        <Show when=move || is_default.get()>
            <Banner tone=Tone::Info title="Everybody is in the default workspace">
                <p>{"All people of the organization are its members, implicitly. Nobody can be added to it or removed from it."}</p>
            </Banner>
        </Show>
        <InterruptedJobs
            job=panels.job
            names=panels.names
            kinds=&[JobKind::AddMembers, JobKind::RemoveMembers]
            about=about
            on_found=uncover
        />
        <Toolbar members=members panels=panels/>
        <Problems members=members/>
        <Listing members=members/>
        <Chosen members=members panels=panels/>
        <AddDialog members=members panels=panels/>
        <RemoveDialog members=members panels=panels/>
        <KeysDialog who=members.keys_of directory=members.directory keys=members.keys_looked_at() noun="member"/>
    }
}

/// The panels over the table, with its job.
fn panels_of(members: Members) -> JobPanels {
    let names = JobNames::of_people(false);
    // Nobody is added to the default workspace.
    let is_off = move |panel: &PeoplePanel| *panel == PeoplePanel::Add && members.workspace.with(Workspace::is_default);
    let panel = Memo::new(move |_| members.query.with(|query| query.panel).filter(|panel| !is_off(panel)));
    let route = use_route();
    let at = Callback::new(move |panel| {
        let query = PeopleQuery { panel, ..members.query.get_untracked() };
        route.with_untracked(|route| route.workspace_ref().map_or_else(|| route.clone(), |it| query.on_members(it)))
    });
    let panels = JobPanels::of_people(names, panel, at);
    watch(move || {
        if panels.job.has_ended.get() {
            members.settle(panels.job);
        }
    });
    panels
}

/// What can be done with the members that are chosen.
#[component]
fn Chosen(members: Members, panels: JobPanels) -> impl IntoView {
    let name_of = Callback::new(move |id: UserId| members.directory.entry(&id).name.clone());
    let remove = Callback::new(move |()| panels.open(PeoplePanel::Remove));
    let reason = members.default_reason("Nobody can be removed from the default workspace");
    view! {
        <SelectionBar choosing=members.rows.choosing noun="members" name_of=name_of>
            <Button variant=ButtonVariant::Danger icon=Icon::Minus disabled_reason=reason on_click=remove>"Remove…"</Button>
        </SelectionBar>
    }
}
