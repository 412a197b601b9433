//! The world of the bulk engine: this page's client, key, clock and storage.
//!
//! Invariant: every request is an entry of the journal, and every failure of the client has one meaning for the engine.

use std::cell::Cell;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use futures::future::LocalBoxFuture;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::Context;
use super::records::Record;
use crate::api::members::{self, Unlisted};
use crate::api::settle::WriteOutcome;
use crate::api::{ApiError, Operation, WriteError, WriteResult};
use crate::bulk::{Action, Failure, Machine, Stage, World};
use crate::domain::text::count_words;
use crate::domain::{UserId, UserIds, WorkspaceId, WorkspaceRef, in_words};
use crate::state::{Journal, SessionState};

/// One job's world.
pub(super) struct Browser {
    context: Context,
    pub(super) record: Record,
    version: RwSignal<u32>,
    /// What of the machine is written down.
    written: Cell<u64>,
}

impl Browser {
    pub(super) fn new(context: Context, record: Record, version: RwSignal<u32>) -> Self {
        Self { context, record, version, written: Cell::new(0) }
    }

    fn name_of(&self, workspace: &WorkspaceId) -> String {
        let name = untrack(|| self.context.workspaces.name_of(&WorkspaceRef::from(workspace)));
        name.map_or_else(|| workspace.to_string(), |name| format!("{} ({workspace})", in_words(&name)))
    }
}

impl World for Browser {
    fn send(
        &self,
        action: Action,
        workspace: &WorkspaceId,
        people: Vec<UserId>,
    ) -> LocalBoxFuture<'static, Result<u64, Failure>> {
        let (client, journal) = (self.context.client.clone(), self.context.journal);
        let plural = if people.len() == 1 { "person" } else { "people" };
        let subject = format!("{}: {} {plural}", self.name_of(workspace), count_words(people.len()));
        let mut on_the_way = OnTheWay::new(action, subject, journal, self.context.session);
        let workspace = WorkspaceRef::from(workspace);
        Box::pin(async move {
            // The engine's batches are of 1–100 people, each once.
            let people = UserIds::new(people)
                .map_err(|problem| Failure::Refused { words: problem.to_string().into(), mentions: String::new() })?;
            let answer = match action {
                Action::Add => members::bulk_add(&client, &workspace, &people).await,
                Action::Remove => members::bulk_remove(&client, &workspace, &people).await,
            };
            let result: WriteResult<u64> = answer.map_err(|error| {
                let outcome = if error.is_unclear() { WriteOutcome::Unknown } else { WriteOutcome::Refused };
                WriteError { error, outcome }
            });
            on_the_way.end(&result);
            result.map_err(|failure| meaning(&failure.error))
        })
    }

    fn list(&self, workspace: &WorkspaceId) -> LocalBoxFuture<'static, Result<HashSet<UserId>, Failure>> {
        let (client, workspace) = (self.context.client.clone(), WorkspaceRef::from(workspace));
        Box::pin(async move {
            members::collect(&client, &workspace).await.map_err(|error| match error {
                Unlisted::Failed(error) => meaning(&error),
                other => Failure::Unclear(format!("{other}.").into()),
            })
        })
    }

    fn sleep(&self, wait: Duration) -> LocalBoxFuture<'static, ()> {
        Box::pin(TimeoutFuture::new(u32::try_from(wait.as_millis()).unwrap_or(u32::MAX)))
    }

    fn key(&self) -> LocalBoxFuture<'static, ()> {
        let (session, signed_in) = (self.context.session, self.context.signed_in.clone());
        Box::pin(async move {
            while !session.with_untracked(|state| matches!(state, SessionState::SignedIn(_))) {
                signed_in.notified().await;
            }
        })
    }

    fn nudged(&self) -> LocalBoxFuture<'static, ()> {
        let nudge = self.context.nudge.clone();
        Box::pin(async move { nudge.notified().await })
    }

    fn changed(&self, machine: &Machine) {
        let tally = machine.tally();
        // What counts for the record: who was sent, and who is settled.
        let mark = (tally.waiting() as u64) << 32 | tally.sent() as u64;
        if self.written.replace(mark) != mark || machine.stage() == Stage::Ended {
            self.record.write(machine);
        }
        self.version.try_update(|version| *version = version.wrapping_add(1));
    }
}

/// A request on its way, which is an entry of the journal also where nobody waits for its answer any more.
struct OnTheWay {
    action: Action,
    /// Taken with the entry.
    subject: Option<String>,
    journal: Journal,
    session: RwSignal<SessionState>,
}

impl OnTheWay {
    fn new(action: Action, subject: String, journal: Journal, session: RwSignal<SessionState>) -> Self {
        Self { action, subject: Some(subject), journal, session }
    }

    fn end(&mut self, result: &WriteResult<u64>) {
        let words = if self.action == Action::Add { "Add members" } else { "Remove members" };
        if let Some(subject) = self.subject.take() {
            self.journal.record(words, subject, result);
        }
    }
}

impl Drop for OnTheWay {
    fn drop(&mut self) {
        // A sign-out has wiped the journal, and leaves it so.
        let is_wiped = self.session.try_with_untracked(|state| matches!(state, SessionState::SignedOut(_)));
        if is_wiped == Some(false) && self.subject.is_some() {
            let operation =
                if self.action == Action::Add { Operation::BulkAddMembers } else { Operation::BulkRemoveMembers };
            self.end(&Err(WriteError { error: ApiError::Aborted { operation }, outcome: WriteOutcome::Unknown }));
        }
    }
}

/// What a failure of a call means for the engine.
fn meaning(error: &ApiError) -> Failure {
    let words = || -> Arc<str> { error.sentence().into() };
    match error {
        ApiError::Status(status) => match status.status {
            401 => Failure::Unauthorized,
            404 => Failure::Gone(words()),
            429 => Failure::Busy(status.retry_after),
            500.. => Failure::Unclear(words()),
            _ => Failure::Refused { words: words(), mentions: status.metadata.clone().unwrap_or_default() },
        },
        ApiError::Network { .. } | ApiError::Timeout { .. } | ApiError::Aborted { .. } | ApiError::Decode { .. } => {
            Failure::Unclear(words())
        }
    }
}
