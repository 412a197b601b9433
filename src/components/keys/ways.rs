//! The ways out for API keys that block a deletion or a removal: they are moved, disabled or deleted, as one job, in a
//! dialog over the one that they block.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::bulk::{BulkDialog, BulkKeys};
use crate::browser::now;
use crate::components::{JobNames, JobPanels};
use crate::data::{Workspaces, use_workspaces};
use crate::domain::text::{counted, verb_counted};
use crate::domain::{ApiKey, KeyState, UserId, WorkspaceId};
use crate::jobs::{JobKind, JobRunner, Outcome, Snapshot};
use crate::search::keys::KeyRow;
use crate::ui::{Banner, Button, Tone, dynamic, focus};

/// Keys, each with its workspace.
pub(crate) type PlacedKeys = Vec<(WorkspaceId, ApiKey)>;

#[derive(Clone, Copy)]
pub(crate) struct KeyWays {
    panels: JobPanels,
    rows: RwSignal<Vec<Arc<KeyRow>>>,
    workspaces: Workspaces,
}

const KINDS: [JobKind; 3] = [JobKind::MoveKeys, JobKind::DisableKeys, JobKind::DeleteKeys];

impl KeyWays {
    /// It belongs to the view, so that the job does not end with the dialog below.
    pub(crate) fn new() -> Self {
        let panels = JobPanels::over_dialog(JobNames::of_keys());
        Self { panels, rows: RwSignal::default(), workspaces: use_workspaces() }
    }

    /// Whether a job runs, which the view asks about before it is left. Tracked.
    pub(crate) fn is_running(self) -> bool {
        self.panels.job.is_running.get()
    }

    /// Opens the dialog that does this to keys.
    pub(crate) fn open(self, kind: JobKind, keys: PlacedKeys) {
        let row = |(workspace, key): (WorkspaceId, ApiKey)| {
            let name = self.workspaces.name_of(&(&workspace).into());
            Arc::new(KeyRow::new(key, workspace, name.into(), None, true))
        };
        self.rows.set(untrack(|| keys.into_iter().map(row).collect()));
        self.panels.open(kind);
    }
}

/// The dialogs. They are outside of the one that opens them.
#[component]
pub(crate) fn KeyWaysDialogs(ways: KeyWays) -> impl IntoView {
    let keys = BulkKeys { rows: ways.rows.into(), workspaces: ways.workspaces };
    // Outside world: the focus. The button that opened the dialog may be gone with its key.
    Effect::new(move |was_open: Option<bool>| {
        let is_open = ways.panels.is_open();
        if was_open == Some(true) && !is_open {
            request_animation_frame(focus_dialog_below);
        }
        is_open
    });
    KINDS
        .map(|kind| view! { <BulkDialog keys=keys panels=ways.panels kind=kind/> }.into_any())
        .into_iter()
        .collect_view()
}

/// Focuses the dialog on top, unless something has the focus.
fn focus_dialog_below() {
    let is_on_body = document().active_element().is_none_or(|it| it.tag_name() == "BODY");
    let dialogs = document().query_selector_all("dialog:modal").ok().filter(|_| is_on_body);
    let top = dialogs.and_then(|all| all.item(all.length().checked_sub(1)?)?.dyn_into::<web_sys::Element>().ok());
    let first = top.and_then(|top| top.query_selector("[autofocus], button").ok().flatten());
    if let Some(first) = first.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        focus(&first);
    }
}

/// A button for each way that these keys have. Keys that do not work can only be moved or deleted.
#[component]
pub(crate) fn KeyWayButtons(ways: KeyWays, keys: PlacedKeys) -> impl IntoView {
    let now = now();
    let active = keys.iter().filter(|(_, key)| key.state(now) == KeyState::Active).count();
    let (count, keys) = (keys.len(), StoredValue::new(keys));
    let button = move |kind: JobKind, verb: &str, count: usize| {
        let label = verb_counted(verb, count, "API key", "API keys") + "…";
        view! { <Button on_click=move |()| ways.open(kind, keys.get_value())>{label}</Button> }.into_any()
    };
    view! {
        <div class="key-list__ways">
            {button(JobKind::MoveKeys, "Move", count)}
            {(active != 0).then(|| button(JobKind::DisableKeys, "Disable", active))}
            {button(JobKind::DeleteKeys, "Delete", count)}
        </div>
    }
}

/// After a removal: the keys of people whom the API refused to remove. Nothing published says whether disabled and expired
/// keys count.
#[component]
pub(crate) fn RefusedOwnersKeys(
    job: JobRunner,
    ways: KeyWays,
    /// The keys of a workspace, as far as they have been read.
    #[prop(into)]
    keys_of: Callback<WorkspaceId, Vec<ApiKey>>,
) -> impl IntoView {
    let refused = Memo::new(move |_| {
        let mut refused: HashMap<WorkspaceId, Vec<UserId>> = HashMap::new();
        job.snapshot.with(|job| {
            let is_removal = |job: &&Snapshot| matches!(job.words.kind, JobKind::RemoveMembers | JobKind::Offboard);
            for (about, outcome) in job.iter().filter(is_removal).flat_map(|job| job.items()) {
                if matches!(outcome, Outcome::Refused(_)) && about.key.is_none() {
                    refused.entry(about.workspace.clone()).or_default().extend(about.person.clone());
                }
            }
        });
        refused
    });
    dynamic(move || {
        let refused = refused.get();
        let mut owners = 0;
        let mut keys = PlacedKeys::new();
        for (workspace, people) in &refused {
            let all = keys_of.run(workspace.clone());
            for person in people {
                let before = keys.len();
                let own = all.iter().filter(|key| key.creator_user_id.as_ref() == Some(person));
                keys.extend(own.map(|key| (workspace.clone(), key.clone())));
                owners += usize::from(keys.len() != before);
            }
        }
        (!keys.is_empty()).then(|| {
            let title = format!(
                "{} still {} {}",
                counted(owners, "refused person", "refused people"),
                if owners == 1 { "has" } else { "have" },
                counted(keys.len(), "API key", "API keys")
            );
            view! {
                <Banner tone=Tone::Warning title=title>
                    <p>{"The API may count disabled and expired API keys too. Move or delete these keys, and then try again."}</p>
                    <KeyWayButtons ways=ways keys=keys/>
                </Banner>
            }
        })
    })
}
