//! The job of a view: none, or one that runs or has ended.
//!
//! Invariant: a job is recorded before it sends anything, and only the tab that has its claim runs it.

use std::cell::RefCell;
use std::rc::Rc;

use futures::future::{AbortHandle, LocalBoxFuture, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::activity::{end_of, new_activity};
use super::claim::Claim;
use super::engine::{Command, Counts, Environment as _, Job, JobKind, JobSpec, Planner, Snapshot, Stage, record, run};
use super::environment::{Browser, Services};
use super::lease::BEAT;
use super::record_store::Record;
use super::restored::{topics, unstarted};
use crate::activity::{RecordId, Undo};
use crate::api::IssuedKey;
use crate::browser::every;
use crate::data::{use_cache, use_workspaces};
use crate::session::{SessionState, use_client, use_session};

/// A job of any kind.
pub(super) trait AnyJob {
    fn snapshot(&self) -> Snapshot;
    fn command(&self, command: Command, environment: &Browser);
    fn run(self: Rc<Self>, environment: Rc<Browser>) -> LocalBoxFuture<'static, ()>;
    /// The job that undoes what this one has done, as the spec of a record. `None` if it has done nothing.
    fn undo(&self) -> Option<String>;
    /// Takes the new API keys with their secrets, by item.
    fn take_issued(&self) -> Vec<(usize, IssuedKey)>;
    /// Claims a record for a job that starts now.
    fn claim(&self) -> Rc<Claim>;
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

    fn undo(&self) -> Option<String> {
        let spec = self.borrow().undo();
        (!spec.items.is_empty()).then(|| record::spec(&Job::<P>::new(spec)))
    }

    fn take_issued(&self) -> Vec<(usize, IssuedKey)> {
        self.borrow_mut().take_issued()
    }

    fn claim(&self) -> Rc<Claim> {
        Claim::of_new(&self.borrow())
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
        log: expect_context(),
        cache: use_cache(),
        session,
        workspaces: use_workspaces(),
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
        self.start_new(Rc::new(RefCell::new(Job::<P>::new(spec))), false);
    }

    /// Starts a job that undoes another, which the spec of a record describes. Returns whether it could be read.
    pub fn start_undo(self, spec: &str) -> bool {
        let job = unstarted(spec).filter(|_| !self.is_running.get_untracked());
        let is_started = job.is_some();
        job.into_iter().for_each(|job| self.start_new(job, true));
        is_started
    }

    fn start_new(self, job: Rc<dyn AnyJob>, is_undo: bool) {
        let claim = job.claim();
        let activity = self.record_start(&job.snapshot(), &claim, is_undo);
        self.adopt(job, claim.clone(), activity, is_undo);
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
        let known = self.services.with_value(|services| services.log.resume_job(claim.record.name()));
        let activity = known.unwrap_or_else(|| self.record_start(&job.snapshot(), &claim, false));
        self.adopt(job, claim, activity, false);
        self.run();
    }

    /// Opens the activity of a job.
    fn record_start(self, job: &Snapshot, claim: &Claim, is_undo: bool) -> RecordId {
        self.services.with_value(|services| {
            let new = new_activity(job, claim.record.name(), is_undo);
            let new = untrack(|| services.workspaces.named(new));
            services.session.with_untracked(|session| services.log.begin(session, new))
        })
    }

    fn adopt(self, job: Rc<dyn AnyJob>, claim: Rc<Claim>, activity: RecordId, is_undo: bool) {
        let mut snapshot = job.snapshot();
        snapshot.is_undo = is_undo;
        self.snapshot.set(Some(snapshot));
        let environment = Browser::new(self.services.get_value(), claim, activity);
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
            self.services.with_value(|services| services.log.reopen(&environment.activity));
            self.run();
        } else {
            self.services.with_value(|services| services.command.notify());
        }
    }

    pub fn undo(self) {
        let ended = self.active.get_value().filter(|_| self.has_ended.get_untracked());
        if let Some((spec, environment)) = ended.and_then(|(job, environment)| Some((job.undo()?, environment))) {
            self.close();
            if self.start_undo(&spec) {
                self.services.with_value(|services| services.log.mark_undone(&environment.activity));
            }
        }
    }

    /// Takes the new API keys of the job with their secrets, by item. Only this page has them.
    pub(crate) fn take_issued(self) -> Vec<(usize, IssuedKey)> {
        self.active.with_value(|active| active.as_ref().map(|(job, _)| job.take_issued()).unwrap_or_default())
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
        let (cache, log) = self.services.with_value(|services| (services.cache, services.log));
        let (job_run, activity) = (job.clone(), environment.activity.clone());
        let (running, handle) = abortable(job.run(environment));
        self.running.set_value(Some(handle));
        spawn_local(async move {
            // Aborted if the view is gone: the record tells how far the job came.
            let _ = running.await;
            let snapshot = job_run.snapshot();
            if snapshot.stage == Stage::Ended {
                let (state, note) = end_of(&snapshot);
                log.end(&activity, state, note, job_run.undo().map(Undo::Job));
            } else {
                log.interrupt(&activity);
            }
            cache.invalidate(topics(&snapshot));
        });
    }
}
