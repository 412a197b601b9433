//! One workspace: what it is, its settings, its budgets, and its deletion.
//!
//! Invariant: the workspace is fetched by what the address names; everything else is done by its UUID.

mod budgets;
mod delete;
mod delete_keys;
mod facts;
mod merge;
mod save;
mod settings;
mod subject;

use crate::effect::watch;
use leptos::prelude::*;

use crate::api::workspaces;
use crate::components::{AsyncView, PageHeader};
use crate::domain::{Workspace, WorkspaceRef};
use crate::routes::{Route, WorkspaceView};
use crate::state::{PanelSteps, Query, Resource, WorkspaceList, use_query, use_route};
use crate::ui::{Badge, BadgeTone, Button, ButtonVariant, Icon, TabItem, Tabs};

use budgets::BudgetsTab;
use delete::DeleteDialog;
use facts::Facts;
use settings::SettingsForm;
use subject::Subject;

/// The page.
#[component]
pub fn WorkspacePage(
    /// Which workspace the address names.
    workspace: Memo<Option<WorkspaceRef>>,
    /// What is shown of it.
    shown: Memo<WorkspaceView>,
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
        view! { <Content data=data shown=shown subject=subject/> }.into_any()
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
        let loaded = query.state.with(|state| state.data().map(|workspace| workspace.name.clone()));
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

#[component]
fn Content(data: Signal<Workspace>, shown: Memo<WorkspaceView>, subject: Subject) -> impl IntoView {
    let is_budgets = Memo::new(move |_| shown.get() == WorkspaceView::Budgets);
    let route = use_route();
    let tabs = Signal::derive(move || {
        let tab = |view: WorkspaceView, label: &str| TabItem {
            href: route.with(|route| at(route, view).href()),
            label: label.to_owned(),
            count: None,
            current: is_budgets.get() == (view == WorkspaceView::Budgets),
        };
        vec![tab(WorkspaceView::Settings, "Settings"), tab(WorkspaceView::Budgets, "Budgets")]
    });
    view! {
        <Facts data=data/>
        <Tabs items=tabs label="Workspace"/>
        {move || match is_budgets.get() {
            true => view! { <BudgetsTab workspace=data/> }.into_any(),
            false => view! { <SettingsTab data=data shown=shown subject=subject/> }.into_any(),
        }}
    }
}

/// The same workspace, by the name that the address has for it, in another view.
fn at(route: &Route, view: WorkspaceView) -> Route {
    match route {
        Route::Workspace(workspace, _) => Route::Workspace(workspace.clone(), view),
        elsewhere => elsewhere.clone(),
    }
}

#[component]
fn SettingsTab(data: Signal<Workspace>, shown: Memo<WorkspaceView>, subject: Subject) -> impl IntoView {
    let (panel, route) = (PanelSteps::new(), use_route());
    let open = Callback::new(move |()| panel.open(&at(&route.get_untracked(), WorkspaceView::Delete)));
    let close = Callback::new(move |()| panel.close(&at(&route.get_untracked(), WorkspaceView::Settings)));
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
