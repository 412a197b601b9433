//! A long list: its rows in order of arrival, and whether they are certainly all.

use std::sync::Arc;

use futures::StreamExt as _;
use futures::stream::iter;

use super::{Progress, Snapshot, Snapshots};
use crate::api::listing::{ListEvent, ListStream};
use crate::browser::elapsed;
use crate::domain::BadRow;

/// How often rows are passed on at most while a list is read, in milliseconds.
const EVERY: f64 = 250.0;

/// After how long rows are passed on in any case, in milliseconds.
const AFTER: f64 = 1_000.0;

/// Whether so many rows are passed on, after `before`: four times as many. Views sort and search all rows each time, so that
/// what they do in all is a small multiple of what the whole list takes.
const fn has_grown(rows: usize, before: usize) -> bool {
    rows >= 4 * before
}

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

/// Collects a list into snapshots of a value: the first rows at once, four times as many each time but at most every 250 ms,
/// all that came in a second, and the whole list, or all rows before an error. `index` turns rows that have just arrived
/// into what the list holds.
pub(super) fn collect<R: 'static, T: 'static>(
    list: ListStream<R>,
    index: impl Fn(R) -> T + 'static,
) -> Snapshots<Listing<T>> {
    collect_at(list, index, || elapsed() * 1000.0)
}

/// Like [`collect`], with a clock in milliseconds.
fn collect_at<R: 'static, T: 'static>(
    list: ListStream<R>,
    index: impl Fn(R) -> T + 'static,
    clock: impl Fn() -> f64 + 'static,
) -> Snapshots<Listing<T>> {
    let (mut rows, mut unreadable) = (Vec::new(), Vec::new());
    // The rows of a second read are passed on only when it is complete.
    let (mut is_restarted, mut passed_on, mut last_count) = (false, f64::NEG_INFINITY, 0);
    // The progress with the rows that were not passed on yet.
    let mut held_back = None;
    let snapshot_of = |rows: &Vec<Arc<T>>, progress| {
        let value = Listing { rows: Arc::new(rows.clone()), ..Listing::default() };
        Ok(Snapshot { value, progress: Some(progress) })
    };
    let mut snapshots_after = move |event| match event {
        Err(error) => {
            let held_back = held_back.take().map(|progress| snapshot_of(&rows, progress));
            held_back.into_iter().chain([Err(error)]).collect()
        }
        Ok(ListEvent::Restarted) => {
            rows.clear();
            unreadable.clear();
            (is_restarted, held_back) = (true, None);
            Vec::new()
        }
        Ok(ListEvent::Ended(doubt)) => {
            let (rows, unreadable) = (std::mem::take(&mut rows), std::mem::take(&mut unreadable));
            let is_certain = doubt.is_none();
            let value = Listing { rows: Arc::new(rows), unreadable: Arc::new(unreadable), is_certain };
            vec![Ok(Snapshot { value, progress: None })]
        }
        Ok(ListEvent::Rows(chunk)) => {
            rows.extend(chunk.rows.into_iter().map(&index).map(Arc::new));
            unreadable.extend(chunk.bad);
            if is_restarted {
                return Vec::new();
            }
            let progress = Progress { loaded: chunk.loaded, total: chunk.total };
            let now = clock();
            let since = now - passed_on;
            if since < EVERY || (since < AFTER && !has_grown(rows.len(), last_count)) {
                held_back = Some(progress);
                return Vec::new();
            }
            (passed_on, last_count, held_back) = (now, rows.len(), None);
            vec![snapshot_of(&rows, progress)]
        }
    };
    list.flat_map(move |event| iter(snapshots_after(event))).boxed_local()
}

#[cfg(test)]
mod tests {
    use futures::executor::block_on_stream;

    use super::*;
    use crate::api::listing::Chunk;
    use crate::api::{ApiError, Operation};

    /// A page failed right after another one had come.
    #[test]
    fn rows_that_were_held_back_are_passed_on_before_an_error() {
        let rows = |rows: Vec<u8>, loaded| Ok(ListEvent::Rows(Chunk { rows, bad: vec![], loaded, total: Some(3) }));
        let error = ApiError::Aborted { operation: Operation::ListWorkspaces };
        let list = iter([rows(vec![1], 1), rows(vec![2], 2), Err(error.clone())]).boxed_local();
        let snapshots = block_on_stream(collect_at(list, |row| row, || 1_000.0));
        let counts: Vec<_> = snapshots.map(|it| it.map(|it| it.value.rows.len())).collect();
        assert_eq!(counts, [Ok(1), Ok(2), Err(error)]);
    }

    #[test]
    fn rows_are_passed_on_when_there_are_four_times_as_many_or_after_a_second() {
        let chunk = |loaded| Chunk { rows: vec![0_u8; 100], bad: vec![], loaded, total: Some(2_000) };
        let pages =
            (1..=19).map(move |page| Ok(ListEvent::Rows(chunk(page * 100)))).chain([Ok(ListEvent::Ended(None))]);
        let time = std::cell::Cell::new(0.0);
        let clock = move || {
            time.set(time.get() + 300.0);
            time.get()
        };
        let snapshots = block_on_stream(collect_at(iter(pages).boxed_local(), |row| row, clock));
        let counts: Vec<_> = snapshots.map(|it| it.unwrap().value.rows.len()).collect();
        assert_eq!(counts, [100, 400, 800, 1_200, 1_600, 1_900]);
    }
}
