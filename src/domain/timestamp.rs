//! Points in time as the API sends them: ISO 8601 in UTC. A text that is not a time is kept and shown as received.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::{Rfc2822, Rfc3339};

/// A point in time that the API sent. The order is that of the text, since ISO 8601 in UTC sorts by time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Timestamp(Arc<str>);

impl From<String> for Timestamp {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<Timestamp> for String {
    fn from(at: Timestamp) -> Self {
        at.as_str().to_owned()
    }
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;

impl Timestamp {
    /// The text as received.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `YYYY-MM-DD`, or the text as received if it is shorter.
    pub fn date(&self) -> &str {
        self.0.get(..10).unwrap_or(&self.0)
    }

    /// The date in UTC, such as `Feb 11, 2025`, or the text as received if it is not a time.
    pub fn date_text(&self) -> String {
        self.calendar_date().map_or_else(|| self.0.to_string(), |(year, month, day)| format!("{month} {day}, {year}"))
    }

    /// Year, month by its short name, and day in UTC.
    fn calendar_date(&self) -> Option<(i32, &'static str, u8)> {
        let at = OffsetDateTime::from_unix_timestamp(self.unix_seconds()?).ok()?;
        let (year, month, day) = at.to_calendar_date();
        Some((year, MONTHS[usize::from(u8::from(month)) - 1], day))
    }

    /// The time `at`, in Unix seconds. `None` outside of the years 0 to 9999.
    pub fn from_unix_seconds(at: i64) -> Option<Self> {
        formatted(at, "T", "Z").map(Self::from)
    }

    /// The last second of a day in UTC, given as `YYYY-MM-DD`. `None` if the text is not a date.
    pub fn end_of_day(date: &str) -> Option<Self> {
        let end = Self::from(format!("{}T23:59:59Z", date.trim()));
        end.unix_seconds().map(|_| end)
    }

    /// Seconds since 1970-01-01T00:00:00Z. `None` if the text is not a time.
    pub fn unix_seconds(&self) -> Option<i64> {
        OffsetDateTime::parse(&self.0, &Rfc3339).ok().map(OffsetDateTime::unix_timestamp)
    }

    /// `2026-11-24 09:05:07 UTC`, or the text as received if it is not a time.
    pub fn exact(&self) -> String {
        let text = self.unix_seconds().and_then(|at| formatted(at, " ", " UTC"));
        text.unwrap_or_else(|| self.0.to_string())
    }

    /// How long before `now` (Unix seconds) this was, such as “3 days ago”. The date if that is more than 7 days.
    pub fn relative(&self, now: i64) -> String {
        let Some(at) = self.unix_seconds() else { return self.0.to_string() };
        let ago = now - at;
        let (count, unit) = match ago {
            // A server's clock may be slightly ahead of the browser's.
            -60..MINUTE => return "just now".to_owned(),
            MINUTE..HOUR => (ago / MINUTE, "minute"),
            HOUR..DAY => (ago / HOUR, "hour"),
            _ if (DAY..8 * DAY).contains(&ago) => (ago / DAY, "day"),
            _ => return self.date_text(),
        };
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {unit}{plural} ago")
    }
}

/// A day given as `YYYY-MM-DD`, such as `Nov 5`. Another text stays as it is.
pub fn month_and_day(date: &str) -> String {
    let parts = Timestamp::end_of_day(date).and_then(|end| end.calendar_date());
    parts.map_or_else(|| date.to_owned(), |(_, month, day)| format!("{month} {day}"))
}

/// The Unix seconds of an HTTP date, such as `Tue, 24 Nov 2026 09:05:07 GMT`.
pub(crate) fn http_date(text: &str) -> Option<i64> {
    OffsetDateTime::parse(text, &Rfc2822).ok().map(OffsetDateTime::unix_timestamp)
}

/// Date and time of `at`, in Unix seconds. `None` outside of the years 0 to 9999.
fn formatted(at: i64, between: &str, zone: &str) -> Option<String> {
    let at = OffsetDateTime::from_unix_timestamp(at).ok()?;
    let (year, month, day) = at.to_calendar_date();
    let (hour, minute, second) = at.to_hms();
    // By hand, because the crate's formats would add 15 kB to the wasm.
    let month = u8::from(month);
    (0..=9999)
        .contains(&year)
        .then(|| format!("{year:04}-{month:02}-{day:02}{between}{hour:02}:{minute:02}:{second:02}{zone}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    impl Timestamp {
        /// Keeps any text.
        pub(crate) fn new(text: impl Into<String>) -> Self {
            Self::from(text.into())
        }
    }

    #[test]
    fn days_are_named_by_their_month() {
        let texts = ["2026-11-05", "2026-01-31", "2026-13-05", "2026-00-05", "2026-11", "soon"].map(month_and_day);
        assert_eq!(texts, ["Nov 5", "Jan 31", "2026-13-05", "2026-00-05", "2026-11", "soon"]);
    }

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
        assert_eq!(after(8 * DAY - 1), "7 days ago");
        assert_eq!(after(8 * DAY), "Nov 24, 2026");
        assert_eq!(after(400 * DAY), "Nov 24, 2026");
        assert_eq!(after(-2 * DAY), "Nov 24, 2026");
    }

    #[test]
    fn dates_are_in_utc() {
        let date = |text: &str| Timestamp::new(text).date_text();
        assert_eq!(date("2025-02-11T09:05:07Z"), "Feb 11, 2025");
        assert_eq!(date("2026-01-01T01:00:00+02:00"), "Dec 31, 2025");
        assert_eq!(date("yesterday"), "yesterday");
    }

    #[test]
    fn exact_times_are_in_utc_and_unreadable_ones_stay_as_they_came() {
        assert_eq!(Timestamp::new("2026-11-24T12:00:00+02:00").exact(), "2026-11-24 10:00:00 UTC");
        assert_eq!(Timestamp::new("yesterday").exact(), "yesterday");
        assert_eq!(Timestamp::new("yesterday").relative(0), "yesterday");
        assert_eq!(Timestamp::new("é").relative(0), "é");
    }

    #[test]
    fn what_is_no_time_is_not_read_as_one() {
        let seconds = |text: &str| Timestamp::new(text).unix_seconds();
        assert_eq!(seconds("1970-01-02T00:00:01.999Z"), Some(DAY + 1));
        // A leap second is the second before it.
        assert_eq!(seconds("2024-02-29T23:59:60z"), Some(1_709_251_199));
        assert_eq!(seconds("1969-12-31T23:00:00-01:00"), Some(0));
        for text in [
            "",
            "2026-11-24",
            "2026-13-01T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-11-24T24:00:00Z",
            "2026-11-24T1:00:00Z",
            "2026-11-24T01:00:00",
            "2026-11-24T01:00:00+2",
            "2026-11-24T01:00:00Zé",
            "+026-11-24T01:00:00Z",
        ] {
            assert_eq!(seconds(text), None, "{text}");
        }
        assert_eq!(Timestamp::from_unix_seconds(DAY + 1), Some(Timestamp::new("1970-01-02T00:00:01Z")));
    }

    #[test]
    fn a_date_ends_with_its_last_second() {
        assert_eq!(Timestamp::end_of_day(" 2027-02-28 "), Some(Timestamp::new("2027-02-28T23:59:59Z")));
        assert_eq!(["2027-02-29", "28.02.2027", ""].map(Timestamp::end_of_day), [None, None, None]);
    }

    #[test]
    fn the_date_of_an_answer_is_read() {
        assert_eq!(http_date("Fri, 02 Jan 1970 00:00:01 GMT"), Some(DAY + 1));
        assert_eq!(http_date("Friday, 02-Jan-70 00:00:01 GMT"), None);
        assert_eq!(http_date("soon"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_a_time_or_shown_as_it_came(
            text in prop_oneof![
                any::<String>(),
                "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{0,9})?(Z|[+-][0-9]{2}:[0-9]{2}|é)?",
            ],
            now in -300_000_000_000i64..300_000_000_000,
        ) {
            let at = Timestamp::new(text.clone());
            prop_assert_eq!(text.is_empty(), at.relative(now).is_empty());
            match at.unix_seconds() {
                None => prop_assert_eq!(at.exact(), text),
                Some(seconds) => {
                    if let Some(again) = Timestamp::from_unix_seconds(seconds) {
                        prop_assert_eq!(again.unix_seconds(), Some(seconds));
                    }
                }
            }
        }

        #[test]
        fn any_date_of_an_answer_is_read_or_left(
            text in prop_oneof![
                any::<String>(),
                "[A-Z][a-z]{2}, [-+]?[0-9]{1,3} (Jan|Feb|Dec|Okt) [-+]?[0-9]{1,11} [0-9]{1,3}:[0-9]{2}:[0-9]{2} GMT",
            ]
        ) {
            let _ = http_date(&text);
        }
    }
}
