//! Setting an expiry on several API keys. The expiry of a key can't change, so each gets a successor, as one job.
//!
//! Invariant: nothing is sent that the preview did not show. The old keys stay as they are.

use std::sync::Arc;

use leptos::prelude::*;

use super::bulk::{change_cells, skipped};
use super::create::ExpiryFields;
use super::fields::KeyEditing;
use super::list::KeysList;
use crate::browser::now;
use crate::components::{JobDialog, JobPanels, JobStartButtons, PreviewTable, clamped, summary_of};
use crate::domain::text::verb_counted;
use crate::domain::{KeyState, Timestamp, WorkspaceId};
use crate::forms::{Expiry, KeyForm};
use crate::jobs::JobKind;
use crate::jobs::planners::rotation::{RotatedKey, Rotation, spec};
use crate::search::keys::KeyRow;
use crate::ui::dynamic;

const KIND: JobKind = JobKind::RotateKeys;

/// The selected keys, each with the reason why it is skipped.
type Forecasts = Arc<Vec<(Arc<KeyRow>, Option<&'static str>)>>;

/// The dialog while its panel is open. Each time it starts with the same choice.
#[component]
pub(super) fn RotateDialog(list: KeysList, panels: JobPanels) -> impl IntoView {
    let is_open = Memo::new(move |_| panels.is_asked(KIND) || panels.is_job(KIND));
    dynamic(move || is_open.get().then(|| view! { <OpenDialog list=list panels=panels/> }))
}

#[component]
fn OpenDialog(list: KeysList, panels: JobPanels) -> impl IntoView {
    let form = KeyForm { expiry: Expiry::Days90, ..KeyForm::default() };
    let editing = KeyEditing::new(form, String::new());
    let expiry = move || editing.form.with(|form| form.expires_at(now()));
    let forecasts = Memo::new(move |_| {
        let now = now();
        let reason = |row: &KeyRow| match row.key.state(now) {
            KeyState::Active => None,
            KeyState::Disabled => Some("Disabled"),
            KeyState::Expired => Some("Expired"),
        };
        Arc::new(list.selected().into_iter().map(|row| (row.clone(), reason(&row))).collect::<Vec<_>>())
    });
    let ready = move || forecasts.with(|all| all.iter().filter(|(_, reason)| reason.is_none()).count());
    let reason = move || match expiry() {
        Err(problem) => Some(problem.to_owned()),
        Ok(_) => (ready() == 0).then(|| "No API keys to rotate".to_owned()),
    };
    let start = move |()| {
        if let Ok(Some(expires_at)) = untrack(expiry) {
            panels.job.start::<Rotation>(spec(expires_at, forecasts.with_untracked(items)));
        }
    };
    let buttons = move || {
        view! {
            <JobStartButtons
                panels=panels
                label=Signal::derive(move || verb_counted("Create", ready(), "new API key", "new API keys"))
                disabled_reason=Signal::derive(reason)
                on_start=start
            />
        }
    };
    let title = Signal::derive(move || verb_counted("Rotate", ready(), "API key", "API keys"));
    view! {
        <JobDialog panels=panels panel=KIND title=title buttons=buttons>
            <p>{"The expiry of an API key can’t change. So each API key gets a new one with the same settings and the expiry. You hand over the new secrets, and then disable the old API keys."}</p>
            <p class={"muted"}>{"New API keys have no spend yet. Presets, guardrail assignments and routing rules of the old ones stay with them."}</p>
            <div class="key-fields"><ExpiryFields editing=editing is_required=true/></div>
            <Preview forecasts=forecasts expiry=Signal::derive(move || expiry().ok().flatten())/>
        </JobDialog>
    }
}

fn items(forecasts: &Forecasts) -> Vec<(WorkspaceId, RotatedKey)> {
    let ready = forecasts.iter().filter(|(_, reason)| reason.is_none());
    let item = |row: &KeyRow| {
        let key = RotatedKey { hash: row.key.hash.clone(), name: row.key.title(), label: row.key.label.clone() };
        (row.workspace.clone(), key)
    };
    ready.map(|(row, _)| item(row)).collect()
}

#[component]
fn Preview(forecasts: Memo<Forecasts>, expiry: Signal<Option<Timestamp>>) -> impl IntoView {
    let at = move |at: usize| forecasts.with(|all| all.get(at).cloned());
    let summary = move || {
        let skipped = forecasts.with(|all| all.iter().filter(|(_, reason)| reason.is_some()).count());
        summary_of(&[(forecasts.with(|all| all.len()) - skipped, "to rotate"), (skipped, "skipped")])
    };
    let cells = move |(row, reason): (Arc<KeyRow>, Option<&'static str>)| {
        let change = move || match reason {
            Some(reason) => skipped(reason),
            None => {
                let day = expiry.get().map(|at| at.date_text()).unwrap_or_default();
                clamped(None, format!("New API key, expires {day}"))
            }
        };
        change_cells(&row, (move || change()).into_any())
    };
    view! {
        <PreviewTable
            caption="Preview of the changes"
            heads=&["API key", "Workspace", "Change"]
            summary=Signal::derive(summary)
            row_count=Signal::derive(move || forecasts.with(|all| all.len()))
            row_key=move |row| at(row).map_or_else(String::new, |(row, _)| row.key.hash.to_string())
            row=move |row| at(row).map_or_else(|| ().into_any(), cells)
        />
    }
}
