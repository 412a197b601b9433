//! One workspace: its facts, its settings, its budgets, its members, and its deletion.
//!
//! Invariant: the workspace is read by the name in the address. Everything else is done by its UUID.

mod budgets;
mod delete;
mod members;
mod settings;
mod subject;

use leptos::prelude::*;

use crate::components::{AsyncView, PageHeader, When};
use crate::data::{WorkspaceDetails, use_data, use_workspaces};
use crate::domain::{Workspace, WorkspaceRef};
use crate::navigation::{PanelSteps, use_route};
use crate::routes::{PeopleQuery, Route, WorkspaceView};
use crate::ui::{Badge, BadgeTone, Button, ButtonVariant, CopyButton, Icon, TabItem, Tabs};

use budgets::BudgetsTab;
use delete::DeleteDialog;
use members::MembersTab;
use settings::SettingsForm;
use subject::Subject;

#[component]
pub(crate) fn WorkspacePage(
    workspace: Memo<Option<WorkspaceRef>>,
    shown: Memo<WorkspaceView>,
    members: Memo<Option<PeopleQuery>>,
) -> impl IntoView {
    let subject = Subject::follow(workspace);
    let details = use_data(move || subject.key.get().map(WorkspaceDetails));
    let content = Callback::new(move |(data,): (Signal<Workspace>,)| {
        view! { <Content data=data shown=shown members=members subject=subject/> }.into_any()
    });
    let workspaces = use_workspaces();
    // As read, or else as in the list, or else the name in the address.
    let title = move || {
        let read = details.get().map(|workspace| workspace.label());
        read.or_else(|| workspace.get().map(|name| workspaces.name_of(&name))).unwrap_or_default()
    };
    let is_default = Memo::new(move |_| details.get().is_some_and(|workspace| workspace.is_default()));
    view! {
        <PageHeader
            title=title
            subject=Signal::derive(move || subject.key.get().map(|key| key.as_str().to_owned()).unwrap_or_default())
            badge=move || is_default.get().then(|| view! { <Badge tone=BadgeTone::Accent>"Default"</Badge> }).into_any()
        />
        <AsyncView data=details failure="The workspace could not be loaded" content=content/>
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Settings,
    Budgets,
    Members,
}

#[component]
fn Content(
    data: Signal<Workspace>,
    shown: Memo<WorkspaceView>,
    members: Memo<Option<PeopleQuery>>,
    subject: Subject,
) -> impl IntoView {
    let current = Memo::new(move |_| match (members.with(Option::is_some), shown.get()) {
        (true, _) => Part::Members,
        (false, WorkspaceView::Budgets) => Part::Budgets,
        (false, WorkspaceView::Settings | WorkspaceView::Delete) => Part::Settings,
    });
    let route = use_route();
    let tabs = Signal::derive(move || {
        let tab = |part: Part, label: &str, to: fn(&WorkspaceRef) -> Route| TabItem {
            href: route.with(|route| same_workspace(route, to).href()),
            label: label.to_owned(),
            current: current.get() == part,
        };
        vec![
            tab(Part::Settings, "Settings", settings),
            tab(Part::Budgets, "Budgets", |it| Route::Workspace(it.clone(), WorkspaceView::Budgets)),
            tab(Part::Members, "Members", |it| PeopleQuery::default().on_members(it)),
        ]
    });
    // The members' last search stays while another part is shown.
    let query =
        Memo::new(move |last: Option<&PeopleQuery>| members.get().unwrap_or_else(|| last.cloned().unwrap_or_default()));
    view! {
        <Facts data=data/>
        <Tabs items=tabs label="Workspace"/>
        {move || match current.get() {
            Part::Settings => view! { <SettingsTab data=data shown=shown subject=subject/> }.into_any(),
            Part::Budgets => view! { <BudgetsTab workspace=data/> }.into_any(),
            Part::Members => view! { <MembersTab workspace=data query=query/> }.into_any(),
        }}
    }
}

fn settings(workspace: &WorkspaceRef) -> Route {
    Route::workspace(workspace.clone())
}

/// Another view of the workspace of a route, by the name that it has in the address.
fn same_workspace(route: &Route, view: impl Fn(&WorkspaceRef) -> Route) -> Route {
    route.workspace_ref().map_or_else(|| route.clone(), view)
}

#[component]
fn SettingsTab(data: Signal<Workspace>, shown: Memo<WorkspaceView>, subject: Subject) -> impl IntoView {
    let (panel, route) = (PanelSteps::new(), use_route());
    let open = move |()| {
        let deletion = |it: &WorkspaceRef| Route::Workspace(it.clone(), WorkspaceView::Delete);
        panel.open(&route.with_untracked(|route| same_workspace(route, deletion)));
    };
    let close = Callback::new(move |()| panel.close(&route.with_untracked(|route| same_workspace(route, settings))));
    let is_default = Memo::new(move |_| data.with(Workspace::is_default));
    let reason = Signal::derive(move || {
        is_default.get().then(|| "The default workspace holds everybody and cannot be deleted".to_owned())
    });
    view! {
        <SettingsForm data=data subject=subject/>
        <section class="card card--danger" aria-labelledby="danger-title">
            <h2 class="card__title" id={"danger-title"}>{"Delete this workspace"}</h2>
            <p>{"Its budgets and guardrails are destroyed and its broadcast destinations disabled. This cannot be undone."}</p>
            <Button variant=ButtonVariant::Danger icon=Icon::Trash disabled_reason=reason on_click=open>
                "Delete workspace…"
            </Button>
        </section>
        <DeleteDialog data=data is_open=Signal::derive(move || shown.get() == WorkspaceView::Delete) on_close=close/>
    }
}

#[component]
fn Facts(data: Signal<Workspace>) -> impl IntoView {
    let slug = Signal::derive(move || data.with(|workspace| workspace.slug.to_string()));
    let id = Signal::derive(move || data.with(|workspace| workspace.id.to_string()));
    view! {
        <dl class="facts">
            <div class="facts__item">
                <dt>{"Slug"}</dt>
                <dd class="mono"><bdi>{move || slug.get()}</bdi><CopyButton text=slug label="Copy slug"/></dd>
            </div>
            <div class="facts__item">
                <dt>{"ID"}</dt>
                <dd class="mono"><bdi>{move || id.get()}</bdi><CopyButton text=id label="Copy id"/></dd>
            </div>
            {move || data.with(|workspace| view! {
                <div class="facts__item">
                    <dt>{"Created"}</dt>
                    <dd>
                        <When at=workspace.created_at.clone()/>
                        {workspace.created_by.as_ref().map(|by| view! { " by "<bdi class="mono">{by.to_string()}</bdi> }.into_any())}
                    </dd>
                </div>
                <div class="facts__item"><dt>{"Updated"}</dt><dd><When at=workspace.updated_at.clone()/></dd></div>
            })}
        </dl>
    }
}
