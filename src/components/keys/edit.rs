//! Changing one API key: its name, limit, state and workspace.
//!
//! Invariant: the form starts with the key as it is on the server.

use std::sync::Arc;

use leptos::prelude::*;

use super::fields::{KeyEditing, LimitFields, NameField, WorkspaceField};
use super::list::{KeysList, owner_text};
use super::table::state_badge;
use crate::browser::now;
use crate::components::{ErrorPanel, WriteFailurePanel};
use crate::data::{Freshness, KeyDetails, Remote, use_data};
use crate::domain::{ApiKey, KeyHash, KeyState, Timestamp, WorkspaceId, inline_text};
use crate::forms::{KeyField, KeyForm};
use crate::search::keys::KeyRow;
use crate::ui::{Banner, Button, ButtonVariant, CopyButton, Dialog, Icon, Skeleton, Switch, Tone, dynamic};
use crate::write::{EditKey, EditKeyEnd, Writer, use_write};

/// What moves along with a key, and what does not.
pub(super) const MOVES_ALONG: &str = "Guardrail assignments move along. Presets, BYOK keys, destinations and routing rules don’t: \
     those of the new workspace apply. The API doesn’t say whether the spend so far counts in the new workspace.";

#[component]
pub(super) fn EditDialog(
    list: KeysList,
    editing: RwSignal<Option<(WorkspaceId, KeyHash)>>,
    on_rotate: Callback<Arc<KeyRow>>,
) -> impl IntoView {
    let key = use_data(move || editing.get().map(|(workspace, hash)| KeyDetails(workspace, hash)));
    let close = Callback::new(move |()| editing.set(None));
    let title = Signal::derive(move || key.get().map_or_else(|| "API key".to_owned(), |key| inline_text(&key.title())));
    let outcome = Memo::new(move |_| {
        key.state.with(|state| match state {
            Remote::Loading => None,
            Remote::Failed(error) => Some(Err(error.clone())),
            Remote::Ready(_, Freshness::Stale(error)) if error.is_not_found() => Some(Err(error.clone())),
            Remote::Ready(..) => Some(Ok(())),
        })
    });
    let form = move || {
        let workspace = editing.with_untracked(|editing| editing.as_ref().map(|(workspace, _)| workspace.clone()))?;
        let key = ApiKey::clone(&*key.get_untracked()?);
        Some(view! { <EditForm list=list key=key workspace=workspace on_close=close on_rotate=on_rotate/> })
    };
    let content = move || {
        dynamic(move || match outcome.get() {
            None => view! { <Skeleton lines=6/> }.into_any(),
            Some(Err(error)) => {
                let retry = move |()| key.refetch();
                // With an effect it is shown here too while the banner behind the dialog says that the browser is offline.
                view! { <ErrorPanel title="Couldn’t load the API key" error=error effect="Nothing was changed." on_retry=retry/> }
                    .into_any()
            }
            Some(Ok(())) => form().into_any(),
        })
    };
    view! {
        <Dialog open=Signal::derive(move || editing.with(Option::is_some)) on_close=close title=title>
            {content()}
        </Dialog>
    }
}

/// One key while it is edited.
#[derive(Clone, Copy)]
struct Edit {
    list: KeysList,
    /// The key as last read.
    base: RwSignal<ApiKey>,
    editing: KeyEditing,
    /// The workspace in which the list shows the key, with its slug.
    place: StoredValue<(WorkspaceId, String)>,
    /// The field that someone else changed at the same time.
    changed: RwSignal<Option<&'static str>>,
    writer: Writer<EditKey>,
    on_close: Callback<()>,
}

impl Edit {
    fn new(list: KeysList, key: ApiKey, workspace: WorkspaceId, on_close: Callback<()>) -> Self {
        let known = untrack(|| list.workspaces.find(&(&workspace).into()));
        let slug = known.map_or_else(|| workspace.to_string(), |it| it.slug.to_string());
        let editing = KeyEditing::new(KeyForm::of(&key, now()), slug.clone());
        let (base, changed) = (RwSignal::new(key), RwSignal::new(None));
        let writer = use_write(move |_: EditKey, result| {
            match result {
                Ok(EditKeyEnd::Saved) => on_close.run(()),
                Ok(EditKeyEnd::Changed(saved, field)) => {
                    base.set(*saved);
                    changed.set(Some(field));
                }
                Err(failure) => return Some(failure),
            }
            None
        });
        Self { list, base, editing, place: StoredValue::new((workspace, slug)), changed, writer, on_close }
    }

    fn workspace(self) -> WorkspaceId {
        self.place.with_value(|(workspace, _)| workspace.clone())
    }

    /// The workspace that was entered. An unchanged one needs no list of workspaces.
    fn target(self) -> Option<WorkspaceId> {
        let is_same = self.editing.workspace.with(|text| self.place.with_value(|(_, slug)| text == slug));
        if is_same { Some(self.workspace()) } else { self.editing.workspace_id(self.list.workspaces) }
    }

    fn submit(self) {
        self.changed.set(None);
        let (form, base, target) = untrack(|| (self.editing.form.get(), self.base.get(), self.target()));
        match form.change(&base, target) {
            Ok(change) if change.is_empty() => self.on_close.run(()),
            Ok(change) => {
                let name = |id: &WorkspaceId| untrack(|| self.list.workspaces.name_of(&id.into()));
                let workspace = self.workspace();
                let to = change.workspace_id.as_ref().map(name).unwrap_or_default();
                let places = (name(&workspace), to);
                self.writer.run(EditKey { workspace, base, change, places });
            }
            Err(problems) => self.editing.problems.set(problems),
        }
    }
}

#[component]
fn EditForm(
    list: KeysList,
    key: ApiKey,
    workspace: WorkspaceId,
    on_close: Callback<()>,
    on_rotate: Callback<Arc<KeyRow>>,
) -> impl IntoView {
    let edit = Edit::new(list, key.clone(), workspace, on_close);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        edit.submit();
    };
    let hash = key.hash.clone();
    let row = move || list.all.with_untracked(|all| all.iter().find(|row| row.key.hash == hash).cloned());
    let rotate = move |()| row().into_iter().for_each(|row| on_rotate.run(row));
    view! {
        <form class="key-fields" on:submit=submit novalidate=true>
            <KeyFacts list=list key=key/>
            <EditFields edit=edit/>
            {move || edit.changed.get().map(|field| view! {
                <Banner tone=Tone::Warning title="Someone else changed this API key">
                    <p>{format!("They changed its {field} after you opened it. Nothing was sent. To replace their change, save again.")}</p>
                </Banner>
            })}
            <WriteFailurePanel title="Couldn’t change the API key" failure=edit.writer.failure/>
            <div class="key-fields__buttons">
                <Button icon=Icon::Refresh on_click=rotate>"Rotate…"</Button>
                <Button on_click=on_close>"Cancel"</Button>
                <Button variant=ButtonVariant::Primary submits=true pending=edit.writer.pending>"Save changes"</Button>
            </div>
        </form>
    }
}

#[component]
fn EditFields(edit: Edit) -> impl IntoView {
    let Edit { list, editing, .. } = edit;
    let is_enabled = editing.bind(KeyField::Name, |form| !form.is_disabled, |form, on: bool| form.is_disabled = !on);
    let is_moving = Memo::new(move |_| edit.target().is_some_and(|id| id != edit.workspace()));
    let is_expired = edit.base.with_untracked(|key| key.state(now()) == KeyState::Expired);
    view! {
        <NameField editing=editing/>
        <WorkspaceField editing=editing workspaces=list.workspaces/>
        {move || is_moving.get().then(|| view! {
            <Banner tone=Tone::Info title="The API key moves to another workspace"><p>{MOVES_ALONG}</p></Banner>
        })}
        <LimitFields editing=editing/>
        {(!is_expired).then(|| view! {
            <Switch
                checked=is_enabled
                label="Enabled"
                description=Some("A disabled API key stops working immediately. You can enable it again.".to_owned())
            />
        })}
    }
}

/// What can't be changed here.
#[component]
fn KeyFacts(list: KeysList, key: ApiKey) -> impl IntoView {
    let state = state_badge(key.state(now()));
    let hash = Signal::stored(key.hash.to_string());
    let owner = key.creator_user_id.clone();
    let owner = move || {
        let entry = owner.as_ref().map(|owner| list.directory.entry(owner));
        let name = owner_text(entry.as_ref());
        if name.is_empty() { "No owner".to_owned() } else { name }
    };
    let date = |at: Option<&Timestamp>, none: &str| at.map_or_else(|| none.to_owned(), Timestamp::date_text);
    view! {
        <dl class="facts">
            <div class="facts__item"><dt>{"State"}</dt><dd>{state}</dd></div>
            <div class="facts__item"><dt>{"Key"}</dt><dd class="mono"><bdi>{inline_text(&key.label)}</bdi></dd></div>
            <div class="facts__item">
                <dt>{"Hash"}</dt>
                <dd class="mono key-fields__hash"><bdi>{move || hash.get()}</bdi><CopyButton text=hash label="Copy hash"/></dd>
            </div>
            <div class="facts__item"><dt>{"Owner"}</dt><dd>{dynamic(move || view! { <bdi>{inline_text(&owner())}</bdi> })}</dd></div>
            <div class="facts__item"><dt>{"Expires"}</dt><dd>{date(key.expires_at.as_ref(), "Never")}</dd></div>
            <div class="facts__item"><dt>{"Last used"}</dt><dd>{date(key.last_used_at.as_ref(), "No use recorded")}</dd></div>
        </dl>
    }
}
