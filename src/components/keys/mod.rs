//! API keys of one workspace or of all: the table, and what is done with keys.
//!
//! Invariant: search, filter, order and the open panel are in the address. The selection is by hash and survives them.

mod bulk;
mod create;
mod edit;
mod export;
mod fields;
mod list;
mod rotate;
mod secret;
mod secrets;
mod table;
mod toolbar;
mod ways;

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    Action, BlockingKeys, InterruptedJobs, JobNames, JobPanels, KeysRole, LeaveJobDialog, ListBody, ListContent,
    NoDirectory, ReadError, SelectionBar, offer_actions, use_table_layout,
};
use crate::data::Remote;
use crate::domain::text::counted;
use crate::domain::{KeyHash, WorkspaceId, inline_text};
use crate::jobs::JobKind;
use crate::navigation::PanelSteps;
use crate::routes::{KeysPanel, Route};
use crate::search::keys::KeyRow;
use crate::ui::{Banner, Button, ButtonVariant, Dialog, EmptyState, Icon, Tone};

use bulk::{BulkDialog, BulkKeys};
use create::{CreateDialog, Creation};
use edit::EditDialog;
pub(crate) use list::KeysList;
use rotate::RotateDialog;
use secret::{Issued, SecretDialog};
use secrets::{Handover, OldKeysDialog, SecretsDialog};
use table::KeysTable;
use toolbar::{Toolbar, UnknownMembers, UnreadKeys};
pub(crate) use ways::{KeyWayButtons, KeyWays, KeyWaysDialogs, PlacedKeys, RefusedOwnersKeys};

impl KeysPanel {
    /// The job that the panel prepares. Creating is none.
    fn job(self) -> Option<JobKind> {
        match self {
            Self::Create => None,
            Self::Disable => Some(JobKind::DisableKeys),
            Self::Enable => Some(JobKind::EnableKeys),
            Self::Limit => Some(JobKind::LimitKeys),
            Self::Move => Some(JobKind::MoveKeys),
            Self::Delete => Some(JobKind::DeleteKeys),
            Self::Expiry => Some(JobKind::RotateKeys),
        }
    }
}

fn key_panels(list: KeysList) -> JobPanels {
    let panel = Memo::new(move |_| list.query.with(|query| query.panel).and_then(KeysPanel::job));
    let at = Callback::new(move |kind: Option<JobKind>| -> Route {
        let panel = KeysPanel::ALL.into_iter().find(|panel| kind.is_some() && panel.job() == kind);
        list.route_of(panel)
    });
    let panels = JobPanels::new(JobNames::new(true), panel, at);
    let selection = list.row_selection.selection;
    for kind in JobKind::KEYS {
        panels.require_selection(*kind, move || selection.with_untracked(|it| it.is_empty()));
    }
    // Outside world: a job has ended, and the list does not show it yet.
    Effect::new(move |_| {
        if panels.job.has_ended.get() {
            let deleted = bulk::deleted(panels);
            selection.update(|selection| deleted.iter().for_each(|key| selection.remove(key)));
        }
    });
    panels
}

/// The table with its toolbar, panels and dialogs.
#[component]
pub(crate) fn KeysView(list: KeysList) -> impl IntoView {
    let panels = key_panels(list);
    let steps = PanelSteps::new();
    let issued = RwSignal::new(None::<Issued>);
    let (rotating, handed_over) = (RwSignal::new(None::<Arc<KeyRow>>), RwSignal::new(None::<Arc<KeyRow>>));
    let editing = RwSignal::new(None::<(WorkspaceId, KeyHash)>);
    let is_panel = Memo::new(move |_| list.query.with(|query| query.panel == Some(KeysPanel::Create)));
    let close_creation = Callback::new(move |()| {
        rotating.set(None);
        if is_panel.get_untracked() {
            steps.close(&list.route_of(None));
        }
    });
    let creation = Creation {
        is_open: Signal::derive(move || is_panel.get() || rotating.with(Option::is_some)),
        rotating,
        issued,
        on_close: close_creation,
    };
    let create = Callback::new(move |()| steps.open(&list.route_of(Some(KeysPanel::Create))));
    let rotate = Callback::new(move |row| {
        editing.set(None);
        rotating.set(Some(row));
    });
    let refresh = Callback::new(move |()| list.keys.refetch());
    let name_of = move |hash: KeyHash| {
        let row = untrack(|| list.all.with(|all| all.iter().find(|row| row.key.hash == hash).cloned()));
        row.map_or_else(|| hash.to_string(), |row| row.key.title())
    };
    offer_key_actions(list, panels, create, refresh);
    let bulk_button = move |kind: JobKind, label: &'static str, icon: Icon| {
        let variant = if kind.is_destructive() { ButtonVariant::Danger } else { ButtonVariant::Secondary };
        view! { <Button variant=variant icon=icon on_click=move |()| panels.open(kind)>{label}</Button> }.into_any()
    };
    let selected = BulkKeys { rows: Signal::derive(move || list.selected()), workspaces: list.workspaces };
    let (ways, handover) = (KeyWays::new(), Handover::new(panels));
    let has_secret = Memo::new(move |_| issued.with(Option::is_some) || handover.is_open.get());
    let leaving = Memo::new(move |_| panels.job.kind.get().filter(|kind| *kind == JobKind::RotateKeys));
    view! {
        // With a secret, its dialog asks.
        {move || (!has_secret.get()).then(|| view! { <LeaveJobDialog kind=leaving.get().unwrap_or(JobKind::DisableKeys)/> })}
        <InterruptedJobs
            panels=panels
            kinds=JobKind::KEYS
            about=Signal::derive(move || list.workspace.map(|workspace| workspace.with(|it| it.id.clone())))
        />
        <Toolbar list=list on_create=create on_refresh=refresh/>
        {list.workspace.is_none().then(|| view! {
            <ReadError data=list.workspaces.data title="The list of workspaces may be incomplete"/>
        })}
        <NoDirectory directory=list.directory/>
        <UnreadKeys list=list/>
        <UnknownMembers list=list/>
        <Content list=list on_edit=Callback::new(move |key| editing.set(Some(key)))/>
        <SelectionBar row_selection=list.row_selection noun="API keys" name_of=name_of>
            {bulk_button(JobKind::DeleteKeys, "Delete…", Icon::Trash)}
            {bulk_button(JobKind::MoveKeys, "Move…", Icon::Folder)}
            {bulk_button(JobKind::RotateKeys, "Set expiry…", Icon::Clock)}
            {bulk_button(JobKind::LimitKeys, "Set limit…", Icon::Wallet)}
            {bulk_button(JobKind::EnableKeys, "Enable…", Icon::Check)}
            {bulk_button(JobKind::DisableKeys, "Disable…", Icon::Minus)}
        </SelectionBar>
        {JobKind::KEYS.iter().map(|kind| view! { <BulkDialog keys=selected panels=panels kind=*kind/> }.into_any()).collect_view()}
        <RotateDialog list=list panels=panels/>
        <SecretsDialog handover=handover/>
        <OldKeysDialog list=list handover=handover ways=ways/>
        <KeyWaysDialogs ways=ways/>
        <CreateDialog list=list creation=creation/>
        <SecretDialog issued=issued on_handed_over=Callback::new(move |replaced| handed_over.set(replaced))/>
        <OldKeyDialog list=list old=handed_over/>
        <EditDialog list=list editing=editing on_rotate=rotate/>
    }
}

fn offer_key_actions(list: KeysList, panels: JobPanels, create: Callback<()>, refresh: Callback<()>) {
    let open = |kind: JobKind| Callback::new(move |()| panels.open(kind));
    let bulk = [
        (Icon::Minus, "Disable", open(JobKind::DisableKeys)),
        (Icon::Check, "Enable", open(JobKind::EnableKeys)),
        (Icon::Wallet, "Set limit of", open(JobKind::LimitKeys)),
        (Icon::Clock, "Set expiry of", open(JobKind::RotateKeys)),
        (Icon::Folder, "Move", open(JobKind::MoveKeys)),
        (Icon::Trash, "Delete", open(JobKind::DeleteKeys)),
    ];
    offer_actions(move || {
        let selected = list.row_selection.summary.with(|summary| summary.selected);
        let keys = counted(selected, "selected API key", "selected API keys");
        let changes = bulk.iter().filter(|_| selected != 0);
        let changes = changes.map(|(icon, verb, open)| Action::run(*icon, format!("{verb} {keys}…"), *open));
        let always = [
            Action::run(Icon::Plus, "Create API key…", create),
            Action::run(Icon::Refresh, "Refresh API keys", refresh),
        ];
        changes.chain(always).collect()
    });
}

#[component]
fn Content(list: KeysList, on_edit: Callback<(WorkspaceId, KeyHash)>) -> impl IntoView {
    let content = Memo::new(move |_| {
        let is_checking = list.members.remaining() != 0;
        match list.shown.with(|shown| shown.is_empty()) {
            false => ListContent::Table,
            true if list.is_loading.get() || is_checking => ListContent::Skeleton,
            true if list.all.with(|all| all.is_empty()) && list.keys.failed() != 0 => ListContent::Problem,
            true if list.workspaces.data.state.with(|state| matches!(state, Remote::Failed(_))) => ListContent::Problem,
            true => ListContent::NoMatch,
        }
    });
    let is_empty = Memo::new(move |_| list.all.with(|all| all.is_empty()));
    let no_match = move || {
        match is_empty.get() {
        true => view! { <EmptyState title="No API keys yet" icon=Icon::Key>"Create an API key to send requests to models."</EmptyState> }.into_any(),
        false => view! { <EmptyState title="No matching API keys" icon=Icon::Search>"Try another search or filter."</EmptyState> }.into_any(),
    }
    };
    let layout = use_table_layout(list.table(), move || list.query.with(|query| query.layout.clone()));
    let columns = layout.with_untracked(|layout| list.table().shown(layout).len() + 2);
    let table = move || {
        let layout = layout.get();
        view! { <KeysTable list=list layout=layout on_edit=on_edit/> }.into_any()
    };
    view! { <ListBody content=content columns=columns table=table no_match=no_match/> }
}

/// The last step of a rotation: the old key is disabled, deleted or kept.
#[component]
fn OldKeyDialog(list: KeysList, old: RwSignal<Option<Arc<KeyRow>>>) -> impl IntoView {
    let close = Callback::new(move |()| old.set(None));
    let title = move || old.with(|old| old.as_ref().map(|old| inline_text(&old.key.title())).unwrap_or_default());
    // As it is now. It goes when it was disabled or deleted.
    let now_listed = Memo::new(move |_| {
        let row = old.get()?;
        let is_same = |it: &&Arc<KeyRow>| it.key.hash == row.key.hash;
        list.all.with(|all| all.iter().find(is_same).filter(|it| !it.key.disabled).cloned())
    });
    view! {
        <Dialog
            open=Signal::derive(move || old.with(Option::is_some))
            on_close=close
            title=Signal::derive(move || format!("Replace the old “{}”", title()))
            footer=move || view! { <Button on_click=close>"Close"</Button> }.into_any()
        >
            {move || match now_listed.get() {
                Some(row) => view! {
                    <p>{"When the new secret is in use everywhere, disable the old API key. Delete it when nothing misses it. Or close this, and do it later."}</p>
                    <BlockingKeys workspace=row.workspace.clone() keys=vec![row.key.clone()] unread=None role=KeysRole::Stay/>
                }.into_any(),
                None => view! { <Banner tone=Tone::Success title="The old API key no longer works"/> }.into_any(),
            }}
        </Dialog>
    }
}
