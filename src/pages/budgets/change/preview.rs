//! What the change would do to each selected workspace. What needs attention comes first, then the rest by name.

use std::sync::Arc;

use leptos::prelude::*;

use super::fields::ChangeEditing;
use super::scope::{LeftOut, Scope};
use crate::api::ApiError;
use crate::components::{PreviewTable, summary_of, workspace_cell};
use crate::data::{Freshness, Remote};
use crate::domain::{Interval, Ladder, Plan, Usd, Workspace, WorkspaceId, inline_message};
use crate::forms::{BulkProblem, Preview, Skipped};
use crate::pages::budgets::rows::Rows;
use crate::search::sorting::sort_rows;
use crate::ui::{Badge, BadgeTone, exact_text};

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
                Self::Conflict(format!("The new {} limit is $0 or too large", interval.as_str()))
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

    /// Why the workspace would not change.
    fn obstacle(&self) -> Option<(BadgeTone, &'static str, String)> {
        match self {
            Self::Conflict(reason) => Some((BadgeTone::Danger, "Conflict", reason.clone())),
            Self::Loading => Some((BadgeTone::Neutral, "Loading…", String::new())),
            Self::Unread(error) => Some((BadgeTone::Warning, "Not loaded", inline_message(&error.to_string()))),
            Self::Unchanged => Some((BadgeTone::Neutral, "Unchanged", String::new())),
            Self::UsedUp(..) | Self::Change(_) => None,
        }
    }

    fn is_used_up(&self, interval: Interval) -> bool {
        matches!(self, Self::UsedUp(_, used_up) if used_up.contains(&interval))
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
            let forecast = |workspace: &Arc<Workspace>| match rows.use_of(&workspace.id) {
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
            return Some("Loading budgets…".to_owned());
        }
        (self.ready() == 0).then(|| "No workspaces to change".to_owned())
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
            (self.ready(), if self.ready() == 1 { "workspace will change" } else { "workspaces will change" }),
            (
                self.count(|it| matches!(it, Forecast::UsedUp(..))),
                "with a new limit already used up, so requests will be refused immediately",
            ),
            (self.count(|it| matches!(it, Forecast::Conflict(_))), "skipped (conflict)"),
            (self.count(|it| matches!(it, Forecast::Loading | Forecast::Unread(_))), "skipped (not loaded)"),
            (self.count(|it| *it == Forecast::Unchanged), "unchanged"),
        ])
    }

    /// What the change means for the sums of the limits. Empty for a single workspace, whose row says it.
    pub(super) fn sums(&self) -> String {
        let sums = self.forecasts.with(|all| {
            let plans: Vec<&Plan> = all.iter().flatten().filter_map(|(_, forecast)| forecast.plan()).collect();
            if plans.len() < 2 { Vec::new() } else { sums(&plans) }
        });
        if sums.is_empty() { String::new() } else { format!("Sum of limits: {}", sums.join(" · ")) }
    }
}

/// The sums of the limits that would change, over the workspaces that would change: `Monthly $900.00 → $1,800.00`.
fn sums(plans: &[&Plan]) -> Vec<String> {
    let add = |sum: Option<Usd>, limit: Option<Usd>| sum?.checked_add(limit.unwrap_or_default());
    let sum_of = |interval: Interval, of: fn(&Plan) -> Ladder| {
        plans.iter().map(|plan| of(plan).get(interval)).fold(Some(Usd::default()), add)
    };
    let sum = |interval: Interval| {
        let before = sum_of(interval, |plan| plan.start().ladder)?;
        let after = sum_of(interval, |plan| plan.end().ladder)?;
        (before != after).then(|| format!("{} {before} → {after}", interval.label()))
    };
    Interval::ALL.into_iter().filter_map(sum).collect()
}

#[component]
pub(super) fn ChangePreview(review: Review, scope: Scope) -> impl IntoView {
    let at = move |at: usize| review.forecasts.with(|all| all.as_ref().ok().and_then(|all| all.get(at).cloned()));
    view! {
        <PreviewTable
            caption="Preview of the changes"
            heads=&["Workspace", "Lifetime", "Monthly", "Weekly", "Daily", "Leave out"]
            summary=Signal::derive(move || review.summary())
            row_count=Signal::derive(move || review.forecasts.with(|all| all.as_ref().map_or(0, Vec::len)))
            row_key=move |row| at(row).map_or_else(String::new, |(it, _)| it.id.to_string())
            row=move |row| at(row).map_or_else(|| ().into_any(), |(it, forecast)| cells(&it, &forecast, scope))
        >
            <LeftOut scope=scope/>
        </PreviewTable>
    }
}

fn cells(workspace: &Workspace, forecast: &Forecast, scope: Scope) -> AnyView {
    let rest = match (forecast.obstacle(), forecast.plan()) {
        (Some((tone, label, reason)), _) => view! {
            <td role="cell" colspan="4" class="change__obstacle">
                <Badge tone=tone>{label}</Badge>{" "}<bdi>{exact_text(reason)}</bdi>
            </td>
        }
        .into_any(),
        (None, Some(plan)) => {
            let (before, after) = (plan.start().ladder, plan.end().ladder);
            let cell = |interval: Interval| {
                limit_cell(interval, before.get(interval), after.get(interval), forecast.is_used_up(interval))
            };
            Interval::ALL.map(cell).collect_view().into_any()
        }
        (None, None) => ().into_any(),
    };
    view! { {workspace_cell(workspace)} {rest} {scope.cell(workspace)} }.into_any()
}

/// A limit before and after. What stays is muted.
fn limit_cell(interval: Interval, before: Option<Usd>, after: Option<Usd>, is_used_up: bool) -> AnyView {
    let content = if before == after {
        let text = after.map_or_else(|| "—".to_owned(), |limit| limit.to_string());
        view! { <span class="change__same">{exact_text(text)}</span> }.into_any()
    } else {
        let before = before.map(|limit| view! { <s class="change__before">{exact_text(limit.to_string())}</s>{" → "} });
        let after = after.map_or_else(|| "No limit".to_owned(), |limit| limit.to_string());
        let used_up = is_used_up.then(|| view! { {" "}<Badge tone=BadgeTone::Warning>{"Used up"}</Badge> });
        view! { <span>{before}<strong>{exact_text(after)}</strong>{used_up}</span> }.into_any()
    };
    view! { <td role="cell" class="change__limit is-line" class:is-same=before == after data-label=interval.label()>{content}</td> }
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{BudgetState, BudgetTarget};

    #[test]
    fn sums_are_of_the_limits_that_change() {
        let ladder = |limits: [&str; 4]| Ladder::new(limits.map(|limit| Usd::parse(limit).ok()));
        let plan = |before, after| {
            let start = BudgetState { ladder: ladder(before), counts_byok: None };
            Plan::new(start, BudgetTarget::with_limits(ladder(after).validate().unwrap()))
        };
        let plans =
            [plan(["", "100", "", "5"], ["", "150", "", "5"]), plan(["", "", "40", "7"], ["900", "50", "40", ""])];
        let expected = ["Lifetime $0.00 → $900.00", "Monthly $100.00 → $200.00", "Daily $12.00 → $5.00"];
        assert_eq!(sums(&plans.iter().collect::<Vec<_>>()), expected);
    }
}
