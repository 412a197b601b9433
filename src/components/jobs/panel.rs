//! The panels of a view with jobs: the person prepares a job in a panel, and the job runs and ends there.
//!
//! Invariant: the address says which panel is open. A job is shown in the panel that the address names, or else in the one
//! of its kind, and it stays until its outcome was seen.

use super::{JobNames, JobView, Unmatched};
use crate::components::LeaveDialog;
use crate::domain::text::format_count;
use crate::jobs::{Command, JobKind, JobRunner, OutcomeKind, Snapshot, Stage, use_job};
use crate::navigation::{PanelSteps, UnsavedGuard, use_navigator};
use crate::routes::{PeoplePanel, Route};
use crate::ui::{Button, ButtonVariant, Dialog, DialogSize, Icon, dynamic, exact_text};
use leptos::prelude::*;

/// The panels of a view, with its job.
#[derive(Clone, Copy)]
pub struct JobPanels {
    pub job: JobRunner,
    pub names: JobNames,
    /// The entries of a pasted list that the job is not about. Its outcome names them.
    pub(crate) unmatched: RwSignal<Vec<Unmatched>>,
    panel: Memo<Option<JobKind>>,
    place: PanelPlace,
}

/// Where it is kept which panel is open.
#[derive(Clone, Copy)]
enum PanelPlace {
    /// In the address. Returns the address with a panel, or without one.
    Address(Callback<Option<JobKind>, Route>, PanelSteps),
    /// In this page, because the panel is over another dialog.
    Page(RwSignal<Option<JobKind>>),
}

impl From<PeoplePanel> for JobKind {
    fn from(panel: PeoplePanel) -> Self {
        match panel {
            PeoplePanel::Add => Self::AddMembers,
            PeoplePanel::Remove => Self::RemoveMembers,
            PeoplePanel::Offboard => Self::Offboard,
        }
    }
}

impl JobPanels {
    /// `panel` is the panel that the address names. `at` returns the address with a panel, or without one. Leaving a
    /// running job needs a confirmation.
    pub fn new(names: JobNames, panel: Memo<Option<JobKind>>, at: Callback<Option<JobKind>, Route>) -> Self {
        let job = use_job();
        let guard: UnsavedGuard = expect_context();
        on_cleanup(move || guard.set(false));
        // Outside world: the question before the page is left.
        Effect::new(move |_| guard.set(job.is_running.get()));
        // Outside world: the record of an ended job, which is forgotten when Back closes its panel.
        Effect::new(move |before: Option<Option<JobKind>>| {
            let now = panel.get();
            let before = before.flatten();
            if before.is_some() && before != now && !job.is_running.get_untracked() {
                job.close();
            }
            now
        });
        Self { job, names, unmatched: RwSignal::default(), panel, place: PanelPlace::Address(at, PanelSteps::new()) }
    }

    /// Panels over another dialog, which the address does not name. While the job runs, leaving needs a confirmation. After
    /// it, leaving needs one if it did before.
    pub fn over_dialog(names: JobNames) -> Self {
        let (job, open) = (use_job(), RwSignal::new(None));
        let guard: UnsavedGuard = expect_context();
        // Outside world: the question before the page is left.
        Effect::new(move |before: Option<Option<bool>>| match (before.flatten(), job.is_running.get()) {
            (None, true) => {
                let was_up = guard.stops();
                guard.set(true);
                Some(was_up)
            }
            (Some(was_up), false) => {
                guard.set(was_up);
                None
            }
            (kept, _) => kept,
        });
        let panel = Memo::new(move |_| open.get());
        Self { job, names, unmatched: RwSignal::default(), panel, place: PanelPlace::Page(open) }
    }

    pub fn of_people(
        names: JobNames,
        panel: Memo<Option<PeoplePanel>>,
        at: Callback<Option<PeoplePanel>, Route>,
    ) -> Self {
        let at = Callback::new(move |kind| {
            at.run(match kind {
                Some(JobKind::AddMembers) => Some(PeoplePanel::Add),
                Some(JobKind::RemoveMembers) => Some(PeoplePanel::Remove),
                Some(JobKind::Offboard) => Some(PeoplePanel::Offboard),
                Some(_) | None => None,
            })
        });
        Self::new(names, Memo::new(move |_| panel.get().map(JobKind::from)), at)
    }

    pub fn open(self, panel: impl Into<JobKind>) {
        let panel = Some(panel.into());
        match self.place {
            PanelPlace::Address(at, steps) => steps.open(&at.run(panel)),
            PanelPlace::Page(open) => open.set(panel),
        }
    }

    /// Closes what is open, and forgets a job that has ended.
    pub fn close(self) {
        if !self.job.is_running.get_untracked() {
            self.job.close();
            self.unmatched.set(Vec::new());
        }
        match self.place {
            PanelPlace::Page(open) => open.set(None),
            PanelPlace::Address(at, steps) if self.panel.with_untracked(Option::is_some) => steps.close(&at.run(None)),
            PanelPlace::Address(..) => {}
        }
    }

    /// Whether a panel is open. Tracked.
    pub(crate) fn is_open(self) -> bool {
        self.panel.with(Option::is_some)
    }

    /// Whether a panel or a job covers the view. Does not track.
    pub fn is_covering(self) -> bool {
        self.panel.with_untracked(Option::is_some) || self.job.kind.with_untracked(Option::is_some)
    }

    pub fn is_asked(self, panel: impl Into<JobKind>) -> bool {
        self.panel.get() == Some(panel.into())
    }

    pub fn is_job(self, panel: impl Into<JobKind>) -> bool {
        let panel = panel.into();
        self.job.kind.get().is_some_and(|kind| self.is_asked(panel) || (kind == panel && self.panel.get().is_none()))
    }

    /// Corrects an address that names a panel about a selection while nothing is selected.
    pub fn require_selection(self, panel: impl Into<JobKind>, is_empty: impl Fn() -> bool + Send + Sync + 'static) {
        let (panel, navigator) = (panel.into(), use_navigator());
        let PanelPlace::Address(at, _) = self.place else { return };
        // Outside world: the address.
        Effect::new(move |_| {
            if self.is_asked(panel) && untrack(|| is_empty() && !self.is_job(panel)) {
                navigator.replace(&at.run(None));
            }
        });
    }
}

/// A panel: first the preparation of a job, then the job.
#[component]
pub fn JobDialog(
    panels: JobPanels,
    #[prop(into)] panel: JobKind,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] buttons: ViewFn,
    #[prop(optional, into)] on_review: Option<Callback<()>>,
    #[prop(default = DialogSize::Large)] size: DialogSize,
    /// Becomes true when the preparation goes to another step, as whose title it is read out.
    #[prop(optional, into)]
    is_next_step: Signal<bool>,
    /// What to do about outcomes, below them.
    #[prop(optional, into)]
    after: Option<ViewFn>,
    children: ChildrenFn,
) -> impl IntoView {
    let JobPanels { job, names, unmatched, .. } = panels;
    let is_job = Memo::new(move |_| panels.is_job(panel));
    let close = Callback::new(move |()| panels.close());
    let (buttons, children, after) = (StoredValue::new(buttons), StoredValue::new(children), StoredValue::new(after));
    let job_title = move || job.snapshot.with(|job| job.as_ref().map(|job| names.title(job))).unwrap_or_default();
    let footer = move || match is_job.get() {
        true => view! { <JobButtons job=job on_close=close on_review=on_review/> }.into_any(),
        false => buttons.with_value(ViewFn::run),
    };
    view! {
        <Dialog
            open=Signal::derive(move || panels.is_asked(panel) || is_job.get())
            on_close=close
            title=Signal::derive(move || if is_job.get() { job_title() } else { title.get() })
            danger=panel.is_destructive()
            size=size
            // Enter on the title presses nothing, so that a key too many does not undo the job.
            focus_title=Signal::derive(move || if is_job.get() { job.has_ended.get() } else { is_next_step.get() })
            dismissable=Signal::derive(move || !job.is_running.get())
            footer=move || view! { {move || footer()} }.into_any()
        >
            {move || match is_job.get() {
                true => view! {
                    <JobView job=job names=names unmatched=unmatched/>
                    {move || job.has_ended.get().then(|| after.with_value(|after| after.as_ref().map(ViewFn::run)))}
                }.into_any(),
                false => children.with_value(|it| it()),
            }}
        </Dialog>
    }
}

#[component]
fn JobButtons(
    job: JobRunner,
    on_close: Callback<()>,
    /// Reviews what someone else changed. Without it there is no such button.
    on_review: Option<Callback<()>>,
) -> impl IntoView {
    // The buttons, and the focus on them, stay while a running job waits.
    let stage = Memo::new(move |_| match job.stage.get() {
        Some(Stage::Waiting(_) | Stage::NeedsKey) => Stage::Running,
        Some(Stage::Paused(_)) => Stage::Paused(None),
        stage => stage.unwrap_or(Stage::Ended),
    });
    let command = move |command: Command| move |()| job.command(command);
    let stopping = Signal::stored(Some("The job is stopping".to_owned()));
    dynamic(move || match stage.get() {
        Stage::Running | Stage::Waiting(_) | Stage::NeedsKey => view! {
            <Button on_click=command(Command::Pause)>"Pause"</Button>
            <Button on_click=command(Command::Stop) autofocus=true>"Stop"</Button>
        }
        .into_any(),
        Stage::Paused(_) => view! {
            <Button on_click=command(Command::Stop)>"Stop"</Button>
            <Button variant=ButtonVariant::Primary on_click=command(Command::Resume) autofocus=true>"Resume"</Button>
        }
        .into_any(),
        Stage::Stopping => view! { <Button disabled_reason=stopping autofocus=true>"Stop"</Button> }.into_any(),
        Stage::TakenOver => {
            view! { <Button variant=ButtonVariant::Primary on_click=on_close autofocus=true>"Close"</Button> }
                .into_any()
        }
        Stage::Ended => view! { <EndedButtons job=job on_close=on_close on_review=on_review/> }.into_any(),
    })
}

#[component]
fn EndedButtons(job: JobRunner, on_close: Callback<()>, on_review: Option<Callback<()>>) -> impl IntoView {
    let counts = job.counts.get_untracked();
    let undo_label = job.snapshot.with_untracked(|job| {
        let done = counts.of(OutcomeKind::Done);
        // An undo is offered once. Another change of mind is a job of its own, which Activity offers.
        let is_offered = |job: &&Snapshot| done != 0 && !job.is_undo && job.words.kind.has_undo();
        job.as_ref().filter(is_offered).map(|job| (job.words.undo)(done))
    });
    let retry = move |()| job.command(Command::Retry);
    let review = on_review.filter(|_| counts.of(OutcomeKind::ChangedElsewhere) != 0);
    view! {
        {undo_label.map(|label| view! { <Button icon=Icon::Undo on_click=move |()| job.undo()>{exact_text(label)}</Button> }.into_any())}
        {review.map(|review| view! { <Button on_click=review>"Review remaining changes"</Button> }.into_any())}
        {(counts.retried() != 0).then(|| view! {
            <Button icon=Icon::Refresh on_click=retry>{exact_text(format!("Try {} again", format_count(counts.retried())))}</Button>
        }.into_any())}
        <Button variant=ButtonVariant::Primary on_click=on_close>"Done"</Button>
    }
}

/// The question before leaving a running job.
#[component]
pub fn LeaveJobDialog(kind: JobKind) -> impl IntoView {
    let (title, what) = kind.words().on_leave;
    view! { <LeaveDialog title=title what=what leave_words="Leave page" stay_words="Stay on page"/> }
}
