//! The settings of a workspace, edited in one form.

use leptos::{html, prelude::*};

use super::same_workspace;
use super::subject::Subject;
use crate::components::{
    ChangedBanner, ComparisonDialog, EditSession, EditTexts, Editing, FormSection, IdentityFields, KeyWays,
    LeaveDialog, LeaveJobDialog, LoggingFields, ModelFields, RestoredBanner, SaveActions, SaveBar, SaveEnd,
    WriteFailurePanel, focus_first_problem,
};
use crate::data::use_workspaces;
use crate::domain::{Slug, Workspace, WorkspaceRef};
use crate::forms::{Form as _, WorkspaceForm};
use crate::jobs::JobKind;
use crate::navigation::{use_navigator, use_route};
use crate::routes::{Route, WorkspaceView};
use crate::session::drafts;
use crate::ui::{Icon, LinkButton, dynamic};
use crate::write::{SaveSettings, SettingsEnd, Writer, use_write};

const TEXTS: EditTexts = EditTexts {
    subject: "the workspace",
    field: "field",
    changed: "Someone else changed this workspace after you opened this page",
    dialog: "Someone else changed this workspace",
    caption: "Changes to this workspace since you opened it",
    rule: "Fields you didn’t edit now show the newer values. Where you both changed a field, yours is kept unless you discard it.",
};

#[component]
pub(super) fn SettingsForm(
    data: Signal<Workspace>,
    subject: Subject,
    /// While their job runs, the question before leaving is about that.
    ways: KeyWays,
) -> impl IntoView {
    let is_changing_keys = Memo::new(move |_| ways.is_running());
    let workspaces = use_workspaces();
    let id = StoredValue::new(data.with_untracked(|workspace| workspace.id.clone()));
    let is_taken = move |slug: &Slug| id.with_value(|id| workspaces.is_taken(slug, Some(id)));
    let session = EditSession::<WorkspaceForm>::new(data);
    session.keep_draft(id.with_value(drafts::of_settings));
    let editing = Editing::update(session.state, move || session.base(), is_taken);
    let last = RwSignal::new(LastSave::None);
    let saving = use_saving(session, editing, last, show_renamed(subject));
    let save = Callback::new(move |()| {
        let (form, base) = untrack(|| (session.state.get(), session.base()));
        editing.touch_all();
        last.set(LastSave::None);
        match form.validate_update(&base, |slug| untrack(|| is_taken(slug))) {
            Ok(_) => {
                let is_taken = Box::new(move |slug: &Slug| untrack(|| is_taken(slug)));
                saving.run(SaveSettings { base, form, is_taken, is_undo: false });
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
    let actions = actions(session, last, saving, save);
    let end = Signal::derive(move || {
        let failed = || SaveEnd::Failed("Your changes were not saved".to_owned());
        saving.failure.with(Option::is_some).then(failed).or_else(|| last.with(LastSave::end))
    });
    let panel = NodeRef::<html::Div>::new();
    view! {
        <RestoredBanner session=session texts=&TEXTS/>
        <ChangedBanner session=session texts=&TEXTS pending=saving.pending/>
        <form class="form" on:submit=submit novalidate=true aria-label="Workspace settings">
            <IdentityFields editing=editing/>
            <BudgetsLink/>
            <ModelFields editing=editing/>
            <LoggingFields editing=editing/>
            <div tabindex="-1" node_ref=panel>
                <WriteFailurePanel
                    title="Couldn’t save your changes"
                    failure=saving.failure
                    unread_title="Your changes were not saved"
                    unread_effect="We couldn’t load the current workspace, so nothing was sent."
                />
            </div>
            <SaveBar
                edited=Signal::derive(move || session.edited())
                pending=saving.pending
                end=end
                actions=actions
                panel=panel
                label="Save changes"
            />
        </form>
        {move || match is_changing_keys.get() {
            true => view! { <LeaveJobDialog kind=JobKind::DisableKeys/> }.into_any(),
            false => view! { <LeaveDialog/> }.into_any(),
        }}
        <ComparisonDialog session=session texts=&TEXTS on_save=save/>
    }
}

/// Budgets have a tab of their own.
#[component]
fn BudgetsLink() -> impl IntoView {
    let route = use_route();
    let href = move || {
        let budgets = |it: &WorkspaceRef| Route::Workspace(it.clone(), WorkspaceView::Budgets);
        route.with(|route| same_workspace(route, budgets).href())
    };
    view! {
        <FormSection title="Budgets" description="Limits on what this workspace can spend.">
            {dynamic(move || view! { <LinkButton href=href() icon=Icon::Wallet>"Edit budgets"</LinkButton> })}
        </FormSection>
    }
}

/// A writer that adopts what a save leads to.
fn use_saving(
    session: EditSession<WorkspaceForm>,
    editing: Editing,
    last: RwSignal<LastSave>,
    show_renamed: Callback<Workspace>,
) -> Writer<SaveSettings> {
    use_write(move |write: SaveSettings, result| {
        match result {
            Ok(SettingsEnd::Saved { before, saved }) => {
                session.follow_write(&write.form, (*saved).clone());
                last.set(LastSave::Saved { before, saved: saved.clone() });
                if saved.slug != write.base.slug {
                    show_renamed.run(*saved);
                }
            }
            Ok(SettingsEnd::Unchanged(now)) => {
                session.follow_write(&write.form, *now);
                last.set(LastSave::Unchanged);
            }
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
    })
}

fn actions(
    session: EditSession<WorkspaceForm>,
    last: RwSignal<LastSave>,
    saving: Writer<SaveSettings>,
    save: Callback<()>,
) -> SaveActions {
    let dismiss = Callback::new(move |()| {
        last.set(LastSave::None);
        saving.failure.set(None);
    });
    let discard = Callback::new(move |()| {
        session.discard();
        dismiss.run(());
    });
    let undo = Callback::new(move |()| {
        if let LastSave::Saved { before, saved } = last.get_untracked() {
            // What others have changed since stays.
            let base = untrack(|| session.base());
            session.state.fill(WorkspaceForm::of(&before).rebased(&saved, &base));
            save.run(());
        }
    });
    SaveActions { discard, undo, dismiss }
}

/// The last save, if it ended well.
#[derive(Clone, PartialEq)]
enum LastSave {
    None,
    Unchanged,
    Saved { before: Box<Workspace>, saved: Box<Workspace> },
}

impl LastSave {
    fn end(&self) -> Option<SaveEnd> {
        match self {
            Self::None => None,
            Self::Unchanged => Some(SaveEnd::Unchanged),
            Self::Saved { .. } => Some(SaveEnd::Saved),
        }
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
