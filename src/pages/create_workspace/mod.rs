//! Creating a workspace, with its budgets if wanted.
//!
//! Invariant: what was typed stays until the workspace exists or the person throws it away; it outlives a reload.

mod creation;
mod draft;

use leptos::prelude::*;

use crate::components::{
    ByokSwitch, Editing, FormSection, LadderEditing, LadderFields, LeaveDialog, PageHeader, WorkspaceFields,
    WriteErrorPanel, focus_first_problem,
};
use crate::domain::{BudgetState, Interval, Ladder};
use crate::routes::Route;
use crate::state::{WorkspaceList, drafts};
use crate::ui::{Banner, Button, ButtonKind, ButtonVariant, LinkButton, Tone, handler};

use creation::{Creation, Order};
use draft::NewWorkspace;

const DRAFT: &str = "create-workspace";
/// What a workspace has at first.
const NOTHING: BudgetState = BudgetState { ladder: Ladder::NONE, counts_byok: Some(false) };

/// The page.
#[component]
pub fn CreateWorkspacePage() -> impl IntoView {
    let list: WorkspaceList = expect_context();
    list.refresh_if_old();
    let kept = drafts::restore::<NewWorkspace>(DRAFT).map(|(draft, _)| draft);
    let is_restored = RwSignal::new(kept.is_some());
    let began = kept.unwrap_or_default();
    let ladder = LadderEditing::new(&began.ladder, Signal::stored(NOTHING));
    let editing = Editing::new(began.workspace);
    editing.judge(move |form| form.validate_create(|slug| list.is_taken(slug, None)).err().unwrap_or_default());
    let is_touched = Memo::new(move |_| !NewWorkspace::read(editing, ladder).is_blank());
    drafts::follow(DRAFT.to_owned(), is_touched, move || {
        (NewWorkspace::read(editing, ladder), NewWorkspace::default())
    });
    let creation = Creation::new(editing);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if creation.pending.get_untracked() {
            return;
        }
        editing.touch_all();
        ladder.touch_all();
        match untrack(|| order(editing, ladder, list)) {
            Some(order) => creation.begin(order),
            None => focus_first_problem(),
        }
    };
    let discard = Callback::new(move |()| {
        let blank = NewWorkspace::default();
        editing.fill(blank.workspace);
        ladder.fill(&blank.ladder);
        is_restored.set(false);
    });
    view! {
        <LeaveDialog/>
        <PageHeader title="Create workspace"/>
        <Show when=move || is_restored.get()>
            <Banner tone=Tone::Info title="Your unsaved draft is back">
                <Button on_click=discard>"Start anew"</Button>
            </Banner>
        </Show>
        <form class="form" on:submit=handler(submit) novalidate=true aria-label="New workspace">
            <WorkspaceFields editing=editing suggests_slug=true/>
            <BudgetFields ladder=ladder/>
            {move || creation.failure.get().map(|failure| view! {
                <WriteErrorPanel title="The workspace could not be created" failure=failure/>
            }.into_any())}
            <div class="form__actions">
                <LinkButton href=Route::home().href()>"Cancel"</LinkButton>
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary pending=creation.pending>
                    "Create workspace"
                </Button>
            </div>
        </form>
    }
}

/// What is to be created, where nothing is wrong.
fn order(editing: Editing, ladder: LadderEditing, list: WorkspaceList) -> Option<Order> {
    let request = editing.form().validate_create(|slug| list.is_taken(slug, None)).ok()?;
    let form = ladder.form();
    let wanted = form.validate(&NOTHING).ok()?;
    Some(Order { request, wanted, ladder: form })
}

#[component]
fn BudgetFields(ladder: LadderEditing) -> impl IntoView {
    let meaning = Callback::new(|interval: Interval| interval.reset_rule().to_owned());
    view! {
        <FormSection
            title="Budgets"
            description="Limits on what this workspace may spend. They are saved right after the workspace, and can be changed at any time."
        >
            <LadderFields editing=ladder meaning=meaning/>
            <ByokSwitch editing=ladder/>
        </FormSection>
    }
}
