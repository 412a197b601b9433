//! Reads whole lists: a stream of rows as they come, and at its end whether the list is certain to be complete.
//!
//! Invariant: a row that is absent from a list may be taken for removed only if the list ended without a [`Doubt`].

mod pager;

use futures::future::LocalBoxFuture;
use futures::stream::{FuturesUnordered, LocalBoxStream, StreamExt as _, try_unfold};

use super::{ApiError, Operation};
use crate::domain::{BadRow, Page, PageRequest};

pub use pager::Doubt;
pub(super) use pager::Pager;

/// How often a list is read at most if it changes while it is read.
const MAX_READINGS: u32 = 3;

/// Rows that just came for the first time, and the progress so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk<T> {
    pub rows: Vec<T>,
    pub bad: Vec<BadRow>,
    /// How many different rows have come so far.
    pub loaded: u64,
    /// The server's count of all rows, if the list has one.
    pub total: Option<u64>,
}

/// What happens while a list is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListEvent<T> {
    Rows(Chunk<T>),
    /// The list changed while it was read, and is read again from its start. All rows so far are void.
    Restarted,
    /// The list has been read. With a doubt, rows may be missing.
    Ended(Option<Doubt>),
}

/// The reading of a list. Ends after [`ListEvent::Ended`] or the first error. Dropping it aborts its requests.
pub type ListStream<T> = LocalBoxStream<'static, Result<ListEvent<T>, ApiError>>;

/// A list that has been read, in order of arrival.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collected<T> {
    pub rows: Vec<T>,
    pub bad: Vec<BadRow>,
    pub doubt: Option<Doubt>,
}

/// Reads a list to its end. Fails if a page cannot be read.
pub async fn collect<T>(mut list: ListStream<T>) -> Result<Collected<T>, ApiError> {
    let mut collected = Collected { rows: Vec::new(), bad: Vec::new(), doubt: None };
    while let Some(event) = list.next().await {
        match event? {
            ListEvent::Rows(chunk) => {
                collected.rows.extend(chunk.rows);
                collected.bad.extend(chunk.bad);
            }
            ListEvent::Restarted => {
                collected.rows.clear();
                collected.bad.clear();
            }
            ListEvent::Ended(doubt) => collected.doubt = doubt,
        }
    }
    Ok(collected)
}

impl<T> Collected<T> {
    /// The rows of a list that is of no use without each of them. Fails if rows may be missing.
    pub fn certain(self, operation: Operation) -> Result<Vec<T>, ApiError> {
        match (self.doubt, self.bad.into_iter().next()) {
            (None, _) => Ok(self.rows),
            (Some(_), Some(bad)) => Err(ApiError::of_row(operation, bad)),
            (Some(doubt), None) => {
                Err(ApiError::Decode { operation, path: "data".to_owned(), detail: doubt.to_string() })
            }
        }
    }
}

/// The response to a request for one page.
pub type PageResponse<T> = LocalBoxFuture<'static, Result<Page<T>, ApiError>>;

type Response<T> = (PageRequest, Result<Page<T>, ApiError>);

struct Reader<T, F> {
    new_pager: fn() -> Pager,
    fetch: F,
    key: fn(&T) -> String,
    pager: Pager,
    in_flight: FuturesUnordered<LocalBoxFuture<'static, Response<T>>>,
    /// The first page that failed. The pages in flight are awaited first, so that their rows are not lost.
    failure: Option<ApiError>,
    /// The path of the first row that could not be read.
    unreadable: Option<String>,
    readings: u32,
}

/// Reads a list in the way of a pager. `fetch` asks for one page, `key` identifies a row.
pub(super) fn read<T: 'static>(
    new_pager: fn() -> Pager,
    fetch: impl Fn(PageRequest) -> PageResponse<T> + 'static,
    key: fn(&T) -> String,
) -> ListStream<T> {
    let reader = Reader {
        new_pager,
        fetch,
        key,
        pager: new_pager(),
        in_flight: FuturesUnordered::new(),
        failure: None,
        unreadable: None,
        readings: 1,
    };
    try_unfold(Some(reader), |reader| async move {
        let Some(mut reader) = reader else { return Ok(None) };
        let event = reader.next().await?;
        let is_over = matches!(event, ListEvent::Ended(_));
        Ok(Some((event, (!is_over).then_some(reader))))
    })
    .boxed_local()
}

impl<T: 'static, F: Fn(PageRequest) -> PageResponse<T>> Reader<T, F> {
    async fn next(&mut self) -> Result<ListEvent<T>, ApiError> {
        loop {
            while let Some(request) = self.next_request() {
                let page = (self.fetch)(request);
                self.in_flight.push(Box::pin(async move { (request, page.await) }));
            }
            let Some((request, page)) = self.in_flight.next().await else {
                return self.failure.take().map_or_else(|| Ok(self.end()), Err);
            };
            let page = match page {
                Ok(page) => page,
                Err(error) => {
                    self.failure.get_or_insert(error);
                    continue;
                }
            };
            let before = self.pager.progress();
            let fresh = self.pager.accept(request, page.received(), page.total, page.rows.iter().map(self.key));
            self.unreadable = self.unreadable.take().or_else(|| page.bad.first().map(|bad| bad.path.clone()));
            let (loaded, total) = self.pager.progress();
            if !page.bad.is_empty() || (loaded, total) != before {
                let rows = page.rows.into_iter().zip(fresh).filter(|(_, fresh)| *fresh).map(|(row, _)| row).collect();
                return Ok(ListEvent::Rows(Chunk { rows, bad: page.bad, loaded, total }));
            }
        }
    }

    fn next_request(&mut self) -> Option<PageRequest> {
        if self.failure.is_none() { self.pager.next_request() } else { None }
    }

    fn end(&mut self) -> ListEvent<T> {
        let doubt = self.pager.doubt();
        if doubt == Some(Doubt::Changed) && self.readings < MAX_READINGS {
            self.readings += 1;
            self.pager = (self.new_pager)();
            self.unreadable = None;
            return ListEvent::Restarted;
        }
        ListEvent::Ended(doubt.or_else(|| self.unreadable.take().map(Doubt::Unreadable)))
    }
}

#[cfg(test)]
mod tests;
