//! One workspace: what it is, its settings, its budgets, its members, and its deletion.
//!
//! Invariant: the workspace is fetched by what the address names; everything else is done by its UUID.

mod budgets;
mod delete;
mod facts;
mod members;
mod settings;
mod subject;

use crate::effect::watch;
use leptos::prelude::*;

use crate::api::workspaces;
use crate::components::{AsyncView, PageHeader};
use crate::domain::{Workspace, WorkspaceRef};
use crate::routes::{PeopleQuery, Route, WorkspaceView};
use crate::state::{PanelSteps, Query, Resource, WorkspaceList, use_query, use_route};
use crate::ui::{Badge, BadgeTone, Button, ButtonVariant, Icon, TabItem, Tabs};

use budgets::BudgetsTab;
use delete::DeleteDialog;
use facts::Facts;
use members::MembersTab;
use settings::SettingsForm;
use subject::Subject;

/// The page.
#[component]
pub fn WorkspacePage(
    /// Which workspace the address names.
    workspace: Memo<Option<WorkspaceRef>>,
    /// What is shown of it.
    shown: Memo<WorkspaceView>,
    /// What the address asks for of its members, where it shows them.
    members: Memo<Option<PeopleQuery>>,
) -> impl IntoView {
    let subject = Subject::follow(workspace);
    let query = use_query(
        Resource::Workspace,
        move || subject.key.get(),
        move |client, key| async move { workspaces::get(&client, &subject.target(key)).await },
    );
    watch(move || {
        query.state.with(|state| {
            if let Some(workspace) = state.data() {
                subject.is_now(workspace);
            }
        });
    });
    let content = Callback::new(move |(data,): (Signal<Workspace>,)| {
        view! { <Content data=data shown=shown members=members subject=subject/> }.into_any()
    });
    let is_default = Memo::new(move |_| query.state.with(|state| state.data().is_some_and(Workspace::is_default)));
    view! {
        <PageHeader
            title=title_of(query, workspace)
            subject=Signal::derive(move || subject.key.get().map(|key| key.as_str().to_owned()).unwrap_or_default())
            badge=move || is_default.get().then(|| view! { <Badge tone=BadgeTone::Accent>"Default"</Badge> }).into_any()
        />
        <AsyncView query=query failure="The workspace could not be loaded" content=content/>
    }
}

/// The workspace's name: as loaded, or as the list has it, or else what the address calls it.
fn title_of(query: Query<Workspace>, workspace: Memo<Option<WorkspaceRef>>) -> Signal<String> {
    let list: WorkspaceList = expect_context();
    Signal::derive(move || {
        let loaded = query.state.with(|state| state.data().map(|workspace| workspace.label()));
        loaded
            .or_else(|| {
                workspace.with(|workspace| {
                    workspace
                        .as_ref()
                        .map(|workspace| list.name_of(workspace).unwrap_or_else(|| workspace.as_str().to_owned()))
                })
            })
            .unwrap_or_default()
    })
}

/// A part of the page.
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
        let tab = |part: Part, label: &str| TabItem {
            href: route.with(|route| at(route, part).href()),
            label: label.to_owned(),
            current: current.get() == part,
        };
        vec![tab(Part::Settings, "Settings"), tab(Part::Budgets, "Budgets"), tab(Part::Members, "Members")]
    });
    // What the address says last stays while another part takes over.
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

/// Another part of the same workspace, which keeps the name that the address has for it.
fn at(route: &Route, part: Part) -> Route {
    match (route.workspace_ref(), part) {
        (Some(workspace), Part::Settings) => Route::workspace(workspace.clone()),
        (Some(workspace), Part::Budgets) => Route::Workspace(workspace.clone(), WorkspaceView::Budgets),
        (Some(workspace), Part::Members) => PeopleQuery::default().on_members(workspace),
        (None, _) => route.clone(),
    }
}

/// The confirmation of a deletion, over the settings.
fn deleting(route: &Route) -> Route {
    let deleting = |workspace: &WorkspaceRef| Route::Workspace(workspace.clone(), WorkspaceView::Delete);
    route.workspace_ref().map_or_else(|| route.clone(), deleting)
}

#[component]
fn SettingsTab(data: Signal<Workspace>, shown: Memo<WorkspaceView>, subject: Subject) -> impl IntoView {
    let (panel, route) = (PanelSteps::new(), use_route());
    let open = Callback::new(move |()| panel.open(&deleting(&route.get_untracked())));
    let close = Callback::new(move |()| panel.close(&at(&route.get_untracked(), Part::Settings)));
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
