//! A long list: its rows in order of arrival, and whether they are certainly all.

use std::sync::Arc;

use futures::StreamExt as _;

use super::{Progress, Snapshot, Snapshots};
use crate::api::listing::{ListEvent, ListStream};
use crate::domain::BadRow;

/// How often rows are passed on while a list is read, in milliseconds.
const EVERY: f64 = 250.0;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing<T> {
    pub rows: Arc<Vec<Arc<T>>>,
    pub unreadable: Arc<Vec<BadRow>>,
    /// Whether these are certainly all rows: the list did not change while it was read, their number is the server's
    /// count, and all could be read.
    pub is_certain: bool,
}

impl<T> Default for Listing<T> {
    fn default() -> Self {
        Self { rows: Arc::default(), unreadable: Arc::default(), is_certain: false }
    }
}

impl<T> Listing<T> {
    #[must_use]
    pub fn with_rows(&self, rows: Vec<Arc<T>>) -> Self {
        Self { rows: Arc::new(rows), unreadable: self.unreadable.clone(), is_certain: self.is_certain }
    }
}

/// Collects a list into snapshots of a value: the first rows at once, others at most every 250 ms, and the whole list.
/// `index` turns rows that have just arrived into what the list holds.
pub(super) fn collect<R: 'static, T: 'static>(
    list: ListStream<R>,
    index: impl Fn(R) -> T + 'static,
) -> Snapshots<Listing<T>> {
    struct Collector<R, T, F> {
        list: ListStream<R>,
        index: F,
        rows: Vec<Arc<T>>,
        unreadable: Vec<BadRow>,
        passed_on: f64,
        /// The rows of a second read are passed on only when it is complete.
        is_restarted: bool,
    }
    let start =
        Collector { list, index, rows: Vec::new(), unreadable: Vec::new(), passed_on: 0.0, is_restarted: false };
    futures::stream::unfold(start, |mut it| async move {
        loop {
            let chunk = match it.list.next().await? {
                Ok(ListEvent::Rows(chunk)) => chunk,
                Ok(ListEvent::Restarted) => {
                    it.rows.clear();
                    it.unreadable.clear();
                    it.is_restarted = true;
                    continue;
                }
                Ok(ListEvent::Ended(doubt)) => {
                    let value = Listing {
                        rows: Arc::new(std::mem::take(&mut it.rows)),
                        unreadable: Arc::new(std::mem::take(&mut it.unreadable)),
                        is_certain: doubt.is_none(),
                    };
                    return Some((Ok(Snapshot { value, progress: None }), it));
                }
                Err(error) => return Some((Err(error), it)),
            };
            it.rows.extend(chunk.rows.into_iter().map(&it.index).map(Arc::new));
            it.unreadable.extend(chunk.bad);
            let now = js_sys::Date::now();
            if !it.is_restarted && now - it.passed_on >= EVERY {
                it.passed_on = now;
                let value = Listing { rows: Arc::new(it.rows.clone()), ..Listing::default() };
                let progress = Some(Progress { loaded: chunk.loaded, total: chunk.total });
                return Some((Ok(Snapshot { value, progress }), it));
            }
        }
    })
    .boxed_local()
}
