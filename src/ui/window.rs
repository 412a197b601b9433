//! Which rows of a long list are drawn. Pure arithmetic.
//!
//! Invariant: the drawn rows and the gaps between them always add up to all rows.

/// A row to draw, or a gap in place of rows that aren't drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A row, by its position.
    Row(usize),
    /// A gap, by its number. Empty gaps are listed too, so that the order of all slots is stable.
    Gap(usize),
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
    /// `offset` is how far the list's top is above the viewport's, `height` the viewport's height, `pitch` the distance
    /// from one row's top to the next one's. All are in px; `pitch` must be positive.
    pub(super) fn at(offset: f64, height: f64, pitch: f64, overscan: usize, count: usize) -> Self {
        // The cast saturates: negative numbers become 0.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positions of rows")]
        let row = |px: f64| (px / pitch).floor().max(0.0) as usize;
        let end = row(offset + height).saturating_add(1 + overscan).min(count);
        let first = row(offset).saturating_sub(overscan).min(end);
        Self { first, end, pinned: None, count }
    }

    /// Pins a row. Ignores one beyond the end.
    pub(super) fn with_pinned(self, pinned: Option<usize>) -> Self {
        let pinned = pinned.filter(|row| *row < self.count);
        Self { pinned, ..self }
    }

    fn pinned_before(self) -> Option<usize> {
        self.pinned.filter(|row| *row < self.first)
    }

    fn pinned_after(self) -> Option<usize> {
        self.pinned.filter(|row| *row >= self.end)
    }

    /// Returns everything to draw, in order: gap 0, a pinned row, gap 1, the range, gap 2, a pinned row, gap 3.
    pub(super) fn slots(self) -> Vec<Slot> {
        let mut slots = Vec::with_capacity(self.end - self.first + 5);
        slots.push(Slot::Gap(0));
        slots.extend(self.pinned_before().map(Slot::Row));
        slots.push(Slot::Gap(1));
        slots.extend((self.first..self.end).map(Slot::Row));
        slots.push(Slot::Gap(2));
        slots.extend(self.pinned_after().map(Slot::Row));
        slots.push(Slot::Gap(3));
        slots
    }

    /// Returns how many rows a gap replaces.
    pub(super) fn gap(self, index: usize) -> usize {
        match index {
            0 => self.pinned_before().unwrap_or(0),
            1 => self.pinned_before().map_or(self.first, |row| self.first - row - 1),
            2 => self.pinned_after().map_or(self.count - self.end, |row| row - self.end),
            _ => self.pinned_after().map_or(0, |row| self.count - row - 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_and_gaps_add_up(
            offset in -1e4..1e6f64, height in 0.0..3e3f64, pitch in 1.0..400.0f64,
            overscan in 0usize..30, count in 0usize..20_000, pinned in proptest::option::of(0usize..20_000),
        ) {
            let window = RowWindow::at(offset, height, pitch, overscan, count).with_pinned(pinned);
            let slots = window.slots();
            let drawn: Vec<_> = slots.iter().filter_map(|it| match it { Slot::Row(row) => Some(*row), Slot::Gap(_) => None }).collect();
            let gaps: usize = (0..4).map(|it| window.gap(it)).sum();
            prop_assert_eq!(drawn.len() + gaps, count);
            prop_assert!(drawn.is_sorted_by(|a, b| a < b));
            // Each row is at the position that the slots before it lead to.
            let mut position = 0;
            for slot in slots {
                match slot {
                    Slot::Row(row) => { prop_assert_eq!(row, position); position += 1; }
                    Slot::Gap(gap) => position += window.gap(gap),
                }
            }
        }

        #[test]
        fn rows_on_the_screen_are_drawn(offset in 0.0..4e5f64, height in 1.0..3e3f64, count in 1usize..20_000) {
            let window = RowWindow::at(offset, height, 40.0, 0, count);
            for row in 0..count {
                let (top, bottom) = (row as f64 * 40.0, (row + 1) as f64 * 40.0);
                if bottom > offset && top < offset + height {
                    prop_assert!(window.first <= row && row < window.end);
                }
            }
        }
    }

    #[test]
    fn few_rows_are_all_drawn() {
        let window = RowWindow::at(-200.0, 900.0, 40.0, 12, 5);
        assert_eq!((window.first, window.end), (0, 5));
    }
}
