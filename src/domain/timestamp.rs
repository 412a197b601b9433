//! Points in time, as the API sends them (ISO 8601, UTC).
//!
//! Invariant: what cannot be read as a time is kept and shown as it came; it never breaks a row.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

/// A point in time that the API sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(String);

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

impl Timestamp {
    /// Keeps any text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text as it came: ISO 8601 in UTC sorts by time, which a table uses.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn parsed(&self) -> Option<OffsetDateTime> {
        OffsetDateTime::parse(&self.0, &Rfc3339).ok()
    }

    /// Seconds since 1970-01-01T00:00:00Z; `None` where the text is no time.
    pub fn unix_seconds(&self) -> Option<i64> {
        self.parsed().map(OffsetDateTime::unix_timestamp)
    }

    /// `2026-11-24 09:05:07 UTC`, or the text as it came.
    pub fn exact(&self) -> String {
        let format = format_description!("[year]-[month]-[day] [hour]:[minute]:[second] UTC");
        self.parsed()
            .and_then(|at| at.to_offset(time::UtcOffset::UTC).format(format).ok())
            .unwrap_or_else(|| self.0.clone())
    }

    /// How long ago, in words (“3 days ago”), seen from `now` in Unix seconds; from a year on, the date.
    pub fn relative(&self, now: i64) -> String {
        let Some(at) = self.unix_seconds() else { return self.0.clone() };
        let ago = now - at;
        let (count, unit) = match ago {
            // A server's clock may run a little ahead of the reader's.
            -60..MINUTE => return "just now".to_owned(),
            MINUTE..HOUR => (ago / MINUTE, "minute"),
            HOUR..DAY => (ago / HOUR, "hour"),
            _ if (DAY..30 * DAY).contains(&ago) => (ago / DAY, "day"),
            _ if (30 * DAY..365 * DAY).contains(&ago) => (ago / (30 * DAY), "month"),
            _ => return self.0.get(..10).unwrap_or(&self.0).to_owned(),
        };
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {unit}{plural} ago")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_times_read_as_people_say_them() {
        let at = Timestamp::new("2026-11-24T12:00:00.000Z");
        let now = at.unix_seconds().unwrap_or_default();
        let after = |seconds| at.relative(now + seconds);
        assert_eq!(after(-30), "just now");
        assert_eq!(after(59), "just now");
        assert_eq!(after(60), "1 minute ago");
        assert_eq!(after(2 * HOUR), "2 hours ago");
        assert_eq!(after(DAY), "1 day ago");
        assert_eq!(after(29 * DAY), "29 days ago");
        assert_eq!(after(65 * DAY), "2 months ago");
        assert_eq!(after(400 * DAY), "2026-11-24");
        assert_eq!(after(-2 * DAY), "2026-11-24");
    }

    #[test]
    fn exact_times_are_in_utc_and_unreadable_ones_stay_as_they_came() {
        assert_eq!(Timestamp::new("2026-11-24T12:00:00+02:00").exact(), "2026-11-24 10:00:00 UTC");
        assert_eq!(Timestamp::new("yesterday").exact(), "yesterday");
        assert_eq!(Timestamp::new("yesterday").relative(0), "yesterday");
        assert_eq!(Timestamp::new("é").relative(0), "é");
    }
}
