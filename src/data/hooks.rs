//! How a view observes values: one by one key, or many at a time.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;

use super::cache::{Cache, use_cache};
use super::key::{AnyValue, Key, Kind};
use super::table::{Counts, Table};
use super::{ApiRead, Freshness, Remote, Shared};

/// An observed key. Dropping it ends the observation.
struct Observation {
    cache: Cache,
    key: Key,
    state: ArcRwSignal<Remote<AnyValue>>,
}

impl Observation {
    fn new(cache: Cache, key: Key) -> Arc<Self> {
        Arc::new(Self { cache, state: untrack(|| cache.observe(&key)), key })
    }
}

impl PartialEq for Observation {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Drop for Observation {
    fn drop(&mut self) {
        self.cache.update(self.key.kind(), |table| table.unobserve(&self.key));
    }
}

/// An observed value.
pub struct Data<V: Send + Sync + 'static> {
    /// The value, as far as it has been read; [`Remote::Loading`] while there is no key.
    pub state: Signal<Remote<Shared<V>>>,
    refetch: Callback<()>,
}

copy_handle!(Data<V> where V: Send + Sync + 'static);

impl<V: Send + Sync + 'static> Data<V> {
    /// The value, fresh or stale. Tracks it.
    pub fn get(&self) -> Option<Shared<V>> {
        self.state.with(|state| state.data().cloned())
    }

    /// The value, fresh or stale, without tracking it.
    pub fn get_untracked(&self) -> Option<Shared<V>> {
        self.state.with_untracked(|state| state.data().cloned())
    }

    /// The same, with a value that is not read while `is_fixed`.
    pub(super) fn or_fixed(self, is_fixed: Signal<bool>, value: Shared<V>) -> Self {
        let state = self.state;
        let state = Signal::derive(move || match is_fixed.get() {
            true => Remote::Ready(value.clone(), Freshness::Fresh),
            false => state.get(),
        });
        Self { state, ..self }
    }

    /// Reads the value again.
    pub fn refetch(&self) {
        self.refetch.run(());
    }
}

/// Observes the value of a key for as long as the current owner lives. `None` observes nothing.
///
/// The read begins when the state is first looked at.
pub fn use_data<K: ApiRead>(key: impl Fn() -> Option<K> + Send + Sync + 'static) -> Data<K::Value> {
    let cache = use_cache();
    let observed = observe_one(cache, Box::new(move || key().map(Key::new)));
    let state = Signal::derive(move || match observed.get() {
        Some(observed) => observed.state.get().downcast(),
        None => Remote::Loading,
    });
    let refetch = Callback::new(move |()| {
        if let Some(observed) = observed.get_untracked() {
            cache.refetch_all(observed.key.kind(), vec![observed.key.clone()]);
        }
    });
    Data { state, refetch }
}

type Observed = Option<Arc<Observation>>;

fn observe_one(cache: Cache, key: Box<dyn Fn() -> Option<Key> + Send + Sync>) -> Memo<Observed> {
    Memo::new(move |before: Option<&Observed>| {
        let key = key()?;
        let same = before.and_then(Option::as_ref).filter(|before| before.key == key);
        Some(same.cloned().unwrap_or_else(|| Observation::new(cache, key)))
    })
}

/// The values of several keys, as far as they have been read.
pub type Values<K> = Shared<HashMap<K, Shared<<K as ApiRead>::Value>>>;

type Observations = Shared<HashMap<Key, Arc<Observation>>>;

/// Many observed values of one key type. Only one view at a time should observe many of the same type.
pub struct Many<K: ApiRead> {
    observed: Memo<Observations>,
    /// Not a memo: an effect can miss the change of a memo that another memo, which it reads before, also reads.
    counts: RwSignal<Counts>,
    values: Memo<Values<K>>,
    cache: Cache,
}

copy_handle!(Many<K> where K: ApiRead);

impl<K: ApiRead> Many<K> {
    /// The value of one key; tracks nothing but this value.
    pub fn get(&self, key: &K) -> Remote<Shared<K::Value>> {
        let key = Key::new(key.clone());
        let find = |observed: &Observations| observed.get(&key).map(|observed| observed.state.clone());
        let state = self.observed.with_untracked(find).or_else(|| self.observed.with(find));
        state.map_or(Remote::Loading, |state| state.get().downcast())
    }

    /// The values that have been read, for what depends on many of them such as an order. They follow the single values
    /// at the first screenful, then once a second, and when the last has arrived.
    pub fn values(&self) -> Values<K> {
        // Reading starts when the keys are looked at; tracking alone would not compute them.
        self.observed.with(|_| ());
        self.values.get()
    }

    /// How many are still to be read.
    pub fn remaining(&self) -> usize {
        self.count().saturating_sub(self.counts.get().done)
    }

    pub fn count(&self) -> usize {
        self.observed.with(|observed| observed.len())
    }

    /// How many could not be read.
    pub fn failed(&self) -> usize {
        self.counts.get().failed
    }

    /// Reads this key before the others that wait: its row is in sight.
    pub fn prioritize(&self, key: &K) {
        self.cache.with(Kind::of::<K>(), |table| table.prioritize(&Key::new(key.clone())));
    }

    pub fn refetch(&self) {
        let keys = self.observed.with_untracked(|observed| observed.keys().cloned().collect());
        self.cache.refetch_all(Kind::of::<K>(), keys);
    }

    pub fn refetch_some<'a>(&self, keys: impl IntoIterator<Item = &'a K>) {
        self.cache.refetch_all(Kind::of::<K>(), keys.into_iter().cloned().map(Key::new).collect());
    }

    pub fn refetch_failed(&self) {
        self.cache.update(Kind::of::<K>(), Table::refetch_failed);
    }
}

/// Observes the values of many keys for as long as the current owner lives, [`ApiRead::CONCURRENCY`] at a time.
pub fn use_many<K: ApiRead>(keys: impl Fn() -> Vec<K> + Send + Sync + 'static) -> Many<K> {
    let (cache, kind) = (use_cache(), Kind::of::<K>());
    let observed = observe_many(cache, Box::new(move || keys().into_iter().map(Key::new).collect()));
    let (counts, values) = cache.with(kind, |table| table.published()).unwrap_or_default();
    let typed = move |(key, value): &(Key, AnyValue)| Some((key.downcast::<K>()?.clone(), value.clone().downcast()?));
    Many {
        observed,
        counts: counts.into(),
        values: Memo::new(move |_| Shared::new(values.get().iter().filter_map(typed).collect::<HashMap<_, _>>())),
        cache,
    }
}

fn observe_many(cache: Cache, keys: Box<dyn Fn() -> Vec<Key> + Send + Sync>) -> Memo<Observations> {
    Memo::new(move |before: Option<&Observations>| {
        let observe = |key: Key| {
            let known = before.and_then(|before| before.get(&key)).cloned();
            (key.clone(), known.unwrap_or_else(|| Observation::new(cache, key)))
        };
        Shared::new(keys().into_iter().map(observe).collect::<HashMap<_, _>>())
    })
}
