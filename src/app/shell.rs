//! The shell: side bar, top bar, notices and the dialogs that can open over any view. It stays while views change.

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast as _;

use super::later::{LaterPage, is_first_view_ready, later};
use crate::components::saved_views_of;
use crate::data::use_workspaces;
use crate::domain::inline_text;
use crate::navigation::use_route;
use crate::routes::Route;
use crate::session::{KeyHolder, SessionState, use_session};
use crate::ui::{Badge, BadgeTone, Button, ButtonVariant, Drawer, Icon, IconButton, IconMark, focus};

#[component]
pub(super) fn Shell(children: Children) -> impl IntoView {
    let is_drawer_open = RwSignal::new(false);
    let close_drawer = Callback::new(move |()| is_drawer_open.set(false));
    let on_step = window_event_listener(ev::popstate, move |_| is_drawer_open.set(false));
    on_cleanup(move || on_step.remove());
    let main = NodeRef::<html::Main>::new();
    // The link moves the focus only: its fragment would become a step in the history.
    let skip = move |event: ev::MouseEvent| {
        event.prevent_default();
        if let Some(main) = main.get_untracked() {
            focus(&main);
        }
    };
    let session = use_session();
    let is_expired = Memo::new(move |_| session.state.with(SessionState::asks_in_place));
    // These views load the second file, so that later pages open immediately. Such a page has loaded it already.
    let (is_ready, route) = (is_first_view_ready(), use_route());
    let has_second_file = Memo::new(move |was: Option<&bool>| {
        was == Some(&true) || is_ready.get() || !route.with(|route| matches!(route, Route::Workspaces(_)))
    });
    view! {
        <a class="skip-link" href="#main" on:click=skip>{"Skip to content"}</a>
        <div class="shell">
            <aside class="shell__sidebar" aria-label="Sidebar"><SideBar/></aside>
            <Drawer open=is_drawer_open on_close=close_drawer label="Navigation"><SideBar on_follow=close_drawer/></Drawer>
            <TopBar on_menu=Callback::new(move |()| is_drawer_open.set(true)) has_second_file=has_second_file/>
            <main class="shell__main" id="main" tabindex="-1" node_ref=main>
                <div class="page">{move || has_second_file.get().then(|| later(LaterPage::Offline))}{children()}</div>
            </main>
        </div>
        {move || has_second_file.get().then(|| later(LaterPage::Overlays))}
        {move || is_expired.get().then(|| later(LaterPage::KeyDialog))}
    }
}

#[component]
fn SideBar(
    /// Called before a link is followed. What covers the page has to be gone before the new view takes the focus.
    #[prop(optional)]
    on_follow: Option<Callback<()>>,
) -> impl IntoView {
    let route = use_route();
    let follow = move |event: ev::MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let is_link = target.is_some_and(|target| target.closest("a[href]").ok().flatten().is_some());
        if let Some(on_follow) = on_follow.filter(|_| is_link) {
            on_follow.run(());
        }
    };
    let link = move |to: Route, label: &'static str, icon: Icon, is_here: fn(&Route) -> bool| {
        let current = move || route.with(is_here).then_some("page");
        let table = to.table();
        let views = move || table.map(saved_views_of);
        view! {
            <li>
                <a href=to.href() aria-current=current>
                    <IconMark icon=icon/>
                    <span>{label}</span>
                </a>
                {views}
            </li>
        }
    };
    view! {
        <div class="sidebar" on:click=follow>
            <a class="sidebar__brand" href=Route::home().href()>
                <IconMark icon=Icon::Layout/>
                <span>{"Workspace Console"}</span>
            </a>
            <nav aria-label="Main">
                <ul>
                    {link(Route::home(), "Workspaces", Icon::Folder, |route| {
                        route.workspace_ref().is_some() || matches!(route, Route::Workspaces(_) | Route::CreateWorkspace)
                    })}
                    {link(Route::budgets(), "Budgets", Icon::Wallet, |route| matches!(route, Route::Budgets(_)))}
                    {link(Route::people(), "People", Icon::Users, |route| matches!(route, Route::People(_)))}
                    {link(Route::keys(), "API keys", Icon::Key, |route| matches!(route, Route::Keys(_)))}
                    {link(Route::files(), "Import and export", Icon::Copy, |route| matches!(route, Route::Files { .. }))}
                    {link(Route::activity(), "Activity", Icon::Clock, |route| matches!(route, Route::Activity(_)))}
                </ul>
            </nav>
            <div class="sidebar__foot"><Account/></div>
        </div>
    }
}

#[component]
fn Account() -> impl IntoView {
    let session = use_session();
    let identity = Memo::new(move |_| session.state.with(|state| state.identity().cloned()));
    let sign_out = move |()| session.sign_out();
    let is_ready = is_first_view_ready();
    view! {
        <div class="account">
            {move || identity.get().map(|identity| match identity.holder {
                KeyHolder::Proxy => view! {
                    <Badge tone=BadgeTone::Info>"Key held by proxy"</Badge>
                    <p class="account__note">{"The proxy in front of the API adds the management key. This page never sees it."}</p>
                }.into_any(),
                KeyHolder::Page => view! {
                    <p class="account__note">
                        <IconMark icon=Icon::Key/>
                        <bdi class="mono">{inline_text(&identity.key.label)}</bdi>
                    </p>
                }.into_any(),
            })}
            <Button variant=ButtonVariant::Ghost icon=Icon::SignOut on_click=sign_out>"Sign out"</Button>
            // They are not needed for the first view, so they come with the second file.
            <div class="account__preferences">{move || is_ready.get().then(|| later(LaterPage::Preferences))}</div>
        </div>
    }
}

#[component]
fn TopBar(on_menu: Callback<()>, has_second_file: Memo<bool>) -> impl IntoView {
    let route = use_route();
    let workspaces = use_workspaces();
    let has_own_link = |route: &Route| {
        !matches!(
            route,
            Route::CreateWorkspace
                | Route::Workspace(..)
                | Route::Members(..)
                | Route::WorkspaceKeys(..)
                | Route::NotFound
        )
    };
    let here = move || match route.get() {
        Route::Workspaces(_) => "Workspaces".to_owned(),
        Route::CreateWorkspace => "Create workspace".to_owned(),
        Route::Workspace(workspace, _) | Route::Members(workspace, _) | Route::WorkspaceKeys(workspace, _) => {
            workspaces.name_of(&workspace)
        }
        Route::Keys(_) => "API keys".to_owned(),
        Route::Budgets(_) => "Budgets".to_owned(),
        Route::People(_) => "People".to_owned(),
        Route::Activity(_) => "Activity".to_owned(),
        Route::Files { .. } => "Import and export".to_owned(),
        Route::NotFound => "Page not found".to_owned(),
    };
    view! {
        <header class="shell__topbar">
            <div class="shell__menu"><IconButton icon=Icon::Menu label="Open navigation" on_click=on_menu/></div>
            <nav class="breadcrumb" aria-label="Breadcrumb">
                <ol class="breadcrumb__list">
                    {move || (!route.with(has_own_link)).then(|| view! {
                        <li class="breadcrumb__item">
                            <a class="breadcrumb__link" href=Route::home().href()>{"Workspaces"}</a>
                        </li>
                    })}
                    <li class="breadcrumb__item">
                        <bdi class="breadcrumb__here" aria-current="page">{move || here()}</bdi>
                    </li>
                </ol>
            </nav>
            <div class={"shell__spacer"}></div>
            {move || has_second_file.get().then(|| later(LaterPage::TopBarTools))}
        </header>
    }
}
