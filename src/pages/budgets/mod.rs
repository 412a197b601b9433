//! The budgets of all workspaces with their use, and one change for many of them.
//!
//! Invariant: search, filter, order and the open panel are in the address. The selection is by ID and survives them.

mod basis;
mod change;
mod export;
mod rows;
mod table;

use leptos::prelude::*;

use crate::components::{
    Action, InterruptedJobs, LeaveJobDialog, ListBody, ListContent, PageHeader, ReadError, SelectionBar, ViewMenu,
    fixed_options, offer_actions, search_in_address, shown_of, use_table_layout,
};
use crate::data::{Remote, use_workspaces};
use crate::domain::text::{counted, format_count};
use crate::domain::{WorkspaceId, WorkspaceRef};
use crate::jobs::JobKind;
use crate::navigation::use_navigator;
use crate::routes::BudgetsQuery;
use crate::search::columns::TableName;
use crate::search::order::BudgetFilter;
use crate::ui::{Banner, Bound, Button, ButtonVariant, EmptyState, Icon, SearchBox, Segmented, Tone, dynamic, exact};

use basis::Basis;
use change::{ChangeDialog, change_panels};
use export::ExportButton;
use rows::Rows;
use table::BudgetTable;

#[component]
pub(crate) fn BudgetsPage(query: Memo<BudgetsQuery>) -> impl IntoView {
    let navigator = use_navigator();
    let in_address = Memo::new(move |_| query.with(|query| query.search.clone()));
    let search = search_in_address(in_address, move |search| {
        navigator.replace(&BudgetsQuery { search, ..query.get_untracked() }.route());
    });
    let filter = Bound::new(
        move || query.with(|query| query.filter.word().to_owned()),
        move |word: String| {
            let filter = BudgetFilter::parse(&word).unwrap_or_default();
            navigator.push(&BudgetsQuery { filter, ..query.get_untracked() }.route());
        },
    );
    let filters = fixed_options(&[
        (BudgetFilter::All.word(), "All"),
        (BudgetFilter::Over.word(), "Over budget"),
        (BudgetFilter::Near.word(), "Over 80%"),
        (BudgetFilter::AtRisk.word(), "At risk"),
        (BudgetFilter::Without.word(), "No budget"),
    ]);
    let rows = Rows::new(use_workspaces(), query, search);
    let panels = change_panels(rows);
    let change = Callback::new(move |()| panels.open(JobKind::ChangeBudgets));
    let refresh = Callback::new(move |()| rows.refetch());
    offer_actions(move || {
        let selected = rows.row_selection.summary.with(|summary| summary.selected);
        let label = || format!("Change budgets of {}…", counted(selected, "selected workspace", "selected workspaces"));
        let changing = (selected != 0).then(|| Action::run(Icon::Edit, label(), change));
        changing.into_iter().chain([Action::run(Icon::Refresh, "Refresh budgets", refresh)]).collect()
    });
    let name_of = move |id: WorkspaceId| untrack(|| rows.workspaces.name_of(&WorkspaceRef::from(&id)));
    let actions = move || {
        view! {
            <ExportButton rows=rows/>
            <Button icon=Icon::Refresh on_click=refresh>"Refresh"</Button>
        }
    };
    view! {
        <PageHeader title="Budgets" actions=actions/>
        <LeaveJobDialog kind=JobKind::ChangeBudgets/>
        <InterruptedJobs panels=panels kinds=&[JobKind::ChangeBudgets]/>
        <div class="toolbar">
            <SearchBox value=search label="Search workspaces" placeholder="Search name, slug, description or ID"/>
            <div class={"toolbar__view"}><ViewMenu/></div>
            <Segmented legend="Show" value=filter options=filters/>
            <p class="toolbar__status" role="status">{exact(move || count_text(rows))}</p>
        </div>
        <ReadError data=rows.workspaces.data title="The list of workspaces may be incomplete"/>
        <UnreadBudgets rows=rows/>
        <Basis rows=rows/>
        <Content rows=rows/>
        <SelectionBar row_selection=rows.row_selection noun="workspaces" name_of=name_of>
            <Button variant=ButtonVariant::Primary icon=Icon::Edit on_click=change>"Change budgets…"</Button>
        </SelectionBar>
        <ChangeDialog rows=rows panels=panels/>
    }
}

/// Such as `12 of 734 workspaces, 400 of them read`.
fn count_text(rows: Rows) -> String {
    let list = rows.workspaces.data.state;
    if list.with(|state| matches!(state, Remote::Loading)) {
        return String::new();
    }
    let (all, remaining) = (rows.uses.count(), rows.uses.remaining());
    let text = shown_of(rows.shown.with(Vec::len), all, "workspace", "workspaces");
    match list.with(Remote::is_loading) || remaining != 0 {
        true => format!("{text}, {} loaded", format_count(all.saturating_sub(remaining))),
        false => text,
    }
}

/// Budgets that could not be read, unless the list of workspaces could not be read either.
#[component]
fn UnreadBudgets(rows: Rows) -> impl IntoView {
    let is_listed = Memo::new(move |_| rows.workspaces.data.state.with(|state| state.error().is_none()));
    let failed = Memo::new(move |_| rows.uses.failed());
    dynamic(move || {
        let count = Some(failed.get()).filter(|count| *count != 0 && is_listed.get())?;
        let title = format!("Couldn’t load the budgets of {}", counted(count, "workspace", "workspaces"));
        Some(view! {
            <Banner tone=Tone::Warning title=title>
                <Button on_click=move |()| rows.uses.refetch_failed()>"Refresh"</Button>
            </Banner>
        })
    })
}

#[component]
fn Content(rows: Rows) -> impl IntoView {
    let content = Memo::new(move |_| {
        let is_reading = rows.workspaces.data.state.with(Remote::is_loading) || rows.uses.remaining() != 0;
        match rows.shown.with(Vec::is_empty) {
            false if rows.is_ordered.get() => ListContent::Table,
            true if !is_reading => ListContent::NoMatch,
            _ => ListContent::Skeleton,
        }
    });
    let no_match = || {
        let text = "Try another search or filter.";
        view! { <EmptyState title="No matching workspaces" icon=Icon::Search>{text}</EmptyState> }.into_any()
    };
    let layout = use_table_layout(TableName::Budgets, move || rows.query.with(|query| query.layout.clone()));
    let columns = layout.with_untracked(|layout| TableName::Budgets.shown(layout).len() + 2);
    let table = move || {
        let layout = layout.get();
        view! { <BudgetTable rows=rows layout=layout/> }.into_any()
    };
    view! { <ListBody content=content columns=columns table=table no_match=no_match/> }
}
