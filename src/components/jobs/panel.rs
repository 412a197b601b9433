//! The panels of a view with jobs: what is to be done is chosen in a panel, and the job runs and ends there.
//!
//! Invariant: the address tells which panel is open. A job is shown in the panel that the address asks for, or else in the
//! one of its kind, and it stays until its outcome was seen.

use leptos::prelude::*;

use super::{JobButtons, JobNames, JobView};
use crate::components::LeaveDialog;
use crate::jobs::{JobKind, JobRunner, use_job};
use crate::navigation::{PanelSteps, UnsavedGuard, use_navigator};
use crate::routes::{PeoplePanel, Route};
use crate::ui::{Dialog, DialogSize, DialogTone};

/// The panels of a view, with its job.
#[derive(Clone, Copy)]
pub struct JobPanels {
    /// The job.
    pub job: JobRunner,
    /// What people and workspaces are called.
    pub names: JobNames,
    panel: Memo<Option<JobKind>>,
    at: Callback<Option<JobKind>, Route>,
    steps: PanelSteps,
}

impl From<PeoplePanel> for JobKind {
    fn from(panel: PeoplePanel) -> Self {
        match panel {
            PeoplePanel::Add => Self::AddMembers,
            PeoplePanel::Remove => Self::RemoveMembers,
        }
    }
}

impl JobPanels {
    /// `panel` is what the address asks for; `at` returns the address with a panel, and without. Leaving a running job
    /// asks first.
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
        Self { job, names, panel, at, steps: PanelSteps::new() }
    }

    /// The panels for people.
    pub fn of_people(
        names: JobNames,
        panel: Memo<Option<PeoplePanel>>,
        at: Callback<Option<PeoplePanel>, Route>,
    ) -> Self {
        let at = Callback::new(move |kind| {
            at.run(match kind {
                Some(JobKind::AddMembers) => Some(PeoplePanel::Add),
                Some(JobKind::RemoveMembers) => Some(PeoplePanel::Remove),
                Some(JobKind::ChangeBudgets) | None => None,
            })
        });
        Self::new(names, Memo::new(move |_| panel.get().map(JobKind::from)), at)
    }

    /// Opens a panel.
    pub fn open(self, panel: impl Into<JobKind>) {
        self.steps.open(&self.at.run(Some(panel.into())));
    }

    /// Closes what is open, and forgets a job that has ended.
    pub fn close(self) {
        if !self.job.is_running.get_untracked() {
            self.job.close();
        }
        if self.panel.with_untracked(Option::is_some) {
            self.steps.close(&self.at.run(None));
        }
    }

    /// Whether the address asks for this panel.
    pub fn is_asked(self, panel: impl Into<JobKind>) -> bool {
        self.panel.get() == Some(panel.into())
    }

    /// Whether this panel shows the job.
    pub fn is_job(self, panel: impl Into<JobKind>) -> bool {
        let panel = panel.into();
        self.job.kind.get().is_some_and(|kind| self.is_asked(panel) || (kind == panel && self.panel.get().is_none()))
    }

    /// Corrects an address that asks for a panel about a selection while nothing is selected.
    pub fn require_selection(self, panel: impl Into<JobKind>, is_empty: impl Fn() -> bool + Send + Sync + 'static) {
        let (panel, navigator) = (panel.into(), use_navigator());
        // Outside world: the address.
        Effect::new(move |_| {
            if self.is_asked(panel) && untrack(|| is_empty() && !self.is_job(panel)) {
                navigator.replace(&self.at.run(None));
            }
        });
    }
}

/// A panel: first the choice, then the job.
#[component]
pub fn JobDialog(
    /// The panels of the view.
    panels: JobPanels,
    /// Which it is.
    #[prop(into)]
    panel: JobKind,
    /// The title of the choice.
    #[prop(into)]
    title: Signal<String>,
    /// The buttons under the choice.
    #[prop(into)]
    buttons: ViewFn,
    /// Called to look again at what someone else changed, from a button of an ended job.
    #[prop(optional, into)]
    on_review: Option<Callback<()>>,
    /// The choice.
    children: ChildrenFn,
) -> impl IntoView {
    let JobPanels { job, names, .. } = panels;
    let is_job = Memo::new(move |_| panels.is_job(panel));
    let close = Callback::new(move |()| panels.close());
    let (buttons, children) = (StoredValue::new(buttons), StoredValue::new(children));
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
            tone=if panel == JobKind::RemoveMembers { DialogTone::Danger } else { DialogTone::Plain }
            size=DialogSize::Large
            dismissable=Signal::derive(move || !job.is_running.get())
            footer=move || view! { {footer} }.into_any()
        >
            {move || match is_job.get() {
                true => view! { <JobView job=job names=names/> }.into_any(),
                false => children.with_value(|it| it()),
            }}
        </Dialog>
    }
}

/// The question before leaving a running job.
#[component]
pub fn LeaveJobDialog(
    /// A kind of job that the view runs.
    kind: JobKind,
) -> impl IntoView {
    let (title, what) = kind.words().on_leave;
    view! { <LeaveDialog title=title what=what leave_words="Leave" stay_words="Stay here"/> }
}
