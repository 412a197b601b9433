//! The overview above the list: what was spent this month, and how many workspaces and API keys need attention.
//!
//! Invariant: it asks for spend and credits once for all workspaces. Budgets and keys are one by one, so it reads them, and the
//! records of the days that limits are compared with, only for up to [`MOST_READ`] workspaces. With more of them, each figure leads to the page that counts.

mod cell;
mod figures;
mod menu;
mod unreadable;
mod words;

use std::sync::Arc;

use leptos::prelude::*;

use super::spend_column::{SpendCells, SpendColumn};
use crate::api::ApiError;
use crate::components::{RecordsOfAll, use_offline_banner, use_records_of_all};
use crate::data::{
    AccountCredits, Data, Dated, Many, Remote, SpendThisMonth, WorkspaceOverview, use_data, use_many, use_workspaces,
};
use crate::domain::{Credits, Interval, NamedSpend, WorkspaceId};
use crate::routes::{BudgetsQuery, KeysQuery, Route};
use crate::search::month_spend::MonthSpend;
use crate::search::order::{BudgetFilter, BudgetSort, KeysFilter, Order};
use crate::search::overview::{OverviewCounts, WorkspaceReading};
use crate::ui::{exact_text, percentage};

use figures::{Figure, Tone};
use unreadable::UnreadableRows;

/// The most workspaces whose budgets and API keys are read for the overview: three calls each.
const MOST_READ: usize = 50;

#[derive(Clone, Copy)]
struct Readings {
    month: Data<Dated<NamedSpend>>,
    /// `None` until the records have been read.
    spend: Memo<Option<Arc<MonthSpend>>>,
    each: Many<WorkspaceOverview>,
    /// By which limits are compared, if their workspaces are counted.
    records: RecordsOfAll,
    counts: Memo<Counted>,
    credits: Data<Credits>,
    /// Whether one banner for all reads says why this one failed.
    is_said_offline: Callback<ApiError, bool>,
}

/// What is counted of all workspaces.
#[derive(Debug, Clone, PartialEq)]
enum Counted {
    Loading,
    /// The list of workspaces could not be read.
    Unlisted(ApiError),
    TooMany,
    Counts {
        counts: Box<OverviewCounts>,
        workspaces: usize,
    },
}

fn use_readings() -> Readings {
    let workspaces = use_workspaces();
    let month = use_data(|| Some(SpendThisMonth));
    let spend = Memo::new(move |_| {
        let rows = month.get()?;
        // Names that are not in the list yet would be those of other workspaces.
        if workspaces.data.state.with(Remote::is_loading) {
            return None;
        }
        let list = workspaces.rows();
        Some(Arc::new(MonthSpend::new(&rows.rows, list.iter().map(|row| row.workspace.as_ref()))))
    });
    let ids = Memo::new(move |_| {
        let ids: Vec<WorkspaceId> = workspaces.rows().iter().map(|row| row.workspace.id.clone()).collect();
        let is_listed = !workspaces.data.state.with(Remote::is_loading);
        (is_listed && ids.len() <= MOST_READ).then_some(ids)
    });
    let each = use_many(move || ids.get().into_iter().flatten().map(WorkspaceOverview).collect());
    let records = use_records_of_all(workspaces, move || ids.with(Option::is_some));
    let counts = Memo::new(move |last: Option<&Counted>| {
        let recorded = records.state.get();
        let unlisted = workspaces.data.state.with(|state| match state {
            Remote::Loading => Some(Counted::Loading),
            Remote::Failed(error) => Some(Counted::Unlisted(error.clone())),
            Remote::Ready(..) if state.is_loading() => Some(Counted::Loading),
            Remote::Ready(..) => None,
        });
        let reading = |key: WorkspaceOverview| match each.get(&key) {
            Remote::Ready(reading, _) => {
                let mut reading = WorkspaceReading::clone(&reading);
                if let Ok(budgets) = &mut reading.budgets {
                    budgets.records = recorded.known().and_then(|records| records.of(&key.0));
                }
                Some(reading)
            }
            Remote::Failed(error) => Some(WorkspaceReading { budgets: Err(error.clone()), dormant: Err(error) }),
            Remote::Loading => None,
        };
        let all = ids.get().map(|ids| ids.into_iter().map(WorkspaceOverview).map(reading).collect::<Option<Vec<_>>>());
        match (unlisted, all) {
            (Some(unlisted), _) => unlisted,
            (None, None) => Counted::TooMany,
            (None, Some(Some(all))) => {
                Counted::Counts { counts: Box::new(OverviewCounts::of(&all)), workspaces: all.len() }
            }
            // A workspace is new: the last figures stay until it has been read.
            (None, Some(None)) => last.cloned().unwrap_or(Counted::Loading),
        }
    });
    let is_said_offline = use_offline_banner();
    let is_said_offline = Callback::new(move |error| is_said_offline(&error));
    Readings { month, spend, each, records, counts, credits: use_data(|| Some(AccountCredits)), is_said_offline }
}

#[component]
pub(crate) fn Overview() -> impl IntoView {
    let readings = use_readings();
    let workspaces = use_workspaces();
    if let Some(column) = use_context::<SpendColumn>() {
        column.fill(SpendCells {
            cell: Callback::new(move |workspace| cell::spend_cell(readings, workspace)),
            menu: Callback::new(move |workspace| menu::row_menu(workspaces, workspace)),
            spend: Callback::new(move |workspace| readings.spend.with(|spend| spend.as_ref()?.of(&workspace)?.known())),
        });
    }
    let budgets = |filter| BudgetsQuery { filter, ..BudgetsQuery::default() }.route();
    let by_month =
        BudgetsQuery { order: Order::by(BudgetSort::Interval(Interval::Monthly)), ..BudgetsQuery::default() };
    let dormant = KeysQuery { filter: KeysFilter::Dormant, ..KeysQuery::default() };
    view! {
        <section aria-label="Overview">
            <ul class="overview__tiles">
                {tile("Spend this month", Some(by_month.route()), move || readings.spend_figure())}
                {tile("Over limit", Some(budgets(BudgetFilter::Over)), move || {
                    readings.count(|counts| &counts.over, Tone::Danger, words::of_limited)
                })}
                {tile("Over 80%", Some(budgets(BudgetFilter::Near)), move || {
                    readings.count(|counts| &counts.near, Tone::Warning, words::with_those_over)
                })}
                {tile("No budget", Some(budgets(BudgetFilter::Without)), move || {
                    readings.count(|counts| &counts.without, Tone::Neutral, words::of_all)
                })}
                {tile("Dormant API keys", Some(dormant.on_all()), move || {
                    readings.count(|counts| &counts.dormant, Tone::Neutral, words::unused)
                })}
                // No view of the console shows credits.
                {tile("Credits left", None, move || readings.credits_figure())}
            </ul>
            <p class="overview__note">{move || exact_text(readings.basis())}</p>
        </section>
        <UnreadableRows/>
    }
}

fn tile(label: &'static str, to: Option<Route>, figure: impl Fn() -> Figure + Send + Sync + 'static) -> AnyView {
    let figure = Memo::new(move |_| figure());
    let class = move || {
        figure.with(|figure| match figure {
            Figure::Known { tone: Tone::Danger, .. } => "overview__tile is-danger",
            Figure::Known { tone: Tone::Warning, .. } => "overview__tile is-warning",
            Figure::Unknown { .. } => "overview__tile is-unknown",
            _ => "overview__tile",
        })
    };
    let title = move || {
        figure.with(|figure| match figure {
            Figure::Loading => None,
            Figure::Known { title, .. } | Figure::Unknown { title, .. } => Some(title.clone()),
        })
    };
    let content = move || {
        view! {
            <span class="overview__label">{label}</span>
            {move || content(figure.get())}
        }
        .into_any()
    };
    let inner = match to {
        Some(to) => view! { <a class="overview__link" href=to.href() title=title>{content()}</a> }.into_any(),
        None => view! { <div class="overview__link" title=title>{content()}</div> }.into_any(),
    };
    view! { <li class=class>{inner}</li> }.into_any()
}

fn content(figure: Figure) -> AnyView {
    match figure {
        Figure::Loading => view! {
            <span class="overview__figure skeleton"><span class={"skeleton__line"}></span></span>
            <span class={"overview__remark"}></span>
        }
        .into_any(),
        Figure::Known { value, note, share, .. } => view! {
            <span class="overview__figure">{exact_text(value)}</span>
            <span class="overview__remark">{exact_text(note)}</span>
            {share.map(|share| view! {
                <span class="overview__bar" aria-hidden="true"><span style:inline-size=percentage(share)></span></span>
            }.into_any())}
        }
        .into_any(),
        Figure::Unknown { note, .. } => view! {
            <span class="overview__figure">{"—"}</span>
            <span class="overview__remark">{exact_text(note)}</span>
        }
        .into_any(),
    }
}
