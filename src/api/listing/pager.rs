//! Decides which pages of a list to ask for, and whether all rows came.
//!
//! Invariant: reading ends for every server, by the rows that came and never by `total_count` alone.

use std::collections::{HashSet, VecDeque};

use thiserror::Error;

use crate::domain::PageRequest;
use crate::domain::page::MAX_LIMIT;

/// Pages asked for at once: twice as many as browsers send to one host by HTTP/1.1, so that some are on their way while
/// the page works on those that came.
const WINDOW: usize = 12;
/// Reading stops after this many unreadable rows in a row. Their ids are unknown, so a server that repeats such rows
/// forever could not be detected otherwise.
const MAX_UNREADABLE: u64 = 1_000;

/// Why a list that was read to its end may lack rows. A row that is not in such a list may still exist.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Doubt {
    /// Rows were added or removed while the list was read, so that some may have moved to a page that was read before.
    #[error("the list changed while it was read")]
    Changed,
    /// The server repeated a page, or sent fewer rows than it counts.
    #[error("the list ended early, after {0} rows")]
    Incomplete(u64),
    /// A row could not be read. Holds the path of the first such row.
    #[error("unreadable row at {0}")]
    Unreadable(String),
}

/// Decides which pages to ask for, and when a list has been read.
///
/// Asks for a few pages at a time as far as `total_count` says that they exist. The list ends at a page that is empty,
/// that is short without more rows being promised, or that holds only rows that came before (a server that ignores
/// `offset`), or after [`MAX_UNREADABLE`] unreadable rows.
#[derive(Debug, Default)]
pub(in crate::api) struct Pager {
    limit: u32,
    window: usize,
    in_flight: usize,
    next_offset: u64,
    gaps: VecDeque<PageRequest>,
    end: Option<u64>,
    /// Whether only an empty page ends the list.
    is_until_empty: bool,
    total: Option<u64>,
    seen: HashSet<String>,
    unreadable: u64,
    /// Since the last readable one.
    unreadable_in_a_row: u64,
    has_total_changed: bool,
    /// Whether a page held new rows beside some that had come before.
    has_overlap: bool,
    /// Whether a page held only rows that had come before.
    has_repeat: bool,
}

impl Pager {
    /// Reads a list with a count, several pages at a time. Its short page is its last.
    pub fn counted() -> Self {
        Self::new(MAX_LIMIT, WINDOW)
    }

    /// Reads a list without a count and with pages of any size, one page at a time until one is empty.
    pub fn until_empty() -> Self {
        Self { is_until_empty: true, ..Self::new(MAX_LIMIT, 1) }
    }

    fn new(limit: u32, window: usize) -> Self {
        Self { limit, window, ..Self::default() }
    }

    /// The next page to ask for now. `None` while a response has to come first, and after the end.
    pub fn next_request(&mut self) -> Option<PageRequest> {
        if self.in_flight >= self.window {
            return None;
        }
        let request = match self.gaps.pop_front() {
            Some(gap) => gap,
            None => {
                let ended = self.end.is_some_and(|end| self.next_offset >= end);
                let promised = self.total.is_some_and(|total| self.next_offset < total);
                // Beyond the promised rows, only one page at a time is tried.
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

    /// Takes a page: `received` rows, of which `ids` could be read. Returns for each id whether it is new.
    pub fn accept(
        &mut self,
        request: PageRequest,
        received: usize,
        total: Option<u64>,
        ids: impl IntoIterator<Item = String>,
    ) -> Vec<bool> {
        self.in_flight = self.in_flight.saturating_sub(1);
        self.has_total_changed |= self.total.is_some() && total.is_some() && self.total != total;
        self.total = total.or(self.total);
        let received = received as u64;
        let fresh: Vec<bool> = ids.into_iter().map(|id| self.seen.insert(id)).collect();
        let reached = request.offset + received;
        let is_short = received < u64::from(request.limit);
        let is_counted = self.total.is_some_and(|total| reached < total);
        let is_promised = self.is_until_empty || is_counted;
        let is_repeat = !fresh.is_empty() && !fresh.contains(&true);
        self.has_repeat |= is_repeat;
        self.has_overlap |= !is_repeat && fresh.contains(&false);
        let unreadable = received.saturating_sub(fresh.len() as u64);
        self.unreadable = self.unreadable.saturating_add(unreadable);
        self.unreadable_in_a_row =
            if fresh.is_empty() { self.unreadable_in_a_row.saturating_add(unreadable) } else { 0 };
        // Unreadable rows cannot be distinguished: a server could repeat them forever, even if it promises more.
        let is_blind = fresh.is_empty() && (!is_counted || self.unreadable_in_a_row >= MAX_UNREADABLE);
        if received == 0 || is_repeat || is_blind || (is_short && !is_promised) {
            self.end = Some(self.end.map_or(reached, |end| end.min(reached)));
            if let Some(end) = self.end {
                self.gaps.retain(|gap| gap.offset < end);
            }
        } else if is_short {
            // The server returns smaller pages than asked for. The rest of this page is asked for again.
            let missing = u64::from(request.limit) - received;
            let limit = u32::try_from(missing).unwrap_or(self.limit);
            self.gaps.push_back(PageRequest { offset: reached, limit });
        } else {
            self.next_offset = self.next_offset.max(reached);
        }
        fresh
    }

    /// Whether everything has been asked for and answered.
    #[cfg(test)]
    fn is_done(&self) -> bool {
        self.in_flight == 0 && self.gaps.is_empty() && self.end.is_some_and(|end| self.next_offset >= end)
    }

    /// How many different rows have come, and the server's count, which is at least as many.
    pub fn progress(&self) -> (u64, Option<u64>) {
        let loaded = self.seen.len() as u64;
        (loaded, self.total.map(|total| total.max(loaded)))
    }

    /// Why the list may lack readable rows, once it has been read. `None` if as many rows came as the server counts, or
    /// if it has no count and no row came twice.
    pub fn doubt(&self) -> Option<Doubt> {
        let loaded = self.seen.len() as u64;
        let is_short = self.total.is_some_and(|total| loaded.saturating_add(self.unreadable) < total);
        let is_open = is_short || self.total.is_none();
        if self.has_total_changed || (self.has_overlap && is_open) {
            Some(Doubt::Changed)
        } else if is_short || (self.has_repeat && is_open) {
            Some(Doubt::Incomplete(loaded))
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads from a server with `rows` rows that returns at most `cap` a page and counts `total`.
    fn read_all(
        rows: u64,
        cap: u64,
        total: impl Fn(u64) -> Option<u64>,
        window: usize,
        newest_first: bool,
    ) -> (Vec<u64>, usize) {
        let mut pager = Pager::new(100, window);
        let mut in_flight: Vec<PageRequest> = Vec::new();
        let (mut got, mut requests) = (Vec::new(), 0);
        while !pager.is_done() {
            while let Some(request) = pager.next_request() {
                in_flight.push(request);
                requests += 1;
            }
            assert!(!in_flight.is_empty(), "the pager waits for nothing");
            assert!(requests < 10_000, "the pager does not end");
            let request = if newest_first { in_flight.pop().unwrap() } else { in_flight.remove(0) };
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
        // After a full page one more is tried: only an empty or short page proves the end.
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
        assert_eq!(pager.doubt(), Some(Doubt::Incomplete(100)));
    }

    #[test]
    fn a_list_is_certain_only_if_all_promised_rows_came() {
        let doubt = |pages: &[(&[&str], Option<u64>)]| {
            let mut pager = Pager::new(2, 1);
            for (ids, total) in pages {
                let request = pager.next_request().unwrap();
                pager.accept(request, ids.len(), *total, ids.iter().map(|id| (*id).to_owned()));
            }
            assert!(pager.is_done());
            pager.doubt()
        };
        assert_eq!(doubt(&[(&["a", "b"], Some(3)), (&["c"], Some(3))]), None);
        assert_eq!(doubt(&[(&["a", "b"], None), (&["c"], None)]), None);
        assert_eq!(doubt(&[(&["a", "b"], Some(2)), (&["a", "b"], Some(2))]), None);
        // The server repeats its first page, or ends before its count.
        assert_eq!(doubt(&[(&["a", "b"], Some(4)), (&["a", "b"], Some(4))]), Some(Doubt::Incomplete(2)));
        assert_eq!(doubt(&[(&["a", "b"], Some(4)), (&[], Some(4))]), Some(Doubt::Incomplete(2)));
        // A row moved to the next page, or the count changed.
        assert_eq!(doubt(&[(&["a", "b"], None), (&["b", "c"], None), (&[], None)]), Some(Doubt::Changed));
        assert_eq!(doubt(&[(&["a", "b"], Some(4)), (&["c"], Some(3))]), Some(Doubt::Changed));
    }

    #[test]
    fn a_server_that_promises_ever_more_rows_that_cannot_be_read_is_left() {
        let mut pager = Pager::new(100, 4);
        let mut requests = 0;
        while let Some(request) = pager.next_request() {
            requests += 1;
            assert!(requests < 100, "the pager does not end");
            pager.accept(request, 100, Some(u64::MAX), []);
        }
        assert!(pager.is_done());
    }

    #[test]
    fn rows_that_cannot_be_read_are_asked_for_as_far_as_they_are_promised() {
        for (mut pager, total, requests) in
            [(Pager::new(100, 1), None, 1), (Pager::new(100, 1), Some(250), 3), (Pager::until_empty(), None, 1)]
        {
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
            // A server with smaller pages has to count its rows: nothing else tells a short page from the last.
            let total = |rows: u64| if cap < 100 { Some(rows.max(lie.unwrap_or(rows))) } else { lie };
            let (mut got, _) = read_all(rows, cap, total, window, newest_first);
            got.sort_unstable();
            prop_assert_eq!(got, (0..rows).collect::<Vec<_>>());
        }
    }
}
