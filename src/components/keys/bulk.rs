//! One change of several API keys, made as one job.
//!
//! Invariant: nothing is sent that the preview did not show.

use std::sync::Arc;

use leptos::prelude::*;

use super::edit::MOVES_ALONG;
use super::fields::{AmountFields, workspace_options};
use crate::browser::now;
use crate::components::people::name_cell;
use crate::components::{JobDialog, JobPanels, JobStartButtons, PreviewTable, clamped, place_cell, summary_of};
use crate::data::Workspaces;
use crate::domain::{ApiKey, KeyHash, KeyState, LimitReset, Usd, WorkspaceId, WorkspaceRef, text::verb_counted};
use crate::jobs::JobKind;
use crate::jobs::planners::keys::{KeyChange, KeyItem, KeyLimit, Keys, KeysAction, spec};
use crate::search::keys::KeyRow;
use crate::ui::{Badge, BadgeTone, ButtonVariant, Combobox, Field, dynamic};

/// What would be done to one key, or why it is skipped.
type Forecast = Result<KeyChange, &'static str>;
type Forecasts = Arc<Vec<(Arc<KeyRow>, Forecast)>>;

/// The keys that a dialog is about.
#[derive(Clone, Copy)]
pub(super) struct BulkKeys {
    pub rows: Signal<Vec<Arc<KeyRow>>>,
    pub workspaces: Workspaces,
}

/// What is entered for a limit and for a move.
#[derive(Clone, Copy)]
struct Entered {
    limit: RwSignal<String>,
    reset: RwSignal<String>,
    workspace: RwSignal<String>,
}

#[derive(Clone, Copy)]
struct Review {
    action: KeysAction,
    keys: BulkKeys,
    entered: Entered,
    forecasts: Memo<Forecasts>,
}

pub(super) fn action_of(kind: JobKind) -> Option<KeysAction> {
    Some(match kind {
        JobKind::DisableKeys => KeysAction::Disable,
        JobKind::EnableKeys => KeysAction::Enable,
        JobKind::LimitKeys => KeysAction::Limit,
        JobKind::MoveKeys => KeysAction::Move,
        JobKind::DeleteKeys => KeysAction::Delete,
        _ => return None,
    })
}

/// The dialog of one kind of change while its panel is open. Each time it starts empty.
#[component]
pub(super) fn BulkDialog(keys: BulkKeys, panels: JobPanels, kind: JobKind) -> impl IntoView {
    let is_open = Memo::new(move |_| panels.is_asked(kind) || panels.is_job(kind));
    dynamic(move || {
        let action = action_of(kind).filter(|_| is_open.get())?;
        Some(view! { <OpenDialog keys=keys panels=panels kind=kind action=action/> })
    })
}

#[component]
fn OpenDialog(keys: BulkKeys, panels: JobPanels, kind: JobKind, action: KeysAction) -> impl IntoView {
    let entered = Entered {
        limit: RwSignal::new(String::new()),
        reset: RwSignal::new("monthly".to_owned()),
        workspace: RwSignal::new(String::new()),
    };
    let target = Memo::new(move |_| entered.target(keys.workspaces));
    let limit = Memo::new(move |_| entered.limit());
    let forecasts = Memo::new(move |_| {
        let (target, limit) = (target.get(), limit.get().ok());
        let forecast = |row: &Arc<KeyRow>| forecast(action, row, target.as_ref(), limit.as_ref());
        keys.rows.with(|rows| Arc::new(rows.iter().map(|row| (row.clone(), forecast(row))).collect::<Vec<_>>()))
    });
    let review = Review { action, keys, entered, forecasts };
    let label = move |count| match action {
        KeysAction::Disable => verb_counted("Disable", count, "API key", "API keys"),
        KeysAction::Enable => verb_counted("Enable", count, "API key", "API keys"),
        KeysAction::Limit => verb_counted("Set the limit of", count, "API key", "API keys"),
        KeysAction::Move => verb_counted("Move", count, "API key", "API keys"),
        KeysAction::Delete => verb_counted("Delete", count, "API key", "API keys"),
    };
    let mark = if kind.is_destructive() { "?" } else { "" };
    let title = Signal::derive(move || label(review.ready()) + mark);
    let variant = if kind.is_destructive() { ButtonVariant::Danger } else { ButtonVariant::Primary };
    let start = move |()| panels.job.start::<Keys>(spec(action, untrack(|| review.items())));
    let buttons = move || {
        view! {
            <JobStartButtons
                panels=panels
                variant=variant
                is_cautious=kind.is_destructive()
                label=Signal::derive(move || label(review.ready()))
                disabled_reason=Signal::derive(move || review.reason())
                on_start=start
            />
        }
    };
    view! {
        <JobDialog panels=panels panel=kind title=title buttons=buttons>
            {explanation(action).map(|text| view! { <p>{text}</p> })}
            {(action == KeysAction::Limit).then(|| view! { <div class="key-fields"><LimitChoice review=review/></div> })}
            {(action == KeysAction::Move).then(|| view! { <div class="key-fields"><MoveChoice review=review/></div> })}
            <Preview review=review/>
        </JobDialog>
    }
}

fn explanation(action: KeysAction) -> Option<&'static str> {
    match action {
        KeysAction::Disable => Some("Anything that uses them stops working immediately. You can enable them again."),
        KeysAction::Enable => Some("They work again immediately."),
        KeysAction::Limit => Some("API keys that have a limit keep it."),
        KeysAction::Move => None,
        KeysAction::Delete => Some(
            "Anything that uses them stops working immediately. You can’t undo it. Their spend is no longer listed.",
        ),
    }
}

impl Entered {
    fn limit(self) -> Result<KeyLimit, String> {
        let limit = self.limit.with(|text| Usd::parse(text)).map_err(|problem| problem.to_string())?;
        if limit.is_zero() {
            return Err("Enter an amount above $0".to_owned());
        }
        let reset = self.reset.get();
        Ok(KeyLimit { limit: Some(limit), reset: (!reset.is_empty()).then(|| LimitReset::from(reset)) })
    }

    /// The workspace to move to, by slug, ID or name. Tracks the list.
    fn target(self, workspaces: Workspaces) -> Option<WorkspaceId> {
        let text = self.workspace.get();
        let text = text.trim();
        let by_name = || {
            let rows = workspaces.rows();
            rows.iter().find(|row| row.workspace.label() == text).map(|row| row.workspace.clone())
        };
        let found = WorkspaceRef::parse(text).ok().and_then(|it| workspaces.find(&it)).or_else(by_name);
        found.map(|workspace| workspace.id.clone())
    }
}

fn forecast(action: KeysAction, row: &KeyRow, target: Option<&WorkspaceId>, limit: Option<&KeyLimit>) -> Forecast {
    let key: &ApiKey = &row.key;
    let is_expired = key.state(now()) == KeyState::Expired;
    match action {
        KeysAction::Disable if key.disabled => Err("Already disabled"),
        KeysAction::Disable if is_expired => Err("Expired"),
        KeysAction::Disable => Ok(KeyChange::Disable),
        KeysAction::Enable if is_expired => Err("Expired"),
        KeysAction::Enable if !key.disabled => Err("Already enabled"),
        KeysAction::Enable => Ok(KeyChange::Enable),
        KeysAction::Limit if key.limit.is_some() => Err("Has a limit"),
        KeysAction::Limit => {
            let limit = limit.ok_or("Enter a limit")?;
            Ok(KeyChange::Limit { from: KeyLimit::of(key), to: limit.clone() })
        }
        KeysAction::Move => match target.ok_or("Choose a workspace")? {
            id if *id == row.workspace => Err("Already there"),
            id => Ok(KeyChange::Move { to: id.clone() }),
        },
        KeysAction::Delete => Ok(KeyChange::Delete),
    }
}

impl Review {
    fn ready(&self) -> usize {
        self.forecasts.with(|all| all.iter().filter(|(_, forecast)| forecast.is_ok()).count())
    }

    fn items(&self) -> Vec<(WorkspaceId, KeyItem)> {
        let item = |(row, forecast): &(Arc<KeyRow>, Forecast)| {
            let change = forecast.clone().ok()?;
            let (hash, name, label) = (row.key.hash.clone(), row.key.title(), row.key.label.clone());
            Some((row.workspace.clone(), KeyItem { hash, name, label, change }))
        };
        self.forecasts.with(|all| all.iter().filter_map(item).collect())
    }

    fn reason(&self) -> Option<String> {
        let entered = match self.action {
            KeysAction::Limit => self.entered.limit().err(),
            KeysAction::Move if self.entered.target(self.keys.workspaces).is_none() => {
                Some("Choose a workspace".to_owned())
            }
            _ => None,
        };
        entered.or_else(|| (self.ready() == 0).then(|| "No API keys to change".to_owned()))
    }

    fn summary(&self) -> String {
        let ready = self.ready();
        let skipped = self.forecasts.with(|all| all.len()).saturating_sub(ready);
        let change = match self.action {
            KeysAction::Delete => "to delete",
            _ => "to change",
        };
        summary_of(&[(ready, change), (skipped, "skipped")])
    }

    fn at(&self, at: usize) -> Option<(Arc<KeyRow>, Forecast)> {
        self.forecasts.with(|all| all.get(at).cloned())
    }
}

#[component]
fn LimitChoice(review: Review) -> impl IntoView {
    let Entered { limit, reset, .. } = review.entered;
    // An empty field has no problem of its own yet.
    let problem = Signal::derive(move || review.entered.limit().err().filter(|_| limit.with(|text| !text.is_empty())));
    view! { <AmountFields limit=limit.into() reset=reset.into() problem=problem hint="For each of the API keys."/> }
}

#[component]
fn MoveChoice(review: Review) -> impl IntoView {
    view! {
        <Field label="Workspace" required=true hint=Some(MOVES_ALONG.to_owned())>
            <Combobox
                value=review.entered.workspace
                options=workspace_options(review.keys.workspaces)
                placeholder="Choose a workspace"
            />
        </Field>
    }
}

#[component]
fn Preview(review: Review) -> impl IntoView {
    view! {
        <PreviewTable
            caption="Preview of the changes"
            heads=&["API key", "Workspace", "Change"]
            summary=Signal::derive(move || review.summary())
            row_count=Signal::derive(move || review.forecasts.with(|all| all.len()))
            row_key=move |at| review.at(at).map_or_else(String::new, |(row, _)| row.key.hash.to_string())
            row=move |at| review.at(at).map_or_else(|| ().into_any(), |(row, forecast)| cells(review, &row, forecast))
        />
    }
}

fn cells(review: Review, row: &KeyRow, forecast: Forecast) -> AnyView {
    let change = match forecast {
        Ok(KeyChange::Disable) => clamped(None, "Disable".to_owned()),
        Ok(KeyChange::Enable) => clamped(None, "Enable".to_owned()),
        Ok(KeyChange::Limit { to, .. }) => clamped(None, to.text()),
        Ok(KeyChange::Move { to }) => clamped(None, untrack(|| review.keys.workspaces.name_of(&(&to).into()))),
        Ok(KeyChange::Delete) => match row.key.state(now()) {
            KeyState::Active => clamped(Some((BadgeTone::Warning, "Active")), "Delete".to_owned()),
            _ => clamped(None, "Delete".to_owned()),
        },
        Err(reason) => skipped(reason),
    };
    change_cells(row, change)
}

/// Why a key is skipped.
pub(super) fn skipped(reason: &'static str) -> AnyView {
    view! { <Badge tone=BadgeTone::Neutral>"Skipped"</Badge>" "<span class="muted">{reason}</span> }.into_any()
}

/// The cells of a key in a preview, with what changes.
pub(super) fn change_cells(row: &KeyRow, change: AnyView) -> AnyView {
    view! {
        {name_cell(row.key.title(), row.key.label.clone())}
        {place_cell(row.workspace_name.to_string(), None)}
        <td role="cell" data-label="Change">{change}</td>
    }
    .into_any()
}

/// The keys that a job has deleted.
pub(super) fn deleted(panels: JobPanels) -> Vec<KeyHash> {
    use crate::jobs::Outcome;
    panels.job.snapshot.with_untracked(|job| {
        let job = job.iter().filter(|job| job.words.kind == JobKind::DeleteKeys);
        let done = job.flat_map(|job| job.items()).filter(|(_, outcome)| **outcome == Outcome::Done);
        done.filter_map(|(about, _)| about.key.as_ref().map(|key| key.hash.clone())).collect()
    })
}
