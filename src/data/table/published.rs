//! What views see of many values together: the counts at once, the values from time to time.

use leptos::prelude::*;

use crate::data::Shared;
use crate::data::key::{AnyValue, Key};

/// How often the values are published while they arrive, in milliseconds.
const INTERVAL: f64 = 1000.0;
/// The first values are published once this many have arrived: about one screen of rows.
const SCREENFUL: usize = 20;

pub(in crate::data) type AnyValues = Shared<Vec<(Key, AnyValue)>>;

/// How many observed keys have been read, or could not be read, and how many of these could not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::data) struct Counts {
    pub done: usize,
    pub failed: usize,
}

#[derive(Default)]
pub(super) struct Published {
    pub counts: ArcRwSignal<Counts>,
    pub values: ArcRwSignal<AnyValues>,
    /// Whether a value has changed since the values were published.
    pub is_changed: bool,
    /// When the values were published last, or else when the first read started, in milliseconds.
    at: Option<f64>,
    /// Whether values of the keys that are observed now have been published.
    has_values: bool,
}

impl Published {
    /// Publishes the counts, and the values at the first screenful, once a second, and at the end.
    pub fn update(
        &mut self,
        counts: Counts,
        observed: usize,
        now_ms: f64,
        values: impl FnOnce() -> Vec<(Key, AnyValue)>,
    ) {
        if self.counts.get_untracked() != counts {
            self.counts.set(counts);
        }
        let elapsed = now_ms - *self.at.get_or_insert(now_ms);
        let is_screenful = !self.has_values && counts.done >= SCREENFUL;
        if self.is_changed && (counts.done == observed || is_screenful || elapsed >= INTERVAL) {
            (self.is_changed, self.at, self.has_values) = (false, Some(now_ms), true);
            self.values.set(Shared::new(values()));
        }
        if observed == 0 {
            (self.at, self.has_values) = (None, false);
        }
    }
}
