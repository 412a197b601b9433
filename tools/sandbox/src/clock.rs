//! Times in the API's format.
//!
//! Invariant: every time is in UTC and has the same width, so the texts sort like the times.

use std::sync::OnceLock;

use time::{
    Date, Duration, OffsetDateTime,
    format_description::{BorrowedFormatItem, well_known::Rfc3339},
    macros::format_description,
};

const TIMESTAMP: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:6]Z");
const DATE: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");

/// The time at which the clock of this process stands, if it does.
static STANDS_AT: OnceLock<OffsetDateTime> = OnceLock::new();

/// Stops the clock of this process at a time, for as long as it runs. Only the first call has an effect.
pub fn stop_at(time: OffsetDateTime) {
    STANDS_AT.get_or_init(|| time);
}

/// Returns the current time.
pub fn time() -> OffsetDateTime {
    STANDS_AT.get().copied().unwrap_or_else(OffsetDateTime::now_utc)
}

/// Returns the current time, such as `2026-01-31T09:41:07.123456Z`. Microseconds distinguish consecutive updates.
pub fn now() -> String {
    timestamp(time())
}

/// Formats a UTC time as ISO 8601.
pub fn timestamp(time: OffsetDateTime) -> String {
    // Formatting into memory with a constant format does not fail.
    time.to_offset(time::UtcOffset::UTC).format(TIMESTAMP).unwrap_or_default()
}

/// Formats a day as `YYYY-MM-DD`.
pub fn date(date: Date) -> String {
    date.format(DATE).unwrap_or_default()
}

/// Parses `YYYY-MM-DD`.
pub fn parse_date(text: &str) -> Option<Date> {
    Date::parse(text, DATE).ok()
}

/// Parses a UTC time with seconds, such as `2026-01-31T09:41:07Z`.
pub fn parse_timestamp(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok().filter(|_| text.ends_with('Z'))
}

/// Returns the last 30 completed UTC days as a range: their first day, and today.
pub fn activity_window() -> (Date, Date) {
    let today = time().date();
    (today - Duration::days(30), today)
}
