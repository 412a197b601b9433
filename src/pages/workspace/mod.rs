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
use crate::ui::{Badge, BadgeTone, Button, ButtonVariant, CopyButton, Icon};

use budgets::BudgetsTab;
use delete::DeleteDialog;
use members::MembersTab;
use settings::SettingsForm;
use subject::Subject;

#[component]
pub(crate) fn WorkspacePage(workspace: Memo<Option<WorkspaceRef>>) -> impl IntoView {
    let subject = Subject::follow(workspace);
    let details = use_data(move || subject.key.get().map(WorkspaceDetails));
    let content =
        Callback::new(move |(data,): (Signal<Workspace>,)| view! { <Content data=data subject=subject/> }.into_any());
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
fn Content(data: Signal<Workspace>, subject: Subject) -> impl IntoView {
    let route = use_route();
    // The last part stays while the address becomes another page's.
    let current = Memo::new(move |last: Option<&Part>| {
        route.with(|route| match route {
            Route::Members(..) => Part::Members,
            Route::Workspace(_, WorkspaceView::Budgets) => Part::Budgets,
            Route::Workspace(..) => Part::Settings,
            _ => last.copied().unwrap_or(Part::Settings),
        })
    });
    let tab = move |part: Part, label: &'static str, to: fn(&WorkspaceRef) -> Route| {
        let href = move || route.with(|route| same_workspace(route, to).href());
        let is_current = move || (current.get() == part).then_some("page");
        view! { <li><a class="tabs__link" href=href aria-current=is_current>{label}</a></li> }
    };
    // The members' last search stays while another part is shown.
    let query = Memo::new(move |last: Option<&PeopleQuery>| {
        route.with(|route| match route {
            Route::Members(_, query) => query.clone(),
            _ => last.cloned().unwrap_or_default(),
        })
    });
    view! {
        <Facts data=data/>
        <nav class="tabs" aria-label="Workspace">
            <ul class="tabs__list">
                {tab(Part::Settings, "Settings", settings)}
                {tab(Part::Budgets, "Budgets", |it| Route::Workspace(it.clone(), WorkspaceView::Budgets))}
                {tab(Part::Members, "Members", |it| PeopleQuery::default().on_members(it))}
            </ul>
        </nav>
        {move || match current.get() {
            Part::Settings => view! { <SettingsTab data=data subject=subject/> }.into_any(),
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
fn SettingsTab(data: Signal<Workspace>, subject: Subject) -> impl IntoView {
    let (panel, route) = (PanelSteps::new(), use_route());
    let open = move |()| {
        let deletion = |it: &WorkspaceRef| Route::Workspace(it.clone(), WorkspaceView::Delete);
        panel.open(&route.with_untracked(|route| same_workspace(route, deletion)));
    };
    let close = Callback::new(move |()| panel.close(&route.with_untracked(|route| same_workspace(route, settings))));
    let is_deleting =
        Signal::derive(move || route.with(|route| matches!(route, Route::Workspace(_, WorkspaceView::Delete))));
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
        <DeleteDialog data=data is_open=is_deleting on_close=close/>
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
