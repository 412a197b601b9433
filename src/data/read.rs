//! What can be read: a key, the value behind it, how it is fetched, and the topics that invalidate it.

use std::future::Future;
use std::hash::Hash;

use futures::StreamExt as _;
use futures::stream::LocalBoxStream;

use super::Progress;
use crate::api::{ApiError, Client};
use crate::domain::WorkspaceId;

/// A value as far as it has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot<V> {
    /// The value, or the first rows of it.
    pub value: V,
    /// How far a list has been read; `None` for a whole value.
    pub progress: Option<Progress>,
}

impl<V> Snapshot<V> {
    pub(super) fn map<W>(self, change: impl FnOnce(V) -> W) -> Snapshot<W> {
        Snapshot { value: change(self.value), progress: self.progress }
    }
}

/// Snapshots of one value, the whole value last.
pub type Snapshots<V> = LocalBoxStream<'static, Result<Snapshot<V>, ApiError>>;

/// A key of the cache. To add a read, implement this for a new key type.
pub trait ApiRead: Clone + Eq + Hash + Send + Sync + 'static {
    /// What is read.
    type Value: Send + Sync + 'static;

    /// How many keys of this type are read at the same time.
    const CONCURRENCY: usize = 6;
    /// Seconds for which a value is kept, and shown without reading it again, after no view observes it.
    /// With 0 it is dropped at once.
    const KEEP_SECONDS: i64 = 0;

    /// The topics that invalidate this value.
    fn topics(&self) -> Vec<Topic>;

    /// Fetches the value. Dropping the stream aborts its requests.
    fn read(&self, client: &Client) -> Snapshots<Self::Value>;

    /// Fetches the value again, where the last one is known.
    fn read_again(&self, client: &Client, _last: &Self::Value) -> Snapshots<Self::Value> {
        self.read(client)
    }

    /// When a value that was read at `read_at` is out of date by itself. Both in Unix seconds.
    fn expires_at(&self, _read_at: i64) -> Option<i64> {
        None
    }
}

/// The snapshots of a value that a single call returns.
pub fn once<V: 'static>(call: impl Future<Output = Result<V, ApiError>> + 'static) -> Snapshots<V> {
    let whole = |result: Result<V, ApiError>| result.map(|value| Snapshot { value, progress: None });
    futures::stream::once(call).map(whole).boxed_local()
}

/// A part of what the API holds. A read names its topics; a write that changes one of them has it read again.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Topic {
    /// The list of workspaces.
    Workspaces,
    /// The settings of a single workspace, whichever one a view shows.
    Workspace,
    /// The budgets of a workspace.
    Budgets(WorkspaceId),
    /// The members of a workspace.
    Members(WorkspaceId),
    /// The API keys of a workspace, and the spend that they report.
    Keys(WorkspaceId),
    /// The organization's members.
    People,
    /// The models that requests can name.
    Models,
}
