//! Rotating API keys: each gets a successor with the same settings and an expiry, which can't be set on an existing key.
//! The old keys stay as they are. They are disabled by a job of its own, once the secrets were handed over.
//!
//! Invariants:
//! - A successor is created only from the key as it was read right before. A key that was disabled or moved since the preview
//!   is left alone.
//! - A creation is never simply repeated. After one without a known outcome, the keys of the workspace are listed first. If one
//!   of them may be the successor, its secret is lost, and nothing more is created for this key.
//! - Secrets are only in the planner's memory, until the page takes them. No record and no outcome has them.

mod successor;
pub(in crate::jobs) mod words;

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::activity::{FieldChange, StepAbout};
use crate::api::{Client, CreatedKey, IssuedKey, WriteResult, keys};
use crate::domain::{ApiKey, CreateKey, KeyHash, Timestamp, WorkspaceId, inline_message, inline_text};
use crate::jobs::engine::{
    About, Call, Failure, Item, JobSpec, KeyAbout, Ledger, Outcome, Planner, Scope, Ticket, Words,
};

use successor::{lost, may_succeed, successor_of};

/// What is said where the proxy does not let API keys be created.
pub(crate) const TURNED_OFF: &str = "The proxy in front of this console refuses to create API keys. The person who runs the console can allow it there.";

/// A key that gets a successor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RotatedKey {
    pub hash: KeyHash,
    /// As it is shown.
    pub name: String,
    pub label: String,
}

/// A job for these keys, each in its workspace.
pub fn spec(
    expires_at: Timestamp,
    keys: impl IntoIterator<Item = (WorkspaceId, RotatedKey)>,
) -> JobSpec<Timestamp, RotatedKey> {
    JobSpec::grouped(expires_at, keys)
}

#[derive(Debug, Clone)]
pub struct RotationRead {
    pub key: KeyHash,
    pub workspace: WorkspaceId,
    /// Whether a creation was sent before, and when, by the server's clock.
    pub sent: Option<Option<i64>>,
}

pub struct RotationFound {
    pub old: ApiKey,
    /// A key that an earlier request may have created.
    pub successor: Option<ApiKey>,
}

#[derive(Debug, Clone)]
pub struct RotationWrite {
    pub old: RotatedKey,
    pub body: CreateKey,
}

pub struct Rotation {
    expires_at: Timestamp,
    waiting: VecDeque<usize>,
    /// Items whose successor may be created now.
    ready: VecDeque<(usize, CreateKey)>,
    /// Started items that have to be read.
    unread: VecDeque<usize>,
    in_flight: HashSet<usize>,
    /// New keys by item, until the page takes them.
    issued: Vec<(usize, IssuedKey)>,
}

impl Planner for Rotation {
    type Head = Timestamp;
    type Subject = RotatedKey;
    type Read = RotationRead;
    type Found = RotationFound;
    type Write = RotationWrite;
    type Written = CreatedKey;

    const NAME: &'static str = "rotation";
    const MAX_IN_FLIGHT: usize = 4;

    fn prepare(expires_at: &Timestamp, ledger: &Ledger<RotatedKey>) -> Self {
        Self {
            expires_at: expires_at.clone(),
            waiting: ledger.with(Outcome::InFlight).chain(ledger.with(Outcome::Waiting)).collect(),
            ready: VecDeque::new(),
            unread: VecDeque::new(),
            in_flight: HashSet::new(),
            issued: Vec::new(),
        }
    }

    fn next(&mut self, ledger: &mut Ledger<RotatedKey>, scope: Scope) -> Option<Call<Self>> {
        if scope == Scope::Started {
            // Nothing is created while the job is stopping.
            self.ready.drain(..).for_each(|(item, _)| ledger.set(item, Outcome::NotTried));
        }
        if let Some((item, body)) = self.ready.pop_front() {
            self.in_flight.insert(item);
            let old = ledger.items()[item].subject.clone();
            ledger.mark_sent(item);
            return Some(Call::Write(item, RotationWrite { old, body }));
        }
        let started = self.unread.pop_front();
        let item = match scope {
            Scope::All => started.or_else(|| self.waiting.pop_front())?,
            Scope::Started => started?,
        };
        self.in_flight.insert(item);
        ledger.set(item, Outcome::InFlight);
        let Item { subject, workspace, was_sent, sent_at, .. } = &ledger.items()[item];
        let workspace = ledger.workspaces[*workspace].clone();
        Some(Call::Read(
            item,
            RotationRead { key: subject.hash.clone(), workspace, sent: was_sent.then_some(*sent_at) },
        ))
    }

    fn apply_read(
        &mut self,
        item: usize,
        answer: Result<RotationFound, Failure>,
        ledger: &mut Ledger<RotatedKey>,
        _: Scope,
    ) -> Result<(), Arc<str>> {
        if !self.in_flight.remove(&item) {
            return Ok(());
        }
        let Item { was_sent, workspace, .. } = &ledger.items()[item];
        let outcome = match answer {
            Ok(RotationFound { successor: Some(key), .. }) => lost([&key]),
            Ok(RotationFound { old, .. }) => match successor_of(&old, &ledger.workspaces[*workspace], &self.expires_at)
            {
                Some(body) => {
                    self.ready.push_back((item, body));
                    return Ok(());
                }
                None => Outcome::ChangedElsewhere,
            },
            Err(failure) => {
                let words = inline_message(&failure.reason()).into();
                if *was_sent { Outcome::Unknown(words) } else { Outcome::Refused(words) }
            }
        };
        ledger.set(item, outcome);
        Ok(())
    }

    fn apply_write(&mut self, item: usize, answer: Result<CreatedKey, Failure>, ledger: &mut Ledger<RotatedKey>) {
        if !self.in_flight.remove(&item) {
            return;
        }
        let outcome = match answer {
            Ok(CreatedKey::Issued(key, secret)) => {
                self.issued.push((item, IssuedKey { key: *key, secret }));
                Outcome::Done
            }
            Ok(CreatedKey::SecretLost(keys)) => lost(&keys),
            Err(Failure::Unclear(words)) => Outcome::Unknown(inline_message(&words).into()),
            Err(Failure::Blocked(_)) => {
                // The others would meet the same.
                let words: Arc<str> = TURNED_OFF.into();
                let left: Vec<usize> =
                    self.waiting.drain(..).chain(self.ready.drain(..).map(|(item, _)| item)).collect();
                left.into_iter().for_each(|item| ledger.set(item, Outcome::Refused(words.clone())));
                Outcome::Refused(words)
            }
            Err(failure) => Outcome::Refused(inline_message(&failure.reason()).into()),
        };
        ledger.set(item, outcome);
    }

    fn put_back(&mut self, ticket: Ticket, _: &mut Ledger<RotatedKey>) {
        let (Ticket::Read(item) | Ticket::Write(item)) = ticket;
        if self.in_flight.remove(&item) {
            // It is read again first.
            self.unread.push_front(item);
        }
    }

    fn finish(&mut self, ledger: &mut Ledger<RotatedKey>) {
        ledger.end_started("The job was stopped before we could check this key.");
        self.ready.clear();
        self.unread.clear();
        self.waiting.clear();
    }

    /// There is no way back: a new key may be in use already.
    fn undo(expires_at: &Timestamp, _: &Ledger<RotatedKey>) -> JobSpec<Timestamp, RotatedKey> {
        spec(expires_at.clone(), [])
    }

    fn take_issued(&mut self) -> Vec<(usize, IssuedKey)> {
        std::mem::take(&mut self.issued)
    }

    async fn send_read(client: Client, read: RotationRead) -> Result<RotationFound, Failure> {
        let of_read = |error| Failure::of_read(&error);
        let old = keys::get(&client, &read.key).await.map_err(of_read)?;
        let Some(sent_at) = read.sent else { return Ok(RotationFound { old, successor: None }) };
        let all = keys::collect_all(&client, &read.workspace).await.map_err(of_read)?;
        let successor = all.into_iter().find(|key| may_succeed(key, &old, sent_at));
        Ok(RotationFound { old, successor })
    }

    async fn send_write(client: Client, write: RotationWrite) -> WriteResult<CreatedKey> {
        keys::create(&client, &write.body).await
    }

    fn step(write: &RotationWrite) -> StepAbout {
        let expiry = write.body.expires_at.as_ref().map(Timestamp::date_text).unwrap_or_default();
        let what = format!("New API key {}", inline_text(&write.old.name));
        let changes = vec![FieldChange::new(what, "—", format!("Expires {expiry}"))];
        StepAbout { workspace: Some(write.body.workspace_id.clone()), changes, ..StepAbout::default() }
    }

    fn words(_: &Timestamp) -> &'static Words {
        &words::ROTATE
    }

    fn about(workspace: &WorkspaceId, key: &RotatedKey) -> About {
        let about = KeyAbout { hash: key.hash.clone(), name: key.name.clone(), label: key.label.clone() };
        About { person: None, workspace: workspace.clone(), change: None, key: Some(about) }
    }
}
