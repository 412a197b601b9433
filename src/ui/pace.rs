//! How many rows of a table are drawn in one frame, and when none are.

/// How many rows are drawn in one frame, by the time that the last ones took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pace {
    /// The time that one row takes, in ms.
    row_ms: f64,
}

impl Pace {
    /// The time for new rows in one frame, in ms. A frame of 16 ms also has to be laid out and painted.
    const BUDGET: f64 = 6.0;
    /// So many rows are drawn in any case.
    const LEAST: f64 = 2.0;

    /// The pace before any row was drawn.
    pub(super) const fn new() -> Self {
        Self { row_ms: 0.5 }
    }

    /// Notes that so many rows took so long, in ms.
    pub(super) fn note(&mut self, rows: usize, ms: f64) {
        if rows != 0 {
            #[expect(clippy::cast_precision_loss, reason = "a count of rows")]
            let row_ms = ms / rows as f64;
            // The first rows take longer, and one slow frame is no rule.
            self.row_ms = f64::midpoint(self.row_ms, row_ms.max(0.0));
        }
    }

    /// The rows for one frame.
    pub(super) fn most(self) -> usize {
        // The cast saturates.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of rows")]
        let most = (Self::BUDGET / self.row_ms.max(0.001)).max(Self::LEAST) as usize;
        most
    }
}

/// How fast the rows of a table pass the screen.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Passage {
    /// Where the screen was in the table, in px, and when, in ms.
    last: (f64, f64),
}

impl Passage {
    /// In px per ms. A hard fling starts at about 8, and only dragging the scroll bar is faster.
    const FASTEST: f64 = 12.0;

    /// Notes where the screen is in the table, in px, at a time in ms. Returns whether rows pass too fast to be read: drawing
    /// them would make the scrolling stutter.
    pub(super) fn is_too_fast(&mut self, offset: f64, now: f64) -> bool {
        let (before, then) = std::mem::replace(&mut self.last, (offset, now));
        (offset - before).abs() > Self::FASTEST * (now - then).max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_drawn_in_a_fling_after_a_jump_and_at_rest_but_not_while_the_scroll_bar_is_dragged_far() {
        let mut passage = Passage::default();
        let frames = [
            // At rest, a fling, a jump to another place after a while, and a drag that ends.
            (0.0, 500.0, false),
            (130.0, 516.0, false),
            (40_000.0, 4_000.0, false),
            (40_400.0, 4_016.0, true),
            (39_800.0, 4_032.0, true),
            (39_800.0, 4_048.0, false),
        ];
        for (offset, now, expected) in frames {
            assert_eq!(passage.is_too_fast(offset, now), expected, "{offset} at {now}");
        }
    }

    #[test]
    fn rows_that_take_longer_are_drawn_in_smaller_steps() {
        let mut pace = Pace::new();
        assert_eq!(pace.most(), 12);
        for _ in 0..10 {
            pace.note(10, 20.0);
        }
        assert_eq!(pace.most(), 3);
        for _ in 0..10 {
            pace.note(10, 200.0);
        }
        assert_eq!(pace.most(), 2);
        for _ in 0..20 {
            pace.note(10, 1.0);
        }
        assert!((50..=60).contains(&pace.most()));
        pace.note(0, 100.0);
        assert!((50..=60).contains(&pace.most()));
    }
}
