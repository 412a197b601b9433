//! What the change would do to each selected workspace. What needs attention comes first, then the rest by name.

use std::sync::Arc;

use leptos::prelude::*;

use super::fields::ChangeEditing;
use crate::api::ApiError;
use crate::components::{PreviewTable, clamped, summary_of, workspace_cell};
use crate::data::{Freshness, Remote, WorkspaceBudgetUse};
use crate::domain::{Interval, Plan, Workspace, WorkspaceId, inline_message};
use crate::forms::{BulkProblem, Preview, Skipped};
use crate::pages::budgets::rows::Rows;
use crate::search::sorting::sort_rows;
use crate::ui::BadgeTone;

/// What the change would do to one workspace. The order is that of the table.
#[derive(Debug, Clone, PartialEq)]
enum Forecast {
    Conflict(String),
    Unread(ApiError),
    Loading,
    /// It would change, and the spend has used up these new limits already.
    UsedUp(Plan, Vec<Interval>),
    Change(Plan),
    Unchanged,
}

impl Forecast {
    fn of(preview: Preview) -> Self {
        match preview {
            Preview::Change(plan, used_up) if used_up.is_empty() => Self::Change(*plan),
            Preview::Change(plan, used_up) => Self::UsedUp(*plan, used_up),
            Preview::Skip(Skipped::Unchanged) => Self::Unchanged,
            Preview::Skip(Skipped::Conflict(violation)) => Self::Conflict(violation.to_string()),
            Preview::Skip(Skipped::OutOfRange(interval)) => {
                Self::Conflict(format!("The {} limit would be no amount", interval.as_str()))
            }
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Conflict(_) => 0,
            Self::Unread(_) => 1,
            Self::Loading => 2,
            Self::UsedUp(..) => 3,
            Self::Change(_) => 4,
            Self::Unchanged => 5,
        }
    }

    fn plan(&self) -> Option<&Plan> {
        match self {
            Self::UsedUp(plan, _) | Self::Change(plan) => Some(plan),
            _ => None,
        }
    }

    fn note(&self) -> Option<(BadgeTone, &'static str, String)> {
        match self {
            Self::Conflict(reason) => Some((BadgeTone::Danger, "Conflict", reason.clone())),
            Self::Loading => Some((BadgeTone::Neutral, "Being read…", String::new())),
            Self::Unread(error) => Some((BadgeTone::Warning, "Not read", inline_message(&error.to_string()))),
            Self::UsedUp(_, used_up) => {
                let used_up = used_up.iter().map(|interval| interval.as_str()).collect::<Vec<_>>().join(", ");
                Some((BadgeTone::Warning, "Used up", format!("{used_up}: requests are refused at once")))
            }
            Self::Unchanged => Some((BadgeTone::Neutral, "Already so", String::new())),
            Self::Change(_) => None,
        }
    }
}

/// What the change would do to each workspace, or why the form is not a change.
type Forecasts = Result<Vec<(Arc<Workspace>, Forecast)>, BulkProblem>;

#[derive(Clone, Copy)]
pub(super) struct Review {
    forecasts: Memo<Forecasts>,
}

impl Review {
    pub(super) fn new(editing: ChangeEditing, rows: Rows) -> Self {
        let chosen = Memo::new(move |_| match rows.query.with(|query| query.is_changing) {
            true => rows.selected(),
            false => Vec::new(),
        });
        let forecasts = Memo::new(move |_| {
            let change = editing.form().validate()?;
            let forecast = |workspace: &Arc<Workspace>| match rows.uses.get(&WorkspaceBudgetUse(workspace.id.clone())) {
                Remote::Loading => Forecast::Loading,
                Remote::Failed(error) | Remote::Ready(_, Freshness::Stale(error)) => Forecast::Unread(error),
                Remote::Ready(now, _) => Forecast::of(change.preview(&now)),
            };
            let mut forecasts: Vec<_> =
                chosen.with(|chosen| chosen.iter().map(|workspace| (workspace.clone(), forecast(workspace))).collect());
            sort_rows(&mut forecasts, |(_, left), (_, right)| left.rank().cmp(&right.rank()));
            Ok(forecasts)
        });
        Self { forecasts }
    }

    fn count(&self, is_counted: impl Fn(&Forecast) -> bool) -> usize {
        self.forecasts.with(|all| all.iter().flatten().filter(|(_, forecast)| is_counted(forecast)).count())
    }

    pub(super) fn ready(&self) -> usize {
        self.count(|forecast| forecast.plan().is_some())
    }

    pub(super) fn reason(&self) -> Option<String> {
        if let Some(problem) = self.problem() {
            return Some(problem.to_string());
        }
        if self.count(|forecast| *forecast == Forecast::Loading) != 0 {
            return Some("The budgets are being read".to_owned());
        }
        (self.ready() == 0).then(|| "No workspace would be changed".to_owned())
    }

    fn problem(&self) -> Option<BulkProblem> {
        self.forecasts.with(|all| all.as_ref().err().cloned())
    }

    pub(super) fn plans(&self) -> Vec<(WorkspaceId, Plan)> {
        self.forecasts.with(|all| {
            let plan = |(workspace, forecast): &(Arc<Workspace>, Forecast)| {
                Some((workspace.id.clone(), forecast.plan()?.clone()))
            };
            all.iter().flatten().filter_map(plan).collect()
        })
    }

    fn summary(&self) -> String {
        if let Some(problem) = self.problem() {
            return problem.to_string();
        }
        summary_of(&[
            (self.ready(), "would be changed"),
            (self.count(|it| matches!(it, Forecast::UsedUp(..))), "with a new limit that is used up already"),
            (self.count(|it| matches!(it, Forecast::Conflict(_))), "in conflict, left as they are"),
            (self.count(|it| matches!(it, Forecast::Loading | Forecast::Unread(_))), "not read, left as they are"),
            (self.count(|it| *it == Forecast::Unchanged), "already so"),
        ])
    }
}

#[component]
pub(super) fn ChangePreview(review: Review) -> impl IntoView {
    let at = move |at: usize| review.forecasts.with(|all| all.as_ref().ok().and_then(|all| all.get(at).cloned()));
    view! {
        <PreviewTable
            caption="Preview of the changes"
            heads=&["Workspace", "Change", "Note"]
            summary=Signal::derive(move || review.summary())
            row_count=Signal::derive(move || review.forecasts.with(|all| all.as_ref().map_or(0, Vec::len)))
            row_key=move |row| at(row).map_or_else(String::new, |(it, _)| it.id.to_string())
            row=move |row| at(row).map_or_else(|| ().into_any(), |(it, forecast)| cells(&it, &forecast))
        />
    }
}

fn cells(workspace: &Workspace, forecast: &Forecast) -> AnyView {
    let steps = clamped(None, forecast.plan().map_or_else(|| "—".to_owned(), Plan::describe));
    let note = forecast.note().map(|(tone, label, text)| clamped(Some((tone, label)), text));
    view! {
        {workspace_cell(workspace)}
        <td role="cell" data-label="Change">{steps}</td>
        <td role="cell" data-label="Note">{note}</td>
    }
    .into_any()
}
