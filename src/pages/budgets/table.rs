//! The table: a row for each workspace, with each limit and its use.

use std::sync::Arc;

use leptos::prelude::*;

use super::basis::source_of;
use super::rows::Rows;
use crate::components::{
    HeaderCheckbox, RowCheckbox, SelectableRows, figure_text, laid_out_class, row_height, sort_header,
};
use crate::data::{Remote, WorkspaceBudgetUse};
use crate::domain::pace::day_of;
use crate::domain::{Forecast, Interval, Pressure, Workspace, inline_message};
use crate::navigation::use_navigator;
use crate::routes::{BudgetsQuery, Route, WorkspaceView};
use crate::search::budget_use::LimitUse;
use crate::search::columns::{TableLayout, TableName};
use crate::search::{BudgetUse, SpendReading, order::BudgetSort};
use crate::ui::{Badge, BadgeTone, VirtualTable, exact_text, percentage, row_of};

/// The shown columns with their labels.
type Columns = Arc<Vec<(BudgetSort, &'static str)>>;

#[component]
pub(super) fn BudgetTable(rows: Rows, layout: TableLayout) -> impl IntoView {
    let shown = rows.shown;
    let columns: Columns = Arc::new(TableName::Budgets.shown_as(&layout, BudgetSort::parse));
    let (headed, count) = (columns.clone(), columns.len() + 2);
    let at = move |at: usize| shown.with(|shown| shown.get(at).cloned());
    view! {
        <SelectableRows row_selection=rows.row_selection>
        <VirtualTable
            caption="Budgets of all workspaces"
            class=laid_out_class("table--budgets", TableName::Budgets, &layout)
            header=move || headers(rows, &headed)
            row_count=Signal::derive(move || shown.with(Vec::len))
            row_key=move |row| at(row).map_or_else(String::new, |it| it.id.to_string())
            row=row_of(at, move |it| cells(rows, &it, &columns))
            columns=count
            row_height=row_height(&layout, 44.0)
            body=rows.row_selection.body
            busy=Signal::derive(move || rows.uses.remaining() != 0)
        />
        </SelectableRows>
    }
}

fn class(column: BudgetSort) -> &'static str {
    match column {
        BudgetSort::Name => "col-name",
        BudgetSort::Worst => "col-worst",
        BudgetSort::Forecast => "col-forecast",
        BudgetSort::Interval(_) => "col-limit is-numeric",
    }
}

fn headers(rows: Rows, columns: &[(BudgetSort, &'static str)]) -> AnyView {
    let navigator = use_navigator();
    let query = rows.query;
    let header = move |sort: BudgetSort, label: &'static str| {
        let active = move || query.with(|query| query.order.rank_of(sort));
        let on_sort = move |has_shift| {
            let query = query.get_untracked();
            navigator.push(&BudgetsQuery { order: query.order.after_press(sort, has_shift), ..query }.route());
        };
        sort_header(label, class(sort), active, on_sort)
    };
    view! {
        <HeaderCheckbox row_selection=rows.row_selection/>
        {header(BudgetSort::Name, TableName::Budgets.title())}
        {columns.iter().map(|(sort, label)| header(*sort, label)).collect_view()}
    }
    .into_any()
}

fn cells(rows: Rows, workspace: &Workspace, columns: &[(BudgetSort, &'static str)]) -> AnyView {
    let key = WorkspaceBudgetUse(workspace.id.clone());
    rows.uses.prioritize(&key);
    let state = rows.use_of(&workspace.id);
    let href = Route::Workspace((&workspace.slug).into(), WorkspaceView::Budgets).href();
    let worst = state.data().and_then(|it| it.worst()).map(|(interval, _)| interval);
    let cell = |(column, label): &(BudgetSort, &'static str)| {
        let content = match column {
            // It is the first cell.
            BudgetSort::Name => return ().into_any(),
            BudgetSort::Worst => worst_cell(&state),
            BudgetSort::Forecast => forecast_cell(state.data()),
            BudgetSort::Interval(interval) => limit_cell(state.data(), *interval),
        };
        let is_worst = matches!(column, BudgetSort::Interval(interval) if worst == Some(*interval));
        view! { <td role="cell" class=class(*column) class:is-worst=is_worst data-label=*label>{content}</td> }
            .into_any()
    };
    view! {
        <RowCheckbox row_selection=rows.row_selection id=workspace.id.clone() name=workspace.label()/>
        <td role="cell" class="col-name is-title">
            <div class="cell-stack">
                <a class="cell-link" href=href><bdi>{workspace.label()}</bdi></a>
                <bdi class="cell-note mono">{workspace.slug.to_string()}</bdi>
            </div>
        </td>
        {columns.iter().map(cell).collect_view()}
    }
    .into_any()
}

fn worst_cell(state: &Remote<BudgetUse>) -> AnyView {
    if let Some(error) = state.error() {
        let reason = inline_message(&error.to_string());
        return view! { <span title=reason><Badge tone=BadgeTone::Danger>"Not loaded"</Badge></span> }.into_any();
    }
    let Some(budget_use) = state.data() else { return view! { <span class="muted">{"…"}</span> }.into_any() };
    match (budget_use.worst(), &budget_use.spend) {
        (Some((interval, used)), _) => {
            let share = || format!("{} {}", used.spent.format_share(used.limit), interval.as_str());
            let (tone, text) = match used.pressure() {
                Pressure::Fine => (BadgeTone::Neutral, share()),
                Pressure::Near => (BadgeTone::Warning, share()),
                Pressure::Over => (BadgeTone::Danger, format!("Over {}", interval.as_str())),
            };
            let source = source_of(budget_use).map(|(word, about)| {
                view! {
                    <span class="cell-note" title=about>{word}</span>
                }
            });
            view! { <div class="cell-stack"><Badge tone=tone>{exact_text(text)}</Badge>{source}</div> }.into_any()
        }
        (None, SpendReading::NotNeeded) => view! { <span class="muted">{"No budget"}</span> }.into_any(),
        (None, _) => view! { <Badge tone=BadgeTone::Warning>"Spend unknown"</Badge> }.into_any(),
    }
}

/// The limit that is reached first at the present pace.
fn forecast_cell(budget_use: Option<&BudgetUse>) -> AnyView {
    let muted = |text: &'static str| view! { <span class="muted">{text}</span> }.into_any();
    let Some(budget_use) = budget_use else { return muted("…") };
    match budget_use.first_reached() {
        Some((interval, Forecast::At(at))) => {
            let day =
                day_of(at, budget_use.figure(interval).map_or(budget_use.at, |figure| budget_use.read_at(&figure)));
            let text = format!("{} {day}", interval.label());
            let title = format!("At this pace the {} limit is reached {day}", interval.as_str());
            view! { <span class="forecast is-at-risk" title=title>{exact_text(text)}</span> }.into_any()
        }
        Some(_) => muted("Reached"),
        None if Interval::ALL.into_iter().any(|interval| budget_use.forecast(interval).is_some()) => muted("On track"),
        None => muted("—"),
    }
}

fn limit_cell(budget_use: Option<&BudgetUse>, interval: Interval) -> AnyView {
    let Some(limit) = budget_use.and_then(|it| it.state.ladder.get(interval)) else {
        return view! { <span class="muted">{"—"}</span> }.into_any();
    };
    let Some((figure, at)) = budget_use.and_then(|it| it.figure(interval).map(|figure| (figure, it.read_at(&figure))))
    else {
        return view! { <span title=limit.to_string()>{exact_text(limit.table_text())}</span> }.into_any();
    };
    let used = LimitUse { spent: figure.spent, limit };
    let class = match used.pressure() {
        Pressure::Fine => "use",
        Pressure::Near => "use use--near",
        Pressure::Over => "use use--over",
    };
    let width = percentage(used.ratio());
    view! {
        <div class=class class:use--differs=figure.by_keys.is_some() title=figure_text(interval, figure, limit, at)>
            <span class="use__limit">{exact_text(limit.table_text())}</span>
            <span class="use__share">{exact_text(used.spent.format_share(used.limit))}</span>
            {figure.by_keys.map(|keys| view! {
                <span class="use__keys">{exact_text(format!("keys {}", keys.format_share(limit)))}</span>
            }.into_any())}
            <span class="use__bar" aria-hidden="true"><span class="use__fill" style:inline-size=width></span></span>
        </div>
    }
    .into_any()
}
