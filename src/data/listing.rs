//! A long list: its rows in order of arrival, and whether they are certainly all.

use std::sync::Arc;

use futures::StreamExt as _;
use futures::stream::LocalBoxStream;

use super::{Progress, Snapshot, Snapshots};
use crate::api::ApiError;
use crate::api::listing::Chunk;
use crate::domain::BadRow;

/// How often rows are passed on while a list is read, in milliseconds.
const EVERY: f64 = 250.0;

/// The rows of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing<T> {
    /// The rows, in order of arrival.
    pub rows: Arc<Vec<Arc<T>>>,
    /// Rows that could not be read.
    pub unreadable: Arc<Vec<BadRow>>,
    /// Whether these are certainly all rows: the list did not change while it was read, as many rows came as the server
    /// counts, and all could be read.
    pub is_certain: bool,
}

impl<T> Default for Listing<T> {
    fn default() -> Self {
        Self { rows: Arc::default(), unreadable: Arc::default(), is_certain: false }
    }
}

impl<T> Listing<T> {
    /// The same list with other rows.
    #[must_use]
    pub fn with_rows(&self, rows: Vec<Arc<T>>) -> Self {
        Self { rows: Arc::new(rows), unreadable: self.unreadable.clone(), is_certain: self.is_certain }
    }
}

/// Collects the pages of a list into snapshots of a value: the first page at once, others at most every 250 ms, and the
/// whole list. `index` turns rows that have just arrived into what the list holds.
pub(super) fn collect<R: 'static, T: 'static>(
    pages: LocalBoxStream<'static, Result<Chunk<R>, ApiError>>,
    index: impl Fn(R) -> T + 'static,
) -> Snapshots<Listing<T>> {
    struct Reading<P, T, F> {
        pages: P,
        index: F,
        rows: Vec<Arc<T>>,
        unreadable: Vec<BadRow>,
        totals: Vec<Option<u64>>,
        passed_on: f64,
        is_over: bool,
    }
    let start = Reading {
        pages,
        index,
        rows: Vec::new(),
        unreadable: Vec::new(),
        totals: Vec::new(),
        passed_on: 0.0,
        is_over: false,
    };
    futures::stream::unfold(start, |mut it| async move {
        if it.is_over {
            return None;
        }
        loop {
            let chunk = match it.pages.next().await {
                Some(Ok(chunk)) => chunk,
                Some(Err(error)) => {
                    it.is_over = true;
                    return Some((Err(error), it));
                }
                None => {
                    it.is_over = true;
                    let total = it.totals.first().copied().flatten();
                    let is_whole = total.is_none_or(|total| it.rows.len() as u64 >= total);
                    let is_certain = it.totals.len() <= 1 && it.unreadable.is_empty() && is_whole;
                    let value = Listing {
                        rows: Arc::new(std::mem::take(&mut it.rows)),
                        unreadable: Arc::new(std::mem::take(&mut it.unreadable)),
                        is_certain,
                    };
                    return Some((Ok(Snapshot { value, progress: None }), it));
                }
            };
            it.rows.extend(chunk.rows.into_iter().map(&it.index).map(Arc::new));
            it.unreadable.extend(chunk.bad);
            if !it.totals.contains(&chunk.total) {
                it.totals.push(chunk.total);
            }
            let now = js_sys::Date::now();
            if now - it.passed_on >= EVERY {
                it.passed_on = now;
                let value = Listing { rows: Arc::new(it.rows.clone()), ..Listing::default() };
                let progress = Some(Progress { loaded: chunk.loaded, total: chunk.total });
                return Some((Ok(Snapshot { value, progress }), it));
            }
        }
    })
    .boxed_local()
}
