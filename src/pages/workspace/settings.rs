//! The settings of a workspace: every field, edited in one form.
//!
//! Invariant: a refresh follows the server where nothing was edited, and never touches what was.

use crate::effect::watch;
use leptos::prelude::*;

use super::merge::MergeDialog;
use super::save::Saving;
use super::subject::Subject;
use crate::components::{
    Editing, ErrorPanel, LeaveDialog, SaveBar, WorkspaceFields, WriteErrorPanel, focus_first_problem,
};
use crate::domain::Workspace;
use crate::forms::{Field, WorkspaceForm, merge};
use crate::state::{WorkspaceList, drafts};
use crate::ui::{Banner, Button, Tone, handler};

/// The form.
#[component]
pub(super) fn SettingsForm(data: Signal<Workspace>, subject: Subject) -> impl IntoView {
    let list: WorkspaceList = expect_context();
    let base = RwSignal::new(data.get_untracked());
    let editing = Editing::new(WorkspaceForm::of(&base.get_untracked()));
    let is_taken = move |slug: &_| base.with_untracked(|base| list.is_taken(slug, Some(&base.id)));
    editing.judge(move |form| base.with(|base| form.validate_update(base, is_taken).err().unwrap_or_default()));
    let is_dirty = Memo::new(move |_| base.with(|base| editing.form() != WorkspaceForm::of(base)));
    let elsewhere = RwSignal::new(None);
    let is_restored = keep_draft(editing, base, is_dirty, elsewhere);
    follow(data, base, editing, is_dirty);
    let saving = Saving::new(editing, base, subject);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if saving.pending.get_untracked() || !is_dirty.get_untracked() {
            return;
        }
        editing.touch_all();
        match untrack(|| base.with(|base| editing.form().validate_update(base, is_taken))) {
            Ok(_) => saving.begin(),
            Err(_) => focus_first_problem(),
        }
    };
    let discard = Callback::new(move |()| {
        editing.fill(WorkspaceForm::of(&base.get_untracked()));
        saving.forget_failure();
        is_restored.set(false);
    });
    view! {
        <Show when=move || is_restored.get() && is_dirty.get()>
            <Banner tone=Tone::Info title="Your unsaved changes are back">
                {move || elsewhere.get().map(|fields| view! {
                    <p>{format!("Somebody else changed the workspace meanwhile: {fields}. Where you edited the same field, yours is shown.")}</p>
                }.into_any())}
                <Button on_click=discard>"Discard them"</Button>
            </Banner>
        </Show>
        <ChangedElsewhere data=data base=base editing=editing saving=saving/>
        <form class="form" on:submit=handler(submit) novalidate=true aria-label="Workspace settings">
            <WorkspaceFields editing=editing/>
            {move || saving.unread.get().map(|error| view! {
                <ErrorPanel
                    title="The changes were not saved"
                    error=error
                    effect="The workspace could not be read first, so nothing was sent."
                />
            }.into_any())}
            {move || saving.failure.get().map(|failure| view! {
                <WriteErrorPanel title="The changes could not be saved" failure=failure/>
            }.into_any())}
            <SaveBar is_dirty=is_dirty pending=saving.pending on_discard=discard label="Save changes"/>
        </form>
        <LeaveDialog/>
        <MergeDialog base=base editing=editing saving=saving/>
    }
}

/// Says that somebody changed the workspace while the form was being edited.
#[component]
fn ChangedElsewhere(
    data: Signal<Workspace>,
    base: RwSignal<Workspace>,
    editing: Editing,
    saving: Saving,
) -> impl IntoView {
    let is_behind = Memo::new(move |_| {
        let form = editing.form();
        base.with(|base| data.with(|now| !merge::differences(base, now, &form).is_empty()))
    });
    let compare = Callback::new(move |()| saving.theirs.set(Some(data.get_untracked())));
    view! {
        <Show when=move || is_behind.get()>
            <Banner tone=Tone::Warning title="Somebody else changed this workspace since you opened it">
                <Button on_click=compare>"Compare"</Button>
            </Banner>
        </Show>
    }
}

/// Takes over what the server holds, for as long as nothing was edited.
fn follow(data: Signal<Workspace>, base: RwSignal<Workspace>, editing: Editing, is_dirty: Memo<bool>) {
    watch(move || {
        let now = data.get();
        if !is_dirty.get_untracked() && base.with_untracked(|base| *base != now) {
            editing.fill(WorkspaceForm::of(&now));
            base.set(now);
        }
    });
}

/// Keeps the draft for a reload, and asks before leaving it. Answers whether one was restored; `elsewhere` tells which
/// fields somebody else changed since it was begun.
fn keep_draft(
    editing: Editing,
    base: RwSignal<Workspace>,
    is_dirty: Memo<bool>,
    elsewhere: RwSignal<Option<String>>,
) -> RwSignal<bool> {
    let name = base.with_untracked(|base| format!("workspace.{}", base.id));
    let kept = drafts::restore::<WorkspaceForm>(&name);
    let is_restored = RwSignal::new(kept.is_some());
    if let Some((draft, began_with)) = kept {
        // What was not edited then is as the server has it today.
        let today = base.with_untracked(WorkspaceForm::of);
        let changed: Vec<&str> = Field::ALL
            .into_iter()
            .filter(|at| began_with.text_of(*at) != today.text_of(*at))
            .map(Field::label)
            .collect();
        elsewhere.set((!changed.is_empty()).then(|| changed.join(", ")));
        editing.fill(draft.following(&began_with, &today));
        editing.touch_all();
    }
    drafts::follow(name, is_dirty, move || (editing.form(), base.with(WorkspaceForm::of)));
    is_restored
}
