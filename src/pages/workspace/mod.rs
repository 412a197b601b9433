//! One workspace: what it is, its settings, and its deletion.
//!
//! Invariant: the workspace is fetched by what the address names; everything else is done by its UUID.

mod delete;
mod delete_keys;
mod facts;
mod merge;
mod save;
mod settings;

use leptos::prelude::*;

use crate::api::workspaces;
use crate::components::{AsyncView, PageHeader};
use crate::domain::{Workspace, WorkspaceRef};
use crate::routes::{Panel, Route};
use crate::state::{Resource, use_navigator, use_query};
use crate::ui::{Badge, BadgeTone, Button, ButtonVariant, Icon};

use delete::DeleteDialog;
use facts::Facts;
use settings::SettingsForm;

/// The page.
#[component]
pub fn WorkspacePage(
    /// Which workspace the address names.
    workspace: Memo<Option<WorkspaceRef>>,
    /// Which panel is open over it.
    panel: Memo<Panel>,
) -> impl IntoView {
    let query = use_query(
        Resource::Workspace,
        move || workspace.get(),
        async |client, workspace| workspaces::get(&client, &workspace).await,
    );
    let content =
        Callback::new(move |(data,): (Signal<Workspace>,)| view! { <Content data=data panel=panel/> }.into_any());
    view! { <AsyncView query=query failure="The workspace could not be loaded" content=content/> }
}

#[component]
fn Content(data: Signal<Workspace>, panel: Memo<Panel>) -> impl IntoView {
    let navigator = use_navigator();
    let at = move |panel| data.with_untracked(|workspace| Route::Workspace(WorkspaceRef::from(&workspace.slug), panel));
    let open = Callback::new(move |()| navigator.push(&at(Panel::Delete)));
    let close = Callback::new(move |()| navigator.replace(&at(Panel::None)));
    let is_default = Memo::new(move |_| data.with(Workspace::is_default));
    let title = Signal::derive(move || data.with(|workspace| workspace.name.clone()));
    let reason = Signal::derive(move || {
        is_default.get().then(|| "The default workspace holds everybody and cannot be deleted".to_owned())
    });
    view! {
        <PageHeader
            title=title
            meta=Box::new(move || view! {
                {move || is_default.get().then(|| view! { <Badge tone=BadgeTone::Accent>"Default"</Badge> })}
                <Facts data=data/>
            }.into_any())
        />
        <SettingsForm data=data/>
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
