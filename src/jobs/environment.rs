//! The engine's environment in this page: its client, session, timers, storage and activity list.
//!
//! Invariant: every write makes an entry in the activity list, also one whose answer never comes.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use futures::future::{LocalBoxFuture, ready};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::engine::{Activity, Environment, Failure, Job, Planner, Snapshot};
use super::notify::Notify;
use super::record_store::Record;
use crate::api::settle::WriteOutcome;
use crate::api::{ApiError, Client, Operation, WriteError, WriteResult};
use crate::data::Cache;
use crate::domain::{CurrentKey, WorkspaceId};
use crate::session::SessionState;
use crate::write::Journal;

/// What the jobs of a view need from the page.
#[derive(Clone)]
pub(super) struct Services {
    pub client: Client,
    pub journal: Journal,
    pub cache: Cache,
    pub session: RwSignal<SessionState>,
    /// Name and slug of a workspace.
    pub label_of: Callback<WorkspaceId, String>,
    pub signed_in: Rc<Notify>,
    pub command: Rc<Notify>,
    pub published: RwSignal<Option<Snapshot>>,
}

impl Services {
    /// The account that is signed in.
    fn account(&self) -> Option<Account> {
        self.session.with_untracked(|state| match state {
            SessionState::SignedIn(identity) => Some(Account::of(&identity.key)),
            _ => None,
        })
    }
}

/// What tells accounts apart, as far as the API says.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Account(Option<String>);

impl Account {
    fn of(key: &CurrentKey) -> Self {
        let creator = || key.creator_user_id.as_ref().map(ToString::to_string);
        Self(key.organization_id.clone().or_else(creator))
    }
}

/// The environment of one job.
pub(super) struct Browser {
    services: Services,
    /// The account that started the job. Nothing is sent with the key of another.
    account: Option<Account>,
    pub record: Record,
    /// The revision that the record holds.
    written: Cell<Option<u64>>,
}

impl Browser {
    pub(super) fn new(services: Services, record: Record) -> Self {
        Self { account: services.account(), services, record, written: Cell::new(None) }
    }

    fn may_send(&self) -> bool {
        self.services.account().is_some_and(|now| self.account.as_ref().is_none_or(|account| *account == now))
    }
}

impl<P: Planner> Environment<P> for Browser {
    fn read(&self, read: &P::Read) -> LocalBoxFuture<'static, Result<P::Found, Failure>> {
        if !self.may_send() {
            return Box::pin(ready(Err(Failure::Unauthorized)));
        }
        P::send_read(&self.services.client, read)
    }

    fn write(&self, write: &P::Write) -> LocalBoxFuture<'static, Result<P::Written, Failure>> {
        if !self.may_send() {
            return Box::pin(ready(Err(Failure::Unauthorized)));
        }
        let mut entry = Entry::new(P::activity(write), &self.services);
        let answer = P::send_write(&self.services.client, write);
        Box::pin(async move {
            let answer = answer.await;
            entry.complete(&answer);
            answer.map_err(|failure| Failure::of_write(&failure))
        })
    }

    fn sleep(&self, wait: Duration) -> LocalBoxFuture<'static, ()> {
        Box::pin(TimeoutFuture::new(u32::try_from(wait.as_millis()).unwrap_or(u32::MAX)))
    }

    fn key(&self) -> LocalBoxFuture<'static, ()> {
        let (services, account) = (self.services.clone(), self.account.clone());
        Box::pin(async move {
            while services.account().is_none_or(|now| account.as_ref().is_some_and(|account| *account != now)) {
                services.signed_in.notified().await;
            }
        })
    }

    fn commanded(&self) -> LocalBoxFuture<'static, ()> {
        let command = self.services.command.clone();
        Box::pin(async move { command.notified().await })
    }

    fn publish(&self, job: &Job<P>) {
        let revision = Some(job.revision());
        if self.written.replace(revision) != revision {
            self.record.write(job);
        }
        self.services.published.try_update(|published| {
            *published = Some(match published {
                Some(before) => before.updated(job),
                None => Snapshot::of(job),
            });
        });
    }
}

/// The entry of a write in the activity list. Dropped without an answer, it says that the outcome is unknown.
struct Entry {
    action: &'static str,
    operation: Operation,
    /// `None` once the entry is made.
    subject: Option<String>,
    journal: Journal,
    session: RwSignal<SessionState>,
}

impl Entry {
    fn new(activity: Activity, services: &Services) -> Self {
        let label = services.label_of.run(activity.workspace);
        Self {
            action: activity.action,
            operation: activity.operation,
            subject: Some(format!("{label}: {}", activity.what)),
            journal: services.journal,
            session: services.session,
        }
    }

    fn complete<T>(&mut self, result: &WriteResult<T>) {
        if let Some(subject) = self.subject.take() {
            self.journal.record(self.action, subject, result);
        }
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        // A sign-out has cleared the list, and it stays clear.
        let is_cleared = self.session.try_with_untracked(|state| matches!(state, SessionState::SignedOut(_)));
        if is_cleared == Some(false) {
            let error = ApiError::Aborted { operation: self.operation };
            self.complete::<()>(&Err(WriteError { error, outcome: WriteOutcome::Unknown }));
        }
    }
}
