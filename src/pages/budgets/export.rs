//! The selected rows, or else the shown ones, as a CSV file with exact amounts.

use std::sync::Arc;

use leptos::prelude::*;

use super::rows::Rows;
use crate::components::{Action, RecordsState, offer_actions, save_table};
use crate::data::{Freshness, Remote, WorkspaceBudgetUse};
use crate::domain::{Forecast, Interval, SpendSource, Timestamp, Usd, Workspace};
use crate::search::SpendReading;
use crate::ui::{Button, Icon};
use crate::write::Notices;

/// Saves the selected rows, or else those that are shown, once all of these have been read.
#[component]
pub(super) fn ExportButton(rows: Rows) -> impl IntoView {
    let notices: Notices = expect_context();
    let is_requested = RwSignal::new(false);
    let is_reading = Memo::new(move |_| {
        let is_busy = |workspace: &Arc<Workspace>| rows.uses.get(&WorkspaceBudgetUse(workspace.id.clone())).is_busy();
        let is_loading = rows.workspaces.data.state.with(Remote::is_loading);
        let has_no_records = rows.records.state.with(|state| *state == RecordsState::Loading);
        is_loading || has_no_records || exported(rows).iter().any(is_busy)
    });
    // Outside world: the file is saved after the last response that it needs.
    Effect::new(move |_| {
        if is_requested.get() && !is_reading.get() {
            is_requested.set(false);
            save_table(notices, "budgets", untrack(|| table(rows)));
        }
    });
    let reason = Signal::derive(move || exported(rows).is_empty().then(|| "No workspaces to export".to_owned()));
    let export = Callback::new(move |()| is_requested.set(true));
    offer_actions(move || {
        let is_offered = reason.with(Option::is_none);
        is_offered.then(|| Action::run(Icon::External, "Export budgets as CSV", export)).into_iter().collect()
    });
    view! {
        <Button icon=Icon::External disabled_reason=reason pending=is_requested on_click=export>"Export CSV"</Button>
    }
}

/// Tracks the selection and the shown rows.
fn exported(rows: Rows) -> Vec<Arc<Workspace>> {
    let shown = rows.shown.get();
    rows.row_selection.selected_rows(&rows.selected(), |workspace| &workspace.id).unwrap_or(shown)
}

fn table(rows: Rows) -> Vec<Vec<String>> {
    let mut header = vec!["workspace".to_owned(), "slug".to_owned(), "id".to_owned(), "byok_counts".to_owned()];
    for interval in Interval::ALL {
        let interval = interval.as_str();
        let columns = ["limit_usd", "spent_usd", "spent_by", "spent_by_keys_usd"];
        header.extend(columns.map(|column| format!("{interval}_{column}")));
    }
    header.extend(["spent_as_of", "forecast", "note"].map(str::to_owned));
    let lines = exported(rows).into_iter().map(|workspace| line(rows, &workspace));
    std::iter::once(header).chain(lines).collect()
}

/// Such as `monthly limit reached` or `monthly limit reached on 2026-11-23`.
fn forecast_text((interval, forecast): (Interval, Forecast)) -> String {
    let at = forecast.reached_at().filter(|at| *at > 0).and_then(Timestamp::from_unix_seconds);
    let day = at.map(|at| format!(" on {}", at.date())).unwrap_or_default();
    format!("{} limit reached{day}", interval.as_str())
}

fn line(rows: Rows, workspace: &Workspace) -> Vec<String> {
    let state = rows.use_of(&workspace.id);
    let budget_use = state.data();
    let counts_byok = budget_use.and_then(|it| it.state.counts_byok);
    let counts = counts_byok.map_or("", |counts| if counts { "yes" } else { "no" });
    let mut cells =
        vec![workspace.name.clone(), workspace.slug.to_string(), workspace.id.to_string(), counts.to_owned()];
    for interval in Interval::ALL {
        let limit = budget_use.and_then(|it| it.state.ladder.get(interval));
        let figure = budget_use.and_then(|it| it.figure(interval));
        let by_keys = budget_use.and_then(|it| match &it.spend {
            SpendReading::Known(spend) => Some(spend.within(interval, counts_byok == Some(true))),
            _ => None,
        });
        let source = figure.map_or("", |figure| match figure.source {
            SpendSource::Records => "API records",
            SpendSource::Keys => "API keys",
        });
        let text = |amount: Option<Usd>| amount.map(Usd::plain).unwrap_or_default();
        cells.extend([text(limit), text(figure.map(|it| it.spent)), source.to_owned(), text(by_keys)]);
    }
    let read_at = budget_use.filter(|it| matches!(it.spend, SpendReading::Known(_)));
    let read_at = read_at.map(|it| it.records.map_or(it.at, |records| records.at));
    let read_at = read_at.and_then(Timestamp::from_unix_seconds);
    cells.push(read_at.map(|at| at.as_str().to_owned()).unwrap_or_default());
    cells.push(budget_use.and_then(|it| it.first_reached()).map(forecast_text).unwrap_or_default());
    let note = match &state {
        Remote::Loading => "not loaded yet",
        Remote::Failed(_) => "couldn’t be loaded",
        Remote::Ready(_, Freshness::Stale(_)) => "couldn’t be refreshed, may be out of date",
        Remote::Ready(budget_use, _) => match &budget_use.spend {
            SpendReading::Failed(_) | SpendReading::TooLarge => "spend unknown",
            SpendReading::NotNeeded => "no budget",
            SpendReading::Known(_) => "",
        },
    };
    cells.push(note.to_owned());
    cells
}
