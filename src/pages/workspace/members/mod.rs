//! The members of a workspace: searched, selected, added and removed many at a time.
//!
//! Invariant: search, filter, order and the open panel are in the address. The selection is by user ID and survives them.

mod add;
mod remove;
mod rows;
mod table;
mod toolbar;

use leptos::prelude::*;

use crate::components::{InterruptedJobs, JobNames, JobPanels, KeysDialog, LeaveJobDialog, SelectionBar};
use crate::domain::{UserId, Workspace};
use crate::jobs::JobKind;
use crate::navigation::use_route;
use crate::routes::{PeoplePanel, PeopleQuery};
use crate::ui::{Banner, Button, ButtonVariant, Icon, Tone};

use add::AddDialog;
use remove::RemoveDialog;
use rows::{MembersView, members_route};
use table::MemberList;
use toolbar::{Problems, Toolbar};

/// The tab of a workspace's members.
#[component]
pub(super) fn MembersTab(
    /// The workspace.
    workspace: Signal<Workspace>,
    /// The query of the address.
    query: Memo<PeopleQuery>,
) -> impl IntoView {
    let members = MembersView::new(workspace, query);
    let panels = use_panels(members);
    let is_default = Memo::new(move |_| workspace.with(Workspace::is_default));
    let about = Signal::derive(move || Some(members.id.get()));
    let unread = Signal::derive(move || members.keys.state.with(|state| state.error().cloned()));
    view! {
        <LeaveJobDialog kind=JobKind::AddMembers/>
        <Show when=move || is_default.get()>
            <Banner tone=Tone::Info title="Everybody is in the default workspace">
                <p>{"All people of the organization are its members, implicitly. Nobody can be added to it or removed from it."}</p>
            </Banner>
        </Show>
        <InterruptedJobs panels=panels kinds=JobKind::PEOPLE about=about/>
        <Toolbar members=members panels=panels/>
        <Problems members=members/>
        <MemberList members=members/>
        <SelectedMembers members=members panels=panels/>
        <AddDialog members=members panels=panels/>
        <RemoveDialog members=members panels=panels/>
        <KeysDialog
            who=members.keys_of
            directory=members.directory
            keys=members.keys_of_person()
            unread=unread
            noun="member"
        />
    }
}

/// The panels over the table, with the job that they start.
fn use_panels(members: MembersView) -> JobPanels {
    let names = JobNames::of_people(false);
    // The default workspace has everyone as a member.
    let is_off = move |panel: &PeoplePanel| *panel == PeoplePanel::Add && members.workspace.with(Workspace::is_default);
    let panel = Memo::new(move |_| members.query.with(|query| query.panel).filter(|panel| !is_off(panel)));
    let route = use_route();
    let at = Callback::new(move |panel| members_route(route, &PeopleQuery { panel, ..members.query.get_untracked() }));
    let panels = JobPanels::of_people(names, panel, at);
    // Outside world: a job has ended, and the cache does not show it yet.
    Effect::new(move |_| {
        if panels.job.has_ended.get() {
            members.drop_removed(panels.job);
        }
    });
    panels
}

/// The bar with the number of selected members and what can be done with them.
#[component]
fn SelectedMembers(members: MembersView, panels: JobPanels) -> impl IntoView {
    let name_of = Callback::new(move |id: UserId| members.directory.entry(&id).name.clone());
    let remove = Callback::new(move |()| panels.open(PeoplePanel::Remove));
    let reason = members.default_reason("Nobody can be removed from the default workspace");
    view! {
        <SelectionBar row_selection=members.rows.row_selection noun="members" name_of=name_of>
            <Button variant=ButtonVariant::Danger icon=Icon::Minus disabled_reason=reason on_click=remove>"Remove…"</Button>
        </SelectionBar>
    }
}
