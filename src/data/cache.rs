//! The cache of the page: one table for each key type, the session that lets it read, and the clock that ends days.

use std::any::TypeId;
use std::collections::{HashMap, HashSet};
use std::pin::Pin;

use futures::StreamExt as _;
use futures::future::{Abortable, poll_immediate};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::key::{AnyValue, Key, Kind};
use super::table::{Start, Table};
use super::{ApiRead, Remote, Shared, Snapshot, Topic};
use crate::api::{ApiError, Client};
use crate::browser::{elapsed, now, painted, use_clock};
use crate::session::SessionState;

/// Handle of the page's cache.
#[derive(Clone, Copy)]
pub struct Cache {
    tables: StoredValue<HashMap<TypeId, Table>, LocalStorage>,
    client: StoredValue<Client>,
    session: RwSignal<SessionState>,
}

/// The cache of this page.
pub fn use_cache() -> Cache {
    expect_context()
}

impl Cache {
    /// A cache that follows a session: it reads while the session is being checked or is signed in, waits while the person
    /// has to sign in again, and forgets everything at sign-out.
    pub fn new(client: Client, session: RwSignal<SessionState>) -> Self {
        let cache = Self { tables: StoredValue::new_local(HashMap::new()), client: StoredValue::new(client), session };
        // Outside world: requests start, stop and are repeated as the session changes.
        Effect::new(move |before: Option<SessionState>| {
            let now = session.get();
            cache.follow(before.as_ref(), &now);
            now
        });
        let clock = use_clock();
        // Outside world: the time, by which values of a day expire.
        Effect::new(move |_| {
            let now = clock.get();
            cache.each(|table| table.expire(now));
        });
        cache
    }

    fn follow(self, before: Option<&SessionState>, now: &SessionState) {
        match (before, now) {
            (None, _) => {}
            (_, SessionState::SignedOut(_)) => self.each(Table::clear),
            (_, now) if now.asks_in_place() => self.each(Table::suspend),
            // The person tries again: what failed at the same time is read again too.
            (Some(SessionState::Unreachable(_)), SessionState::Checking) => self.each(|table| table.invalidate(None)),
            (Some(SessionState::Checking), SessionState::SignedIn(_)) => self.each(Table::resume),
            // Another account may have signed in.
            (Some(_), SessionState::SignedIn(_)) => self.each(|table| table.invalidate(None)),
            _ => {}
        }
    }

    /// Whether a table has it.
    pub(super) fn any(self, has: impl Fn(&Table) -> bool) -> bool {
        self.tables.try_with_value(|tables| tables.values().any(has)).unwrap_or(false)
    }

    pub(super) fn each(self, act: impl Fn(&mut Table)) {
        let kinds = self.tables.try_with_value(|tables| tables.values().map(|table| table.kind).collect::<Vec<_>>());
        for kind in kinds.unwrap_or_default() {
            self.update(kind, &act);
        }
    }

    /// Reads everything again that shows one of these topics.
    pub fn invalidate(self, topics: impl IntoIterator<Item = Topic>) {
        let topics: HashSet<Topic> = topics.into_iter().collect();
        self.each(|table| table.invalidate(Some(&topics)));
    }

    /// Changes a cached value in place, after a write whose response says what it is now.
    pub fn amend<K: ApiRead>(self, key: &K, change: impl FnOnce(&K::Value) -> K::Value) {
        let change = |value: &AnyValue| match value.clone().downcast() {
            Some(value) => Shared::new(change(&value)).erase(),
            None => value.clone(),
        };
        self.update(Kind::of::<K>(), |table| table.amend(&Key::new(key.clone()), change));
    }

    /// The value of a key, if some view has read it.
    pub fn peek<K: ApiRead>(self, key: &K) -> Option<Shared<K::Value>> {
        self.with(Kind::of::<K>(), |table| table.peek(&Key::new(key.clone()))).flatten()?.downcast()
    }

    pub(super) fn refetch_all(self, kind: Kind, keys: Vec<Key>) {
        self.update(kind, |table| table.refetch_all(keys));
    }

    pub(super) fn observe(self, key: &Key) -> ArcRwSignal<Remote<AnyValue>> {
        let state = self.update(key.kind(), |table| table.observe(key, now()));
        state.unwrap_or_else(|| ArcRwSignal::new(Remote::Loading))
    }

    /// Works on the table of a key type. `None` after the page's end.
    pub(super) fn with<R>(self, kind: Kind, act: impl FnOnce(&mut Table) -> R) -> Option<R> {
        self.tables.try_update_value(|tables| act(tables.entry(kind.id).or_insert_with(|| Table::new(kind))))
    }

    /// Works on the table of a key type, and starts the reads that this has queued.
    pub(super) fn update<R>(self, kind: Kind, act: impl FnOnce(&mut Table) -> R) -> Option<R> {
        let result = self.with(kind, act);
        self.schedule(kind);
        result
    }

    fn can_read(self) -> bool {
        let can = |state: &SessionState| matches!(state, SessionState::Checking | SessionState::SignedIn(_));
        self.session.try_with_untracked(can).unwrap_or(false)
    }

    /// Starts queued reads of a key type in a task of its own: starting sets signals, and the caller may be a memo that
    /// observes them.
    fn schedule(self, kind: Kind) {
        if self.with(kind, |table| std::mem::replace(&mut table.is_scheduled, true)) == Some(false) {
            spawn_local(async move { self.start(kind) });
        }
    }

    fn start(self, kind: Kind) {
        self.with(kind, |table| table.is_scheduled = false);
        while self.can_read()
            && let Some(start) = self.with(kind, |table| table.next(now())).flatten()
        {
            self.run(start);
        }
        self.with(kind, |table| table.publish(elapsed() * 1000.0));
    }

    fn run(self, Start { key, generation, registration, last }: Start) {
        let Some(client) = self.client.try_get_value() else { return };
        let mut snapshots = key.read(&client, last).peekable();
        let reading = async move {
            let mut is_first = true;
            while let Some(snapshot) = snapshots.next().await {
                let progress = snapshot.as_ref().ok().and_then(|snapshot| snapshot.progress);
                self.deliver(&key, generation, snapshot);
                let Some(progress) = progress else { break };
                // Further pages are asked for at once, and worked on when the first rows are on the screen.
                if std::mem::take(&mut is_first) && !progress.is_whole() {
                    poll_immediate(Pin::new(&mut snapshots).peek()).await;
                    painted().await;
                }
            }
            self.start(key.kind());
        };
        spawn_local(async move {
            // An aborted read has no observer, or another read has taken its place.
            let _ = Abortable::new(reading, registration).await;
        });
    }

    fn deliver(self, key: &Key, generation: u64, snapshot: Result<Snapshot<AnyValue>, ApiError>) {
        let is_signed_in = self.session.try_with_untracked(|state| matches!(state, SessionState::SignedIn(_)));
        self.with(key.kind(), |table| match snapshot {
            Ok(snapshot) => table.arrived(key, generation, snapshot),
            Err(error) => table.failed_with(key, generation, error, is_signed_in == Some(true)),
        });
    }
}
