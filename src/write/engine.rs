//! The engine that runs writes.
//!
//! Invariant: a write ends the same way whether or not its view is still shown. Only `pending`, `failure` and the page's
//! own answer depend on the view.

use std::cell::OnceCell;
use std::future::Future;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{ActivityLog, Notices};
use crate::activity::{NewActivity, RecordId, StepAbout, Undo};
use crate::api::{ApiError, Client, WriteError, WriteResult};
use crate::data::{Cache, Topic, Workspaces, use_cache, use_workspaces};
use crate::domain::inline_message;
use crate::navigation::{Navigator, UnsavedGuard, use_navigator};
use crate::routes::Route;
use crate::session::{SessionState, use_client, use_session};

/// Why a write failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteFailure {
    /// The server's state could not be read before the write, so nothing was sent.
    Unread(ApiError),
    /// The write itself failed.
    Write(WriteError),
}

impl WriteFailure {
    /// What went wrong, and whether anything was changed.
    pub fn message(&self) -> String {
        match self {
            Self::Unread(error) => inline_message(&error.sentence()),
            Self::Write(failure) => failure.message(),
        }
    }
}

impl From<WriteError> for WriteFailure {
    fn from(failure: WriteError) -> Self {
        Self::Write(failure)
    }
}

/// Whether the person who started a write still sees the view that shows its outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    /// The view is shown.
    Present,
    /// The view is gone: only a notice reaches the person.
    Gone,
}

/// The text of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Something was done.
    Success(String),
    /// Something went wrong, with details.
    Failure(String, String),
}

/// One kind of write, with what it is to send.
pub trait Write: 'static {
    /// What a successful write returns.
    type Output: 'static;

    /// Sends it. Every request that changes something goes through [`Scope::record`].
    fn send(&self, scope: &Scope) -> impl Future<Output = Result<Self::Output, WriteFailure>>;

    /// What the activity log calls it.
    fn activity(&self) -> NewActivity;

    /// How it is undone after it has ended so.
    fn undo(&self, _output: &Self::Output) -> Option<Undo> {
        None
    }

    /// What may be different on the server afterwards.
    fn topics(&self, result: &Result<Self::Output, WriteFailure>) -> Vec<Topic>;

    /// The notice about a success, if any.
    fn message(&self, output: &Self::Output, viewer: Viewer) -> Option<Message>;

    /// The title of the notice about a failure. A person who has not left sees the failure in the view instead.
    fn failure_title(&self) -> String;

    /// Changes what is cached to what the response says, without reading it again.
    fn amend_cache(&self, _output: &Self::Output, _cache: Cache) {}

    /// Where a person who has not left goes afterwards. The guard is lowered then.
    fn next_route(&self, _output: &Self::Output) -> Option<Route> {
        None
    }
}

/// What a write is sent with.
pub struct Scope {
    /// The client.
    pub client: Client,
    log: ActivityLog,
    session: RwSignal<SessionState>,
    activity: NewActivity,
    /// The record in the activity log, once anything is sent.
    record: OnceCell<RecordId>,
    pending: RwSignal<bool>,
}

impl Scope {
    /// Sends a request and records it in the activity log. It has to be sent with the client that `send` gets.
    pub async fn record<T>(
        &self,
        about: StepAbout,
        send: impl AsyncFnOnce(Client) -> WriteResult<T>,
    ) -> WriteResult<T> {
        let begin = || self.session.with_untracked(|session| self.log.begin(session, self.activity.clone()));
        let step = self.log.step(self.record.get_or_init(begin), about);
        let result = send(step.client(&self.client)).await;
        step.end(&result);
        result
    }

    /// Whether the person is still there.
    pub fn viewer(&self) -> Viewer {
        if self.pending.is_disposed() { Viewer::Gone } else { Viewer::Present }
    }
}

type Ended<W> = (W, Result<<W as Write>::Output, WriteFailure>);

/// Runs one kind of write for a view, one at a time.
pub struct Writer<W: Write> {
    /// Whether a write is in flight.
    pub pending: RwSignal<bool>,
    /// Why the last write failed, where the view has not shown that elsewhere.
    pub failure: RwSignal<Option<WriteFailure>>,
    client: StoredValue<Client>,
    log: ActivityLog,
    session: RwSignal<SessionState>,
    notices: Notices,
    guard: UnsavedGuard,
    cache: Cache,
    workspaces: Workspaces,
    navigator: Navigator,
    on_end: Callback<Ended<W>, Option<WriteFailure>>,
}

copy_handle!(Writer<W> where W: Write);

/// A writer for the current view. `on_end` runs when a write has ended while the view is shown; it returns the failure
/// that [`Writer::failure`] is to show.
pub fn use_write<W: Write>(
    on_end: impl Fn(W, Result<W::Output, WriteFailure>) -> Option<WriteFailure> + Send + Sync + 'static,
) -> Writer<W> {
    Writer {
        pending: RwSignal::new(false),
        failure: RwSignal::new(None),
        client: StoredValue::new(use_client()),
        log: expect_context(),
        session: use_session().state,
        notices: expect_context(),
        guard: expect_context(),
        cache: use_cache(),
        workspaces: use_workspaces(),
        navigator: use_navigator(),
        on_end: Callback::new(move |(write, result)| on_end(write, result)),
    }
}

impl<W: Write> Writer<W> {
    /// Runs a write, unless one is in flight.
    pub fn run(self, write: W) {
        if self.pending.get_untracked() {
            return;
        }
        let scope = Scope {
            client: self.client.get_value(),
            log: self.log,
            session: self.session,
            activity: untrack(|| self.workspaces.named(write.activity())),
            record: OnceCell::new(),
            pending: self.pending,
        };
        self.pending.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let result = write.send(&scope).await;
            if let Some(record) = scope.record.get() {
                scope.log.end_by_steps(record, result.as_ref().ok().and_then(|output| write.undo(output)));
            }
            self.finish(scope.viewer(), write, result);
        });
    }

    fn finish(self, viewer: Viewer, write: W, result: Result<W::Output, WriteFailure>) {
        let message = match &result {
            Ok(output) => {
                write.amend_cache(output, self.cache);
                write.message(output, viewer)
            }
            Err(failure) => {
                (viewer == Viewer::Gone).then(|| Message::Failure(write.failure_title(), failure.message()))
            }
        };
        match message {
            Some(Message::Success(title)) => self.notices.success(title),
            Some(Message::Failure(title, detail)) => self.notices.failure(title, detail),
            None => {}
        }
        let topics = write.topics(&result);
        let next = result.as_ref().ok().and_then(|output| write.next_route(output));
        if viewer == Viewer::Present {
            self.pending.set(false);
            self.failure.set(self.on_end.run((write, result)));
            if let Some(route) = next {
                self.guard.set(false);
                self.navigator.replace(&route);
            }
        }
        self.cache.invalidate(topics);
    }
}
