//! The list of workspaces, with its search and sort order.
//!
//! Invariant: search and order are in the address. Typing replaces the history entry; a sort heading adds one.

mod status;
mod table;

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::{PageHeader, search_in_address};
use crate::data::{Freshness, Remote, Workspaces, use_workspaces};
use crate::domain::{Workspace, inline_text};
use crate::navigation::use_navigator;
use crate::routes::{ListQuery, Route};
use crate::ui::{Button, ButtonVariant, EmptyState, Icon, LinkButton, SearchBox, dynamic};

use status::{ListProblem, ShownCount, UnreadableRows};
use table::WorkspaceTable;

/// The page.
#[component]
pub fn WorkspacesPage(
    /// The search and the order in the address.
    query: Memo<ListQuery>,
) -> impl IntoView {
    let workspaces = use_workspaces();
    let navigator = use_navigator();
    let in_address = Memo::new(move |_| query.with(|query| query.search.clone()));
    let search = search_in_address(in_address, move |search| {
        navigator.replace(&Route::Workspaces(ListQuery { search, ..query.get_untracked() }));
    });
    let shown = Memo::new(move |_| workspaces.matching(&ListQuery { search: search.get(), ..query.get() }));
    view! {
        <PageHeader
            title="Workspaces"
            actions=create_link
        />
        <div class="toolbar">
            <SearchBox
                value=search
                label="Search workspaces"
                placeholder="Search name, slug, description or id"
            />
            <ShownCount workspaces=workspaces shown=Signal::derive(move || shown.with(Vec::len))/>
        </div>
        <ListProblem workspaces=workspaces/>
        <UnreadableRows workspaces=workspaces/>
        <Content workspaces=workspaces query=query shown=shown search=search/>
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

/// The table, or why there is none.
#[component]
fn Content(
    workspaces: Workspaces,
    query: Memo<ListQuery>,
    shown: Memo<Vec<Arc<Workspace>>>,
    search: crate::ui::Bound<String>,
) -> impl IntoView {
    #[derive(Clone, Copy, PartialEq)]
    enum Kind {
        Table,
        NoMatch,
        Empty,
        Failed,
    }
    let kind = Memo::new(move |_| {
        workspaces.data.state.with(|state| match state {
            Remote::Loading | Remote::Ready(_, Freshness::Partial(_)) => Kind::Table,
            Remote::Failed(_) => Kind::Failed,
            Remote::Ready(list, Freshness::Stale(_)) if list.rows.is_empty() => Kind::Failed,
            Remote::Ready(list, _) if list.rows.is_empty() => Kind::Empty,
            Remote::Ready(..) if shown.with(Vec::is_empty) => Kind::NoMatch,
            Remote::Ready(..) => Kind::Table,
        })
    });
    dynamic(move || match kind.get() {
        Kind::Table => view! { <WorkspaceTable workspaces=workspaces query=query shown=shown/> }.into_any(),
        Kind::Failed => ().into_any(),
        Kind::NoMatch => view! { <NoMatch search=search/> }.into_any(),
        Kind::Empty => view! {
            <EmptyState
                title="No workspaces yet"
                actions=create_link
            >
                {"A workspace groups people, API keys and budgets."}
            </EmptyState>
        }
        .into_any(),
    })
}

#[component]
fn NoMatch(search: crate::ui::Bound<String>) -> impl IntoView {
    let clear = Callback::new(move |()| search.set(String::new()));
    view! {
        <EmptyState
            title=Signal::derive(move || format!("No workspace matches “{}”", inline_text(search.get().trim())))
            icon=Icon::Search
            actions=move || view! { <Button on_click=clear>"Clear search"</Button> }.into_any()
        >
            {"Every word has to be in the name, slug, description or id."}
        </EmptyState>
    }
}
