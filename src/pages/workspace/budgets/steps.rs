//! The steps of a save that has failed.

use leptos::{html, prelude::*};

use super::save::{Phase, Saving};
use crate::components::WriteFailurePanel;
use crate::domain::Step;
use crate::ui::{Icon, IconMark, exact_text};
use crate::write::StepStatus;

#[component]
pub(super) fn FailedSteps(
    saving: Saving,
    /// The panel, which is shown only after a failure.
    panel: NodeRef<html::Div>,
) -> impl IntoView {
    let content = move || match saving.phase.get() {
        Phase::Ended(plan, statuses, failure) => view! {
            <section class="plan" aria-label="Last attempt">
                <StepList title="Not everything was saved" steps=plan.steps().to_vec() statuses=statuses/>
                <WriteFailurePanel
                    title="Couldn’t save a limit"
                    failure=Some(failure)
                    unread_title="The rest was not saved"
                    unread_effect="We couldn’t load the budgets before the next change, so it was not sent."
                />
            </section>
        }
        .into_any(),
        Phase::Idle | Phase::Running(..) | Phase::Saved(_) => ().into_any(),
    };
    view! { <div class="plan-box" tabindex="-1" node_ref=panel>{move || content()}</div> }
}

#[component]
fn StepList(title: &'static str, steps: Vec<Step>, statuses: Vec<StepStatus>) -> impl IntoView {
    let item = |(step, status): (Step, StepStatus)| {
        let (class, word, icon) = match status {
            StepStatus::Done => ("plan__step plan__step--done", "saved", Icon::Success),
            StepStatus::Failed => ("plan__step plan__step--failed", "failed", Icon::Error),
            StepStatus::NotTried | StepStatus::Waiting | StepStatus::Running => ("plan__step", "not sent", Icon::Minus),
        };
        view! {
            <li class=class>
                <span class="plan__mark"><IconMark icon=icon/></span>
                <span>{exact_text(step.to_string())}</span>
                <span class="plan__word">{word}</span>
            </li>
        }
    };
    let items = steps.into_iter().zip(statuses).map(item).collect_view();
    view! {
        <h2 class="plan__title">{title}</h2>
        <ol class="plan__steps">{items}</ol>
    }
}
