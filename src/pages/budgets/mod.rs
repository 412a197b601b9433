//! The budgets of all workspaces with their use, and one change for many of them.
//!
//! Invariant: search, filter, order and the open panel are in the address. The selection is by id and outlives them.

mod change;
mod export;
mod rows;
mod table;

use leptos::prelude::*;

use crate::components::{ErrorPanel, JobPanels, PageHeader, SelectionBar, search_in_address};
use crate::data::{Remote, use_workspaces};
use crate::domain::text::format_count;
use crate::domain::{WorkspaceId, WorkspaceRef};
use crate::jobs::JobKind;
use crate::navigation::use_navigator;
use crate::routes::BudgetsQuery;
use crate::search::order::BudgetFilter;
use crate::ui::{
    Banner, Bound, Button, ButtonVariant, EmptyState, Icon, SearchBox, Segmented, SelectOption, SkeletonRows, Tone,
};

use change::{ChangeDialog, InterruptedChanges, change_panels};
use export::ExportButton;
use rows::Rows;
use table::BudgetTable;

/// The page.
#[component]
pub fn BudgetsPage(
    /// Search, filter, order and panel in the address.
    query: Memo<BudgetsQuery>,
) -> impl IntoView {
    let navigator = use_navigator();
    let in_address = Memo::new(move |_| query.with(|query| query.search.clone()));
    let search = search_in_address(in_address, move |search| {
        navigator.replace(&BudgetsQuery { search, ..query.get_untracked() }.route());
    });
    let rows = Rows::new(use_workspaces(), query, search);
    let panels = change_panels(rows);
    view! {
        <PageHeader title="Budgets" actions=move || view! { <PageActions rows=rows/> }.into_any()/>
        <InterruptedChanges panels=panels/>
        <div class="toolbar">
            <SearchBox
                value=search
                label="Search workspaces"
                placeholder="Search name, slug, description or id"
            />
            <FilterChoice query=query/>
            <ShownCount rows=rows/>
        </div>
        <Problems rows=rows/>
        <Content rows=rows/>
        <BulkBar rows=rows panels=panels/>
        <ChangeDialog rows=rows panels=panels/>
    }
}

#[component]
fn PageActions(rows: Rows) -> impl IntoView {
    let refresh = Callback::new(move |()| rows.uses.refetch());
    view! {
        <ExportButton rows=rows/>
        <Button icon=Icon::Refresh on_click=refresh>"Read again"</Button>
    }
}

/// Which workspaces are shown. A choice adds an entry to the history.
#[component]
fn FilterChoice(query: Memo<BudgetsQuery>) -> impl IntoView {
    let navigator = use_navigator();
    let value = Bound::new(
        move || query.with(|query| query.filter.word().to_owned()),
        move |word: String| {
            let filter = BudgetFilter::parse(&word).unwrap_or_default();
            navigator.push(&BudgetsQuery { filter, ..query.get_untracked() }.route());
        },
    );
    let options = Signal::derive(|| {
        let label = |filter: BudgetFilter| match filter {
            BudgetFilter::All => "All",
            BudgetFilter::Over => "Over",
            BudgetFilter::Near => "Over 80 %",
            BudgetFilter::Without => "No budget",
        };
        BudgetFilter::ALL.map(|filter| SelectOption::new(filter.word(), label(filter))).to_vec()
    });
    view! { <Segmented legend="Show" value=value options=options/> }
}

/// “12 of 734 workspaces”, and how many have been read while some have not.
#[component]
fn ShownCount(rows: Rows) -> impl IntoView {
    let text = move || {
        let (is_listing, is_known) =
            rows.workspaces.data.state.with(|state| (state.is_loading(), !matches!(state, Remote::Loading)));
        if !is_known {
            return String::new();
        }
        let (all, shown, remaining) = (rows.uses.len(), rows.shown.with(Vec::len), rows.uses.remaining());
        let part = if shown == all { String::new() } else { format!("{} of ", format_count(shown)) };
        let plural = if all == 1 { "" } else { "s" };
        let read = match is_listing || remaining != 0 {
            true => format!(", {} of them read", format_count(all.saturating_sub(remaining))),
            false => String::new(),
        };
        format!("{part}{} workspace{plural}{read}", format_count(all))
    };
    view! { <p class="toolbar__status" role="status">{text}</p> }
}

/// What could not be read.
#[component]
fn Problems(rows: Rows) -> impl IntoView {
    let list_error = Memo::new(move |_| rows.workspaces.data.state.with(|state| state.error().cloned()));
    let failed = Memo::new(move |_| rows.uses.failed());
    let retry = Callback::new(move |()| rows.uses.refetch_failed());
    let retry_list = Callback::new(move |()| rows.workspaces.data.refetch());
    move || {
        if let Some(error) = list_error.get() {
            return view! {
                <ErrorPanel title="The list of workspaces may be incomplete" error=error on_retry=retry_list/>
            }
            .into_any();
        }
        let title = match failed.get() {
            0 => return ().into_any(),
            1 => "The budgets of 1 workspace could not be read".to_owned(),
            count => format!("The budgets of {} workspaces could not be read", format_count(count)),
        };
        view! { <Banner tone=Tone::Warning title=title><Button on_click=retry>"Read them again"</Button></Banner> }
            .into_any()
    }
}

/// The table, a skeleton of it until the first order is known, or why there is none.
#[component]
fn Content(rows: Rows) -> impl IntoView {
    #[derive(Clone, Copy, PartialEq)]
    enum Kind {
        Skeleton,
        Table,
        NoMatch,
    }
    let kind = Memo::new(move |_| {
        let is_reading = rows.workspaces.data.state.with(Remote::is_loading) || rows.uses.remaining() != 0;
        match rows.shown.with(Vec::is_empty) {
            false if rows.is_ordered.get() => Kind::Table,
            true if !is_reading => Kind::NoMatch,
            _ => Kind::Skeleton,
        }
    });
    move || match kind.get() {
        Kind::Table => view! { <BudgetTable rows=rows/> }.into_any(),
        Kind::Skeleton => view! {
            <div class={"table-box"}>
                <table class={"table"} aria-hidden="true"><tbody><SkeletonRows rows=12 columns=6/></tbody></table>
            </div>
        }
        .into_any(),
        Kind::NoMatch => view! {
            <EmptyState title="No workspace is like that" icon=Icon::Search>
                {"Nothing matches the search and the filter."}
            </EmptyState>
        }
        .into_any(),
    }
}

/// What can be done with the selected workspaces.
#[component]
fn BulkBar(rows: Rows, panels: JobPanels) -> impl IntoView {
    let change = Callback::new(move |()| panels.open(JobKind::ChangeBudgets));
    let name_of = Callback::new(move |id: WorkspaceId| {
        untrack(|| rows.workspaces.name_of(&WorkspaceRef::from(&id))).unwrap_or_else(|| id.to_string())
    });
    view! {
        <SelectionBar row_selection=rows.row_selection noun="workspaces" name_of=name_of>
            <Button variant=ButtonVariant::Primary icon=Icon::Edit on_click=change>"Change budgets…"</Button>
        </SelectionBar>
    }
}
