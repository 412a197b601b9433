//! The job of a view: none, or one that runs or has ended.
//!
//! Invariant: a job is recorded before it sends anything, and only the tab that has its claim runs it.

use std::cell::RefCell;
use std::rc::Rc;

use futures::future::{AbortHandle, LocalBoxFuture, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::claim::Claim;
use super::engine::{Command, Counts, Environment as _, Job, JobKind, JobSpec, Planner, Snapshot, Stage, run};
use super::environment::{Browser, Services};
use super::lease::BEAT;
use super::record_store::Record;
use super::restored::topics;
use crate::browser::every;
use crate::data::{use_cache, use_workspaces};
use crate::domain::{WorkspaceId, WorkspaceRef};
use crate::session::{SessionState, use_client, use_session};

/// A job of any kind.
pub(super) trait AnyJob {
    fn snapshot(&self) -> Snapshot;
    fn command(&self, command: Command, environment: &Browser);
    fn run(self: Rc<Self>, environment: Rc<Browser>) -> LocalBoxFuture<'static, ()>;
    fn undo(&self, runner: JobRunner);
}

impl<P: Planner> AnyJob for RefCell<Job<P>> {
    fn snapshot(&self) -> Snapshot {
        Snapshot::of(&self.borrow())
    }

    fn command(&self, command: Command, environment: &Browser) {
        self.borrow_mut().command(command);
        environment.publish(&self.borrow());
    }

    fn run(self: Rc<Self>, environment: Rc<Browser>) -> LocalBoxFuture<'static, ()> {
        Box::pin(async move { run(&self, &*environment).await })
    }

    fn undo(&self, runner: JobRunner) {
        let spec = self.borrow().undo();
        runner.close();
        runner.start::<P>(spec);
    }
}

type Active = (Rc<dyn AnyJob>, Rc<Browser>);

#[derive(Clone, Copy)]
pub struct JobRunner {
    pub snapshot: RwSignal<Option<Snapshot>>,
    pub kind: Memo<Option<JobKind>>,
    pub stage: Memo<Option<Stage>>,
    pub counts: Memo<Counts>,
    pub is_running: Memo<bool>,
    pub has_ended: Memo<bool>,
    /// Whether the browser stores the job, so that it can be resumed after this page.
    pub is_stored: RwSignal<bool>,
    active: StoredValue<Option<Active>, LocalStorage>,
    running: StoredValue<Option<AbortHandle>>,
    services: StoredValue<Services, LocalStorage>,
}

/// A runner for jobs of the current view. A job that still runs when the view is left stays recorded, to be resumed.
pub fn use_job() -> JobRunner {
    let snapshot = RwSignal::new(None::<Snapshot>);
    let is_stored = RwSignal::new(true);
    let stage = Memo::new(move |_| snapshot.with(|job| job.as_ref().map(|job| job.stage.clone())));
    let runner = JobRunner {
        snapshot,
        kind: Memo::new(move |_| snapshot.with(|job| job.as_ref().map(|job| job.words.kind))),
        stage,
        counts: Memo::new(move |_| snapshot.with(|job| job.as_ref().map_or_else(Counts::default, |job| job.counts))),
        is_running: Memo::new(move |_| stage.with(|stage| stage.as_ref().is_some_and(|it| !it.is_over()))),
        has_ended: Memo::new(move |_| stage.with(|stage| *stage == Some(Stage::Ended))),
        is_stored,
        active: StoredValue::new_local(None),
        running: StoredValue::new(None),
        services: StoredValue::new_local(services(snapshot, is_stored)),
    };
    on_cleanup(move || {
        if let Some(running) = runner.running.try_update_value(Option::take).flatten() {
            running.abort();
        }
        runner.release();
    });
    every(BEAT, move || {
        if let Some((_, environment)) = runner.active.try_get_value().flatten() {
            environment.beat();
        }
    });
    // A page that is left runs nothing more, also if the browser keeps it for Back.
    let leaving = window_event_listener_untyped("pagehide", move |_| runner.release());
    on_cleanup(move || leaving.remove());
    runner
}

fn services(published: RwSignal<Option<Snapshot>>, is_stored: RwSignal<bool>) -> Services {
    let session = use_session().state;
    let workspaces = use_workspaces();
    let label_of = Callback::new(move |id: WorkspaceId| {
        let known = untrack(|| workspaces.find(&WorkspaceRef::from(&id)));
        known.map_or_else(|| id.to_string(), |workspace| workspace.label_with_slug())
    });
    let signed_in = Rc::<super::notify::Notify>::default();
    let notify = signed_in.clone();
    // Outside world: wakes the task of a job that waits for a key.
    Effect::new(move |_| {
        if session.with(|state| matches!(state, SessionState::SignedIn(_))) {
            notify.notify();
        }
    });
    Services {
        client: use_client(),
        journal: expect_context(),
        cache: use_cache(),
        session,
        label_of,
        signed_in,
        command: Rc::default(),
        published,
        is_stored,
    }
}

impl JobRunner {
    /// Starts a job, unless one runs: a button can be pressed again before it is gone.
    pub fn start<P: Planner>(self, spec: JobSpec<P::Head, P::Subject>) {
        if self.is_running.get_untracked() {
            return;
        }
        let job = Job::<P>::new(spec);
        let claim = Claim::of_new(&job);
        self.adopt(Rc::new(RefCell::new(job)), claim.clone());
        spawn_local(async move { claim.request_lock().await });
        self.run();
    }

    /// Resumes a recorded job. Does nothing if another tab runs it, or if it cannot be read.
    pub async fn resume(self, record: Record) {
        let Some(claim) = Claim::take(record).await else { return };
        let Some(job) = claim.record.restore() else { return };
        // The view may be gone by now.
        if self.is_running.try_get_untracked() != Some(false) {
            return;
        }
        self.adopt(job, claim);
        self.run();
    }

    fn adopt(self, job: Rc<dyn AnyJob>, claim: Rc<Claim>) {
        self.snapshot.set(Some(job.snapshot()));
        let environment = Browser::new(self.services.get_value(), claim);
        environment.show_storage();
        self.active.set_value(Some((job, Rc::new(environment))));
    }

    pub fn command(self, command: Command) {
        let Some((job, environment)) = self.active.get_value() else { return };
        let is_retry = command == Command::Retry;
        if is_retry && self.is_running.get_untracked() {
            return;
        }
        job.command(command, &environment);
        if is_retry {
            self.run();
        } else {
            self.services.with_value(|services| services.command.notify());
        }
    }

    pub fn undo(self) {
        if let Some((job, _)) = self.active.get_value().filter(|_| self.has_ended.get_untracked()) {
            job.undo(self);
        }
    }

    /// Forgets a job whose outcome was seen.
    pub fn close(self) {
        if let Some((_, environment)) = self.active.try_update_value(Option::take).flatten() {
            environment.claim.forget();
        }
        self.snapshot.set(None);
    }

    /// Lets other tabs resume the job.
    fn release(self) {
        if let Some((_, environment)) = self.active.try_get_value().flatten() {
            environment.claim.release();
        }
    }

    fn run(self) {
        let Some((job, environment)) = self.active.get_value() else { return };
        let cache = self.services.with_value(|services| services.cache);
        let topics = self.snapshot.with_untracked(|job| job.as_ref().map(topics)).unwrap_or_default();
        let (running, handle) = abortable(job.run(environment));
        self.running.set_value(Some(handle));
        spawn_local(async move {
            // Aborted if the view is gone: the record tells how far the job came.
            let _ = running.await;
            cache.invalidate(topics);
        });
    }
}
