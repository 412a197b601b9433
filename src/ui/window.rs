//! Which rows of a long list are drawn. Pure arithmetic.
//!
//! Invariant: the drawn rows and the gaps between them always add up to all rows.

/// A row to draw, or a gap in place of rows that aren't drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A row, by its position.
    Row(usize),
    /// A gap, by its number, and how many rows it replaces. Empty gaps are listed too, so that the order of all slots is
    /// stable.
    Gap(usize, usize),
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

    /// Returns everything to draw, in order: gap 0, a pinned row, gap 1, the range, gap 2, a pinned row, gap 3.
    pub(super) fn slots(self) -> Vec<Slot> {
        let before = self.pinned.filter(|row| *row < self.first).map_or(0..0, |row| row..row + 1);
        let after = self.pinned.filter(|row| *row >= self.end).map_or(self.count..self.count, |row| row..row + 1);
        let mut slots = Vec::with_capacity(self.end - self.first + 5);
        let mut next = 0;
        for (number, rows) in [before, self.first..self.end, after, self.count..self.count].into_iter().enumerate() {
            slots.push(Slot::Gap(number, rows.start - next));
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
        fn rows_and_gaps_add_up(
            offset in -1e4..1e6f64, height in 0.0..3e3f64, pitch in 1.0..400.0f64,
            overscan in 0usize..30, count in 0usize..20_000, pinned in proptest::option::of(0usize..20_000),
        ) {
            let window = RowWindow::at(offset, height, pitch, overscan, count).with_pinned(pinned);
            let slots = window.slots();
            let drawn: Vec<_> = slots.iter().filter_map(|it| match it { Slot::Row(row) => Some(*row), Slot::Gap(..) => None }).collect();
            let gaps: usize = slots.iter().map(|it| match it { Slot::Gap(_, rows) => *rows, Slot::Row(_) => 0 }).sum();
            prop_assert_eq!(drawn.len() + gaps, count);
            prop_assert!(drawn.is_sorted_by(|a, b| a < b));
            // Each row is at the position that the slots before it lead to.
            let mut position = 0;
            for slot in slots {
                match slot {
                    Slot::Row(row) => { prop_assert_eq!(row, position); position += 1; }
                    Slot::Gap(_, rows) => position += rows,
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
