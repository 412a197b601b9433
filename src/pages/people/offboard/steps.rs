//! The steps of an offboarding, and the buttons between them.

use leptos::prelude::*;

use super::Offboard;
use crate::components::JobPanels;
use crate::domain::text::verb_counted;
use crate::ui::{Button, ButtonVariant, dynamic, exact, is_composing};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    People,
    Choice,
    Review,
}

impl Step {
    const ALL: [Self; 3] = [Self::People, Self::Choice, Self::Review];

    fn label(self) -> &'static str {
        match self {
            Self::People => "People",
            Self::Choice => "Workspaces and keys",
            Self::Review => "Review",
        }
    }
}

#[derive(Clone, Copy)]
pub(super) struct Steps {
    pub now: RwSignal<Step>,
    /// How often the person has gone to another step.
    moves: RwSignal<usize>,
}

impl Steps {
    pub(super) fn new(first: Step) -> Self {
        Self { now: RwSignal::new(first), moves: RwSignal::new(0) }
    }

    fn go(self, step: Step) {
        self.now.set(step);
        self.moves.update(|moves| *moves += 1);
    }

    /// Changes with each move, so that each time the title takes the focus.
    pub(super) fn is_moved(self) -> Signal<bool> {
        Signal::derive(move || self.moves.get() != 0)
    }
}

/// Goes to the next step where it is possible. The job is started only by its button.
fn go_on(offboard: Offboard) {
    if untrack(|| offboard.reason()).is_some() {
        return;
    }
    match offboard.steps.now.get_untracked() {
        Step::People => {
            offboard.read_people();
            offboard.steps.go(Step::Choice);
        }
        Step::Choice => offboard.steps.go(Step::Review),
        Step::Review => {}
    }
}

/// Ctrl+Enter goes to the next step from anywhere in the sheet, past all cards.
pub(super) fn continue_on_keys(offboard: Offboard, panels: JobPanels) {
    let listener = window_event_listener(leptos::ev::keydown, move |event| {
        let is_key = event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !is_composing(&event);
        if is_key && !event.repeat() && untrack(|| panels.job.kind.get().is_none()) {
            event.prevent_default();
            go_on(offboard);
        }
    });
    on_cleanup(move || listener.remove());
}

/// The names of the steps.
pub(super) fn marks(steps: Steps) -> impl IntoView {
    let mark = move |step: Step| {
        let current = move || (steps.now.get() == step).then_some("step");
        view! { <li class="steps__step" aria-current=current>{step.label()}</li> }
    };
    view! {
        <ol class="steps" aria-label="Steps">{Step::ALL.map(mark).into_iter().collect_view()}</ol>
    }
}

/// The sums, and the buttons of the present step.
#[component]
pub(super) fn StepButtons(offboard: Offboard, panels: JobPanels, on_start: Callback<()>) -> impl IntoView {
    let steps = offboard.steps;
    let reason = Signal::derive(move || offboard.reason().map(str::to_owned));
    let next = move |()| go_on(offboard);
    let start_label = move || verb_counted("Offboard", offboard.sums.with(|sums| sums.people), "person", "people");
    let sums = move || match steps.now.get() {
        Step::People => String::new(),
        Step::Choice | Step::Review => offboard.sums_text(),
    };
    view! {
        <p class="sheet__sums" role="status">{exact(sums)}</p>
        {dynamic(move || match steps.now.get() {
            Step::People => view! {
                <Button on_click=move |()| panels.close()>"Cancel"</Button>
                <Button variant=ButtonVariant::Primary disabled_reason=reason on_click=next>"Continue"</Button>
            }
            .into_any(),
            Step::Choice => view! {
                <Button on_click=move |()| steps.go(Step::People)>"Back"</Button>
                <Button variant=ButtonVariant::Primary disabled_reason=reason on_click=next>"Review changes"</Button>
            }
            .into_any(),
            Step::Review => view! {
                <Button on_click=move |()| steps.go(Step::Choice)>"Back"</Button>
                <Button variant=ButtonVariant::Danger disabled_reason=reason on_click=on_start>{exact(start_label)}</Button>
            }
            .into_any(),
        })}
    }
}
