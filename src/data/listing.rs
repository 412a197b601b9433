//! A long list: its rows in order of arrival, and whether they are certainly all.

use std::sync::Arc;

use futures::StreamExt as _;
use futures::future::ready;

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
    let (mut rows, mut unreadable) = (Vec::new(), Vec::new());
    // The rows of a second read are passed on only when it is complete.
    let (mut is_restarted, mut passed_on) = (false, 0.0);
    let mut snapshot_after = move |event| match event {
        Err(error) => Some(Err(error)),
        Ok(ListEvent::Restarted) => {
            rows.clear();
            unreadable.clear();
            is_restarted = true;
            None
        }
        Ok(ListEvent::Ended(doubt)) => {
            let (rows, unreadable) = (std::mem::take(&mut rows), std::mem::take(&mut unreadable));
            let is_certain = doubt.is_none();
            let value = Listing { rows: Arc::new(rows), unreadable: Arc::new(unreadable), is_certain };
            Some(Ok(Snapshot { value, progress: None }))
        }
        Ok(ListEvent::Rows(chunk)) => {
            rows.extend(chunk.rows.into_iter().map(&index).map(Arc::new));
            unreadable.extend(chunk.bad);
            let now = js_sys::Date::now();
            (!is_restarted && now - passed_on >= EVERY).then(|| {
                passed_on = now;
                let value = Listing { rows: Arc::new(rows.clone()), ..Listing::default() };
                Ok(Snapshot { value, progress: Some(Progress { loaded: chunk.loaded, total: chunk.total }) })
            })
        }
    };
    list.filter_map(move |event| ready(snapshot_after(event))).boxed_local()
}
