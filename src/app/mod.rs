//! The app: the router, the shell around every view, and what stands in for it before somebody is signed in.
//!
//! Invariant: the address bar decides the view; the shell stays while views change.

mod later;
mod shell;

use crate::effect::watch;
use leptos::prelude::*;
use leptos_router::components::Router;
use leptos_router::hooks::use_location;
use leptos_router::location::{BrowserUrl, LocationProvider as _};

use crate::components::FirstView;
use crate::pages::not_found::NotFoundPage;
use crate::pages::sign_in::{SignInPage, UnreachablePage};
use crate::pages::workspaces::WorkspacesPage;
use crate::routes::{ListQuery, Route};
use crate::state::session::{SignInProblem, use_session};
use crate::state::{CurrentRoute, Navigator, SessionState, UnsavedGuard};
use crate::ui::dynamic;

use later::{LaterPage, later};
use shell::Shell;

/// The whole console.
#[component]
pub fn App() -> impl IntoView {
    crate::routes::host_below(&crate::browser::setting("base-path").unwrap_or_default());
    crate::state::provide();
    crate::components::keep_focus();
    view! { <Router><Routed/></Router> }
}

#[component]
fn Routed() -> impl IntoView {
    let location = use_location();
    let (path, search) = (location.pathname, location.search);
    let route = Memo::new(move |_| path.with(|path| search.with(|search| Route::parse(path, search))));
    provide_context(CurrentRoute(route));
    provide_context(Navigator::new());
    provide_context(FirstView(StoredValue::new(true)));
    follow_address(path, search);
    view! { <Gate route=route/> }
}

/// Lets the router write the address that it was about to go to, then numbers the history's new entry.
fn follow_address(path: Memo<String>, search: Memo<String>) {
    let browser: BrowserUrl = expect_context();
    let guard: UnsavedGuard = expect_context();
    watch(move || {
        path.track();
        search.track();
        browser.ready_to_complete();
        let address = untrack(|| path.with(|path| search.with(|search| Route::address(path, search))));
        request_animation_frame(move || guard.on_navigated(&address));
    });
}

#[derive(Clone, PartialEq)]
enum Door {
    Checking,
    Unreachable(crate::api::ApiError),
    SignedOut(Option<SignInProblem>),
    Open,
}

/// Who may come in.
#[component]
fn Gate(route: Memo<Route>) -> impl IntoView {
    let state = use_session().state;
    let door = Memo::new(move |_| {
        state.with(|state| match state {
            SessionState::Checking => Door::Checking,
            SessionState::Unreachable(error) => Door::Unreachable(error.clone()),
            SessionState::SignedOut(problem) => Door::SignedOut(problem.clone()),
            SessionState::SignedIn(_) | SessionState::KeyExpired(_) => Door::Open,
        })
    });
    let first: FirstView = expect_context();
    dynamic(move || match door.get() {
        Door::Checking => view! { <div class="boot" role="status">{"Connecting…"}</div> }.into_any(),
        // Whoever comes in from here has acted on the page: the next heading takes the focus.
        Door::Unreachable(error) => {
            first.0.set_value(false);
            view! { <UnreachablePage error=error/> }.into_any()
        }
        Door::SignedOut(problem) => {
            first.0.set_value(false);
            view! { <SignInPage problem=problem/> }.into_any()
        }
        Door::Open => view! { <Shell><View route=route/></Shell> }.into_any(),
    })
}

/// Which page the address names; it changes only where another page is meant.
#[derive(Clone, PartialEq)]
enum Page {
    Workspaces,
    Create,
    Workspace,
    Budgets,
    People,
    Journal,
    NotFound,
}

#[component]
fn View(route: Memo<Route>) -> impl IntoView {
    let page = Memo::new(move |_| {
        route.with(|route| match route {
            Route::Workspaces(_) => Page::Workspaces,
            Route::CreateWorkspace => Page::Create,
            Route::Workspace(..) | Route::Members(..) => Page::Workspace,
            Route::Budgets(_) => Page::Budgets,
            Route::People(_) => Page::People,
            Route::Journal => Page::Journal,
            Route::NotFound => Page::NotFound,
        })
    });
    let query = Memo::new(move |last: Option<&ListQuery>| {
        route.with(|route| match route {
            Route::Workspaces(query) => query.clone(),
            _ => last.cloned().unwrap_or_default(),
        })
    });
    dynamic(move || match page.get() {
        Page::Workspaces => view! { <WorkspacesPage query=query/> }.into_any(),
        Page::Create => later(LaterPage::Create),
        Page::Workspace => later(LaterPage::Workspace(route)),
        Page::Budgets => later(LaterPage::Budgets(route)),
        Page::People => later(LaterPage::People(route)),
        Page::Journal => later(LaterPage::Journal),
        Page::NotFound => view! { <NotFoundPage/> }.into_any(),
    })
}
