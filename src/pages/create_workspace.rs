//! Creating a workspace.
//!
//! Invariant: what was typed stays until the workspace exists or the person throws it away; it outlives a reload.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{WriteError, workspaces};
use crate::components::{Editing, LeaveDialog, PageHeader, WorkspaceFields, WriteErrorPanel, focus_first_problem};
use crate::domain::{CreateWorkspace, Workspace};
use crate::forms::WorkspaceForm;
use crate::routes::Route;
use crate::state::{
    Invalidation, Journal, Notices, Resource, UnsavedGuard, WorkspaceList, drafts, use_client, use_navigator,
};
use crate::ui::{Banner, Button, ButtonKind, ButtonVariant, LinkButton, Tone, handler};

const DRAFT: &str = "create-workspace";

/// The page.
#[component]
pub fn CreateWorkspacePage() -> impl IntoView {
    let list: WorkspaceList = expect_context();
    list.refresh_if_old();
    let kept = drafts::restore(DRAFT).map(|(draft, _): (WorkspaceForm, _)| draft);
    let is_restored = RwSignal::new(kept.is_some());
    let editing = Editing::new(kept.unwrap_or_default());
    editing.judge(move |form| form.validate_create(|slug| list.is_taken(slug, None)).err().unwrap_or_default());
    guard_draft(editing);
    let failure = RwSignal::new(None::<WriteError>);
    let pending = RwSignal::new(false);
    let create = creation(editing, failure, pending);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if pending.get_untracked() {
            return;
        }
        editing.touch_all();
        match untrack(|| editing.form().validate_create(|slug| list.is_taken(slug, None))) {
            Ok(request) => create.run(request),
            Err(_) => focus_first_problem(),
        }
    };
    let discard = Callback::new(move |()| {
        editing.fill(WorkspaceForm::default());
        is_restored.set(false);
    });
    view! {
        <LeaveDialog/>
        <PageHeader title="Create workspace"/>
        <Show when=move || is_restored.get()>
            <Banner tone=Tone::Info title="Your unsaved draft is back">
                <Button on_click=discard>"Start anew"</Button>
            </Banner>
        </Show>
        <form class="form" on:submit=handler(submit) novalidate=true aria-label="New workspace">
            <WorkspaceFields editing=editing suggests_slug=true/>
            {move || failure.get().map(|failure| view! {
                <WriteErrorPanel title="The workspace could not be created" failure=failure/>
            }.into_any())}
            <div class="form__actions">
                <LinkButton href=Route::home().href()>"Cancel"</LinkButton>
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary pending=pending>
                    "Create workspace"
                </Button>
            </div>
        </form>
    }
}

/// Keeps the draft for a reload, and asks before leaving it.
fn guard_draft(editing: Editing) {
    let is_touched = Memo::new(move |_| {
        let form = editing.form();
        form != WorkspaceForm { key_scope: form.key_scope, ..WorkspaceForm::default() }
    });
    drafts::follow(DRAFT.to_owned(), is_touched, move || (editing.form(), WorkspaceForm::default()));
}

fn creation(
    editing: Editing,
    failure: RwSignal<Option<WriteError>>,
    pending: RwSignal<bool>,
) -> Callback<CreateWorkspace> {
    let client = use_client();
    let navigator = use_navigator();
    let (journal, notices): (Journal, Notices) = (expect_context(), expect_context());
    let (guard, list): (UnsavedGuard, WorkspaceList) = (expect_context(), expect_context());
    let invalidation: Invalidation = expect_context();
    let created = move |workspace: Workspace, is_here: bool| {
        notices.success(format!("“{}” was created", workspace.name));
        let route = Route::workspace(&workspace.slug);
        list.upsert(workspace);
        invalidation.invalidate(Resource::Workspaces);
        // Whoever went elsewhere meanwhile stays there, with what is being edited there.
        if is_here {
            guard.set(false);
            navigator.replace(&route);
        }
    };
    Callback::new(move |request: CreateWorkspace| {
        let client = client.clone();
        pending.set(true);
        failure.set(None);
        spawn_local(async move {
            let result = workspaces::create(&client, &request).await;
            journal.note("Create workspace", format!("{} ({})", request.name.as_str(), request.slug), &result);
            let is_here = pending.try_set(false).is_none();
            match result {
                Ok(workspace) => created(workspace, is_here),
                // Whoever left finds it in the journal.
                Err(_) if !is_here => {}
                Err(refused) => {
                    failure.try_set(editing.place(refused));
                }
            }
        });
    })
}
