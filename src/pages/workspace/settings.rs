//! The settings of a workspace, edited in one form.

use leptos::prelude::*;

use super::subject::Subject;
use crate::components::{
    ChangedBanner, ComparisonDialog, EditSession, EditTexts, Editing, LeaveDialog, RestoredBanner, SaveBar,
    WorkspaceFields, WriteFailurePanel, focus_first_problem,
};
use crate::data::use_workspaces;
use crate::domain::{Slug, Workspace, WorkspaceRef};
use crate::forms::WorkspaceForm;
use crate::navigation::{use_navigator, use_route};
use crate::routes::Route;
use crate::session::drafts;
use crate::write::{SaveSettings, SettingsEnd, use_write};

const TEXTS: EditTexts = EditTexts {
    subject: "the workspace",
    field: "field",
    changed: "Someone else changed this workspace after you opened this page",
    dialog: "This workspace was changed since you opened it",
    caption: "Changes since you opened this workspace",
    rule: "Fields that you did not edit follow the newer state; where both of you changed a field, yours is kept on top \
           unless you discard it.",
};

#[component]
pub(super) fn SettingsForm(data: Signal<Workspace>, subject: Subject) -> impl IntoView {
    let workspaces = use_workspaces();
    let id = StoredValue::new(data.with_untracked(|workspace| workspace.id.clone()));
    let is_taken = move |slug: &Slug| id.with_value(|id| workspaces.is_taken(slug, Some(id)));
    let session = EditSession::<WorkspaceForm>::new(data);
    session.keep_draft(id.with_value(drafts::of_settings));
    let editing = Editing::new(session.state, move |form| {
        form.validate_update(&session.base(), is_taken).err().unwrap_or_default()
    });
    let show_renamed = show_renamed(subject);
    let saving = use_write(move |write: SaveSettings, result| {
        match result {
            Ok(SettingsEnd::Saved(saved)) => {
                session.follow_write(&write.form, (*saved).clone());
                if saved.slug != write.base.slug {
                    show_renamed.run(*saved);
                }
            }
            Ok(SettingsEnd::Unchanged(now)) => session.follow_write(&write.form, *now),
            Ok(SettingsEnd::Changed(now)) => {
                session.learn(*now);
                session.compare("Nothing was sent.".to_owned());
            }
            Ok(SettingsEnd::Invalid) => {
                editing.touch_all();
                focus_first_problem();
            }
            Ok(SettingsEnd::Left) => {}
            Err(failure) => return editing.show_refusal(failure),
        }
        None
    });
    let save = Callback::new(move |()| {
        let (form, base) = untrack(|| (session.state.get(), session.base()));
        editing.touch_all();
        match form.validate_update(&base, |slug| untrack(|| is_taken(slug))) {
            Ok(_) => {
                saving.run(SaveSettings { base, form, is_taken: Box::new(move |slug| untrack(|| is_taken(slug))) })
            }
            Err(_) => focus_first_problem(),
        }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if session.is_dirty.get_untracked() {
            save.run(());
        }
    };
    let discard = Callback::new(move |()| {
        session.discard();
        saving.failure.set(None);
    });
    view! {
        <RestoredBanner session=session texts=&TEXTS/>
        <ChangedBanner session=session texts=&TEXTS pending=saving.pending/>
        <form class="form" on:submit=submit novalidate=true aria-label="Workspace settings">
            <WorkspaceFields editing=editing/>
            <WriteFailurePanel
                title="The changes could not be saved"
                failure=saving.failure
                unread_title="The changes were not saved"
                unread_effect="The workspace could not be read first, so nothing was sent."
            />
            <SaveBar is_dirty=session.is_dirty pending=saving.pending on_discard=discard label="Save changes"/>
        </form>
        <LeaveDialog/>
        <ComparisonDialog session=session texts=&TEXTS on_save=save/>
    }
}

/// Shows the new slug in the address, where the address names the workspace by its slug.
fn show_renamed(subject: Subject) -> Callback<Workspace> {
    let (navigator, route) = (use_navigator(), use_route());
    Callback::new(move |saved: Workspace| {
        let slug = || WorkspaceRef::from(&saved.slug);
        let renamed = match route.get_untracked() {
            Route::Workspace(WorkspaceRef::Slug(_), view) => Route::Workspace(slug(), view),
            Route::Members(WorkspaceRef::Slug(_), query) => Route::Members(slug(), query),
            _ => return,
        };
        subject.is_now(&saved);
        navigator.replace(&renamed);
    })
}
