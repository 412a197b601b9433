//! The engine with each planner against a model of its server.
//!
//! Invariant: what the outcomes say is what the server holds.

mod attribution;
mod attribution_proofs;
mod budgets;
mod budgets_model;
mod budgets_proofs;
mod files;
mod files_model;
mod hostile;
mod keys;
mod members;
mod members_model;
mod offboarding;
mod rotation;
mod stops;
mod takeover;

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures::FutureExt as _;
use futures::executor::LocalPool;
use futures::future::{LocalBoxFuture, poll_fn, ready};

use super::engine::{Command, Environment, Failure, Item, Job, Planner, Stage, record, run};
use crate::domain::{UserId, WorkspaceId};

fn person(at: usize) -> UserId {
    UserId::parse(&format!("user_{at}")).unwrap()
}

fn workspace(at: usize) -> WorkspaceId {
    WorkspaceId::parse(&format!("0f8fad5b-d9cb-469f-a165-7086772895{at:02}")).unwrap()
}

/// Ready after so many polls.
struct After(u8);

impl Future for After {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0 == 0 {
            return Poll::Ready(());
        }
        self.0 -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

/// One tab: a job, the record that it wrote last, and the server that it talks to.
struct Tab<P: Planner, S> {
    server: Rc<RefCell<S>>,
    job: Rc<RefCell<Job<P>>>,
    written: RefCell<(String, String)>,
    /// How often the job was published: a test closes the tab after so many times.
    published: Cell<usize>,
    stage: RefCell<Stage>,
    /// Whether a write was sent before its record was written.
    is_ahead: Cell<bool>,
    /// Whether another tab has taken the job over.
    is_taken: Cell<bool>,
}

impl<P: Planner, S: Model<P>> Tab<P, S> {
    fn new(server: &Rc<RefCell<S>>, job: Job<P>) -> Self {
        let written = RefCell::new((record::spec(&job), record::state(&job)));
        Self {
            server: server.clone(),
            job: Rc::new(RefCell::new(job)),
            written,
            published: Cell::new(0),
            stage: RefCell::new(Stage::Running),
            is_ahead: Cell::new(false),
            is_taken: Cell::new(false),
        }
    }

    /// The job as it was last written.
    fn restored(&self) -> Job<P> {
        let (spec, state) = self.written.borrow().clone();
        record::restore(&spec, &state).unwrap()
    }

    /// Notes whether the record has this item before its write is sent.
    fn expect_written(&self, is_this: impl Fn(&Item<P::Subject>) -> bool) {
        let is_written = self.restored().ledger.items().iter().any(is_this);
        self.is_ahead.set(self.is_ahead.get() || !is_written);
    }

    /// Runs until the job has ended, or until so many publications: then the tab is closed.
    fn run(&self, most: Option<usize>) {
        let job = self.job.clone();
        let mut running = Box::pin(run(&job, self));
        let closing = poll_fn(|context| {
            if most.is_some_and(|most| self.published.get() >= most) {
                return Poll::Ready(());
            }
            running.poll_unpin(context)
        });
        LocalPool::new().run_until(closing);
    }

    /// Runs to the end in tabs that are opened one after another. Each is closed after so many publications.
    fn run_through(self, closings: Vec<usize>, forget: fn(&mut S)) -> Self {
        let last = closings.into_iter().fold(self, |tab, closing| {
            tab.run(Some(closing));
            // Requests of a closed tab arrive or not: here those in flight did not.
            forget(&mut tab.server.borrow_mut());
            Self::new(&tab.server, tab.restored())
        });
        last.run(None);
        last
    }

    /// The outcomes, as the letters of the record.
    fn letters(&self) -> String {
        let state = record::state(&self.job.borrow());
        state.split('[').next().unwrap_or_default().to_lowercase()
    }
}

/// The model of a server, as a tab reaches it.
trait Model<P: Planner>: Sized {
    fn answer_read(tab: &Tab<P, Self>, read: &P::Read) -> LocalBoxFuture<'static, Result<P::Found, Failure>>;
    fn answer_write(tab: &Tab<P, Self>, write: &P::Write) -> LocalBoxFuture<'static, Result<P::Written, Failure>>;

    /// The server's time, if the tab knows it.
    fn now(_: &Tab<P, Self>) -> Option<i64> {
        None
    }

    /// Checks a job whenever it is published.
    fn check(_: &Job<P>) {}
}

impl<P: Planner, S: Model<P>> Environment<P> for Tab<P, S> {
    fn read(&self, read: &P::Read) -> LocalBoxFuture<'static, Result<P::Found, Failure>> {
        S::answer_read(self, read)
    }

    fn write(&self, write: &P::Write) -> LocalBoxFuture<'static, Result<P::Written, Failure>> {
        S::answer_write(self, write)
    }

    fn is_claimed(&self) -> LocalBoxFuture<'static, bool> {
        Box::pin(ready(!self.is_taken.get()))
    }

    fn now(&self) -> Option<i64> {
        S::now(self)
    }

    fn sleep(&self, _: Duration) -> LocalBoxFuture<'static, ()> {
        Box::pin(After(3))
    }

    fn key(&self) -> LocalBoxFuture<'static, ()> {
        Box::pin(After(4))
    }

    /// The person continues after every pause, and never commands anything else.
    fn commanded(&self) -> LocalBoxFuture<'static, ()> {
        if matches!(*self.stage.borrow(), Stage::Paused(_)) {
            self.job.borrow_mut().command(Command::Resume);
            return Box::pin(After(1));
        }
        Box::pin(std::future::pending())
    }

    fn publish(&self, job: &Job<P>) {
        S::check(job);
        self.stage.replace(job.stage());
        self.written.borrow_mut().1 = record::state(job);
        assert_eq!(job.ledger.counts().total(), job.ledger.items().len());
        self.published.set(self.published.get() + 1);
    }
}
