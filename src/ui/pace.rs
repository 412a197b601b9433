//! How many rows of a table are drawn in one frame.

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
    const LEAST: f64 = 4.0;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_take_longer_are_drawn_in_smaller_steps() {
        let mut pace = Pace::new();
        assert_eq!(pace.most(), 12);
        for _ in 0..10 {
            pace.note(10, 20.0);
        }
        assert_eq!(pace.most(), 4);
        for _ in 0..20 {
            pace.note(10, 1.0);
        }
        assert!((50..=60).contains(&pace.most()));
        pace.note(0, 100.0);
        assert!((50..=60).contains(&pace.most()));
    }
}
