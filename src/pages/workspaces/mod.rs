//! All workspaces: searched, sorted, and read while they come.
//!
//! Invariant: search and order are in the address; typing changes it in place, a header or a link makes an entry.

mod status;
mod table;

use std::sync::Arc;
use std::time::Duration;

use crate::effect::watch;
use leptos::prelude::*;

use crate::browser::lowercase;
use crate::components::PageHeader;
use crate::domain::Workspace;
use crate::forms::filter;
use crate::routes::{ListQuery, Route};
use crate::state::{ListStatus, WorkspaceList, use_navigator};
use crate::ui::{ButtonVariant, EmptyState, Icon, LinkButton, SearchBox, dynamic};

use status::{BadRows, ListProblem, ShownCount};
use table::WorkspaceTable;

/// How long typing rests before the address follows.
const SETTLE: Duration = Duration::from_millis(150);

/// The page.
#[component]
pub fn WorkspacesPage(
    /// What the address asks for.
    query: Memo<ListQuery>,
) -> impl IntoView {
    let list: WorkspaceList = expect_context();
    list.refresh_if_old();
    let search = search_in_address(query);
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

/// The search as it is typed. The address follows it, and it follows the address (Back, a link).
fn search_in_address(query: Memo<ListQuery>) -> RwSignal<String> {
    let navigator = use_navigator();
    let search = RwSignal::new(query.with_untracked(|query| query.search.clone()));
    let written = StoredValue::new(search.get_untracked());
    watch(move || {
        let in_address = query.with(|query| query.search.clone());
        if written.with_value(|written| *written != in_address) {
            written.set_value(in_address.clone());
            search.set(in_address);
        }
    });
    watch(move || {
        let typed = search.get();
        let settled = set_timeout_with_handle(
            move || {
                if written.try_get_value().is_some_and(|written| written != typed) {
                    written.set_value(typed.clone());
                    let query = ListQuery { search: typed, ..query.get_untracked() };
                    navigator.replace(&Route::Workspaces(query));
                }
            },
            SETTLE,
        );
        on_cleanup(move || {
            if let Ok(settled) = settled {
                settled.clear();
            }
        });
    });
    search
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
    search: RwSignal<String>,
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
fn NoMatch(search: RwSignal<String>) -> impl IntoView {
    let clear = Callback::new(move |()| search.set(String::new()));
    view! {
        <EmptyState
            title=Signal::derive(move || format!("No workspace matches “{}”", search.get().trim()))
            icon=Icon::Search
            actions=move || view! { <crate::ui::Button on_click=clear>"Clear search"</crate::ui::Button> }.into_any()
        >
            {"Every word has to be in the name, slug, description or id."}
        </EmptyState>
    }
}
