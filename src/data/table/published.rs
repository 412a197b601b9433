//! What views see of many values together: the counts at once, the values from time to time.

use std::collections::HashMap;

use leptos::prelude::*;

use crate::data::{ApiRead, Shared};

/// How often the values are published while they arrive, in milliseconds.
const INTERVAL: f64 = 1000.0;
/// The first values are published once this many have arrived: about one screen of rows.
const SCREENFUL: usize = 20;

/// The values of several keys, as far as they have been read.
pub type Values<K> = Shared<HashMap<K, Shared<<K as ApiRead>::Value>>>;

/// How many observed keys have been read, or could not be read, and how many of these could not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::data) struct Counts {
    pub done: usize,
    pub failed: usize,
}

/// The signals that views of many values follow.
pub(super) struct Published<K: ApiRead> {
    pub counts: ArcRwSignal<Counts>,
    pub values: ArcRwSignal<Values<K>>,
    /// Whether a value has changed since the values were published.
    pub is_changed: bool,
    /// When the values were published last, or else when the first read started, in milliseconds.
    at: Option<f64>,
    /// Whether values of the keys that are observed now have been published.
    has_values: bool,
}

impl<K: ApiRead> Default for Published<K> {
    fn default() -> Self {
        Self {
            counts: ArcRwSignal::new(Counts::default()),
            values: ArcRwSignal::new(Shared::new(HashMap::new())),
            is_changed: false,
            at: None,
            has_values: false,
        }
    }
}

impl<K: ApiRead> Published<K> {
    /// Publishes the counts, and the values at the first screenful, once a second, and at the end.
    pub fn update(
        &mut self,
        counts: Counts,
        observed: usize,
        now_ms: f64,
        values: impl FnOnce() -> HashMap<K, Shared<K::Value>>,
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
