//! Reads of views that are not moved to the cache yet.
// Adapter until callers are migrated to `data::use_data`.

use std::future::Future;

use futures::future::{LocalBoxFuture, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Invalidation, Resource, use_client};
use crate::api::{ApiError, Client};
use crate::data::{Freshness, Remote};
use crate::effect::watch;

fn begin<T>(state: &mut Remote<T>, is_same_key: bool) {
    *state = match std::mem::replace(state, Remote::Loading) {
        Remote::Ready(data, _) if is_same_key => Remote::Ready(data, Freshness::Refreshing),
        _ => Remote::Loading,
    };
}

fn finish<T>(state: &mut Remote<T>, result: Result<T, ApiError>) {
    *state = match (result, std::mem::replace(state, Remote::Loading)) {
        (Ok(data), _) => Remote::Ready(data, Freshness::Fresh),
        (Err(error), Remote::Ready(data, _)) if !error.is_not_found() => Remote::Ready(data, Freshness::Stale(error)),
        (Err(error), _) => Remote::Failed(error),
    };
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
        state.update(|state| begin(state, previous.as_ref() == Some(&wanted)));
        previous = Some(wanted.clone());
        let answer = untrack(|| fetch(client.clone(), wanted));
        Some(Box::pin(async move {
            let result = answer.await;
            state.try_update(|state| finish(state, result));
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
