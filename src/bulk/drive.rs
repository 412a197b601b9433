//! Carrying out a job: what the machine decides, done through a [`World`].
//!
//! Invariant: the world hears of a request before it is sent, so that a record of the job is never behind the server.

use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use futures::future::{Either, LocalBoxFuture, select};
use futures::stream::{FuturesUnordered, StreamExt as _};

use super::machine::{Machine, Next};
use super::order::Action;
use crate::domain::{UserId, WorkspaceId};

/// Why a request did not do what it was for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The server refused it because of somebody in it (400, 403 and their like): nobody was changed.
    Refused {
        /// The server's words, as a sentence.
        words: Arc<str>,
        /// What else it said, in which ids may be named.
        mentions: String,
    },
    /// The workspace is not there (404), in the server's words.
    Gone(Arc<str>),
    /// Too many requests (429): nobody was changed; with how long the server asked to wait.
    Busy(Option<Duration>),
    /// The key is not accepted (401): nobody was changed.
    Unauthorized,
    /// No usable answer, or a failure of the server: it may have been applied or not. With the reason, as a sentence.
    Unclear(Arc<str>),
}

/// What the engine needs of the world.
pub trait World {
    /// Sends one request about 1–100 people. Answers how many of them the server says it concerned.
    fn send(
        &self,
        action: Action,
        workspace: &WorkspaceId,
        people: Vec<UserId>,
    ) -> LocalBoxFuture<'static, Result<u64, Failure>>;
    /// Everybody who is a member now.
    fn list(&self, workspace: &WorkspaceId) -> LocalBoxFuture<'static, Result<HashSet<UserId>, Failure>>;
    /// Waits.
    fn sleep(&self, wait: Duration) -> LocalBoxFuture<'static, ()>;
    /// Waits until the key is accepted again; whoever accepts keys asks for one.
    fn key(&self) -> LocalBoxFuture<'static, ()>;
    /// Waits until somebody has paused, resumed or stopped the machine.
    fn nudged(&self) -> LocalBoxFuture<'static, ()>;
    /// The machine has changed: before each request and after each answer.
    fn changed(&self, machine: &Machine);
}

enum Event {
    Answered(usize, Result<u64, Failure>),
    Listed(usize, Result<HashSet<UserId>, Failure>),
    Waited(u32),
    Key,
}

/// Carries out a job until it is over. Whoever drops this leaves the job as the world last heard of it.
pub async fn drive(machine: &RefCell<Machine>, world: &impl World) {
    let mut flying: FuturesUnordered<LocalBoxFuture<'static, Event>> = FuturesUnordered::new();
    let action = machine.borrow().action();
    loop {
        let next = machine.borrow_mut().decide();
        match next {
            Next::Send { lane, workspace, people } => {
                world.changed(&machine.borrow());
                let answer = world.send(action, &workspace, people);
                flying.push(Box::pin(async move { Event::Answered(lane, answer.await) }));
            }
            Next::List { place, workspace } => {
                let members = world.list(&workspace);
                flying.push(Box::pin(async move { Event::Listed(place, members.await) }));
            }
            Next::Wait { wait, round } => {
                world.changed(&machine.borrow());
                let waiting = world.sleep(wait);
                flying.push(Box::pin(async move {
                    waiting.await;
                    Event::Waited(round)
                }));
            }
            Next::AskKey => {
                world.changed(&machine.borrow());
                let asking = world.key();
                flying.push(Box::pin(async move {
                    asking.await;
                    Event::Key
                }));
            }
            Next::Idle => {
                let event = match select(flying.next(), world.nudged()).await {
                    Either::Left((Some(event), _)) => Some(event),
                    // Nothing is under way: only somebody can change that.
                    Either::Left((None, nudged)) => {
                        nudged.await;
                        None
                    }
                    Either::Right(((), _)) => None,
                };
                event.into_iter().for_each(|event| apply(&mut machine.borrow_mut(), event));
                world.changed(&machine.borrow());
            }
            Next::End => {
                world.changed(&machine.borrow());
                return;
            }
        }
    }
}

fn apply(machine: &mut Machine, event: Event) {
    match event {
        Event::Answered(lane, answer) => machine.answered(lane, answer),
        Event::Listed(place, members) => machine.listed(place, members),
        Event::Waited(round) => machine.waited(round),
        Event::Key => machine.key_given(),
    }
}
