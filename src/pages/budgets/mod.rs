//! The budgets of all workspaces: who is over, who is near, who has none; and one change for many.
//!
//! Invariant: search, filter, order and the open panel are in the address; what is selected is by id and survives them.

mod change;
mod export;
mod reading;
mod table;

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::lowercase;
use crate::components::{Choosing, JobPanels, PageHeader, SelectionBar, search_in_address};
use crate::domain::text::count_words;
use crate::domain::{Workspace, WorkspaceId, WorkspaceRef};
use crate::effect::watch;
use crate::forms::filter;
use crate::forms::standing::arrange;
use crate::routes::{BudgetFilter, BudgetsQuery, ListQuery};
use crate::state::{ListStatus, WorkspaceList, use_navigator};
use crate::ui::{
    Banner, Button, ButtonVariant, EmptyState, Icon, SearchBox, Segmented, SelectOption, SkeletonRows, Tone, dynamic,
};

use change::{ChangeDialog, InterruptedChanges, change_panels};
use export::ExportButton;
use reading::Overview;
use table::{BudgetTable, Rows};

/// The page.
#[component]
pub fn BudgetsPage(
    /// What the address asks for.
    query: Memo<BudgetsQuery>,
) -> impl IntoView {
    let list: WorkspaceList = expect_context();
    list.refresh_if_old();
    let overview = Overview::new();
    watch(move || list.rows.with(|rows| overview.ask(rows.iter().map(|row| &row.workspace.id))));
    let navigator = use_navigator();
    let in_address = Memo::new(move |_| query.with(|query| query.search.clone()));
    let search = search_in_address(in_address, move |search| {
        navigator.replace(&BudgetsQuery { search, ..query.get_untracked() }.route());
    });
    let shown = Memo::new(move |_| {
        overview.version.track();
        let by_name = ListQuery { search: search.get(), ..ListQuery::default() };
        let found = list.rows.with(|rows| filter::apply(rows, &by_name, lowercase));
        query.with(|query| arrange(found, query, |id| overview.standing(id)))
    });
    let ids = Memo::new(move |_| {
        shown.with(|shown| Arc::new(shown.iter().map(|workspace| workspace.id.clone()).collect::<Vec<_>>()))
    });
    let choosing = Choosing::new(ids);
    watch(move || overview.is_held.set(choosing.selection.with(|selection| !selection.is_empty())));
    let rows = Rows { overview, query, shown, choosing };
    let panels = change_panels(rows, list);
    view! {
        <PageHeader title="Budgets" actions=move || view! { <Actions rows=rows/> }.into_any()/>
        <InterruptedChanges panels=panels/>
        <div class="toolbar">
            <SearchBox
                value=search
                on_input=Callback::new(move |text| search.set(text))
                label="Search workspaces"
                placeholder="Search name, slug, description or id"
            />
            <FilterChoice query=query/>
            <Count list=list rows=rows/>
        </div>
        <Problems list=list rows=rows/>
        <Listing list=list rows=rows/>
        <BulkBar list=list rows=rows panels=panels/>
        <ChangeDialog rows=rows list=list panels=panels/>
    }
}

#[component]
fn Actions(rows: Rows) -> impl IntoView {
    let list: WorkspaceList = expect_context();
    let again = Callback::new(move |()| {
        let ids = list.rows.with_untracked(|all| all.iter().map(|row| row.workspace.id.clone()).collect());
        rows.overview.again(ids);
    });
    view! {
        <ExportButton rows=rows/>
        <Button icon=Icon::Refresh on_click=again>"Read again"</Button>
    }
}

/// Which workspaces are shown; a choice is an entry of the history.
#[component]
fn FilterChoice(query: Memo<BudgetsQuery>) -> impl IntoView {
    let navigator = use_navigator();
    let filter = Memo::new(move |_| query.with(|query| query.filter));
    let value = RwSignal::new(filter.get_untracked().word().to_owned());
    watch(move || value.set(filter.get().word().to_owned()));
    watch(move || {
        let chosen = BudgetFilter::parse(&value.get());
        if chosen != filter.get_untracked() {
            navigator.push(&BudgetsQuery { filter: chosen, ..query.get_untracked() }.route());
        }
    });
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

/// “12 of 734 workspaces”, and how many have been read.
#[component]
fn Count(list: WorkspaceList, rows: Rows) -> impl IntoView {
    let text = move || {
        let all = list.rows.with(|rows| rows.len());
        let shown = rows.shown.with(Vec::len);
        let open = rows.overview.open.get();
        let of_all = if shown == all { String::new() } else { format!("{} of ", count_words(shown)) };
        let plural = if all == 1 { "" } else { "s" };
        let read =
            if open == 0 { String::new() } else { format!(", {} of them read", count_words(all.saturating_sub(open))) };
        format!("{of_all}{} workspace{plural}{read}", count_words(all))
    };
    view! { <p class="toolbar__status" role="status">{move || text()}</p> }
}

/// What could not be read.
#[component]
fn Problems(list: WorkspaceList, rows: Rows) -> impl IntoView {
    let failed = rows.overview.failed;
    let again = Callback::new(move |()| rows.overview.retry_failed());
    dynamic(move || {
        if let ListStatus::Failed(error) = list.status.get() {
            let retry = Callback::new(move |()| list.refetch());
            return view! {
                <crate::components::ErrorPanel title="The list of workspaces may be incomplete" error=error on_retry=retry/>
            }
            .into_any();
        }
        let title = match failed.get() {
            0 => return ().into_any(),
            1 => "The budgets of 1 workspace could not be read".to_owned(),
            count => format!("The budgets of {} workspaces could not be read", count_words(count)),
        };
        view! { <Banner tone=Tone::Warning title=title><Button on_click=again>"Read them again"</Button></Banner> }
            .into_any()
    })
}

/// The table, its shape until the first order is known, or why there is none.
#[component]
fn Listing(list: WorkspaceList, rows: Rows) -> impl IntoView {
    #[derive(PartialEq)]
    enum Content {
        Shape,
        Table,
        Nothing,
    }
    let content = Memo::new(move |_| {
        let is_ordered = rows.overview.version.get() != 0;
        let is_whole = !matches!(list.status.get(), ListStatus::Loading | ListStatus::Partial(..));
        match (rows.shown.with(Vec::is_empty), is_ordered) {
            (false, true) => Content::Table,
            (true, _) if is_whole && rows.overview.open.get() == 0 => Content::Nothing,
            _ => Content::Shape,
        }
    });
    dynamic(move || {
        content.with(|content| match content {
            Content::Table => view! { <BudgetTable rows=rows/> }.into_any(),
            Content::Shape => view! {
                <div class={"table-box"}>
                    <table class={"table"} aria-hidden="true"><tbody><SkeletonRows rows=12 columns=6/></tbody></table>
                </div>
            }
            .into_any(),
            Content::Nothing => view! {
                <EmptyState title="No workspace is like that" icon=Icon::Search>
                    {"Nothing matches the search and the filter."}
                </EmptyState>
            }
            .into_any(),
        })
    })
}

/// What can be done with the selected workspaces.
#[component]
fn BulkBar(list: WorkspaceList, rows: Rows, panels: JobPanels) -> impl IntoView {
    let change = Callback::new(move |()| panels.open(crate::jobs::JobKind::ChangeBudgets));
    let name_of = Callback::new(move |id: WorkspaceId| {
        untrack(|| list.name_of(&WorkspaceRef::from(&id))).unwrap_or_else(|| id.to_string())
    });
    view! {
        <SelectionBar choosing=rows.choosing noun="workspaces" name_of=name_of>
            <Button variant=ButtonVariant::Primary icon=Icon::Edit on_click=change>"Change budgets…"</Button>
        </SelectionBar>
    }
}

/// The workspaces of these rows, as far as they are in the list.
fn selected(list: WorkspaceList, rows: Rows) -> Vec<Arc<Workspace>> {
    let by_name = list.rows.with(|all| filter::apply(all, &ListQuery::default(), lowercase));
    rows.choosing
        .selection
        .with(|selection| by_name.into_iter().filter(|workspace| selection.contains(&workspace.id)).collect())
}
