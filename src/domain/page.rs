//! Paging: one page of a list, and the plan for reading all of them.
//!
//! Invariant: [`Pager`] ends for every server: by what came, never by `total_count` alone; and it gives each id once.

use std::collections::{HashSet, VecDeque};

/// The largest page that the API gives.
pub const MAX_LIMIT: u32 = 100;

/// So many rows one after the other of which none can be read are the end: their ids are not known, so that a server which
/// ignores the offset and promises ever more of them would be read for ever.
pub const MOST_UNREADABLE: u64 = 1_000;

/// Which part of a list is asked for: `offset` ≥ 0, `limit` 1–100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRequest {
    /// How many rows to pass over.
    pub offset: u64,
    /// How many rows at most.
    pub limit: u32,
}

impl PageRequest {
    /// The first rows, as many as a page can hold.
    pub const FIRST: Self = Self { offset: 0, limit: MAX_LIMIT };
}

/// A row that could not be read: shown in its place, so that one bad row does not cost the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// The row's `id`, where it has one.
    pub id: Option<String>,
    /// Where in the answer the fault is, such as `data[3].slug`.
    pub path: String,
    /// What was wrong there.
    pub detail: String,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows, in the server's order.
    pub rows: Vec<T>,
    /// Rows that could not be read.
    pub bad: Vec<BadRow>,
    /// How many rows the server says there are in all; some lists do not say.
    pub total: Option<u64>,
}

impl<T> Page<T> {
    /// How many rows the server sent, readable or not.
    pub fn received(&self) -> usize {
        self.rows.len() + self.bad.len()
    }
}

/// The plan for reading a whole list: which pages to ask for, and when to stop.
///
/// A few pages beyond what has come are asked for at once, as far as `total_count` says that they exist. The list is
/// taken to end where a page comes back empty, or short of its limit with nothing promised beyond it, or with nothing
/// but rows that were seen already (a server that ignores `offset`), or where [`MOST_UNREADABLE`] in a row cannot be read.
#[derive(Debug)]
pub struct Pager {
    limit: u32,
    window: usize,
    in_flight: usize,
    next_offset: u64,
    gaps: VecDeque<PageRequest>,
    end: Option<u64>,
    total: Option<u64>,
    seen: HashSet<String>,
    /// Rows since the last one that could be read.
    unreadable: u64,
}

impl Pager {
    /// A plan that keeps at most `window` requests in flight.
    pub fn new(limit: u32, window: usize) -> Self {
        Self {
            limit: limit.clamp(1, MAX_LIMIT),
            window: window.max(1),
            in_flight: 0,
            next_offset: 0,
            gaps: VecDeque::new(),
            end: None,
            total: None,
            seen: HashSet::new(),
            unreadable: 0,
        }
    }

    /// The next page to ask for now; `None` where it is better to wait for an answer, or where all is read.
    pub fn next_request(&mut self) -> Option<PageRequest> {
        if self.in_flight >= self.window {
            return None;
        }
        let request = match self.gaps.pop_front() {
            Some(gap) => gap,
            None => {
                let ended = self.end.is_some_and(|end| self.next_offset >= end);
                let promised = self.total.is_some_and(|total| self.next_offset < total);
                // Beyond what was promised, only one page at a time is tried.
                if ended || (!promised && self.in_flight > 0) {
                    return None;
                }
                let request = PageRequest { offset: self.next_offset, limit: self.limit };
                self.next_offset += u64::from(self.limit);
                request
            }
        };
        self.in_flight += 1;
        Some(request)
    }

    /// Takes in a page: `received` rows of which `ids` are those that could be read, in their order.
    /// Answers, for each id, whether it is new.
    pub fn accept(
        &mut self,
        request: PageRequest,
        received: usize,
        total: Option<u64>,
        ids: impl IntoIterator<Item = String>,
    ) -> Vec<bool> {
        self.in_flight = self.in_flight.saturating_sub(1);
        self.total = total.or(self.total);
        let received = received as u64;
        let fresh: Vec<bool> = ids.into_iter().map(|id| self.seen.insert(id)).collect();
        let reached = request.offset + received;
        let is_short = received < u64::from(request.limit);
        let is_promised = self.total.is_some_and(|total| reached < total);
        let is_repeat = !fresh.is_empty() && !fresh.contains(&true);
        self.unreadable = if fresh.is_empty() { self.unreadable.saturating_add(received) } else { 0 };
        // Rows that cannot be read cannot be told apart either: beyond what was promised they may be the same for ever,
        // and even what is promised is not followed without end.
        let is_blind = fresh.is_empty() && (!is_promised || self.unreadable >= MOST_UNREADABLE);
        if received == 0 || is_repeat || is_blind || (is_short && !is_promised) {
            self.end = Some(self.end.map_or(reached, |end| end.min(reached)));
            if let Some(end) = self.end {
                self.gaps.retain(|gap| gap.offset < end);
            }
        } else if is_short {
            // The server gives smaller pages than asked for: what it left out is asked for again.
            let missing = u64::from(request.limit) - received;
            let limit = u32::try_from(missing).unwrap_or(self.limit);
            self.gaps.push_back(PageRequest { offset: reached, limit });
        }
        fresh
    }

    /// Whether all has been asked for and answered.
    pub fn is_done(&self) -> bool {
        self.in_flight == 0 && self.gaps.is_empty() && self.end.is_some_and(|end| self.next_offset >= end)
    }

    /// How many different rows have come, and how many there are as far as the server says.
    pub fn progress(&self) -> (u64, Option<u64>) {
        let loaded = self.seen.len() as u64;
        (loaded, self.total.map(|total| total.max(loaded)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A server with `rows` rows that gives at most `cap` a page and says `total`.
    fn read_all(
        rows: u64,
        cap: u64,
        total: impl Fn(u64) -> Option<u64>,
        window: usize,
        newest_first: bool,
    ) -> (Vec<u64>, usize) {
        let mut pager = Pager::new(100, window);
        let mut flying: Vec<PageRequest> = Vec::new();
        let (mut got, mut requests) = (Vec::new(), 0);
        while !pager.is_done() {
            while let Some(request) = pager.next_request() {
                flying.push(request);
                requests += 1;
            }
            assert!(!flying.is_empty(), "the plan waits for nothing");
            assert!(requests < 10_000, "the plan does not end");
            let request = if newest_first { flying.pop().unwrap() } else { flying.remove(0) };
            let end = rows.min(request.offset + u64::from(request.limit).min(cap));
            let page: Vec<u64> = (request.offset.min(rows)..end.max(request.offset.min(rows))).collect();
            let fresh = pager.accept(request, page.len(), total(rows), page.iter().map(u64::to_string));
            got.extend(page.iter().zip(fresh).filter(|(_, fresh)| *fresh).map(|(row, _)| *row));
        }
        (got, requests)
    }

    #[test]
    fn an_honest_server_is_read_with_the_fewest_requests() {
        assert_eq!(read_all(0, 100, Some, 4, false).1, 1);
        assert_eq!(read_all(99, 100, Some, 4, false).1, 1);
        assert_eq!(read_all(101, 100, Some, 4, false).1, 2);
        // A full last page is probed once more: only an empty or short page proves the end.
        assert_eq!(read_all(1000, 100, Some, 4, false).1, 11);
        assert_eq!(read_all(1001, 100, Some, 4, false).1, 11);
    }

    #[test]
    fn a_server_that_ignores_the_offset_is_left_after_one_repeat() {
        let mut pager = Pager::new(100, 4);
        for _ in 0..2 {
            let request = pager.next_request().unwrap();
            pager.accept(request, 100, None, (0..100).map(|id: u64| id.to_string()));
        }
        assert!(pager.is_done());
        assert_eq!(pager.progress(), (100, None));
    }

    #[test]
    fn a_server_that_promises_ever_more_rows_that_cannot_be_read_is_left() {
        let mut pager = Pager::new(100, 4);
        let mut requests = 0;
        while let Some(request) = pager.next_request() {
            requests += 1;
            assert!(requests < 100, "the plan does not end");
            pager.accept(request, 100, Some(u64::MAX), []);
        }
        assert!(pager.is_done());
    }

    #[test]
    fn rows_that_cannot_be_read_are_asked_for_as_far_as_they_are_promised() {
        for (total, requests) in [(None, 1), (Some(250), 3)] {
            let mut pager = Pager::new(100, 1);
            let asked = std::iter::from_fn(|| pager.next_request().map(|it| pager.accept(it, 100, total, [])));
            assert_eq!(asked.take(50).count(), requests);
            assert!(pager.is_done());
        }
    }

    proptest! {
        #[test]
        fn every_row_is_given_once_whatever_the_total_says(
            rows in 0u64..1500,
            cap in 1u64..150,
            lie in prop_oneof![Just(None), (0u64..3000).prop_map(Some)],
            window in 1usize..6,
            newest_first: bool,
        ) {
            // A server that clamps pages must say so by its total: nothing else tells a short page from the last.
            let total = |rows: u64| if cap < 100 { Some(rows.max(lie.unwrap_or(rows))) } else { lie };
            let (mut got, _) = read_all(rows, cap, total, window, newest_first);
            got.sort_unstable();
            prop_assert_eq!(got, (0..rows).collect::<Vec<_>>());
        }
    }
}
