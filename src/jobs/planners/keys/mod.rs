//! Changing many API keys: disabling, enabling, setting a limit, moving and deleting them.
//!
//! Each key is read before it is changed, because the API has no condition to send along.
//!
//! Invariant: a key is changed only where it is what the preview showed. An interrupted change is read back first.

mod change;
mod words;

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use crate::activity::{FieldChange, StepAbout};
use crate::api::{Client, WriteResult, keys};
use crate::domain::{ApiKey, KeyHash, WorkspaceId, inline_message, inline_text};
use crate::jobs::engine::{
    About, Call, Failure, Item, JobSpec, KeyAbout, Ledger, Outcome, Planner, Scope, Ticket, Words,
};

use change::Judgement;
pub use change::{KeyChange, KeyItem, KeyLimit, KeysAction};

/// A job for these keys, each in its workspace.
pub fn spec(
    action: KeysAction,
    keys: impl IntoIterator<Item = (WorkspaceId, KeyItem)>,
) -> JobSpec<KeysAction, KeyItem> {
    let mut targets = Vec::new();
    let keys = keys.into_iter().inspect(|(_, key)| {
        if let KeyChange::Move { to } = &key.change {
            targets.push(to.clone());
        }
    });
    let mut spec = JobSpec::grouped(action, keys);
    // Their keys are read again after the job.
    let mut known: HashSet<WorkspaceId> = spec.workspaces.iter().cloned().collect();
    spec.workspaces.extend(targets.into_iter().filter(|id| known.insert(id.clone())));
    spec
}

#[derive(Debug, Clone)]
pub struct KeyWrite {
    workspace: WorkspaceId,
    pub key: KeyItem,
}

#[derive(Debug, Clone, Copy)]
struct Track {
    item: usize,
    /// Whether the read before it allows the change.
    is_allowed: bool,
}

#[derive(Debug)]
pub struct Keys {
    waiting: VecDeque<usize>,
    /// Started items between two requests.
    ready: VecDeque<Track>,
    /// Items with a request in flight.
    in_flight: HashSet<usize>,
}

impl Planner for Keys {
    type Head = KeysAction;
    type Subject = KeyItem;
    type Read = KeyHash;
    type Found = ApiKey;
    type Write = KeyWrite;
    type Written = ();

    const NAME: &'static str = "keys";
    const MAX_IN_FLIGHT: usize = 6;

    fn prepare(_: &KeysAction, ledger: &Ledger<KeyItem>) -> Self {
        let waiting = ledger.with(Outcome::InFlight).chain(ledger.with(Outcome::Waiting)).collect();
        Self { waiting, ready: VecDeque::new(), in_flight: HashSet::new() }
    }

    fn next(&mut self, ledger: &mut Ledger<KeyItem>, scope: Scope) -> Option<Call<Self>> {
        let fresh = |item| Track { item, is_allowed: false };
        let started = self.ready.pop_front();
        let Track { item, is_allowed } = match scope {
            Scope::All => started.or_else(|| self.waiting.pop_front().map(fresh))?,
            Scope::Started => started?,
        };
        self.in_flight.insert(item);
        let key = ledger.items()[item].subject.clone();
        Some(if is_allowed {
            let workspace = ledger.workspaces[ledger.items()[item].workspace].clone();
            ledger.mark_sent(item);
            Call::Write(item, KeyWrite { workspace, key })
        } else {
            ledger.set(item, Outcome::InFlight);
            Call::Read(item, key.hash)
        })
    }

    fn apply_read(
        &mut self,
        item: usize,
        answer: Result<ApiKey, Failure>,
        ledger: &mut Ledger<KeyItem>,
        _: Scope,
    ) -> Result<(), Arc<str>> {
        if !self.in_flight.remove(&item) {
            return Ok(());
        }
        let Item { subject, was_sent, workspace, .. } = &ledger.items()[item];
        let reached = || if *was_sent { Outcome::Done } else { Outcome::Unchanged };
        let outcome = match answer {
            Ok(found) => match subject.change.judge(&ledger.workspaces[*workspace], &found) {
                Judgement::Change => {
                    self.ready.push_back(Track { item, is_allowed: true });
                    return Ok(());
                }
                Judgement::Reached => reached(),
                Judgement::ChangedElsewhere => Outcome::ChangedElsewhere,
            },
            Err(Failure::Gone(_)) if subject.change == KeyChange::Delete => reached(),
            Err(failure) => {
                let words = inline_message(&failure.reason()).into();
                let is_known = !*was_sent || matches!(failure, Failure::Gone(_));
                if is_known { Outcome::Refused(words) } else { Outcome::Unknown(words) }
            }
        };
        ledger.set(item, outcome);
        Ok(())
    }

    fn apply_write(&mut self, item: usize, answer: Result<(), Failure>, ledger: &mut Ledger<KeyItem>) {
        if !self.in_flight.remove(&item) {
            return;
        }
        let outcome = match answer {
            Ok(()) => Outcome::Done,
            Err(failure) => {
                let words = inline_message(&failure.reason()).into();
                let is_unclear = matches!(failure, Failure::Unclear(_));
                if is_unclear { Outcome::Unknown(words) } else { Outcome::Refused(words) }
            }
        };
        ledger.set(item, outcome);
    }

    fn put_back(&mut self, ticket: Ticket, _: &mut Ledger<KeyItem>) {
        let (Ticket::Read(item) | Ticket::Write(item)) = ticket;
        if self.in_flight.remove(&item) {
            // It is read again first.
            self.ready.push_front(Track { item, is_allowed: false });
        }
    }

    fn finish(&mut self, ledger: &mut Ledger<KeyItem>) {
        ledger.end_started("The job was stopped before we could check this key.");
        self.ready.clear();
        self.waiting.clear();
    }

    fn undo(action: &KeysAction, ledger: &Ledger<KeyItem>) -> JobSpec<KeysAction, KeyItem> {
        spec(
            action.opposite(),
            ledger.with(Outcome::Done).filter_map(|at| {
                let item = &ledger.items()[at];
                item.subject.undo(&ledger.workspaces[item.workspace])
            }),
        )
    }

    async fn send_read(client: Client, key: KeyHash) -> Result<ApiKey, Failure> {
        keys::get(&client, &key).await.map_err(|error| Failure::of_read(&error))
    }

    async fn send_write(client: Client, KeyWrite { workspace, key }: KeyWrite) -> WriteResult<()> {
        match key.change.body() {
            Some(body) => keys::update(&client, &key.hash, &body).await.map(|_| ()),
            None => keys::delete(&client, &workspace, &key.hash).await,
        }
    }

    fn step(write: &KeyWrite) -> StepAbout {
        let (from, to) = write.key.change.texts(&write.workspace);
        let changes = vec![FieldChange::new(format!("API key {}", inline_text(&write.key.name)), from, to)];
        StepAbout { workspace: Some(write.workspace.clone()), changes, ..StepAbout::default() }
    }

    fn words(action: &KeysAction) -> &'static Words {
        words::of(*action)
    }

    fn about(workspace: &WorkspaceId, key: &KeyItem) -> About {
        let about = KeyAbout { hash: key.hash.clone(), name: key.name.clone(), label: key.label.clone() };
        let (from, to) = key.change.texts(workspace);
        let change = Some(format!("{from} → {to}"));
        About { person: None, workspace: workspace.clone(), change, key: Some(about) }
    }
}
