//! The cache of the page: one table for each key type, the session that lets it read, and the clock that ends days.

use std::any::TypeId;
use std::collections::{HashMap, HashSet};

use futures::StreamExt as _;
use futures::future::Abortable;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::table::{AnyTable, Counts, Start, Table, Values};
use super::{ApiRead, Remote, Shared, Snapshot, Topic};
use crate::api::{ApiError, Client};
use crate::browser::{now, use_clock};
use crate::session::SessionState;

/// Handle of the page's cache.
#[derive(Clone, Copy)]
pub struct Cache {
    tables: StoredValue<HashMap<TypeId, Box<dyn AnyTable>>, LocalStorage>,
    client: StoredValue<Client>,
    session: RwSignal<SessionState>,
}

/// The cache of this page.
pub fn use_cache() -> Cache {
    expect_context()
}

impl Cache {
    /// A cache that follows a session: it reads while the session is being checked or is signed in, waits while a key is
    /// asked for, and forgets everything at sign-out.
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
            (_, SessionState::SignedOut(_)) => self.each(AnyTable::clear),
            (_, SessionState::KeyExpired(_)) => self.each(AnyTable::suspend),
            (Some(SessionState::Checking), SessionState::SignedIn(_)) => self.each(AnyTable::resume),
            // Another account may have signed in.
            (Some(_), SessionState::SignedIn(_)) => self.invalidate_all(),
            _ => {}
        }
    }

    fn each(self, act: impl Fn(&mut dyn AnyTable)) {
        let starters = self.tables.try_update_value(|tables| {
            tables.values_mut().for_each(|table| act(table.as_mut()));
            tables.values().map(|table| table.starter()).collect::<Vec<_>>()
        });
        starters.into_iter().flatten().for_each(|start| start(self));
    }

    /// Reads everything again that shows one of these topics.
    pub fn invalidate(self, topics: impl IntoIterator<Item = Topic>) {
        let topics: HashSet<Topic> = topics.into_iter().collect();
        self.each(|table| table.invalidate(Some(&topics)));
    }

    /// Reads everything again.
    pub fn invalidate_all(self) {
        self.each(|table| table.invalidate(None));
    }

    /// Changes a cached value in place, after a write whose response says what it is now.
    pub fn amend<K: ApiRead>(self, key: &K, change: impl FnOnce(&K::Value) -> K::Value) {
        self.with(|table: &mut Table<K>| table.amend(key, change));
        self.schedule::<K>();
    }

    /// The value of a key, if some view has read it.
    pub fn peek<K: ApiRead>(self, key: &K) -> Option<Shared<K::Value>> {
        self.with(|table: &mut Table<K>| table.peek(key)).flatten()
    }

    /// Reads these keys again.
    pub fn refetch<'a, K: ApiRead>(self, keys: impl IntoIterator<Item = &'a K>) {
        self.with(|table: &mut Table<K>| table.refetch_all(keys.into_iter().cloned().collect()));
        self.schedule::<K>();
    }

    /// Reads the keys of a type again whose last read failed.
    pub(super) fn refetch_failed<K: ApiRead>(self) {
        let failed = self.with(|table: &mut Table<K>| table.failed()).unwrap_or_default();
        self.refetch(&failed);
    }

    pub(super) fn observe<K: ApiRead>(self, key: &K) -> ArcRwSignal<Remote<Shared<K::Value>>> {
        let state = self.with(|table: &mut Table<K>| table.observe(key, now()));
        self.schedule::<K>();
        state.unwrap_or_else(|| ArcRwSignal::new(Remote::Loading))
    }

    pub(super) fn unobserve<K: ApiRead>(self, key: &K) {
        self.with(|table: &mut Table<K>| table.unobserve(key));
        self.schedule::<K>();
    }

    pub(super) fn prioritize<K: ApiRead>(self, key: &K) {
        self.with(|table: &mut Table<K>| table.prioritize(key));
    }

    pub(super) fn counts<K: ApiRead>(self) -> ArcRwSignal<Counts> {
        self.with(|table: &mut Table<K>| table.counts()).unwrap_or_default()
    }

    pub(super) fn values<K: ApiRead>(self) -> ArcRwSignal<Values<K>> {
        let values = self.with(|table: &mut Table<K>| table.values());
        values.unwrap_or_else(|| ArcRwSignal::new(Shared::new(HashMap::new())))
    }

    /// Works on the table of a key type. `None` after the page's end.
    fn with<K: ApiRead, R>(self, act: impl FnOnce(&mut Table<K>) -> R) -> Option<R> {
        let act = |tables: &mut HashMap<TypeId, Box<dyn AnyTable>>| {
            let table = tables.entry(TypeId::of::<K>()).or_insert_with(|| Box::new(Table::<K>::default()));
            table.as_any().downcast_mut().map(act)
        };
        self.tables.try_update_value(act).flatten()
    }

    fn can_read(self) -> bool {
        let can = |state: &SessionState| matches!(state, SessionState::Checking | SessionState::SignedIn(_));
        self.session.try_with_untracked(can).unwrap_or(false)
    }

    /// Starts queued reads of a key type in a task of its own: starting sets signals, and the caller may be a memo that
    /// observes them.
    pub(super) fn schedule<K: ApiRead>(self) {
        if self.with(|table: &mut Table<K>| table.schedule()) == Some(true) {
            spawn_local(async move { self.start::<K>() });
        }
    }

    fn start<K: ApiRead>(self) {
        self.with(|table: &mut Table<K>| table.unschedule());
        while self.can_read()
            && let Some(start) = self.with(|table: &mut Table<K>| table.next(now())).flatten()
        {
            self.run(start);
        }
        self.with(|table: &mut Table<K>| table.publish(js_sys::Date::now()));
    }

    fn run<K: ApiRead>(self, Start { key, generation, registration, last }: Start<K>) {
        let Some(client) = self.client.try_get_value() else { return };
        let mut snapshots = match last {
            Some(last) => key.read_again(&client, &last),
            None => key.read(&client),
        };
        let reading = async move {
            while let Some(snapshot) = snapshots.next().await {
                let is_over = !matches!(&snapshot, Ok(snapshot) if snapshot.progress.is_some());
                self.deliver(&key, generation, snapshot);
                if is_over {
                    break;
                }
            }
            self.start::<K>();
        };
        spawn_local(async move {
            // An aborted read has no observer, or another read has taken its place.
            let _ = Abortable::new(reading, registration).await;
        });
    }

    fn deliver<K: ApiRead>(self, key: &K, generation: u64, snapshot: Result<Snapshot<K::Value>, ApiError>) {
        let is_signed_in = self.session.try_with_untracked(|state| matches!(state, SessionState::SignedIn(_)));
        self.with(|table: &mut Table<K>| match snapshot {
            Ok(snapshot) => table.arrived(key, generation, snapshot),
            Err(error) => table.failed_with(key, generation, error, is_signed_in == Some(true)),
        });
    }
}
