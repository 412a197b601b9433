//! The form: four limits, the switch, the plan, and what was spent.
//!
//! Invariant: the form is compared with what the server is known to hold, and with nothing else.

use leptos::prelude::*;

use super::chart::SpendChart;
use super::save::{Saving, Theirs};
use super::spend::{SpendNote, Use, use_spend};
use super::steps::PlanView;
use super::theirs::TheirsDialog;
use crate::components::{ByokSwitch, LadderEditing, LadderFields, SaveBar};
use crate::domain::budget::duration_words;
use crate::domain::{BudgetState, Budgets, Interval, Timestamp, Workspace};
use crate::effect::watch;
use crate::forms::LadderForm;
use crate::state::{drafts, use_clock};
use crate::ui::{Banner, Button, Tone, handler};

/// The form, and the days behind it.
#[component]
pub(super) fn Editor(workspace: Signal<Workspace>, data: Signal<Budgets>) -> impl IntoView {
    let base = RwSignal::new(data.with_untracked(BudgetState::of));
    let editing = LadderEditing::new(&base.with_untracked(LadderForm::of), base.into());
    let is_dirty = Memo::new(move |_| base.with(|base| editing.form().differs_from(base)));
    let elsewhere = RwSignal::new(Vec::new());
    let is_restored = keep_draft(workspace, editing, base, is_dirty, elsewhere);
    let saving = Saving::new(editing, base, workspace);
    follow(data, base, editing, is_dirty, saving);
    let clock = use_clock();
    let spend = use_spend(workspace);
    let meaning = Callback::new(move |interval: Interval| reset_words(interval, clock.get()));
    let beside = Callback::new(move |interval| {
        view! { <Use interval=interval editing=editing spend=spend data=data/> }.into_any()
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        saving.begin();
    };
    let discard = Callback::new(move |()| {
        editing.fill(&base.with_untracked(LadderForm::of));
        is_restored.set(false);
    });
    view! {
        <Restored
            is_shown=Signal::derive(move || is_restored.get() && is_dirty.get())
            elsewhere=elsewhere
            on_discard=discard
        />
        <Unread data=data/>
        <form class="budgets" on:submit=handler(submit) novalidate=true aria-label="Budgets">
            <section class="card" aria-label="Limits">
                <LadderFields editing=editing meaning=meaning beside=beside/>
                <SpendNote spend=spend counts_byok=editing.counts_byok/>
            </section>
            <section class="card budgets__switch" aria-label="What counts"><ByokSwitch editing=editing/></section>
            <ChangedElsewhere base=base editing=editing saving=saving/>
            <PlanView saving=saving is_dirty=is_dirty/>
            <SaveBar
                is_dirty=is_dirty
                pending=saving.pending
                problem=Signal::derive(move || editing.problems().reason())
                on_discard=discard
                label="Save budgets"
            />
        </form>
        <SpendChart workspace=workspace editing=editing/>
        <TheirsDialog base=base editing=editing saving=saving/>
    }
}

/// `Resets 2026-12-01 00:00 UTC, in 6 days 10 h`.
fn reset_words(interval: Interval, now: i64) -> String {
    let Some(at) = interval.next_reset(now) else { return interval.reset_rule().to_owned() };
    let exact = Timestamp::from_unix_seconds(at).map(|at| at.exact().replace(":00 UTC", " UTC")).unwrap_or_default();
    format!("Resets {exact}, in {}", duration_words(at - now))
}

#[component]
fn Restored(is_shown: Signal<bool>, elsewhere: RwSignal<Vec<&'static str>>, on_discard: Callback<()>) -> impl IntoView {
    let words = move || {
        let fields = elsewhere.with(|fields| (!fields.is_empty()).then(|| fields.join(", ")))?;
        Some(format!(
            "Somebody else changed the budgets meanwhile: {fields}. Where you edited the same limit, yours is shown."
        ))
    };
    view! {
        <Show when=move || is_shown.get()>
            <Banner tone=Tone::Info title="Your unsaved changes are back">
                {move || words().map(|words| view! { <p>{words}</p> }.into_any())}
                <Button on_click=on_discard>"Discard them"</Button>
            </Banner>
        </Show>
    }
}

/// Limits of a kind that this console does not know.
#[component]
fn Unread(data: Signal<Budgets>) -> impl IntoView {
    let count = Memo::new(move |_| data.with(|data| data.unread.len()));
    view! {
        <Show when=move || count.get() != 0>
            <Banner tone=Tone::Warning title="Some limits of this workspace could not be read">
                <p>{move || format!("{} of them. They are left as they are; the order of the limits may depend on them.", count.get())}</p>
            </Banner>
        </Show>
    }
}

/// Says that somebody changed the budgets while the form was being edited.
#[component]
fn ChangedElsewhere(base: RwSignal<BudgetState>, editing: LadderEditing, saving: Saving) -> impl IntoView {
    let now = saving.known;
    let is_behind = Memo::new(move |_| base.with(|base| !editing.form().differences(base, &now.get()).is_empty()));
    let compare =
        Callback::new(move |()| saving.theirs.set(Some(Theirs { now: now.get_untracked(), done: Vec::new() })));
    view! {
        <Show when=move || is_behind.get() && !saving.pending.get()>
            <Banner tone=Tone::Warning title="Somebody else changed these budgets since you opened them">
                <Button on_click=compare>"Compare"</Button>
            </Banner>
        </Show>
    }
}

/// Takes over what the server holds, for as long as nothing was edited, is being saved, or is to be decided.
fn follow(
    data: Signal<Budgets>,
    base: RwSignal<BudgetState>,
    editing: LadderEditing,
    is_dirty: Memo<bool>,
    saving: Saving,
) {
    watch(move || {
        let now = data.with(BudgetState::of);
        saving.known.set(now);
        let is_undecided = saving.theirs.with_untracked(Option::is_some);
        let is_free = !is_dirty.get_untracked() && !saving.pending.get_untracked() && !is_undecided;
        if is_free && base.with_untracked(|base| *base != now) {
            editing.fill(&LadderForm::of(&now));
            base.set(now);
        }
    });
}

/// Keeps the draft for a reload, and asks before leaving it. Answers whether one was restored, and says in `elsewhere`
/// what others changed between.
fn keep_draft(
    workspace: Signal<Workspace>,
    editing: LadderEditing,
    base: RwSignal<BudgetState>,
    is_dirty: Memo<bool>,
    elsewhere: RwSignal<Vec<&'static str>>,
) -> RwSignal<bool> {
    let name = workspace.with_untracked(|workspace| drafts::of_budgets(&workspace.id));
    let kept = drafts::restore::<LadderForm>(&name);
    let is_restored = RwSignal::new(kept.is_some());
    if let Some((draft, began_with)) = kept {
        let began_with = BudgetState { ladder: began_with.ladder(), counts_byok: began_with.counts_byok };
        let changed = base.with_untracked(|base| draft.differences(&began_with, base));
        elsewhere.set(changed.into_iter().map(|it| it.label).collect());
        editing.fill(&base.with_untracked(|base| draft.rebased(&began_with, base)));
        editing.touch_all();
    }
    drafts::follow(name, is_dirty, move || (editing.form(), base.with(LadderForm::of)));
    is_restored
}
