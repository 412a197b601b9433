//! The plan of a save in words: before it, while it runs, and after a failure.
//!
//! Invariant: steps are shown as they are sent, in their order. Undo is offered only while there are no unsaved edits.

use leptos::prelude::*;

use super::save::{Phase, Saving};
use crate::components::WriteFailurePanel;
use crate::domain::Step;
use crate::ui::{Banner, Button, Icon, IconMark, Spinner, Tone};
use crate::write::StepStatus;

/// What Save is going to do, is doing, or has done.
#[component]
pub(super) fn PlanView(saving: Saving, is_dirty: Memo<bool>) -> impl IntoView {
    let ahead = Memo::new(move |_| saving.plan().map(|plan| plan.describe()));
    let past = move || match saving.phase.get() {
        Phase::Idle => ().into_any(),
        Phase::Running(plan, statuses) => view! {
            <section class="plan" aria-label="Saving">
                <StepList title="Saving" steps=plan.steps().to_vec() statuses=statuses/>
            </section>
        }
        .into_any(),
        Phase::Ended(plan, statuses, failure) => view! {
            <section class="plan" aria-label="Last try">
                <StepList title="Not everything was saved" steps=plan.steps().to_vec() statuses=statuses/>
                <WriteFailurePanel
                    title="A limit could not be saved"
                    failure=failure
                    unread_title="The saving stopped"
                    unread_effect="The budgets could not be read before the next step, so it was not sent."
                />
            </section>
        }
        .into_any(),
        Phase::Saved(plan) => view! { <Saved saving=saving words=plan.describe() is_dirty=is_dirty/> }.into_any(),
    };
    view! {
        {move || past()}
        <p class="plan__ahead" role="status">
            {move || match ahead.get() {
                Some(words) if !saving.writer.pending.get() => format!("Save will set: {words}."),
                _ => String::new(),
            }}
        </p>
    }
}

#[component]
fn Saved(saving: Saving, words: String, is_dirty: Memo<bool>) -> impl IntoView {
    let undo = Callback::new(move |()| saving.undo());
    view! {
        <Banner
            tone=Tone::Success
            title="The budgets were saved"
            actions=move || view! {
                <Show when=move || !is_dirty.get()>
                    <Button icon=Icon::Undo on_click=undo>"Undo"</Button>
                </Show>
            }.into_any()
        >
            <p>{words}</p>
        </Banner>
    }
}

#[component]
fn StepList(title: &'static str, steps: Vec<Step>, statuses: Vec<StepStatus>) -> impl IntoView {
    let item = |(step, status): (Step, StepStatus)| {
        let (class, word) = match status {
            StepStatus::Waiting => ("plan__step", "waiting"),
            StepStatus::Running => ("plan__step", "saving"),
            StepStatus::Done => ("plan__step plan__step--done", "saved"),
            StepStatus::Failed => ("plan__step plan__step--failed", "failed"),
            StepStatus::NotTried => ("plan__step", "not sent"),
        };
        let mark = match status {
            StepStatus::Running => view! { <Spinner/> }.into_any(),
            StepStatus::Done => view! { <IconMark icon=Icon::Success/> }.into_any(),
            StepStatus::Failed => view! { <IconMark icon=Icon::Error/> }.into_any(),
            StepStatus::Waiting | StepStatus::NotTried => view! { <IconMark icon=Icon::Minus/> }.into_any(),
        };
        view! {
            <li class=class>
                <span class="plan__mark">{mark}</span>
                <span>{step.to_string()}</span>
                <span class="plan__word">{word}</span>
            </li>
        }
    };
    let items = steps.into_iter().zip(statuses).map(item).collect_view();
    view! {
        <h2 class="plan__title">{title}</h2>
        <ol class="plan__steps" aria-live="polite">{items}</ol>
    }
}
