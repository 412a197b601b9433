//! Jobs for many people: the bulk engine with this page's client, clock, key and storage.
//!
//! Invariant: what a job is about to send is written down first; a job is carried out by one tab at a time.

mod lock;
mod notify;
pub mod records;
mod world;

use std::cell::RefCell;
use std::rc::Rc;

use futures::future::abortable;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Invalidation, Journal, Resource, SessionState, WorkspaceList, use_client, use_session};
use crate::bulk::{Action, Machine, Order, Stage, Status, Tally, Target, drive};
use crate::domain::WorkspaceId;
use crate::effect::watch;

use lock::Lock;
use notify::Notify;
use records::Record;
use world::Browser;

/// The job of a view: none, or one that runs or has ended.
#[derive(Clone, Copy)]
pub struct BulkJob {
    machine: StoredValue<Option<Rc<RefCell<Machine>>>, LocalStorage>,
    world: StoredValue<Option<Rc<Browser>>, LocalStorage>,
    lock: StoredValue<Option<Lock>, LocalStorage>,
    context: StoredValue<Context, LocalStorage>,
    /// Rises whenever the machine has changed.
    pub version: RwSignal<u32>,
    /// Where it is; `None` where there is none.
    pub stage: Memo<Option<Stage>>,
    /// How many are how far.
    pub tally: Memo<Tally>,
    /// Rises with each job that has ended.
    pub ended: RwSignal<u32>,
}

#[derive(Clone)]
struct Context {
    client: crate::api::Client,
    journal: Journal,
    invalidation: Invalidation,
    workspaces: WorkspaceList,
    session: RwSignal<SessionState>,
    signed_in: Rc<Notify>,
    nudge: Rc<Notify>,
    is_gone: Rc<std::cell::Cell<Option<futures::future::AbortHandle>>>,
}

impl BulkJob {
    /// For as long as the current view lives: a job that runs then stays written down, to be gone on with.
    pub fn new() -> Self {
        let session = use_session().state;
        let context = Context {
            client: use_client(),
            journal: expect_context(),
            invalidation: expect_context(),
            workspaces: expect_context(),
            session,
            signed_in: Rc::default(),
            nudge: Rc::default(),
            is_gone: Rc::default(),
        };
        let signed_in = context.signed_in.clone();
        watch(move || {
            if session.with(|state| matches!(state, SessionState::SignedIn(_))) {
                signed_in.notify();
            }
        });
        let is_gone = send_wrapper::SendWrapper::new(context.is_gone.clone());
        on_cleanup(move || {
            if let Some(driving) = is_gone.take().take() {
                driving.abort();
            }
        });
        let machine = StoredValue::new_local(None::<Rc<RefCell<Machine>>>);
        let version = RwSignal::new(0);
        let stage = Memo::new(move |_| {
            version.track();
            machine.with_value(|machine| machine.as_ref().map(|machine| machine.borrow().stage()))
        });
        let tally = Memo::new(move |_| {
            version.track();
            machine
                .with_value(|machine| machine.as_ref().map_or_else(Tally::default, |machine| machine.borrow().tally()))
        });
        let (world, lock) = (StoredValue::new_local(None), StoredValue::new_local(None));
        let context = StoredValue::new_local(context);
        Self { machine, world, lock, context, version, stage, tally, ended: RwSignal::new(0) }
    }

    /// Begins a job, unless one runs: a button can be pressed again before it is gone.
    pub fn begin(self, order: Order) {
        if untrack(|| self.is_running()) {
            return;
        }
        let machine = Machine::new(order);
        let record = Record::create(&machine);
        let name = record.name().to_owned();
        self.take(machine, record);
        spawn_local(async move {
            let lock = Lock::take(&name).await;
            self.lock.try_set_value(lock);
        });
        self.run();
    }

    /// Goes on with a job that was written down. `false` where another tab has it, or it cannot be read.
    pub async fn go_on(self, record: Record) -> bool {
        let Some(lock) = Lock::take(record.name()).await else { return false };
        let Some(machine) = record.restore() else { return false };
        if self.lock.try_set_value(Some(lock)).is_some() {
            return false;
        }
        self.take(machine, record);
        self.run();
        true
    }

    fn take(self, machine: Machine, record: Record) {
        let context = self.context.get_value();
        let version = self.version;
        let world = Browser::new(context, record, version);
        self.world.set_value(Some(Rc::new(world)));
        self.machine.set_value(Some(Rc::new(RefCell::new(machine))));
    }

    /// Looks at the job.
    pub fn with<R>(&self, look: impl FnOnce(&Machine) -> R) -> Option<R> {
        self.version.track();
        self.machine.try_with_value(|machine| machine.as_ref().map(|machine| look(&machine.borrow()))).flatten()
    }

    fn tell(&self, what: impl FnOnce(&mut Machine)) {
        self.machine.with_value(|machine| {
            if let Some(machine) = machine {
                what(&mut machine.borrow_mut());
            }
        });
        self.note();
        self.context.with_value(|context| context.nudge.notify());
    }

    /// Sends nothing more until it is resumed.
    pub fn pause(&self) {
        self.tell(Machine::pause);
    }

    /// Goes on after a pause.
    pub fn resume(&self) {
        self.tell(Machine::resume);
    }

    /// Ends after what is on its way.
    pub fn stop(&self) {
        self.tell(Machine::stop);
    }

    /// Tries again whoever is not as wanted.
    pub fn retry(self) {
        if untrack(|| self.is_running()) {
            return;
        }
        self.tell(Machine::retry);
        self.run();
    }

    /// A job that takes back what this one has done.
    pub fn undo(self) {
        if untrack(|| self.is_running()) {
            return;
        }
        let order = self.with(|machine| {
            let target = |workspace: &WorkspaceId| Target {
                workspace: workspace.clone(),
                people: Vec::new(),
                already: Vec::new(),
            };
            let mut targets: Vec<Target> = machine.workspaces().iter().map(target).collect();
            for item in machine.items().iter().filter(|item| item.status == Status::Done) {
                targets[item.place].people.push(item.person.clone());
            }
            targets.retain(|target| !target.people.is_empty());
            Order { action: machine.action().inverse(), targets }
        });
        self.close();
        if let Some(order) = order {
            self.begin(order);
        }
    }

    /// What it does.
    pub fn action(&self) -> Option<Action> {
        self.with(Machine::action)
    }

    /// Whether it neither has ended nor been closed.
    pub fn is_running(&self) -> bool {
        self.stage.with(|stage| stage.as_ref().is_some_and(|stage| *stage != Stage::Ended))
    }

    /// Forgets a job whose outcome was seen.
    pub fn close(&self) {
        self.world.update_value(|world| {
            if let Some(world) = world.take() {
                world.record.forget();
            }
        });
        self.machine.set_value(None);
        self.lock.set_value(None);
        self.note();
    }

    fn note(&self) {
        self.version.update(|version| *version = version.wrapping_add(1));
    }

    fn run(self) {
        let (Some(machine), Some(world)) = (self.machine.get_value(), self.world.get_value()) else { return };
        let context = self.context.get_value();
        self.note();
        let driving = async move { drive(&machine, &*world).await };
        let (driving, handle) = abortable(driving);
        context.is_gone.set(Some(handle));
        spawn_local(async move {
            if driving.await.is_err() {
                // The view is gone: the record tells how far it came.
                return;
            }
            context.invalidation.invalidate(Resource::Members);
            self.ended.try_update(|ended| *ended = ended.wrapping_add(1));
        });
    }
}

impl Default for BulkJob {
    fn default() -> Self {
        Self::new()
    }
}
