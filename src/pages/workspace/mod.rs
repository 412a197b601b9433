//! One workspace: what it is, its settings, and its deletion.
//!
//! Invariant: the workspace is fetched by what the address names; everything else is done by its UUID.

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
use crate::routes::{Panel, Route};
use crate::state::{Query, Resource, WorkspaceList, use_navigator, use_query, use_route};
use crate::ui::{Badge, BadgeTone, Button, ButtonVariant, Icon};

use delete::DeleteDialog;
use facts::Facts;
use settings::SettingsForm;
use subject::Subject;

/// The page.
#[component]
pub fn WorkspacePage(
    /// Which workspace the address names.
    workspace: Memo<Option<WorkspaceRef>>,
    /// Which panel is open over it.
    panel: Memo<Panel>,
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
        view! { <Content data=data panel=panel subject=subject/> }.into_any()
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
fn Content(data: Signal<Workspace>, panel: Memo<Panel>, subject: Subject) -> impl IntoView {
    let navigator = use_navigator();
    let route = use_route();
    let at = move |panel| match route.get_untracked() {
        Route::Workspace(workspace, _) => Route::Workspace(workspace, panel),
        elsewhere => elsewhere,
    };
    let was_opened_here = StoredValue::new(false);
    let open = Callback::new(move |()| {
        was_opened_here.set_value(true);
        navigator.push(&at(Panel::Delete));
    });
    // Closing undoes the step that opening was, so that Back does not meet the same page twice.
    let close = Callback::new(move |()| match was_opened_here.get_value() {
        true => navigator.back(),
        false => navigator.replace(&at(Panel::None)),
    });
    let is_default = Memo::new(move |_| data.with(Workspace::is_default));
    let reason = Signal::derive(move || {
        is_default.get().then(|| "The default workspace holds everybody and cannot be deleted".to_owned())
    });
    view! {
        <Facts data=data/>
        <SettingsForm data=data subject=subject/>
        <section class="card card--danger" aria-labelledby="danger-title">
            <h2 class="card__title" id={"danger-title"}>{"Delete this workspace"}</h2>
            <p>{"Its budgets and guardrails are destroyed and its broadcast destinations disabled. This cannot be undone."}</p>
            <Button variant=ButtonVariant::Danger icon=Icon::Trash disabled_reason=reason on_click=open>
                "Delete workspace…"
            </Button>
        </section>
        <DeleteDialog data=data is_open=Signal::derive(move || panel.get() == Panel::Delete) on_close=close/>
    }
}
