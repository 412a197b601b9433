//! The pages that nobody sees first: their code is a file of its own, which comes with their styles when one of them is
//! opened.
//!
//! Invariant: everything that only these pages name stays out of the first load. A build without the feature `split`
//! (tests, `cargo xtask serve`) has it all in one file, and behaves the same.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;

use crate::components::{IdleDialog, KeyDialog, PageHeader};
use crate::domain::WorkspaceRef;
use crate::pages::budgets::BudgetsPage;
use crate::pages::create_workspace::CreateWorkspacePage;
use crate::pages::journal::JournalPage;
use crate::pages::people::PeoplePage;
use crate::pages::workspace::WorkspacePage;
use crate::routes::{BudgetsQuery, PeopleQuery, Route, WorkspaceView};
use crate::ui::{Banner, Skeleton, Tone, dynamic};

/// A page of the second file, with the address where it says more.
#[derive(Clone, Copy)]
pub(super) enum LaterPage {
    Create,
    Workspace(Memo<Route>),
    Budgets(Memo<Route>),
    People(Memo<Route>),
    Journal,
    /// The key is asked for in place, over whatever is shown.
    KeyDialog,
    /// The watch for the idle limit, with its question.
    IdleWatch,
}

/// The second file did not come.
#[derive(Debug)]
struct NotLoaded;

#[cfg(feature = "split")]
impl From<leptos::wasm_split::SplitLoaderError> for NotLoaded {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

#[cfg_attr(
    feature = "split",
    leptos::wasm_split::wasm_split(later, wasm_split_path = ::leptos::wasm_split, preload(load), fallible)
)]
fn page(page: LaterPage) -> Result<AnyView, NotLoaded> {
    Ok(match page {
        LaterPage::Create => view! { <CreateWorkspacePage/> }.into_any(),
        LaterPage::Workspace(route) => workspace(route),
        LaterPage::Budgets(route) => budgets(route),
        LaterPage::People(route) => people(route),
        LaterPage::Journal => view! { <JournalPage/> }.into_any(),
        LaterPage::KeyDialog => view! { <KeyDialog/> }.into_any(),
        LaterPage::IdleWatch => view! { <IdleDialog/> }.into_any(),
    })
}

/// What the address says last stays while another page takes over.
fn workspace(route: Memo<Route>) -> AnyView {
    let workspace = Memo::new(move |last: Option<&Option<WorkspaceRef>>| {
        route.with(|route| route.workspace_ref().cloned().or_else(|| last.cloned().flatten()))
    });
    let shown = Memo::new(move |_| {
        route.with(|route| if let Route::Workspace(_, shown) = route { *shown } else { WorkspaceView::Settings })
    });
    let members = Memo::new(move |last: Option<&Option<PeopleQuery>>| {
        route.with(|route| match route {
            Route::Members(_, query) => Some(PeopleQuery::parse(query)),
            Route::Workspace(..) => None,
            _ => last.cloned().flatten(),
        })
    });
    view! { <WorkspacePage workspace=workspace shown=shown members=members/> }.into_any()
}

fn budgets(route: Memo<Route>) -> AnyView {
    let query = Memo::new(move |last: Option<&BudgetsQuery>| {
        route.with(|route| match route {
            Route::Budgets(query) => BudgetsQuery::parse(query),
            _ => last.cloned().unwrap_or_default(),
        })
    });
    view! { <BudgetsPage query=query/> }.into_any()
}

fn people(route: Memo<Route>) -> AnyView {
    let query = Memo::new(move |last: Option<&PeopleQuery>| {
        route.with(|route| match route {
            Route::People(query) => PeopleQuery::parse(query),
            _ => last.cloned().unwrap_or_default(),
        })
    });
    view! { <PeoplePage query=query/> }.into_any()
}

#[cfg(feature = "split")]
async fn made(wanted: LaterPage, is_wanted: impl Fn() -> bool) -> Result<AnyView, NotLoaded> {
    load().await?;
    // Whoever went on to another view meanwhile has taken with them what the page would need.
    if is_wanted() { page(wanted).await } else { Ok(().into_any()) }
}

#[cfg(not(feature = "split"))]
async fn made(wanted: LaterPage, is_wanted: impl Fn() -> bool) -> Result<AnyView, NotLoaded> {
    if is_wanted() { page(wanted) } else { Err(NotLoaded) }
}

/// Between two attempts to get what has to be there.
const PAUSE_MS: u32 = 30_000;

/// Shows the page as soon as its code is there.
pub(super) fn later(wanted: LaterPage) -> AnyView {
    let view = RwSignal::new_local(None::<AnyView>);
    spawn_local(ScopedFuture::new(async move {
        let mut outcome = made(wanted, || !view.is_disposed()).await;
        // The limit has no view that could say that it is missing, or be opened again: it is asked for until it is there.
        while outcome.is_err() && matches!(wanted, LaterPage::IdleWatch) && !view.is_disposed() {
            TimeoutFuture::new(PAUSE_MS).await;
            outcome = made(wanted, || !view.is_disposed()).await;
        }
        view.try_set(Some(outcome.unwrap_or_else(|NotLoaded| missing())));
    }));
    dynamic(move || {
        view.track();
        let made = view.try_update_untracked(Option::take).flatten();
        made.unwrap_or_else(|| match wanted {
            LaterPage::KeyDialog | LaterPage::IdleWatch => ().into_any(),
            _ => view! { <Skeleton lines=6/> }.into_any(),
        })
    })
}

/// Whether nothing else is waited for anymore: the list has come. Then the second file is fetched.
pub(super) fn is_time() -> Memo<bool> {
    use crate::state::{ListStatus, WorkspaceList};
    let list: WorkspaceList = expect_context();
    Memo::new(move |was: Option<&bool>| {
        was == Some(&true) || matches!(list.status.get(), ListStatus::Complete | ListStatus::Failed(_))
    })
}

fn missing() -> AnyView {
    view! {
        <PageHeader title="Page not loaded"/>
        <Banner tone=Tone::Danger title="This part of the console could not be loaded">
            <p>{"The connection broke off, or a newer version has just been installed. "}<a href="" rel="external">{"Reload the page"}</a></p>
        </Banner>
    }
    .into_any()
}
