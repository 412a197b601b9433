//! The job of a view: none, or one that runs or has ended.
//!
//! Invariant: a job is recorded before it sends anything, and only the tab that holds its lock runs it.

use std::cell::RefCell;
use std::rc::Rc;

use futures::future::{AbortHandle, LocalBoxFuture, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::engine::{Counts, Job, JobKind, JobSpec, Planner, Snapshot, Stage, run};
use super::environment::{Browser, Services};
use super::lock::Lock;
use super::record_store::Record;
use super::restored::{Restored, topics};
use crate::data::{use_cache, use_workspaces};
use crate::domain::{WorkspaceId, WorkspaceRef};
use crate::session::{SessionState, use_client, use_session};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    Pause,
    Resume,
    Stop,
    /// Try again what was refused, is unknown or was not tried.
    Retry,
}

trait ActiveJob {
    fn command(&self, command: Command);
    fn run(&self) -> LocalBoxFuture<'static, ()>;
    fn undo(&self, runner: JobRunner);
    fn forget(&self);
}

struct Active<P: Planner> {
    job: Rc<RefCell<Job<P>>>,
    environment: Rc<Browser>,
}

impl<P: Planner> ActiveJob for Active<P> {
    fn command(&self, command: Command) {
        let mut job = self.job.borrow_mut();
        match command {
            Command::Pause => job.pause(),
            Command::Resume => job.resume(),
            Command::Stop => job.stop(),
            Command::Retry => job.retry(),
        }
        drop(job);
        super::engine::Environment::<P>::publish(&*self.environment, &self.job.borrow());
    }

    fn run(&self) -> LocalBoxFuture<'static, ()> {
        let (job, environment) = (self.job.clone(), self.environment.clone());
        Box::pin(async move { run(&job, &*environment).await })
    }

    fn undo(&self, runner: JobRunner) {
        let spec = self.job.borrow().undo();
        runner.close();
        runner.start::<P>(spec);
    }

    fn forget(&self) {
        self.environment.record.forget();
    }
}

#[derive(Clone, Copy)]
pub struct JobRunner {
    pub snapshot: RwSignal<Option<Snapshot>>,
    pub kind: Memo<Option<JobKind>>,
    pub stage: Memo<Option<Stage>>,
    pub counts: Memo<Counts>,
    pub is_running: Memo<bool>,
    pub has_ended: Memo<bool>,
    active: StoredValue<Option<Rc<dyn ActiveJob>>, LocalStorage>,
    lock: StoredValue<Option<Lock>, LocalStorage>,
    running: StoredValue<Option<AbortHandle>>,
    services: StoredValue<Services, LocalStorage>,
}

/// A runner for jobs of the current view. A job that still runs when the view is left stays recorded, to be resumed.
pub fn use_job() -> JobRunner {
    let snapshot = RwSignal::new(None::<Snapshot>);
    let stage = Memo::new(move |_| snapshot.with(|job| job.as_ref().map(|job| job.stage.clone())));
    let runner = JobRunner {
        snapshot,
        kind: Memo::new(move |_| snapshot.with(|job| job.as_ref().map(|job| job.words.kind))),
        stage,
        counts: Memo::new(move |_| snapshot.with(|job| job.as_ref().map_or_else(Counts::default, |job| job.counts))),
        is_running: Memo::new(move |_| stage.with(|stage| stage.as_ref().is_some_and(|it| *it != Stage::Ended))),
        has_ended: Memo::new(move |_| stage.with(|stage| *stage == Some(Stage::Ended))),
        active: StoredValue::new_local(None),
        lock: StoredValue::new_local(None),
        running: StoredValue::new(None),
        services: StoredValue::new_local(services(snapshot)),
    };
    on_cleanup(move || {
        if let Some(running) = runner.running.try_update_value(Option::take).flatten() {
            running.abort();
        }
    });
    runner
}

fn services(published: RwSignal<Option<Snapshot>>) -> Services {
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
    }
}

impl JobRunner {
    /// Starts a job, unless one runs: a button can be pressed again before it is gone.
    pub fn start<P: Planner>(self, spec: JobSpec<P::Head, P::Subject>) {
        if self.is_running.get_untracked() {
            return;
        }
        let job = Job::<P>::new(spec);
        let record = Record::create(&job);
        let name = record.name.clone();
        self.adopt(job, record);
        spawn_local(async move {
            let lock = Lock::take(&name).await;
            self.lock.try_set_value(lock);
        });
        self.run();
    }

    /// Resumes a recorded job. Does nothing if another tab runs it, or if it cannot be read.
    pub async fn resume(self, record: Record) {
        let Some(lock) = Lock::take(&record.name).await else { return };
        let Some(restored) = record.restore() else { return };
        // The view may be gone by now.
        if self.is_running.try_get_untracked() != Some(false) || self.lock.try_set_value(Some(lock)).is_some() {
            return;
        }
        match restored {
            Restored::Members(job) => self.adopt(job, record),
            Restored::Budgets(job) => self.adopt(job, record),
        }
        self.run();
    }

    fn adopt<P: Planner>(self, job: Job<P>, record: Record) {
        self.snapshot.set(Some(Snapshot::of(&job)));
        let environment = Rc::new(Browser::new(self.services.get_value(), record));
        let active = Active { job: Rc::new(RefCell::new(job)), environment };
        self.active.set_value(Some(Rc::new(active)));
    }

    pub fn command(self, command: Command) {
        let Some(active) = self.active.get_value() else { return };
        let is_retry = command == Command::Retry;
        if is_retry && self.is_running.get_untracked() {
            return;
        }
        active.command(command);
        if is_retry {
            self.run();
        } else {
            self.services.with_value(|services| services.command.notify());
        }
    }

    pub fn undo(self) {
        if let Some(active) = self.active.get_value().filter(|_| self.has_ended.get_untracked()) {
            active.undo(self);
        }
    }

    /// Forgets a job whose outcome was seen.
    pub fn close(self) {
        if let Some(active) = self.active.try_update_value(Option::take).flatten() {
            active.forget();
        }
        self.lock.set_value(None);
        self.snapshot.set(None);
    }

    fn run(self) {
        let Some(active) = self.active.get_value() else { return };
        let cache = self.services.with_value(|services| services.cache);
        let topics = self.snapshot.with_untracked(|job| job.as_ref().map(topics)).unwrap_or_default();
        let (running, handle) = abortable(active.run());
        self.running.set_value(Some(handle));
        spawn_local(async move {
            // Aborted if the view is gone: the record tells how far the job came.
            let _ = running.await;
            cache.invalidate(topics);
        });
    }
}
