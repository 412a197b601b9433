//! What is known of a workspace in one line under its name, and the menu that copies its ID, its slug and its link.

use leptos::prelude::*;

use crate::components::{OnDate, When};
use crate::data::{Data, use_directory_if};
use crate::domain::{Workspace, inline_text};
use crate::routes::Route;
use crate::session::{SessionState, use_session};
use crate::ui::{CopyMenu, dynamic};

/// Such as `research · Created Feb 11, 2025 by Åsa Lefèvre · Updated 9 days ago`.
#[component]
pub(super) fn SummaryLine(
    workspace: Signal<Workspace>,
    /// Whether what matters more has been read. Until then the directory is not asked for the creator's name.
    is_ready: Signal<bool>,
) -> impl IntoView {
    let session = use_session();
    // An individual account has no directory.
    let has_creator = Memo::new(move |_| {
        !session.state.with(SessionState::is_individual) && workspace.with(|it| it.created_by.is_some())
    });
    let directory = use_directory_if(move || has_creator.get() && is_ready.get());
    let creator = Memo::new(move |_| {
        let entry = workspace.with(|it| it.created_by.as_ref().map(|id| directory.entry(id)))?;
        Some((entry.name.clone(), entry.note().to_owned()))
    });
    let slug = Memo::new(move |_| workspace.with(|it| it.slug.to_string()));
    let created = Memo::new(move |_| workspace.with(|it| it.created_at.clone()));
    let updated = Memo::new(move |_| workspace.with(|it| it.updated_at.clone()));
    let by = move || {
        let (name, note) = creator.get()?;
        Some(view! { " by "<bdi title=inline_text(&note)>{name}</bdi> })
    };
    view! {
        <p class="summary-line">
            <span><bdi class="mono">{move || slug.get()}</bdi></span>
            <span>{"Created "}{dynamic(move || view! { <OnDate at=created.get()/> })}{dynamic(by)}</span>
            {dynamic(move || updated.get().map(|at| view! { <span>{"Updated "}<When at=Some(at)/></span> }))}
        </p>
    }
}

/// The menu in the head of the page, once the workspace has been read.
pub(super) fn copy_menu(workspace: Data<Workspace>) -> impl IntoView {
    let label = Memo::new(move |_| workspace.get().map(|it| format!("More about {}", it.inline_label())));
    let items = Callback::new(move |()| {
        let texts = |it: &Workspace| {
            let link = window().location().origin().unwrap_or_default() + &Route::workspace(&it.slug).href();
            vec![("Copy ID", it.id.to_string()), ("Copy slug", it.slug.to_string()), ("Copy link", link)]
        };
        untrack(|| workspace.get()).map(|it| texts(&it)).unwrap_or_default()
    });
    let is_read = Memo::new(move |_| label.with(Option::is_some));
    dynamic(move || {
        let label = Signal::derive(move || label.get().unwrap_or_default());
        is_read.get().then(|| view! { <CopyMenu label=label items=items/> })
    })
}
