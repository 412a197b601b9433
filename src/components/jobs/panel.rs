//! The panels over a table of people: what is to be done is chosen in one, and the job of it runs and ends there.
//!
//! Invariant: which panel is open is in the address; a job is shown in the panel that was asked for, and else in the one of
//! its kind; it stays until its outcome was seen.

use leptos::prelude::*;

use super::{JobButtons, JobNames, JobView, job_title};
use crate::bulk::Action;
use crate::components::LeaveDialog;
use crate::domain::UserId;
use crate::effect::watch;
use crate::routes::{PeoplePanel, Route};
use crate::selection::Selection;
use crate::state::{BulkJob, PanelSteps, UnsavedGuard, use_navigator};
use crate::ui::{Dialog, DialogSize, DialogTone, dynamic};

/// The panels of a view, with its job.
#[derive(Clone, Copy)]
pub struct JobPanels {
    /// The job.
    pub job: BulkJob,
    /// What people and workspaces are called.
    pub names: JobNames,
    panel: Memo<Option<PeoplePanel>>,
    at: Callback<Option<PeoplePanel>, Route>,
    steps: PanelSteps,
}

impl JobPanels {
    /// `panel` is what the address asks for, `at` is the address of a panel and of none. While a job runs, leaving asks.
    pub fn new(names: JobNames, panel: Memo<Option<PeoplePanel>>, at: Callback<Option<PeoplePanel>, Route>) -> Self {
        let job = BulkJob::new();
        let guard: UnsavedGuard = expect_context();
        guard.lower_on_cleanup();
        let is_running = Memo::new(move |_| job.is_running());
        watch(move || guard.set(is_running.get()));
        let mut before = None;
        watch(move || {
            let now = panel.get();
            let left = std::mem::replace(&mut before, now);
            // Back closes an outcome too.
            if left.is_some() && left != now && !untrack(|| job.is_running()) {
                job.close();
            }
        });
        Self { job, names, panel, at, steps: PanelSteps::new() }
    }

    /// Opens a panel.
    pub fn open(self, panel: PeoplePanel) {
        self.steps.open(&self.at.run(Some(panel)));
    }

    /// Closes what is open, and forgets a job that has ended.
    pub fn close(self) {
        if !self.job.is_running() {
            self.job.close();
        }
        if self.panel.with_untracked(Option::is_some) {
            self.steps.close(&self.at.run(None));
        }
    }

    /// Whether the address asks for this panel.
    pub fn is_asked(self, panel: PeoplePanel) -> bool {
        self.panel.get() == Some(panel)
    }

    /// Whether this panel shows the job.
    pub fn is_job(self, panel: PeoplePanel) -> bool {
        let own = if panel == PeoplePanel::Add { Action::Add } else { Action::Remove };
        self.job.action().is_some_and(|action| self.is_asked(panel) || (action == own && self.panel.get().is_none()))
    }

    /// An address that asks for the panel without anybody chosen is put right.
    pub fn needs_chosen(self, panel: PeoplePanel, selection: RwSignal<Selection<UserId>>) {
        let navigator = use_navigator();
        watch(move || {
            let is_empty = selection.with_untracked(Selection::is_empty);
            if self.is_asked(panel) && is_empty && !untrack(|| self.is_job(panel)) {
                navigator.replace(&self.at.run(None));
            }
        });
    }
}

/// A panel: the choice, then the job.
#[component]
pub fn JobDialog(
    /// The panels of the view.
    panels: JobPanels,
    /// Which it is.
    panel: PeoplePanel,
    /// What is asked, while it is chosen.
    #[prop(into)]
    title: Signal<String>,
    /// The buttons under the choice.
    #[prop(into)]
    buttons: ViewFn,
    /// The choice.
    children: ChildrenFn,
) -> impl IntoView {
    let JobPanels { job, names, .. } = panels;
    let is_job = Memo::new(move |_| panels.is_job(panel));
    let close = Callback::new(move |()| panels.close());
    let (buttons, children) = (StoredValue::new(buttons), StoredValue::new(children));
    view! {
        <Dialog
            open=Signal::derive(move || panels.is_asked(panel) || is_job.get())
            on_close=close
            title=Signal::derive(move || if is_job.get() { job_title(job, names) } else { title.get() })
            tone=if panel == PeoplePanel::Remove { DialogTone::Danger } else { DialogTone::Plain }
            size=DialogSize::Large
            dismissable=Signal::derive(move || !job.is_running())
            footer=move || dynamic(move || match is_job.get() {
                true => view! { <JobButtons job=job on_close=close/> }.into_any(),
                false => buttons.with_value(ViewFn::run),
            })
        >
            {move || match is_job.get() {
                true => view! { <JobView job=job names=names/> }.into_any(),
                false => children.with_value(|it| it()),
            }}
        </Dialog>
    }
}

/// The question before leaving a job that runs.
#[component]
pub fn LeaveJobDialog() -> impl IntoView {
    view! {
        <LeaveDialog
            title="Leave while members are being changed?"
            what="What is on its way is carried out all the same. The rest waits in this browser, and you can go on with it here."
            leave_words="Leave"
            stay_words="Stay here"
        />
    }
}
