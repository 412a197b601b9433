//! The budgets of a workspace: its limits in one form, saved together, and its spend.

mod chart;
mod save;
mod spend;
mod steps;

use leptos::prelude::*;

use crate::browser::use_clock;
use crate::components::{
    AsyncView, ByokSwitch, ChangedBanner, ComparisonDialog, EditSession, EditTexts, LadderEditing, LadderFields,
    LeaveDialog, RestoredBanner, SaveBar,
};
use crate::data::{WorkspaceBudgets, use_data};
use crate::domain::{BudgetState, Budgets, Interval, Timestamp, Workspace, budget::format_duration};
use crate::forms::LadderForm;
use crate::session::drafts;
use crate::ui::{Banner, Tone};

use chart::SpendChart;
use save::Saving;
use spend::{SpendNote, Use, use_spend};
use steps::PlanView;

#[component]
pub(super) fn BudgetsTab(workspace: Signal<Workspace>) -> impl IntoView {
    let budgets = use_data(move || Some(WorkspaceBudgets(workspace.with(|it| it.id.clone()))));
    let content =
        Callback::new(move |(data,): (Signal<Budgets>,)| view! { <Editor workspace=workspace data=data/> }.into_any());
    view! {
        <LeaveDialog/>
        <AsyncView data=budgets failure="The budgets could not be loaded" content=content/>
    }
}

const TEXTS: EditTexts = EditTexts {
    subject: "the budgets",
    field: "limit",
    changed: "Someone else changed these budgets after you opened this page",
    dialog: "These budgets were changed since you opened them",
    caption: "Changes of the budgets since you opened them",
    rule: "Limits that you did not edit follow the newer state; where both of you changed one, yours is kept on top unless \
           you discard it.",
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
    let discard = Callback::new(move |()| session.discard());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        save.run(());
    };
    view! {
        <RestoredBanner session=session texts=&TEXTS/>
        <Show when=move || unread.get() != 0>
            <Banner tone=Tone::Warning title="Some limits of this workspace could not be read">
                <p>{move || format!("{} of them. They are left as they are; the order of the limits may depend on them.", unread.get())}</p>
            </Banner>
        </Show>
        <form class="budgets" on:submit=submit novalidate=true aria-label="Budgets">
            <section class="card" aria-label="Limits">
                <LadderFields editing=editing meaning=meaning beside=beside/>
                <SpendNote spend=spend counts_byok=editing.counts_byok/>
            </section>
            <section class="card budgets__switch" aria-label="What counts"><ByokSwitch editing=editing/></section>
            <ChangedBanner session=session texts=&TEXTS pending=saving.writer.pending/>
            <PlanView saving=saving is_dirty=session.is_dirty/>
            <SaveBar
                is_dirty=session.is_dirty
                pending=saving.writer.pending
                problem=Signal::derive(move || editing.problems().reason())
                on_discard=discard
                label="Save budgets"
            />
        </form>
        <SpendChart workspace=workspace editing=editing/>
        <ComparisonDialog session=session texts=&TEXTS on_save=save/>
    }
}

/// `Resets 2026-12-01 00:00 UTC, in 6 days 10 h`.
fn describe_reset(interval: Interval, now: i64) -> String {
    let Some(at) = interval.next_reset(now) else { return interval.reset_rule().to_owned() };
    let exact = Timestamp::from_unix_seconds(at).map(|at| at.exact().replace(":00 UTC", " UTC")).unwrap_or_default();
    format!("Resets {exact}, in {}", format_duration(at - now))
}
