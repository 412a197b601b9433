//! Runs a job: does through an [`Environment`] what the job decides.
//!
//! Invariant: the environment is told of a request before it is sent, so a record of the job is never behind the server.
//! Before each request the environment says whether the job is still this tab's.

use std::cell::RefCell;
use std::time::Duration;

use futures::FutureExt as _;
use futures::future::{Either, LocalBoxFuture, select};
use futures::stream::{FuturesUnordered, StreamExt as _};

use super::job::{Job, Next};
use super::planner::{Call, Failure, Planner};

/// What the engine needs from outside.
pub trait Environment<P: Planner> {
    fn read(&self, read: &P::Read) -> LocalBoxFuture<'static, Result<P::Found, Failure>>;
    /// Sends a request that changes something, once.
    fn write(&self, write: &P::Write) -> LocalBoxFuture<'static, Result<P::Written, Failure>>;
    /// Whether the job is still this tab's.
    fn is_claimed(&self) -> LocalBoxFuture<'static, bool>;
    /// The server's time in Unix seconds or a moment before it, if known.
    fn now(&self) -> Option<i64>;
    fn sleep(&self, wait: Duration) -> LocalBoxFuture<'static, ()>;
    fn key(&self) -> LocalBoxFuture<'static, ()>;
    /// Waits for the next command, such as pause or stop.
    fn commanded(&self) -> LocalBoxFuture<'static, ()>;
    /// Records and publishes the job: before each request and after each answer.
    fn publish(&self, job: &Job<P>);
}

enum Event<P: Planner> {
    Read(usize, Result<P::Found, Failure>),
    Written(usize, Result<P::Written, Failure>),
    Waited(u32),
    KeyAccepted,
}

/// Runs a job until it has ended or another tab has taken it over. Dropping the future leaves the job as it was last published.
pub async fn run<P: Planner>(job: &RefCell<Job<P>>, environment: &impl Environment<P>) {
    let mut pending: FuturesUnordered<LocalBoxFuture<'static, Event<P>>> = FuturesUnordered::new();
    loop {
        if !environment.is_claimed().await {
            job.borrow_mut().hand_over();
        }
        let now = environment.now();
        job.borrow_mut().set_time(now);
        let next = job.borrow_mut().decide();
        environment.publish(&job.borrow());
        match next {
            Next::Send(Call::Read(ticket, read)) => {
                pending.push(environment.read(&read).map(move |answer| Event::Read(ticket, answer)).boxed_local());
            }
            Next::Send(Call::Write(ticket, write)) => {
                pending.push(environment.write(&write).map(move |answer| Event::Written(ticket, answer)).boxed_local());
            }
            Next::Wait(wait, round) => {
                pending.push(environment.sleep(wait).map(move |()| Event::Waited(round)).boxed_local());
            }
            Next::AskKey => pending.push(environment.key().map(|()| Event::KeyAccepted).boxed_local()),
            Next::Idle => match select(pending.next(), environment.commanded()).await {
                Either::Left((Some(event), _)) => match event {
                    Event::Read(ticket, answer) => job.borrow_mut().apply_read(ticket, answer),
                    Event::Written(ticket, answer) => job.borrow_mut().apply_write(ticket, answer),
                    Event::Waited(round) => job.borrow_mut().end_wait(round),
                    Event::KeyAccepted => job.borrow_mut().accept_key(),
                },
                // Nothing is pending: only a command can change that.
                Either::Left((None, commanded)) => commanded.await,
                Either::Right(((), _)) => {}
            },
            Next::End => return,
        }
    }
}
