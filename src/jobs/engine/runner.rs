//! Runs a job: does through an [`Environment`] what the job decides.
//!
//! Invariant: the environment is told of a request before it is sent, so a record of the job is never behind the server.

use std::cell::RefCell;
use std::time::Duration;

use futures::future::{Either, LocalBoxFuture, select};
use futures::stream::{FuturesUnordered, StreamExt as _};

use super::job::{Job, Next};
use super::planner::{Call, Failure, Planner};

/// What the engine needs from outside.
pub trait Environment<P: Planner> {
    /// Sends a request that changes nothing.
    fn read(&self, read: &P::Read) -> LocalBoxFuture<'static, Result<P::Found, Failure>>;
    /// Sends a request that changes something, once.
    fn write(&self, write: &P::Write) -> LocalBoxFuture<'static, Result<P::Written, Failure>>;
    /// Waits.
    fn sleep(&self, wait: Duration) -> LocalBoxFuture<'static, ()>;
    /// Waits until a key is accepted.
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

/// Runs a job until it has ended. Dropping the future leaves the job as it was last published.
pub async fn run<P: Planner>(job: &RefCell<Job<P>>, environment: &impl Environment<P>) {
    let mut pending: FuturesUnordered<LocalBoxFuture<'static, Event<P>>> = FuturesUnordered::new();
    loop {
        let next = job.borrow_mut().decide();
        environment.publish(&job.borrow());
        match next {
            Next::Send(Call::Read(ticket, read)) => {
                let answer = environment.read(&read);
                pending.push(Box::pin(async move { Event::Read(ticket, answer.await) }));
            }
            Next::Send(Call::Write(ticket, write)) => {
                let answer = environment.write(&write);
                pending.push(Box::pin(async move { Event::Written(ticket, answer.await) }));
            }
            Next::Wait(wait, round) => {
                let waiting = environment.sleep(wait);
                pending.push(Box::pin(async move {
                    waiting.await;
                    Event::Waited(round)
                }));
            }
            Next::AskKey => {
                let asking = environment.key();
                pending.push(Box::pin(async move {
                    asking.await;
                    Event::KeyAccepted
                }));
            }
            Next::Idle => {
                let event = match select(pending.next(), environment.commanded()).await {
                    Either::Left((Some(event), _)) => Some(event),
                    // Nothing is pending: only a command can change that.
                    Either::Left((None, commanded)) => {
                        commanded.await;
                        None
                    }
                    Either::Right(((), _)) => None,
                };
                event.into_iter().for_each(|event| apply(&mut job.borrow_mut(), event));
            }
            Next::End => return,
        }
    }
}

fn apply<P: Planner>(job: &mut Job<P>, event: Event<P>) {
    match event {
        Event::Read(ticket, answer) => job.apply_read(ticket, answer),
        Event::Written(ticket, answer) => job.apply_write(ticket, answer),
        Event::Waited(round) => job.end_wait(round),
        Event::KeyAccepted => job.accept_key(),
    }
}
