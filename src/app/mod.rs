//! The app: the page that the address names, inside the shell, or the sign-in page in its place.

mod account;
mod frame;
mod later;
mod offline;
mod preferences;
mod shell;

use leptos::prelude::*;

use crate::boot;
use crate::browser::clock::provide_clock;
use crate::browser::{Connection, Theme, ignore_dropped_files};
use crate::components::{FirstView, forget_recent, provide_later_views, provide_table_layouts};
use crate::data::{Cache, use_workspaces};
use crate::navigation::use_route;
use crate::pages::sign_in::{SignInPage, UnreachablePage};
use crate::pages::workspaces::WorkspacesPage;
use crate::routes::Route;
use crate::session::{SessionState, SignInProblem, drafts, use_client, use_session};
use crate::ui::dynamic;
use crate::write::{ActivityLog, Notices};

use frame::Frame;
use later::{LaterPage, is_first_view_ready, later};
use shell::Shell;

/// The whole console.
#[component]
pub fn App() -> impl IntoView {
    crate::routes::host_below(&crate::browser::setting("base-path").unwrap_or_default());
    provide_services();
    let first_view = StoredValue::new(true);
    provide_context(FirstView(first_view));
    let frame = Frame::provide();
    let session = use_session();
    let list = use_workspaces().data;
    let route = use_route();
    let screen = Memo::new(move |_| {
        // The list is drawn as soon as it is there: a response shows that the key is accepted.
        let has_list =
            || list.state.with(|list| list.data().is_some()) && route.with(|route| Page::of(route) == Page::Workspaces);
        session.state.with(|state| match state {
            SessionState::Checking if has_list() => Screen::Console,
            SessionState::Checking => Screen::Checking,
            SessionState::Unreachable(error) => Screen::Unreachable(error.clone()),
            SessionState::SignedOut(problem) => Screen::SignIn(problem.clone()),
            SessionState::SignedIn(_)
            | SessionState::KeyExpired(_)
            | SessionState::SignedOutElsewhere(_)
            | SessionState::ProxySignInEnded(_) => Screen::Console,
        })
    });
    dynamic(move || {
        let screen = screen.get();
        if matches!(screen, Screen::Unreachable(_) | Screen::SignIn(_)) {
            // After the person has acted here, the next heading takes the focus.
            first_view.set_value(false);
        }
        if screen == Screen::Checking && boot::is_shown() {
            // The page shows the frame of what is most likely to come.
            return ().into_any();
        }
        frame.keep(boot::clear().filter(|_| screen == Screen::Console));
        match screen {
            Screen::Checking => view! { <div class="boot" role="status">{"Connecting…"}</div> }.into_any(),
            Screen::Unreachable(error) => view! { <UnreachablePage error=error/> }.into_any(),
            Screen::SignIn(problem) => view! { <SignInPage problem=problem/> }.into_any(),
            Screen::Console => view! { <Shell><CurrentPage/></Shell> }.into_any(),
        }
    })
}

/// Provides the services that views use by context.
pub fn provide_services() {
    provide_clock();
    crate::navigation::provide();
    Theme::provide();
    Connection::provide();
    ignore_dropped_files();
    provide_later_views();
    provide_table_layouts();
    let (notices, log) = (Notices::default(), ActivityLog::default());
    provide_context(notices);
    provide_context(log);
    let on_wipe = Callback::new(|()| {
        drafts::forget_activity();
        forget_recent();
        crate::jobs::record_store::forget_all();
    });
    let on_end = Callback::new(move |()| {
        notices.list.set(Vec::new());
        log.close();
    });
    crate::jobs::record_store::forget_expired();
    let session = crate::session::provide(on_end, on_wipe);
    provide_context(Cache::new(use_client(), session.state));
    // Read before a view asks for it: if a proxy holds the key, the list arrives while the session is checked.
    use_workspaces().data.get_untracked();
    session.start();
}

#[derive(Clone, PartialEq)]
enum Screen {
    Checking,
    Unreachable(crate::api::ApiError),
    SignIn(Option<SignInProblem>),
    Console,
}

/// The page of a route. Routes that differ only within a page have the same one.
#[derive(Clone, Copy, PartialEq)]
enum Page {
    Workspaces,
    Later(LaterPage),
}

impl Page {
    fn of(route: &Route) -> Self {
        match route {
            Route::Workspaces(_) => Self::Workspaces,
            Route::CreateWorkspace => Self::Later(LaterPage::Create),
            Route::Workspace(..) | Route::Members(..) | Route::WorkspaceKeys(..) => Self::Later(LaterPage::Workspace),
            Route::Budgets(_) => Self::Later(LaterPage::Budgets),
            Route::People(_) => Self::Later(LaterPage::People),
            Route::Keys(_) => Self::Later(LaterPage::Keys),
            Route::Activity(_) => Self::Later(LaterPage::Activity),
            Route::Files { .. } => Self::Later(LaterPage::Files),
            Route::NotFound => Self::Later(LaterPage::NotFound),
        }
    }
}

#[component]
fn CurrentPage() -> impl IntoView {
    let route = use_route();
    let page = Memo::new(move |_| route.with(Page::of));
    let is_ready = is_first_view_ready();
    dynamic(move || match page.get() {
        Page::Workspaces => {
            let query = last_part(route, |route| match route {
                Route::Workspaces(query) => Some(query.clone()),
                _ => None,
            });
            let overview = move || is_ready.get().then(|| later(LaterPage::Overview)).into_any();
            let tools = move || is_ready.get().then(|| later(LaterPage::ViewMenu)).into_any();
            view! { <WorkspacesPage query=query overview=overview tools=tools/> }.into_any()
        }
        Page::Later(page) => later(page),
    })
}

/// A part of the current route. It keeps its last value while the route becomes another page's.
fn last_part<T: Clone + Default + PartialEq + Send + Sync + 'static>(
    route: Memo<Route>,
    part: impl Fn(&Route) -> Option<T> + Send + Sync + 'static,
) -> Memo<T> {
    Memo::new(move |last: Option<&T>| route.with(&part).or_else(|| last.cloned()).unwrap_or_default())
}
