//! Keys and values without their types, so that the cache is compiled once for all of them.

use std::any::{Any, TypeId};
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use futures::StreamExt as _;

use super::{ApiRead, Shared, Snapshots, Topic};
use crate::api::Client;

/// A value of any type.
pub(super) type AnyValue = Shared<dyn Any + Send + Sync>;

/// A key type, and what the cache has to know about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    pub id: TypeId,
    pub concurrency: usize,
    pub keep_seconds: i64,
}

impl Kind {
    pub fn of<K: ApiRead>() -> Self {
        Self { id: TypeId::of::<K>(), concurrency: K::CONCURRENCY, keep_seconds: K::KEEP_SECONDS }
    }
}

/// [`ApiRead`] without its types.
pub(super) trait AnyRead: Any + Send + Sync {
    fn kind(&self) -> Kind;
    fn is_equal(&self, other: &dyn Any) -> bool;
    fn hash_into(&self, hasher: &mut dyn Hasher);
    fn topics(&self) -> Vec<Topic>;
    fn expires_at(&self, read_at: i64) -> Option<i64>;
    /// Fetches the value, where the last one is given: again.
    fn read(&self, client: &Client, last: Option<AnyValue>) -> Snapshots<AnyValue>;
}

impl<K: ApiRead> AnyRead for K {
    fn kind(&self) -> Kind {
        Kind::of::<K>()
    }

    fn is_equal(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<K>().is_some_and(|other| self == other)
    }

    fn hash_into(&self, mut hasher: &mut dyn Hasher) {
        self.hash(&mut hasher);
    }

    fn topics(&self) -> Vec<Topic> {
        ApiRead::topics(self)
    }

    fn expires_at(&self, read_at: i64) -> Option<i64> {
        ApiRead::expires_at(self, read_at)
    }

    fn read(&self, client: &Client, last: Option<AnyValue>) -> Snapshots<AnyValue> {
        let snapshots = match last.and_then(AnyValue::downcast::<K::Value>) {
            Some(last) => self.read_again(client, &last),
            None => ApiRead::read(self, client),
        };
        snapshots.map(|snapshot| snapshot.map(|it| it.map(|value| Shared::new(value).erase()))).boxed_local()
    }
}

#[derive(Clone)]
pub(super) struct Key(Arc<dyn AnyRead>);

impl Key {
    pub fn new(key: impl ApiRead) -> Self {
        Self(Arc::new(key))
    }

    /// The key as its type, if it is of this type.
    pub fn downcast<K: ApiRead>(&self) -> Option<&K> {
        let key: &dyn Any = &*self.0;
        key.downcast_ref()
    }
}

impl Deref for Key {
    type Target = dyn AnyRead;

    fn deref(&self) -> &dyn AnyRead {
        &*self.0
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_equal(&*other.0)
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash_into(state);
    }
}
