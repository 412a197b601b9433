//! All workspaces: searched, sorted, and read while they come.
//!
//! Invariant: search and order are in the address; typing changes it in place, a header or a link makes an entry.

mod status;
mod table;

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::lowercase;
use crate::components::{PageHeader, search_in_address};
use crate::domain::{Workspace, in_words};
use crate::forms::filter;
use crate::routes::{ListQuery, Route};
use crate::state::{ListStatus, WorkspaceList, use_navigator};
use crate::ui::{ButtonVariant, EmptyState, Icon, LinkButton, SearchBox, dynamic};

use status::{BadRows, ListProblem, ShownCount};
use table::WorkspaceTable;

/// The page.
#[component]
pub fn WorkspacesPage(
    /// What the address asks for.
    query: Memo<ListQuery>,
) -> impl IntoView {
    let list: WorkspaceList = expect_context();
    list.refresh_if_old();
    let navigator = use_navigator();
    let in_address = Memo::new(move |_| query.with(|query| query.search.clone()));
    let search = search_in_address(in_address, move |search| {
        navigator.replace(&Route::Workspaces(ListQuery { search, ..query.get_untracked() }));
    });
    let shown = Memo::new(move |_| {
        let query = ListQuery { search: search.get(), ..query.get() };
        list.rows.with(|rows| filter::apply(rows, &query, lowercase))
    });
    view! {
        <PageHeader
            title="Workspaces"
            actions=create_link
        />
        <div class="toolbar">
            <SearchBox
                value=search
                on_input=Callback::new(move |text| search.set(text))
                label="Search workspaces"
                placeholder="Search name, slug, description or id"
            />
            <ShownCount list=list shown=Signal::derive(move || shown.with(Vec::len))/>
        </div>
        <ListProblem list=list/>
        <BadRows list=list/>
        <Listing list=list query=query shown=shown search=search/>
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
fn Listing(
    list: WorkspaceList,
    query: Memo<ListQuery>,
    shown: Memo<Vec<Arc<Workspace>>>,
    search: crate::ui::Bound<String>,
) -> impl IntoView {
    #[derive(PartialEq)]
    enum Content {
        Table,
        NoMatch,
        Nothing,
        Problem,
    }
    let content = Memo::new(move |_| {
        let is_empty = list.rows.with(|rows| rows.is_empty());
        match (is_empty, list.status.get()) {
            (true, ListStatus::Complete | ListStatus::Refreshing) => Content::Nothing,
            (true, ListStatus::Failed(_)) => Content::Problem,
            (false, ListStatus::Complete | ListStatus::Failed(_) | ListStatus::Refreshing)
                if shown.with(Vec::is_empty) =>
            {
                Content::NoMatch
            }
            _ => Content::Table,
        }
    });
    dynamic(move || {
        content.with(|content| match content {
            Content::Table => view! { <WorkspaceTable list=list query=query shown=shown/> }.into_any(),
            Content::Problem => ().into_any(),
            Content::NoMatch => view! { <NoMatch search=search/> }.into_any(),
            Content::Nothing => view! {
                <EmptyState
                    title="No workspaces yet"
                    actions=create_link
                >
                    {"A workspace groups people, API keys and budgets."}
                </EmptyState>
            }
            .into_any(),
        })
    })
}

#[component]
fn NoMatch(search: crate::ui::Bound<String>) -> impl IntoView {
    let clear = Callback::new(move |()| search.set(String::new()));
    view! {
        <EmptyState
            title=Signal::derive(move || format!("No workspace matches “{}”", in_words(search.get().trim())))
            icon=Icon::Search
            actions=move || view! { <crate::ui::Button on_click=clear>"Clear search"</crate::ui::Button> }.into_any()
        >
            {"Every word has to be in the name, slug, description or id."}
        </EmptyState>
    }
}
