//! The interface between the engine and the kinds of jobs.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::items::{JobSpec, Ledger, Scope};
use super::words::{About, Words};
use crate::activity::StepAbout;
use crate::api::settle::WriteOutcome;
use crate::api::{ApiError, Client, IssuedKey, WriteError, WriteResult};
use crate::domain::WorkspaceId;

/// A kind of job: decides what to send next and what each answer means for the items. Its first half is pure; its second
/// half names the calls and the words.
pub trait Planner: Sized + 'static {
    /// What is done to all items, such as adding or removing.
    type Head: Clone + PartialEq + Serialize + DeserializeOwned + 'static;
    type Subject: Clone + Serialize + DeserializeOwned + 'static;
    /// A request that changes nothing.
    type Read: Clone + 'static;
    type Found: 'static;
    /// A request that changes something.
    type Write: Clone + 'static;
    type Written: 'static;

    /// Names the kind in records. A record of another name is never restored as this kind.
    const NAME: &'static str;
    /// The most requests in flight. After a 429 it is one.
    const MAX_IN_FLIGHT: usize;

    /// Plans for all items without a final outcome. Items in flight were interrupted: their state must be read first.
    fn prepare(head: &Self::Head, ledger: &Ledger<Self::Subject>) -> Self;

    /// Returns the next request and marks it as in flight, so nothing is started twice. `None` means that only an answer
    /// can bring more, or that the plan is finished.
    fn next(&mut self, ledger: &mut Ledger<Self::Subject>, scope: Scope) -> Option<Call<Self>>;

    /// Applies the answer to a read.
    ///
    /// # Errors
    /// A reason to pause the job: without this answer the next request would be sent blindly.
    fn apply_read(
        &mut self,
        ticket: usize,
        answer: Result<Self::Found, Failure>,
        ledger: &mut Ledger<Self::Subject>,
        scope: Scope,
    ) -> Result<(), Arc<str>>;

    fn apply_write(
        &mut self,
        ticket: usize,
        answer: Result<Self::Written, Failure>,
        ledger: &mut Ledger<Self::Subject>,
    );

    /// Takes back a request that was refused unseen (401, 429, a proxy's sign-in): it changed nothing and is sent again later.
    fn put_back(&mut self, ticket: Ticket, ledger: &mut Ledger<Self::Subject>);

    /// Gives a final outcome to all items in flight: the job ends without further requests.
    fn finish(&mut self, ledger: &mut Ledger<Self::Subject>);

    /// The job that undoes what this one has done; its items are those that are done.
    fn undo(head: &Self::Head, ledger: &Ledger<Self::Subject>) -> JobSpec<Self::Head, Self::Subject>;

    /// Takes the new API keys with their secrets, by item, which nothing but the planner has.
    fn take_issued(&mut self) -> Vec<(usize, IssuedKey)> {
        Vec::new()
    }

    fn send_read(client: Client, read: Self::Read) -> impl Future<Output = Result<Self::Found, Failure>> + 'static;

    /// Sends a write once.
    fn send_write(client: Client, write: Self::Write) -> impl Future<Output = WriteResult<Self::Written>> + 'static;

    /// What the activity log has about a write.
    fn step(write: &Self::Write) -> StepAbout;

    fn words(head: &Self::Head) -> &'static Words;

    fn about(workspace: &WorkspaceId, subject: &Self::Subject) -> About;
}

/// A request to send, with the ticket that its answer is applied by.
pub enum Call<P: Planner> {
    Read(usize, P::Read),
    Write(usize, P::Write),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ticket {
    Read(usize),
    Write(usize),
}

/// Why a request did not do what it was for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The server refused it (400, 403 and similar): nothing was changed.
    Refused {
        /// The server's message, as a sentence.
        words: Arc<str>,
        /// What else the server said, which may name IDs.
        mentions: String,
    },
    /// The workspace does not exist (404), with the server's message.
    Gone(Arc<str>),
    /// Something in front of the API refuses such requests, whatever they are about: nothing was changed. Holds the reason, as a
    /// sentence.
    Blocked(Arc<str>),
    /// Too many requests (429): nothing was changed. Holds how long the server asked to wait.
    Busy(Option<Duration>),
    /// The key is not accepted (401), or the sign-in at the proxy has ended: nothing was changed.
    Unauthorized,
    /// No usable answer: the request may have been applied or not. Holds the reason, as a sentence.
    Unclear(Arc<str>),
}

/// The failure of a request whose effect was not read back.
pub fn not_read_back(error: ApiError) -> WriteError {
    let outcome = if error.is_unclear() { WriteOutcome::Unknown } else { WriteOutcome::Refused };
    WriteError { error, outcome }
}

impl Failure {
    pub fn of_read(error: &ApiError) -> Self {
        Self::of_write(&not_read_back(error.clone()))
    }

    /// The failure of a write, as far as reading back has settled it.
    pub fn of_write(failure: &WriteError) -> Self {
        let words = || -> Arc<str> { failure.error.sentence().into() };
        match (failure.outcome, &failure.error) {
            (WriteOutcome::Unknown, _) => Self::Unclear(words()),
            (WriteOutcome::NotApplied | WriteOutcome::Conflict, _) => Self::Refused {
                words: format!("{} {}", words(), failure.outcome_sentence()).into(),
                mentions: String::new(),
            },
            (WriteOutcome::Refused, error) if error.needs_sign_in() => Self::Unauthorized,
            (WriteOutcome::Refused, error) if error.is_blocked() => Self::Blocked(words()),
            (WriteOutcome::Refused, ApiError::Status(status)) => match status.status {
                404 => Self::Gone(words()),
                429 => Self::Busy(status.retry_after),
                _ => Self::Refused { words: words(), mentions: status.metadata.clone().unwrap_or_default() },
            },
            (WriteOutcome::Refused, _) => Self::Refused { words: words(), mentions: String::new() },
        }
    }

    /// The reason of a failure that says something about the request itself.
    pub fn reason(&self) -> Arc<str> {
        match self {
            Self::Refused { words, .. } | Self::Gone(words) | Self::Blocked(words) | Self::Unclear(words) => {
                words.clone()
            }
            Self::Busy(_) => "Too many requests were sent.".into(),
            Self::Unauthorized => "The key is not accepted, or the sign-in at the proxy has ended.".into(),
        }
    }
}
