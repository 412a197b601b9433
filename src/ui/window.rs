//! Which rows of a long list are drawn. Pure arithmetic.
//!
//! Invariant: the drawn rows and the gaps between them always add up to all rows.

use std::ops::Range;

/// A row to draw, or a gap in place of rows that aren't drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A row, by its position.
    Row(usize),
    /// A gap, by its number, and the rows that it replaces. Empty gaps are listed too, so that the order of all slots is
    /// stable.
    Gap(usize, Range<usize>),
}

/// How far each row's top is above the next one's, in px: assumed to be the same, except where a row was measured.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Heights {
    assumed: f64,
    /// By position; zero if it is as assumed. Empty if all are.
    measured: Vec<f64>,
}

impl Heights {
    /// Differences up to this are not noted, in px.
    const TOLERANCE: f64 = 0.5;

    /// `assumed` must be positive.
    pub(super) const fn new(assumed: f64) -> Self {
        Self { assumed, measured: Vec::new() }
    }

    /// The height of a row, as far as it is known.
    pub(super) fn of(&self, row: usize) -> f64 {
        self.measured.get(row).copied().filter(|height| *height > 0.0).unwrap_or(self.assumed)
    }

    /// Notes the height of a row among `count`. Returns whether it was another one. What was measured among another
    /// number of rows is forgotten.
    pub(super) fn measure(&mut self, row: usize, height: f64, count: usize) -> bool {
        if !self.measured.is_empty() && self.measured.len() != count {
            self.measured.clear();
        }
        if row >= count || (self.of(row) - height).abs() <= Self::TOLERANCE {
            return false;
        }
        self.measured.resize(count, 0.0);
        self.measured[row] = height;
        true
    }

    /// The height of these rows together.
    #[expect(clippy::cast_precision_loss, reason = "a count of rows")]
    pub(super) fn sum(&self, rows: Range<usize>) -> f64 {
        match self.measured.is_empty() {
            true => rows.len() as f64 * self.assumed,
            false => rows.map(|row| self.of(row)).sum(),
        }
    }

    /// The row that is this far below the list's top, or `count` if the list ends above that.
    fn row_at(&self, px: f64, count: usize) -> usize {
        if self.measured.is_empty() {
            // The cast saturates: negative numbers become 0.
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positions of rows")]
            return ((px / self.assumed).floor().max(0.0) as usize).min(count);
        }
        let mut bottom = 0.0;
        let is_below = |row: &usize| {
            bottom += self.of(*row);
            bottom > px
        };
        (0..count).find(is_below).unwrap_or(count)
    }
}

/// The drawn rows: a contiguous range, and at most one row apart from it, which has focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RowWindow {
    pub first: usize,
    /// The row after the last one of the range.
    pub end: usize,
    /// A row that is drawn even outside the range.
    pub pinned: Option<usize>,
    pub count: usize,
}

impl RowWindow {
    /// Returns the rows on the screen and `overscan` more on each side.
    ///
    /// `offset` is how far the list's top is above the viewport's, `height` the viewport's height. Both are in px.
    pub(super) fn at(offset: f64, height: f64, heights: &Heights, overscan: usize, count: usize) -> Self {
        let end = heights.row_at(offset + height, count).saturating_add(1 + overscan).min(count);
        let first = heights.row_at(offset, count).saturating_sub(overscan).min(end);
        Self { first, end, pinned: None, count }
    }

    /// The range on the way from the `drawn` one to this one, with at most `most` more rows. Rows on the `screen` come first,
    /// and rows outside of this range are left out.
    pub(super) fn paced(self, drawn: Range<usize>, screen: Range<usize>, most: usize) -> Range<usize> {
        let mut range = drawn.start.max(self.first)..drawn.end.min(self.end);
        let mut left = most.max(1);
        if range.start.max(screen.start) >= range.end.min(screen.end) {
            // Nothing of the screen is drawn.
            let start = screen.start.clamp(self.first, self.end);
            range = start..start;
        }
        for part in [screen, self.first..self.end] {
            let below = part.end.min(self.end).saturating_sub(range.end).min(left);
            range.end += below;
            left -= below;
            let above = range.start.saturating_sub(part.start.max(self.first)).min(left);
            range.start -= above;
            left -= above;
        }
        range
    }

    /// The first rows, up to `most`, and no gap after them.
    pub(super) fn start(count: usize, most: usize) -> Self {
        let count = count.min(most);
        Self { first: 0, end: count, pinned: None, count }
    }

    /// Pins a row. Ignores one beyond the end.
    pub(super) fn with_pinned(self, pinned: Option<usize>) -> Self {
        let pinned = pinned.filter(|row| *row < self.count);
        Self { pinned, ..self }
    }

    /// Returns everything to draw, in order: gap 0, a pinned row, gap 1, the range, gap 2, a pinned row, gap 3.
    pub(super) fn slots(self) -> Vec<Slot> {
        let before = self.pinned.filter(|row| *row < self.first).map_or(0..0, |row| row..row + 1);
        let after = self.pinned.filter(|row| *row >= self.end).map_or(self.count..self.count, |row| row..row + 1);
        let mut slots = Vec::with_capacity(self.end - self.first + 5);
        let mut next = 0;
        for (number, rows) in [before, self.first..self.end, after, self.count..self.count].into_iter().enumerate() {
            slots.push(Slot::Gap(number, next..rows.start));
            next = rows.end;
            slots.extend(rows.map(Slot::Row));
        }
        slots
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_paced_range_has_the_screen_first_and_ends_as_wanted(
            (first, screen_first, screen, after) in (0usize..50, 0usize..20, 1usize..30, 0usize..20),
            drawn in (0usize..150, 0usize..60),
            most in 0usize..20,
        ) {
            let screen = first + screen_first..first + screen_first + screen;
            let wanted = RowWindow { first, end: screen.end + after, pinned: None, count: 500 };
            let mut range = drawn.0..drawn.0 + drawn.1;
            let mut steps = 0;
            while range != (wanted.first..wanted.end) {
                let next = wanted.paced(range.clone(), screen.clone(), most);
                let is_new = |row: &usize| !range.contains(row);
                prop_assert!(next.clone().filter(is_new).count() <= most.max(1));
                prop_assert!(next.start >= wanted.first && next.end <= wanted.end);
                // Rows that can't be seen wait for those that can.
                let is_screen_whole = next.start <= screen.start && next.end >= screen.end;
                let is_new_apart = next.clone().filter(is_new).any(|row| !screen.contains(&row));
                prop_assert!(is_screen_whole || !is_new_apart);
                range = next;
                steps += 1;
                prop_assert!(steps <= 150);
            }
        }
    }

    fn heights(assumed: f64, measured: &[(usize, f64)], count: usize) -> Heights {
        let mut heights = Heights::new(assumed);
        for (row, height) in measured {
            heights.measure(*row, *height, count);
        }
        heights
    }

    proptest! {
        #[test]
        fn rows_and_gaps_add_up(
            offset in -1e4..1e6f64, height in 0.0..3e3f64, assumed in 1.0..400.0f64,
            measured in proptest::collection::vec((0usize..20_000, 1.0..900.0f64), 0..50),
            overscan in 0usize..30, count in 0usize..20_000, pinned in proptest::option::of(0usize..20_000),
        ) {
            let heights = heights(assumed, &measured, count);
            let window = RowWindow::at(offset, height, &heights, overscan, count).with_pinned(pinned);
            // Each slot begins where the one before it ends.
            let mut position = 0;
            for slot in window.slots() {
                match slot {
                    Slot::Row(row) => { prop_assert_eq!(row, position); position += 1; }
                    Slot::Gap(_, rows) => { prop_assert_eq!(rows.start, position); position = rows.end; }
                }
            }
            prop_assert_eq!(position, count);
        }

        #[test]
        fn rows_on_the_screen_are_drawn(
            offset in 0.0..4e5f64, height in 1.0..3e3f64, count in 1usize..5_000,
            measured in proptest::collection::vec((0usize..5_000, 1.0..900.0f64), 0..50),
        ) {
            let heights = heights(40.0, &measured, count);
            let window = RowWindow::at(offset, height, &heights, 0, count);
            let mut top = 0.0;
            for row in 0..count {
                let bottom = top + heights.of(row);
                if bottom > offset && top < offset + height {
                    prop_assert!(window.first <= row && row < window.end);
                }
                top = bottom;
            }
        }

        #[test]
        fn the_last_row_is_drawn_at_the_end_whatever_was_assumed(
            assumed in 1.0..400.0f64, real in 1.0..400.0f64, count in 1usize..200, height in 100.0..2e3f64,
        ) {
            // At the end of the list, the rows that were drawn before are measured.
            let mut heights = Heights::new(assumed);
            let mut window = RowWindow::at(0.0, height, &heights, 3, count);
            for _ in 0..count + 2 {
                for row in window.first..window.end {
                    heights.measure(row, real, count);
                }
                let end = heights.sum(0..count);
                window = RowWindow::at((end - height).max(0.0), height, &heights, 3, count);
            }
            prop_assert_eq!(window.end, count);
        }
    }

    #[test]
    fn few_rows_are_all_drawn() {
        let window = RowWindow::at(-200.0, 900.0, &Heights::new(40.0), 12, 5);
        assert_eq!((window.first, window.end), (0, 5));
    }

    #[test]
    fn the_start_of_a_list_has_no_gap_after_it() {
        assert_eq!(RowWindow::start(3, 10).slots().len(), 3 + 4);
        let gaps = RowWindow::start(30, 10).slots();
        assert!(gaps.iter().all(|slot| !matches!(slot, Slot::Gap(_, rows) if !rows.is_empty())));
        assert_eq!(RowWindow::start(30, 10).end, 10);
    }

    #[test]
    fn measured_heights_move_the_rows_below() {
        let heights = heights(40.0, &[(1, 100.0)], 4);
        assert_eq!(heights.sum(0..4), 220.0);
        assert_eq!([0.0, 39.0, 40.0, 139.0, 140.0, 500.0].map(|px| heights.row_at(px, 4)), [0, 0, 1, 1, 2, 4]);
    }
}
