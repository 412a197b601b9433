//! The table: a row for each workspace, with each limit and its use.

use leptos::prelude::*;

use super::rows::Rows;
use crate::components::{HeaderCheckbox, RowCheckbox, SelectableRows};
use crate::data::{Remote, Shared, WorkspaceBudgetUse};
use crate::domain::{Interval, Pressure, Workspace, inline_message};
use crate::navigation::use_navigator;
use crate::routes::{Route, WorkspaceView};
use crate::search::order::{BudgetSort, Direction};
use crate::search::{BudgetUse, LimitUse, SpendReading};
use crate::ui::{Badge, BadgeTone, SortDirection, SortHeader, VirtualTable, percentage};

/// The table.
#[component]
pub(super) fn BudgetTable(rows: Rows) -> impl IntoView {
    let shown = rows.shown;
    let row = Callback::new(move |at: usize| match shown.with(|shown| shown.get(at).cloned()) {
        Some(workspace) => cells(rows, &workspace),
        None => ().into_any(),
    });
    let row_key = Callback::new(move |at: usize| {
        shown.with(|shown| shown.get(at).map_or_else(String::new, |workspace| workspace.id.to_string()))
    });
    view! {
        <SelectableRows row_selection=rows.row_selection>
        <VirtualTable
            caption="Budgets of all workspaces"
            class="table--budgets"
            header=move || headers(rows)
            row_count=Signal::derive(move || shown.with(Vec::len))
            row_key=row_key
            row=row
            columns=7
            body=rows.row_selection.body
            busy=Signal::derive(move || rows.uses.remaining() != 0)
        />
        </SelectableRows>
    }
}

fn headers(rows: Rows) -> AnyView {
    let navigator = use_navigator();
    let query = rows.query;
    let header = move |sort: BudgetSort, label: &'static str, class: &'static str| {
        let active = Signal::derive(move || {
            query.with(|query| {
                (query.sort == sort).then_some(match query.direction() {
                    Direction::Ascending => SortDirection::Ascending,
                    Direction::Descending => SortDirection::Descending,
                })
            })
        });
        let on_sort = Callback::new(move |()| {
            navigator.push(&query.with_untracked(|query| query.sorted_by(sort).route()));
        });
        view! { <SortHeader label=label active=active on_sort=on_sort numeric=class == "col-limit" class=class/> }
            .into_any()
    };
    let limits = Interval::ALL.map(|interval| header(BudgetSort::Interval(interval), interval.label(), "col-limit"));
    view! {
        <HeaderCheckbox row_selection=rows.row_selection/>
        {header(BudgetSort::Name, "Workspace", "col-name")}
        {header(BudgetSort::Worst, "Most used", "col-worst")}
        {limits.into_iter().collect_view()}
    }
    .into_any()
}

fn cells(rows: Rows, workspace: &Workspace) -> AnyView {
    let key = WorkspaceBudgetUse(workspace.id.clone());
    rows.uses.prioritize(&key);
    let state = rows.uses.get(&key);
    let standing = state.data();
    let href = Route::Workspace((&workspace.slug).into(), WorkspaceView::Budgets).href();
    let limit = |interval: Interval| {
        view! {
            <td role="cell" class="col-limit is-numeric" data-label=interval.label()>
                {limit_cell(standing.map(|standing| &**standing), interval)}
            </td>
        }
    };
    view! {
        <RowCheckbox row_selection=rows.row_selection id=workspace.id.clone() name=workspace.label()/>
        <td role="cell" class="col-name is-title">
            <div class="cell-stack">
                <a class="cell-link" href=href><bdi>{workspace.label()}</bdi></a>
                <bdi class="cell-note mono">{workspace.slug.to_string()}</bdi>
            </div>
        </td>
        <td role="cell" class="col-worst" data-label="Most used">{worst_cell(&state)}</td>
        {Interval::ALL.map(limit).map(IntoAny::into_any).collect_view()}
    }
    .into_any()
}

fn worst_cell(state: &Remote<Shared<BudgetUse>>) -> AnyView {
    if let Some(error) = state.error() {
        let reason = inline_message(&error.to_string());
        return view! { <span title=reason><Badge tone=BadgeTone::Danger>"Not read"</Badge></span> }.into_any();
    }
    let Some(standing) = state.data() else {
        return view! { <span class="muted">{"…"}</span> }.into_any();
    };
    match (standing.worst(), &standing.spend) {
        (Some((interval, used)), _) => {
            let tone = tone_of(used.pressure());
            let words = match used.pressure() {
                Pressure::Over => format!("Over {}", interval.as_str()),
                Pressure::Near | Pressure::Fine => format!("{} {}", share(&used), interval.as_str()),
            };
            view! { <Badge tone=tone>{words}</Badge> }.into_any()
        }
        (None, SpendReading::NotNeeded) => view! { <span class="muted">{"No budget"}</span> }.into_any(),
        (None, _) => view! { <Badge tone=BadgeTone::Warning>"Spend unknown"</Badge> }.into_any(),
    }
}

fn limit_cell(standing: Option<&BudgetUse>, interval: Interval) -> AnyView {
    let Some(limit) = standing.and_then(|standing| standing.state.ladder.get(interval)) else {
        return view! { <span class="muted">{"—"}</span> }.into_any();
    };
    let Some(used) = standing.and_then(|standing| standing.used(interval)) else {
        return view! { <span>{limit.to_string()}</span> }.into_any();
    };
    let class = match used.pressure() {
        Pressure::Fine => "use",
        Pressure::Near => "use use--near",
        Pressure::Over => "use use--over",
    };
    let width = percentage(used.ratio());
    view! {
        <div class=class title=format!("{} of {limit} spent", used.spent)>
            <span class="use__limit">{limit.to_string()}</span>
            <span class="use__share">{share(&used)}</span>
            <span class="use__bar" aria-hidden="true"><span class="use__fill" style:inline-size=width></span></span>
        </div>
    }
    .into_any()
}

fn tone_of(pressure: Pressure) -> BadgeTone {
    match pressure {
        Pressure::Fine => BadgeTone::Neutral,
        Pressure::Near => BadgeTone::Warning,
        Pressure::Over => BadgeTone::Danger,
    }
}

/// The share in whole percent.
fn share(used: &LimitUse) -> String {
    used.spent.format_share(used.limit)
}
