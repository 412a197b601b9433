//! The budgets of a workspace: its limits in one form, saved together, and its spend.

mod chart;
mod month;
mod save;
mod shares;
mod spend;
mod steps;
mod strip;

use leptos::{html, prelude::*};

use crate::browser::use_clock;
use crate::components::{
    AsyncView, ByokSwitch, ChangedBanner, ComparisonDialog, EditSession, EditTexts, LadderEditing, LadderFields,
    LeaveDialog, RestoredBanner, SaveActions, SaveBar,
};
use crate::data::{WorkspaceBudgets, use_data};
use crate::domain::{BudgetState, Budgets, Interval, Timestamp, Workspace, budget::format_duration, text::counted};
use crate::forms::LadderForm;
use crate::session::drafts;
use crate::ui::{Banner, Tone};

use chart::SpendChart;
use save::Saving;
use spend::{SpendNote, Use, use_spend};
use steps::FailedSteps;
use strip::Strip;

#[component]
pub(super) fn BudgetsTab(workspace: Signal<Workspace>) -> impl IntoView {
    let budgets = use_data(move || Some(WorkspaceBudgets(workspace.with(|it| it.id.clone()))));
    let content =
        Callback::new(move |(data,): (Signal<Budgets>,)| view! { <Editor workspace=workspace data=data/> }.into_any());
    view! {
        <LeaveDialog/>
        <AsyncView data=budgets failure="Couldn’t load the budgets" content=content/>
    }
}

const TEXTS: EditTexts = EditTexts {
    subject: "the budgets",
    field: "limit",
    changed: "Someone else changed these budgets after you opened this page",
    dialog: "Someone else changed these budgets",
    caption: "Changes to these budgets since you opened them",
    rule: "Limits you didn’t edit show the newer values. Where you both changed a limit, yours is kept unless you discard it.",
};

#[component]
fn Editor(workspace: Signal<Workspace>, data: Signal<Budgets>) -> impl IntoView {
    let state = Memo::new(move |_| data.with(BudgetState::of));
    let session = EditSession::<LadderForm>::new(state.into());
    session.keep_draft(workspace.with_untracked(|workspace| drafts::of_budgets(&workspace.id)));
    let editing = LadderEditing::new(session.state, Signal::derive(move || session.base()));
    let saving = Saving::new(session, workspace);
    let unread = Memo::new(move |_| data.with(|data| data.unread.len()));
    let clock = use_clock();
    let spend = use_spend(workspace);
    let meaning = Callback::new(move |interval: Interval| describe_reset(interval, clock.get()));
    let beside = Callback::new(move |interval| {
        view! { <Use interval=interval editing=editing spend=spend data=data/> }.into_any()
    });
    let save = Callback::new(move |()| saving.save());
    let actions = SaveActions {
        discard: Callback::new(move |()| {
            session.discard();
            saving.dismiss();
        }),
        undo: Callback::new(move |()| saving.undo()),
        dismiss: Callback::new(move |()| saving.dismiss()),
    };
    let panel = NodeRef::<html::Div>::new();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        save.run(());
    };
    view! {
        <RestoredBanner session=session texts=&TEXTS/>
        <Show when=move || unread.get() != 0>
            <Banner tone=Tone::Warning title="Couldn’t load some limits of this workspace">
                <p>{move || format!("{} not shown. Saving doesn’t change them, but they can conflict with the other limits.", counted(unread.get(), "limit is", "limits are"))}</p>
            </Banner>
        </Show>
        <form class="budgets" on:submit=submit novalidate=true aria-label="Budgets">
            <Strip editing=editing spend=spend/>
            <div class={"budgets__columns"}>
                <section class="card budgets__limits" aria-labelledby="limits-title">
                    <h2 class="card__title budgets__title" id={"limits-title"}>{"Limits"}</h2>
                    <LadderFields editing=editing meaning=meaning beside=beside/>
                    <section class="budgets__switch" aria-label="What counts"><ByokSwitch editing=editing/></section>
                    <SpendNote spend=spend counts_byok=editing.counts_byok/>
                </section>
                <SpendChart workspace=workspace editing=editing spend=spend/>
            </div>
            <ChangedBanner session=session texts=&TEXTS pending=saving.writer.pending/>
            <FailedSteps saving=saving panel=panel/>
            <SaveBar
                edited=Signal::derive(move || session.edited())
                detail=Signal::derive(move || saving.plan().map(|plan| plan.changes().join(", ")))
                pending=saving.writer.pending
                problem=Signal::derive(move || editing.problems().reason())
                end=Signal::derive(move || saving.end())
                actions=actions
                panel=panel
                label="Save budgets"
            />
        </form>
        <ComparisonDialog session=session texts=&TEXTS on_save=save/>
    }
}

/// `Resets in 6 days 10 h (Dec 1, 2026, 00:00 UTC)`.
fn describe_reset(interval: Interval, now: i64) -> String {
    let Some(at) = interval.next_reset(now) else { return interval.reset_rule().to_owned() };
    let date = Timestamp::from_unix_seconds(at).map(|at| at.date_text()).unwrap_or_default();
    format!("Resets in {} ({date}, 00:00 UTC)", format_duration(at - now))
}
