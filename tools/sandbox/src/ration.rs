//! Limits the calls per minute.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::http::StatusCode;

use crate::error::ApiError;

/// The time in which the calls are counted.
const WINDOW: Duration = Duration::from_secs(60);

/// The times of the calls of the last minute.
pub struct Ration {
    most: usize,
    times: Mutex<VecDeque<Instant>>,
}

impl Ration {
    /// Creates a ration of this many calls a minute.
    pub fn per_minute(most: usize) -> Self {
        Self { most, times: Mutex::default() }
    }

    /// Counts a call. Returns 429 with the time to wait if there were too many.
    pub fn take(&self) -> Result<(), ApiError> {
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        while times.front().is_some_and(|time| now.duration_since(*time) >= WINDOW) {
            times.pop_front();
        }
        if let Some(oldest) = times.front().filter(|_| times.len() >= self.most) {
            let wait = WINDOW.saturating_sub(now.duration_since(*oldest)).as_secs() + 1;
            return Err(ApiError::new(StatusCode::TOO_MANY_REQUESTS, "Rate limit exceeded").with_retry_after(wait));
        }
        times.push_back(now);
        Ok(())
    }

    /// Forgets all calls.
    pub fn clear(&self) {
        self.times.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
