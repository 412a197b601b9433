//! The code that is not needed for the first view: a file of its own, loaded when one of these pages is opened.
//!
//! Invariant: what only these pages name stays out of the first load. A build without the feature `split` (tests,
//! `cargo xtask serve`) has everything in one file and behaves the same.

use std::sync::Once;

use futures::future::{LocalBoxFuture, OptionFuture};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;

use super::account::mark_individual_account;
use super::frame::{Frame, waiting};
use super::last_part;
use super::offline::OfflineBanner;
use super::preferences::Preferences;
use crate::browser::painted;
use crate::components::{
    CommandPalette, EditViewDialog, IdleDialog, KeyDialog, PageHeader, PaletteButton, Toasts, WorkspacePicker,
    keep_focus, listen_to_picker_keys, provide_actions, provide_baseline, provide_palette, provide_saved_views,
    provide_shortcuts, start_copying,
};
use crate::data::{Remote, use_workspaces};
use crate::navigation::use_route;
use crate::pages::activity::ActivityPage;
use crate::pages::budgets::BudgetsPage;
use crate::pages::create_workspace::CreateWorkspacePage;
use crate::pages::files::FilesPage;
use crate::pages::keys::KeysPage;
use crate::pages::not_found::NotFoundPage;
use crate::pages::people::PeoplePage;
use crate::pages::workspace::{WorkspacePage, first_members};
use crate::pages::workspaces::overview::Overview;
use crate::pages::workspaces::tools::ListTools;
use crate::routes::Route;
use crate::ui::{Banner, Tone, dynamic, ignore_input_methods, keep_text_true, open_rows, watch_text_size};

#[derive(Clone, Copy, PartialEq)]
pub(super) enum LaterPage {
    Create,
    Workspace,
    Budgets,
    People,
    Keys,
    Activity,
    Files,
    NotFound,
    KeyDialog,
    Overview,
    Overlays,
    Offline,
    Preferences,
    TopBarTools,
    ViewMenu,
}

impl LaterPage {
    /// Whether nothing is shown while it is loaded.
    fn is_silent(self) -> bool {
        self == Self::KeyDialog || self.is_tried_again()
    }

    /// Whether it is loaded again after a failure, because the person cannot open it again.
    fn is_tried_again(self) -> bool {
        matches!(
            self,
            Self::Overview | Self::Overlays | Self::Offline | Self::Preferences | Self::TopBarTools | Self::ViewMenu
        )
    }
}

#[derive(Debug)]
struct NotLoaded;

#[cfg(feature = "split")]
impl From<leptos::wasm_split::SplitLoaderError> for NotLoaded {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

struct Built {
    view: AnyView,
    /// Waits for the first rows, where `boot.js` has drawn them. Returns the owner of what reads them.
    first_rows: Option<LocalBoxFuture<'static, Owner>>,
}

#[cfg_attr(
    feature = "split",
    leptos::wasm_split::wasm_split(later, wasm_split_path = ::leptos::wasm_split, preload(load), fallible)
)]
fn page(page: LaterPage, drawn: Option<Route>) -> Result<Built, NotLoaded> {
    watch_page();
    let first_rows = match drawn {
        Some(Route::Members(workspace, _)) => Some(first_members(workspace)),
        _ => None,
    };
    Ok(Built { view: view_of(page), first_rows })
}

fn view_of(page: LaterPage) -> AnyView {
    match page {
        LaterPage::Create => view! { <CreateWorkspacePage/> }.into_any(),
        LaterPage::Workspace => {
            let workspace = last_part(use_route(), |route| route.workspace_ref().cloned().map(Some));
            view! { <WorkspacePage workspace=workspace/> }.into_any()
        }
        LaterPage::Budgets => {
            let query = last_part(use_route(), |route| match route {
                Route::Budgets(query) => Some(query.clone()),
                _ => None,
            });
            view! { <BudgetsPage query=query/> }.into_any()
        }
        LaterPage::People => {
            let query = last_part(use_route(), |route| match route {
                Route::People(query) => Some(query.clone()),
                _ => None,
            });
            view! { <PeoplePage query=query/> }.into_any()
        }
        LaterPage::Keys => {
            let query = last_part(use_route(), |route| match route {
                Route::Keys(query) => Some(query.clone()),
                _ => None,
            });
            view! { <KeysPage query=query/> }.into_any()
        }
        LaterPage::Activity => view! { <ActivityPage/> }.into_any(),
        LaterPage::Files => {
            let is_applying = last_part(use_route(), |route| match route {
                Route::Files { is_applying } => Some(*is_applying),
                _ => None,
            });
            view! { <FilesPage is_applying=is_applying/> }.into_any()
        }
        LaterPage::NotFound => view! { <NotFoundPage/> }.into_any(),
        LaterPage::Overview => view! { <Overview/> }.into_any(),
        LaterPage::KeyDialog => view! { <KeyDialog/> }.into_any(),
        LaterPage::Overlays => view! { <Toasts/><IdleDialog/><CommandPalette/><EditViewDialog/> }.into_any(),
        LaterPage::Offline => view! { <OfflineBanner/> }.into_any(),
        LaterPage::Preferences => view! { <Preferences/> }.into_any(),
        LaterPage::ViewMenu => view! { <ListTools/> }.into_any(),
        LaterPage::TopBarTools => view! { <PaletteButton/><WorkspacePicker/> }.into_any(),
    }
}

/// The parts of the document that the console draws. Extensions add others to the body.
const OURS: &str = ".shell, .toasts, .sign-in, dialog";

/// Starts what watches the whole page for as long as it lives, once.
fn watch_page() {
    static START: Once = Once::new();
    START.call_once(|| {
        keep_text_true(OURS);
        watch_text_size();
        open_rows();
        listen_to_picker_keys();
        ignore_input_methods();
        start_copying();
        // All views share them, so they belong to the app.
        if let Some(app) = std::iter::successors(Owner::current(), Owner::parent).last() {
            app.with(|| {
                keep_focus();
                mark_individual_account();
                provide_shortcuts();
                provide_actions();
                provide_palette();
                provide_baseline();
                provide_saved_views();
            });
        }
    });
}

/// Loads the second file and builds a view, if it `is_wanted` by then. A view that has gone has taken its contexts along.
#[cfg(feature = "split")]
async fn build(wanted: LaterPage, drawn: Option<Route>, is_wanted: impl Fn() -> bool) -> Result<Built, NotLoaded> {
    load().await?;
    // Each view in a task of its own, so that none of them is long.
    TimeoutFuture::new(0).await;
    if is_wanted() { page(wanted, drawn).await } else { Err(NotLoaded) }
}

#[cfg(not(feature = "split"))]
async fn build(wanted: LaterPage, drawn: Option<Route>, is_wanted: impl Fn() -> bool) -> Result<Built, NotLoaded> {
    if is_wanted() { page(wanted, drawn) } else { Err(NotLoaded) }
}

const RETRY_MS: u32 = 30_000;

pub(super) fn later(wanted: LaterPage) -> AnyView {
    let view = RwSignal::new_local(None::<AnyView>);
    let frame = expect_context::<Frame>();
    spawn_local(ScopedFuture::new(async move {
        let drawn = || frame.route().filter(|_| wanted == LaterPage::Workspace);
        let build_it = || build(wanted, drawn(), || !view.is_disposed());
        let mut built = build_it().await;
        while built.is_err() && wanted.is_tried_again() && !view.is_disposed() {
            TimeoutFuture::new(RETRY_MS).await;
            built = build_it().await;
        }
        match built {
            Ok(Built { view: built, first_rows }) => {
                let reading = OptionFuture::from(first_rows).await;
                if wanted == LaterPage::Workspace {
                    frame.keep(None);
                }
                view.try_set(Some(built));
                // From then on, the view itself observes what it shows.
                if reading.is_some() {
                    painted().await;
                }
                drop(reading);
            }
            Err(NotLoaded) if view.is_disposed() => {}
            Err(NotLoaded) => view.set(Some(not_loaded())),
        }
    }));
    let skeleton = move || (!wanted.is_silent()).then(waiting).into_any();
    let shown = move || {
        view.track();
        view.try_update_untracked(Option::take).flatten().unwrap_or_else(skeleton)
    };
    dynamic(shown)
}

/// Whether the first view has its data. Then the second file is loaded too.
pub(super) fn is_first_view_ready() -> Memo<bool> {
    let list = use_workspaces().data;
    Memo::new(move |was: Option<&bool>| was == Some(&true) || !list.state.with(Remote::is_busy))
}

fn not_loaded() -> AnyView {
    view! {
        <PageHeader title="Page not loaded"/>
        <Banner tone=Tone::Danger title="Couldn’t load this part of the console">
            <p>{"The connection dropped, or a newer version was just installed. "}<a href="" rel="external">{"Reload the page"}</a></p>
        </Banner>
    }
    .into_any()
}
