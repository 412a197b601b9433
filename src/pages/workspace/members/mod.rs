//! The members of a workspace: found, chosen, added and removed by the hundred, with certainty about each.
//!
//! Invariant: search, filter, order and the open panel are in the address; what is chosen is by user id and survives them.

mod add;
mod keys;
mod remove;
mod rows;
mod table;
mod toolbar;

use leptos::prelude::*;

use crate::components::{JobNames, LeaveDialog, LeftJobs, SelectionBar};
use crate::domain::{UserId, Workspace};
use crate::effect::watch;
use crate::routes::{PeoplePanel, PeopleQuery, Route};
use crate::state::{BulkJob, PanelSteps, UnsavedGuard, use_route};
use crate::ui::{Banner, Button, ButtonVariant, Icon, Tone};

use add::AddDialog;
use keys::KeysDialog;
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
    let panels = Panels::new(members);
    let is_default = Memo::new(move |_| workspace.with(Workspace::is_default));
    let about = Signal::derive(move || Some(members.id.get()));
    let uncover = Callback::new(move |()| panels.close());
    view! {
        <LeaveDialog
            title="Leave while members are being changed?"
            what="What is on its way is carried out all the same. The rest waits in this browser, and you can go on with it here."
            leave_words="Leave"
            stay_words="Stay here"
        />
        <Show when=move || is_default.get()>
            <Banner tone=Tone::Info title="Everybody is in the default workspace">
                <p>{"All people of the organization are its members, implicitly. Nobody can be added to it or removed from it."}</p>
            </Banner>
        </Show>
        <LeftJobs job=panels.job names=panels.names about=about on_found=uncover/>
        <Toolbar members=members panels=panels/>
        <Problems members=members/>
        <Listing members=members panels=panels/>
        <Chosen members=members panels=panels/>
        <AddDialog members=members panels=panels/>
        <RemoveDialog members=members panels=panels/>
        <KeysDialog members=members panels=panels/>
    }
}

/// The panels over the table.
#[derive(Clone, Copy)]
struct Panels {
    members: Members,
    steps: PanelSteps,
    route: Memo<Route>,
    job: BulkJob,
    names: JobNames,
    /// Whose keys are looked at.
    keys_of: RwSignal<Option<UserId>>,
}

impl Panels {
    fn new(members: Members) -> Self {
        let job = BulkJob::new();
        let names = JobNames { directory: members.directory, workspaces: expect_context(), is_across: false };
        let guard: UnsavedGuard = expect_context();
        guard.lower_on_cleanup();
        let is_running = Memo::new(move |_| job.is_running());
        watch(move || guard.set(is_running.get()));
        let panels =
            Self { members, steps: PanelSteps::new(), route: use_route(), job, names, keys_of: RwSignal::new(None) };
        watch(move || {
            if job.ended.get() != 0 {
                members.settle(job);
            }
        });
        let is_open = Memo::new(move |_| members.query.with(|query| query.panel.is_some()));
        let mut was_open = false;
        watch(move || {
            // Back closes an outcome too.
            if std::mem::replace(&mut was_open, is_open.get()) && !is_open.get() && !untrack(|| job.is_running()) {
                job.close();
            }
        });
        panels
    }

    fn at(self, panel: Option<PeoplePanel>) -> Route {
        let query = PeopleQuery { panel, ..self.members.query.get_untracked() };
        self.route
            .with_untracked(|route| route.workspace_ref().map_or_else(|| route.clone(), |it| query.on_members(it)))
    }

    fn open(self, panel: PeoplePanel) {
        self.steps.open(&self.at(Some(panel)));
    }

    /// Closes what is open, and forgets a job that has ended.
    fn close(self) {
        if !self.job.is_running() {
            self.job.close();
        }
        if self.members.query.with_untracked(|query| query.panel.is_some()) {
            self.steps.close(&self.at(None));
        }
    }

    /// Whether the address asks for this panel.
    fn is_asked(self, panel: PeoplePanel) -> bool {
        self.members.query.with(|query| query.panel == Some(panel))
    }
}

/// What can be done with the members that are chosen.
#[component]
fn Chosen(members: Members, panels: Panels) -> impl IntoView {
    let name_of = Callback::new(move |id: UserId| members.directory.entry(&id).name.clone());
    let remove = Callback::new(move |()| panels.open(PeoplePanel::Remove));
    let reason = members.default_reason("Nobody can be removed from the default workspace");
    view! {
        <SelectionBar choosing=members.rows.choosing noun="members" name_of=name_of>
            <Button variant=ButtonVariant::Danger icon=Icon::Minus disabled_reason=reason on_click=remove>"Remove…"</Button>
        </SelectionBar>
    }
}
