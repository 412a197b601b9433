//! The page that creates a workspace, with its budgets.
//!
//! Invariant: what was typed stays until the workspace exists or the person discards it. It survives a reload.

use leptos::prelude::*;

use crate::components::{
    ByokSwitch, DraftNote, Editing, FormSection, FormState, IdentityFields, LadderEditing, LadderFields, LeaveDialog,
    LoggingFields, ModelFields, PageHeader, WriteFailurePanel, focus_first_problem,
};
use crate::data::use_workspaces;
use crate::domain::{Interval, Slug};
use crate::forms::NewWorkspace;
use crate::routes::Route;
use crate::session::drafts;
use crate::ui::{Banner, Button, ButtonVariant, Disclosure, LinkButton, Tone};
use crate::write::{CreateWithBudgets, use_write};

const DRAFT: &str = "create-workspace";

/// The page that creates a workspace.
#[component]
pub fn CreateWorkspacePage() -> impl IntoView {
    let workspaces = use_workspaces();
    let is_taken = move |slug: &Slug| workspaces.is_taken(slug, None);
    let draft = drafts::restore(DRAFT, &NewWorkspace::default()).map(|(draft, _)| draft);
    let is_restored = RwSignal::new(draft.is_some());
    let NewWorkspace { workspace, ladder } = draft.unwrap_or_default();
    let ladder = LadderEditing::new(FormState::new(RwSignal::new(ladder)), Signal::stored(NewWorkspace::BUDGETS));
    let has_options = workspace.has_options();
    let editing = Editing::creation(FormState::new(RwSignal::new(workspace)), is_taken);
    let form = move || NewWorkspace { workspace: editing.state.get(), ladder: ladder.state.get() };
    let is_dirty = Memo::new(move |_| !form().is_blank());
    drafts::follow(DRAFT.to_owned(), is_dirty, move || (form(), NewWorkspace::default()));
    let creation = use_write(move |_: CreateWithBudgets, result| editing.show_refusal(result.err()?));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        editing.touch_all();
        ladder.state.touch_all();
        match untrack(|| form().validate(is_taken)) {
            Some(order) => creation.run(CreateWithBudgets(order)),
            None => focus_first_problem(),
        }
    };
    let discard = move |()| {
        let NewWorkspace { workspace, ladder: blank } = NewWorkspace::default();
        editing.state.fill(workspace);
        ladder.state.fill(blank);
        is_restored.set(false);
    };
    let meaning = Callback::new(|interval: Interval| interval.reset_rule().to_owned());
    view! {
        <LeaveDialog/>
        <PageHeader title="Create workspace"/>
        <Show when=move || is_restored.get()>
            <Banner tone=Tone::Info title="We restored your unsaved changes">
                <Button on_click=discard>"Start over"</Button>
            </Banner>
        </Show>
        <form class="form form--page" on:submit=submit novalidate=true aria-label="New workspace">
            <IdentityFields editing=editing suggests_slug=true/>
            <FormSection
                title="Budgets"
                description="Limits on what this workspace can spend. You can change them at any time."
            >
                <LadderFields editing=ladder meaning=meaning/>
                <ByokSwitch editing=ladder/>
            </FormSection>
            <Disclosure summary="More options" note="Models and logging" open=has_options class="form__more">
                <ModelFields editing=editing/>
                <LoggingFields editing=editing/>
            </Disclosure>
            <WriteFailurePanel title="Couldn’t create the workspace" failure=creation.failure/>
            <DraftNote/>
            <div class="form__actions">
                <LinkButton href=Route::home().href()>"Cancel"</LinkButton>
                <Button submits=true variant=ButtonVariant::Primary pending=creation.pending>
                    "Create workspace"
                </Button>
            </div>
        </form>
    }
}
