//! The list of workspaces, with its search and sort order.
//!
//! Invariant: search and order are in the address. Typing replaces the history entry; a sort heading adds one.

mod table;

use leptos::prelude::*;

use crate::components::{ListBody, ListContent, PageHeader, ReadError, search_in_address, shown_of};
use crate::data::{Freshness, Remote, Workspaces, use_workspaces};
use crate::domain::{BadRow, inline_text, text::counted};
use crate::navigation::use_navigator;
use crate::routes::{ListQuery, Route};
use crate::ui::{
    Banner, Button, ButtonVariant, Disclosure, EmptyState, Icon, LinkButton, SearchBox, Tone, dynamic, exact,
};

use table::WorkspaceTable;

#[component]
pub(crate) fn WorkspacesPage(query: Memo<ListQuery>) -> impl IntoView {
    let workspaces = use_workspaces();
    let navigator = use_navigator();
    let in_address = Memo::new(move |_| query.with(|query| query.search.clone()));
    let search = search_in_address(in_address, move |search| {
        navigator.replace(&Route::Workspaces(ListQuery { search, ..query.get_untracked() }));
    });
    let shown = Memo::new(move |_| workspaces.matching(&ListQuery { search: search.get(), ..query.get() }));
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
        true => "The workspaces could not be loaded".to_owned(),
        false => "The list may be incomplete or out of date".to_owned(),
    };
    let clear = move |()| search.set(String::new());
    let no_match = move || match is_empty.get() {
        true => view! {
            <EmptyState title="No workspaces yet" actions=create_link>
                {"A workspace groups people, API keys and budgets."}
            </EmptyState>
        }
        .into_any(),
        false => view! {
            <EmptyState
                title=move || format!("No workspace matches “{}”", inline_text(search.get().trim()))
                icon=Icon::Search
                actions=move || view! { <Button on_click=clear>"Clear search"</Button> }
            >
                {"Every word has to be in the name, slug, description or id."}
            </EmptyState>
        }
        .into_any(),
    };
    let table = move || view! { <WorkspaceTable workspaces=workspaces query=query shown=shown/> }.into_any();
    view! {
        <PageHeader title="Workspaces" actions=create_link/>
        <div class="toolbar">
            <SearchBox value=search label="Search workspaces" placeholder="Search name, slug, description or id"/>
            <p class="toolbar__status" role="status">{exact(move || count_text(workspaces, shown.with(Vec::len)))}</p>
        </div>
        <ReadError data=workspaces.data title=problem/>
        <UnreadableRows workspaces=workspaces/>
        <ListBody content=content columns=4 table=table no_match=no_match/>
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

#[component]
fn UnreadableRows(workspaces: Workspaces) -> impl IntoView {
    let unreadable = Memo::new(move |_| {
        workspaces.data.state.with(|state| state.data().map(|list| list.unreadable.clone()).unwrap_or_default())
    });
    dynamic(move || {
        let count = Some(unreadable.with(|rows| rows.len())).filter(|count| *count != 0)?;
        let (one, many) = ("workspace could not be read and is", "workspaces could not be read and are");
        let title = format!("{} not shown", counted(count, one, many));
        let row = |row: &BadRow| {
            let id = row.id.clone().unwrap_or_else(|| "no id".to_owned());
            view! { <li><bdi>{format!("{}: {} ({})", inline_text(&id), row.detail, row.path)}</bdi></li> }
        };
        let rows = unreadable.with(|rows| rows.iter().map(row).collect_view());
        Some(view! {
            <Banner tone=Tone::Warning title=title>
                <Disclosure summary="Technical details"><ul>{rows}</ul></Disclosure>
            </Banner>
        })
    })
}
