//! Reading a whole list: a stream of pages that ends for every server and gives each row once.
//!
//! Invariant: the order of the stream is the order of arrival; whoever shows rows sorts them.

use futures::future::LocalBoxFuture;
use futures::stream::{FuturesUnordered, LocalBoxStream, StreamExt as _, unfold};

use super::ApiError;
use crate::domain::page::MAX_LIMIT;
use crate::domain::{BadRow, Page, PageRequest, Pager};

/// Pages asked for at once.
const WINDOW: usize = 4;

/// Rows that just came, and how far the reading is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk<T> {
    /// Rows that had not come before.
    pub rows: Vec<T>,
    /// Rows that could not be read.
    pub bad: Vec<BadRow>,
    /// Different rows so far.
    pub loaded: u64,
    /// How many there are, as far as the server says.
    pub total: Option<u64>,
}

type Answered<T> = (PageRequest, Result<Page<T>, ApiError>);

struct Reading<T, F> {
    pager: Pager,
    flying: FuturesUnordered<LocalBoxFuture<'static, Answered<T>>>,
    fetch: F,
    failed: bool,
}

/// All pages of a list. `fetch` asks for one page; `key` names a row. The stream ends after the last page, or after
/// the first error; dropping it aborts what is under way.
pub fn all_pages<T: 'static>(
    fetch: impl Fn(PageRequest) -> LocalBoxFuture<'static, Result<Page<T>, ApiError>> + 'static,
    key: fn(&T) -> String,
) -> LocalBoxStream<'static, Result<Chunk<T>, ApiError>> {
    let start = Reading { pager: Pager::new(MAX_LIMIT, WINDOW), flying: FuturesUnordered::new(), fetch, failed: false };
    unfold(start, move |mut reading| async move {
        if reading.failed {
            return None;
        }
        while let Some(request) = reading.pager.next_request() {
            let page = (reading.fetch)(request);
            reading.flying.push(Box::pin(async move { (request, page.await) }));
        }
        let (request, answer) = reading.flying.next().await?;
        let page = match answer {
            Ok(page) => page,
            Err(error) => {
                reading.failed = true;
                return Some((Err(error), reading));
            }
        };
        let fresh = reading.pager.accept(request, page.received(), page.total, page.rows.iter().map(key));
        let rows = page.rows.into_iter().zip(fresh).filter(|(_, fresh)| *fresh).map(|(row, _)| row).collect();
        let (loaded, total) = reading.pager.progress();
        Some((Ok(Chunk { rows, bad: page.bad, loaded, total }), reading))
    })
    .boxed_local()
}
