//! The list of workspaces, with its search and sort order.
//!
//! Invariant: search and order are in the address. Typing replaces the history entry; a sort heading adds one.

pub(crate) mod overview;
mod spend_column;
mod table;
pub(crate) mod tools;

use leptos::prelude::*;

use crate::components::{ListBody, ListContent, PageHeader, ReadError, search_in_address, shown_of, use_table_layout};
use crate::data::{Freshness, Remote, Workspaces, use_workspaces};
use crate::domain::inline_text;
use crate::navigation::use_navigator;
use crate::routes::{ListQuery, Route};
use crate::search::columns::TableName;
use crate::ui::{Button, ButtonVariant, EmptyState, Icon, LinkButton, SearchBox, exact};

use spend_column::SpendColumn;
use table::WorkspaceTable;

#[component]
pub(crate) fn WorkspacesPage(
    query: Memo<ListQuery>,
    /// The overview with the rows that could not be read, as soon as it is loaded.
    #[prop(into)]
    overview: ViewFn,
    /// What arranges the table, as soon as it is loaded.
    #[prop(into)]
    tools: ViewFn,
) -> impl IntoView {
    let workspaces = use_workspaces();
    let navigator = use_navigator();
    let in_address = Memo::new(move |_| query.with(|query| query.search.clone()));
    let search = search_in_address(in_address, move |search| {
        navigator.replace(&Route::Workspaces(ListQuery { search, ..query.get_untracked() }));
    });
    let spend = SpendColumn::provide();
    let shown = Memo::new(move |_| {
        let query = ListQuery { search: search.get(), ..query.get() };
        workspaces.matching_by(&query, &|workspace| spend.spend(workspace))
    });
    let content = Memo::new(move |_| {
        workspaces.data.state.with(|state| match state {
            Remote::Loading => ListContent::Skeleton,
            Remote::Ready(_, Freshness::Partial(_)) => ListContent::Table,
            Remote::Failed(_) => ListContent::Problem,
            Remote::Ready(list, Freshness::Stale(_)) if list.rows.is_empty() => ListContent::Problem,
            Remote::Ready(..) if shown.with(Vec::is_empty) => ListContent::NoMatch,
            Remote::Ready(..) => ListContent::Table,
        })
    });
    let is_empty = Memo::new(move |_| workspaces.rows().is_empty());
    let problem = move || match is_empty.get() {
        true => "Couldn’t load the workspaces".to_owned(),
        false => "The list may be incomplete or out of date".to_owned(),
    };
    let clear = move |()| search.set(String::new());
    let no_match = move || match is_empty.get() {
        true => view! {
            <EmptyState title="No workspaces yet" actions=create_link>
                {"A workspace groups people, API keys and budgets. Create one to start."}
            </EmptyState>
        }
        .into_any(),
        false => view! {
            <EmptyState
                title=move || format!("No workspaces match “{}”", inline_text(search.get().trim()))
                icon=Icon::Search
                actions=move || view! { <Button on_click=clear>"Clear search"</Button> }
            >
                {"Each word must be in the name, slug, description or ID."}
            </EmptyState>
        }
        .into_any(),
    };
    let layout = use_table_layout(TableName::Workspaces, move || query.with(|query| query.layout.clone()));
    let columns = layout.with_untracked(|layout| TableName::Workspaces.shown(layout).len() + 1);
    let table = move || {
        let layout = layout.get();
        view! { <WorkspaceTable workspaces=workspaces query=query shown=shown spend=spend layout=layout/> }.into_any()
    };
    view! {
        <PageHeader title="Workspaces" actions=create_link/>
        <div class={"overview"}>{move || overview.run()}</div>
        <div class="toolbar">
            <SearchBox value=search label="Search workspaces" placeholder="Search name, slug, description or ID"/>
            <div class={"toolbar__view"}>{move || tools.run()}</div>
            <p class="toolbar__status" role="status">{exact(move || count_text(workspaces, shown.with(Vec::len)))}</p>
        </div>
        <ReadError data=workspaces.data title=problem/>
        <ListBody content=content columns=columns table=table no_match=no_match/>
    }
}

fn create_link() -> AnyView {
    view! {
        <LinkButton href=Route::CreateWorkspace.href() variant=ButtonVariant::Primary icon=Icon::Plus>
            "Create workspace"
        </LinkButton>
    }
    .into_any()
}

/// Such as `12 of 734 workspaces`.
fn count_text(workspaces: Workspaces, shown: usize) -> String {
    workspaces.data.state.with(|state| match state {
        Remote::Loading => String::new(),
        Remote::Ready(_, Freshness::Partial(progress))
            if progress.total.is_some_and(|total| progress.loaded < total) =>
        {
            format!("{} loaded", progress.text().unwrap_or_default())
        }
        _ => shown_of(shown, state.data().map_or(0, |list| list.rows.len()), "workspace", "workspaces"),
    })
}
