//! Deterministic random values and times for the seeds.
//!
//! Invariant: the same calls return the same values. Times are relative to the start.

use rand::{RngExt, SeedableRng, rngs::StdRng, seq::SliceRandom};
use time::{Duration, OffsetDateTime};

use crate::clock;

/// A random number generator with a fixed seed, and the time of the start.
pub struct Random {
    rng: StdRng,
    now: OffsetDateTime,
}

impl Random {
    pub fn new(seed: u64) -> Self {
        Self { rng: StdRng::seed_from_u64(seed), now: clock::time() }
    }

    pub fn now(&self) -> OffsetDateTime {
        self.now
    }

    /// Returns a value from `from` up to, but not including, `to`.
    pub fn within(&mut self, from: f64, to: f64) -> f64 {
        self.rng.random_range(from..to)
    }

    pub fn below(&mut self, count: usize) -> usize {
        self.rng.random_range(0..count.max(1))
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let index = self.below(from.len());
        from[index]
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        items.shuffle(&mut self.rng);
    }

    pub fn uuid(&mut self) -> String {
        uuid::Builder::from_random_bytes(self.rng.random()).into_uuid().to_string()
    }

    /// Returns `length` letters and digits.
    pub fn word(&mut self, length: usize) -> String {
        const LETTERS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        (0..length).map(|_| char::from(self.pick(LETTERS))).collect()
    }

    /// Returns `length` hexadecimal digits.
    pub fn hex(&mut self, length: usize) -> String {
        (0..length).map(|_| char::from(self.pick(b"0123456789abcdef"))).collect()
    }

    /// Returns a time within eight hours, some days ago.
    pub fn days_ago(&mut self, days: i64) -> String {
        let within_day = Duration::seconds_f64(self.within(0.0, 8.0 * 3600.0));
        clock::timestamp(self.now - Duration::days(days) - within_day)
    }
}
