//! A query: what a view asks the API for, with its waiting, its failure, and old data kept while new data is on its way.
//!
//! Invariant: only the newest request writes; an older one is aborted when its key changes or its view is gone.

use std::future::Future;

use futures::future::{LocalBoxFuture, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Invalidation, Resource, use_client};
use crate::api::{ApiError, Client};
use crate::effect::watch;

/// Whether data is what the server holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Freshness {
    /// As of the last answer.
    Fresh,
    /// Newer data is being fetched.
    Refreshing,
    /// Fetching newer data failed; this is what was there before.
    Stale(ApiError),
}

/// Data that comes from elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub enum Remote<T> {
    /// Nothing has come yet.
    Loading,
    /// Nothing came.
    Failed(ApiError),
    /// Data, and how good it is.
    Ready(T, Freshness),
}

impl<T> Remote<T> {
    /// The data, fresh or stale.
    pub fn data(&self) -> Option<&T> {
        match self {
            Self::Ready(data, _) => Some(data),
            Self::Loading | Self::Failed(_) => None,
        }
    }

    fn begin(&mut self, is_same_key: bool) {
        *self = match std::mem::replace(self, Self::Loading) {
            Self::Ready(data, _) if is_same_key => Self::Ready(data, Freshness::Refreshing),
            _ => Self::Loading,
        };
    }

    fn finish(&mut self, result: Result<T, ApiError>) {
        *self = match (result, std::mem::replace(self, Self::Loading)) {
            (Ok(data), _) => Self::Ready(data, Freshness::Fresh),
            // What is gone is not shown as if it were only stale.
            (Err(error), Self::Ready(data, _)) if !error.is_not_found() => Self::Ready(data, Freshness::Stale(error)),
            (Err(error), _) => Self::Failed(error),
        };
    }
}

/// A running query of a view.
pub struct Query<T: Send + Sync + 'static> {
    /// What has come so far.
    pub state: RwSignal<Remote<T>>,
    again: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Query<T> {}

impl<T: Send + Sync + 'static> Query<T> {
    /// Fetches again.
    pub fn refetch(&self) {
        self.again.update(|count| *count = count.wrapping_add(1));
    }
}

/// Fetches for as long as the current view lives: at once, whenever `key` changes, and whenever `resource` is
/// invalidated. `key` is read before the future is made; a `None` waits.
pub fn use_query<K, T, F>(
    resource: Resource,
    key: impl Fn() -> Option<K> + 'static,
    fetch: impl Fn(Client, K) -> F + 'static,
) -> Query<T>
where
    K: PartialEq + Clone + 'static,
    T: Send + Sync + 'static,
    F: Future<Output = Result<T, ApiError>> + 'static,
{
    let state = RwSignal::new(Remote::Loading);
    let again = RwSignal::new(0);
    let client = use_client();
    let mut previous = None;
    let start = move || -> Option<LocalBoxFuture<'static, ()>> {
        let wanted = key()?;
        state.update(|state| state.begin(previous.as_ref() == Some(&wanted)));
        previous = Some(wanted.clone());
        let answer = untrack(|| fetch(client.clone(), wanted));
        Some(Box::pin(async move {
            let result = answer.await;
            state.try_update(|state| state.finish(result));
        }))
    };
    follow(resource, again, Box::new(start));
    Query { state, again }
}

/// Starts anew whenever something that `start` reads, the resource or `again` changes; what was started before is
/// aborted then, and at the end of the view.
fn follow(
    resource: Resource,
    again: RwSignal<u32>,
    mut start: Box<dyn FnMut() -> Option<LocalBoxFuture<'static, ()>>>,
) {
    let invalidation: Invalidation = expect_context();
    watch(move || {
        invalidation.track(resource);
        again.track();
        if let Some(asking) = start() {
            let (asking, handle) = abortable(asking);
            on_cleanup(move || handle.abort());
            spawn_local(async move {
                // Aborted is superseded: the newer one tells how it went.
                let _ = asking.await;
            });
        }
    });
}
