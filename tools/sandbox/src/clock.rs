//! Times as the API writes them.
//!
//! Invariant: every time has the same width and is in UTC, so that texts sort as times do.

use time::{Date, Duration, OffsetDateTime, format_description::BorrowedFormatItem, macros::format_description};

const TIMESTAMP: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:6]Z");
const DATE: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");

/// Now, such as `2026-01-31T09:41:07.123456Z`. Microseconds tell two updates in a row apart.
pub fn now() -> String {
    timestamp(OffsetDateTime::now_utc())
}

/// A time in UTC as ISO 8601 text.
pub fn timestamp(time: OffsetDateTime) -> String {
    // Formatting into memory with a fixed format does not fail.
    time.to_offset(time::UtcOffset::UTC).format(TIMESTAMP).unwrap_or_default()
}

/// A day as `YYYY-MM-DD`.
pub fn date(date: Date) -> String {
    date.format(DATE).unwrap_or_default()
}

/// Reads `YYYY-MM-DD`.
pub fn parse_date(text: &str) -> Option<Date> {
    Date::parse(text, DATE).ok()
}

/// The last 30 completed UTC days: the first of them, and the day after the last, which is today.
pub fn activity_window() -> (Date, Date) {
    let today = OffsetDateTime::now_utc().date();
    (today - Duration::days(30), today)
}
