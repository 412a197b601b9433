//! The engine's environment in this page: its client, session, timers, storage and activity log.
//!
//! Invariant: every write makes a step in the activity log, also one whose answer never comes.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use futures::future::{LocalBoxFuture, ready};
use leptos::prelude::*;

use super::claim::{Claim, Holder};
use super::engine::{Environment, Failure, Job, Planner, Snapshot};
use super::notify::Notify;
use crate::activity::RecordId;
use crate::api::Client;
use crate::browser::wait;
use crate::data::{Cache, Workspaces};
use crate::session::{AccountId, SessionState};
use crate::write::ActivityLog;

#[derive(Clone)]
pub(super) struct Services {
    pub client: Client,
    pub log: ActivityLog,
    pub cache: Cache,
    pub session: RwSignal<SessionState>,
    pub workspaces: Workspaces,
    pub signed_in: Rc<Notify>,
    pub command: Rc<Notify>,
    pub published: RwSignal<Option<Snapshot>>,
    /// Whether the browser stores the job's record.
    pub is_stored: RwSignal<bool>,
}

impl Services {
    /// Whether the account of a job is signed in. Nothing is sent with the key of another.
    fn may_send(&self, account: Option<&AccountId>) -> bool {
        let now = self.session.with_untracked(AccountId::signed_in);
        now.is_some() && (account.is_none() || account == now.as_ref())
    }
}

pub(super) struct Browser {
    services: Services,
    account: Option<AccountId>,
    pub claim: Rc<Claim>,
    /// The job in the activity log.
    pub activity: RecordId,
    /// The revision that the record holds.
    written: Cell<Option<u64>>,
}

impl Browser {
    pub(super) fn new(services: Services, claim: Rc<Claim>, activity: RecordId) -> Self {
        let account = services.session.with_untracked(AccountId::signed_in);
        Self { account, services, claim, activity, written: Cell::new(None) }
    }

    /// Shows the other tabs that this one lives. If its claim is gone, the job is told to look.
    pub(super) fn beat(&self) {
        if self.claim.holder() == Holder::This {
            self.claim.beat();
        } else {
            self.written.set(None);
            self.services.command.notify();
        }
        self.show_storage();
    }

    pub(super) fn show_storage(&self) {
        let is_stored = self.claim.record.is_stored();
        if self.services.is_stored.try_get_untracked().is_some_and(|shown| shown != is_stored) {
            self.services.is_stored.set(is_stored);
        }
    }

    /// A sign-out removes the records, and they stay removed.
    fn is_signed_out(&self) -> bool {
        self.services.session.with_untracked(|state| matches!(state, SessionState::SignedOut(_)))
    }
}

impl<P: Planner> Environment<P> for Browser {
    fn read(&self, read: &P::Read) -> LocalBoxFuture<'static, Result<P::Found, Failure>> {
        if !self.services.may_send(self.account.as_ref()) {
            return Box::pin(ready(Err(Failure::Unauthorized)));
        }
        Box::pin(P::send_read(self.services.client.clone(), read.clone()))
    }

    fn write(&self, write: &P::Write) -> LocalBoxFuture<'static, Result<P::Written, Failure>> {
        if !self.services.may_send(self.account.as_ref()) {
            return Box::pin(ready(Err(Failure::Unauthorized)));
        }
        let step = self.services.log.step(&self.activity, P::step(write));
        let answer = P::send_write(step.client(&self.services.client), write.clone());
        Box::pin(async move {
            let answer = answer.await;
            step.end(&answer);
            answer.map_err(|failure| Failure::of_write(&failure))
        })
    }

    fn now(&self) -> Option<i64> {
        self.services.client.server_time()
    }

    fn is_claimed(&self) -> LocalBoxFuture<'static, bool> {
        let claim = self.claim.clone();
        Box::pin(async move { claim.is_valid().await })
    }

    fn sleep(&self, length: Duration) -> LocalBoxFuture<'static, ()> {
        Box::pin(wait(length))
    }

    fn key(&self) -> LocalBoxFuture<'static, ()> {
        let (services, account) = (self.services.clone(), self.account.clone());
        Box::pin(async move {
            while !services.may_send(account.as_ref()) {
                services.signed_in.notified().await;
            }
        })
    }

    fn commanded(&self) -> LocalBoxFuture<'static, ()> {
        let command = self.services.command.clone();
        Box::pin(async move { command.notified().await })
    }

    fn publish(&self, job: &Job<P>) {
        let revision = Some(job.ledger.revision());
        let is_changed = self.written.replace(revision) != revision;
        if is_changed && !self.is_signed_out() {
            self.claim.write(job);
            self.show_storage();
        }
        let shown = self.services.published.try_get_untracked().flatten();
        if let Some(before) = shown.filter(|before| is_changed || before.stage != job.stage()) {
            self.services.published.try_set(Some(before.updated(job)));
        }
    }
}
