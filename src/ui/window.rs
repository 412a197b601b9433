//! Which rows of a long list are drawn. Pure arithmetic.
//!
//! Invariant: the drawn rows and the gaps between them always add up to all rows.

/// A row to draw, or a run of rows that is only room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A row, by its position.
    Row(usize),
    /// The `n`th gap, which has a place also where it is empty, so that the order of all slots is stable.
    Gap(usize),
}

/// What is drawn: a run of rows, and at most one row apart (the one that has focus).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RowWindow {
    /// The first row of the run.
    pub first: usize,
    /// The row after its last.
    pub end: usize,
    /// A row that stays drawn wherever the run is.
    pub pinned: Option<usize>,
    /// All rows.
    pub count: usize,
}

impl RowWindow {
    /// The rows that are in sight, with `overscan` more on either side.
    ///
    /// `above`: how far (px) the list's top lies above the viewport's, negative where it lies below. `height`: the
    /// viewport's, px. `pitch`: from one row's top to the next one's, px, more than 0.
    pub(super) fn at(above: f64, height: f64, pitch: f64, overscan: usize, count: usize) -> Self {
        // A saturating cast: negative becomes 0.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positions of rows")]
        let row = |px: f64| (px / pitch).floor().max(0.0) as usize;
        let end = row(above + height).saturating_add(1 + overscan).min(count);
        let first = row(above).saturating_sub(overscan).min(end);
        Self { first, end, pinned: None, count }
    }

    /// The same with a row that stays drawn.
    pub(super) fn with_pinned(self, pinned: Option<usize>) -> Self {
        let pinned = pinned.filter(|it| *it < self.count);
        Self { pinned, ..self }
    }

    fn pinned_before(self) -> Option<usize> {
        self.pinned.filter(|it| *it < self.first)
    }

    fn pinned_after(self) -> Option<usize> {
        self.pinned.filter(|it| *it >= self.end)
    }

    /// Everything to draw, in order: gap 0, a row apart, gap 1, the run, gap 2, a row apart, gap 3.
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

    /// How many rows a gap stands for.
    pub(super) fn gap(self, index: usize) -> usize {
        match index {
            0 => self.pinned_before().unwrap_or(0),
            1 => self.pinned_before().map_or(self.first, |it| self.first - it - 1),
            2 => self.pinned_after().map_or(self.count - self.end, |it| it - self.end),
            _ => self.pinned_after().map_or(0, |it| self.count - it - 1),
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
            above in -1e4..1e6f64, height in 0.0..3e3f64, pitch in 1.0..400.0f64,
            overscan in 0usize..30, count in 0usize..20_000, pinned in proptest::option::of(0usize..20_000),
        ) {
            let window = RowWindow::at(above, height, pitch, overscan, count).with_pinned(pinned);
            let slots = window.slots();
            let drawn: Vec<_> = slots.iter().filter_map(|it| match it { Slot::Row(row) => Some(*row), Slot::Gap(_) => None }).collect();
            let gaps: usize = (0..4).map(|it| window.gap(it)).sum();
            prop_assert_eq!(drawn.len() + gaps, count);
            prop_assert!(drawn.is_sorted_by(|a, b| a < b));
            // Each row lies where the slots before it put it.
            let mut position = 0;
            for slot in slots {
                match slot {
                    Slot::Row(row) => { prop_assert_eq!(row, position); position += 1; }
                    Slot::Gap(gap) => position += window.gap(gap),
                }
            }
        }

        #[test]
        fn what_is_in_sight_is_drawn(above in 0.0..4e5f64, height in 1.0..3e3f64, count in 1usize..20_000) {
            let window = RowWindow::at(above, height, 40.0, 0, count);
            for row in 0..count {
                let (top, bottom) = (row as f64 * 40.0, (row + 1) as f64 * 40.0);
                if bottom > above && top < above + height {
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
