//! The steps of a save: before it, while it runs, and after a failure.

use leptos::prelude::*;

use super::save::{Phase, Saving};
use crate::components::WriteFailurePanel;
use crate::domain::Step;
use crate::ui::{Banner, Button, Icon, IconMark, Spinner, Tone, exact_text};
use crate::write::StepStatus;

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
                    failure=Some(failure)
                    unread_title="The saving stopped"
                    unread_effect="The budgets could not be read before the next step, so it was not sent."
                />
            </section>
        }
        .into_any(),
        Phase::Saved(plan) => {
            let undo = move || {
                view! {
                    <Show when=move || !is_dirty.get()>
                        <Button icon=Icon::Undo on_click=move |()| saving.undo()>"Undo"</Button>
                    </Show>
                }
            };
            let title = "The budgets were saved";
            view! { <Banner tone=Tone::Success title=title actions=undo><p>{exact_text(plan.describe())}</p></Banner> }
                .into_any()
        }
    };
    view! {
        {move || past()}
        <p class="plan__ahead" role="status">
            {move || {
                let ahead = ahead.get().filter(|_| !saving.writer.pending.get());
                ahead.map(|text| exact_text(format!("Save will set: {text}.")))
            }}
        </p>
    }
}

#[component]
fn StepList(title: &'static str, steps: Vec<Step>, statuses: Vec<StepStatus>) -> impl IntoView {
    let item = |(step, status): (Step, StepStatus)| {
        let (class, word, icon) = match status {
            StepStatus::Waiting => ("plan__step", "waiting", Some(Icon::Minus)),
            StepStatus::Running => ("plan__step", "saving", None),
            StepStatus::Done => ("plan__step plan__step--done", "saved", Some(Icon::Success)),
            StepStatus::Failed => ("plan__step plan__step--failed", "failed", Some(Icon::Error)),
            StepStatus::NotTried => ("plan__step", "not sent", Some(Icon::Minus)),
        };
        let mark = match icon {
            Some(icon) => view! { <IconMark icon=icon/> }.into_any(),
            None => view! { <Spinner/> }.into_any(),
        };
        view! {
            <li class=class>
                <span class="plan__mark">{mark}</span>
                <span>{exact_text(step.to_string())}</span>
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
