//! Points in time, as the API sends them (ISO 8601, UTC).
//!
//! Invariant: what cannot be read as a time is kept and shown as it came; it never breaks a row.

use serde::{Deserialize, Serialize};
use time::{Date, Month, OffsetDateTime};

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

    /// A moment, in Unix seconds.
    pub fn from_unix_seconds(at: i64) -> Option<Self> {
        parts(at).map(|[date, time]| Self(format!("{date}T{time}Z")))
    }

    /// Seconds since 1970-01-01T00:00:00Z; `None` where the text is no time.
    pub fn unix_seconds(&self) -> Option<i64> {
        let (day, rest) = self.0.split_at_checked(10)?;
        let clock = rest.strip_prefix(['T', 't', ' '])?;
        let (time, rest) = clock.split_at_checked(8)?;
        let zone = match rest.strip_prefix('.') {
            Some(fraction) => fraction.trim_start_matches(|it: char| it.is_ascii_digit()),
            None => rest,
        };
        let [year, month, day] = numbers(day, '-')?;
        Some(seconds(year, month, day, time)? - offset(zone)?)
    }

    /// `2026-11-24 09:05:07 UTC`, or the text as it came.
    pub fn exact(&self) -> String {
        let parts = self.unix_seconds().and_then(parts);
        parts.map_or_else(|| self.0.clone(), |[date, time]| format!("{date} {time} UTC"))
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

/// The Unix seconds of an HTTP date, such as `Tue, 24 Nov 2026 09:05:07 GMT` (RFC 9110; not its obsolete forms).
pub fn http_date(text: &str) -> Option<i64> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let words: Vec<&str> = text.split(' ').collect();
    let [_, day, month, year, time, "GMT"] = words[..] else { return None };
    let month = (1..).zip(MONTHS).find_map(|(number, name)| (name == month).then_some(number))?;
    seconds(year.parse().ok()?, month, day.parse().ok()?, time)
}

/// Date and time of day, in UTC.
fn parts(at: i64) -> Option<[String; 2]> {
    let at = OffsetDateTime::from_unix_timestamp(at).ok()?;
    let date = format!("{:04}-{:02}-{:02}", at.year(), u8::from(at.month()), at.day());
    Some([date, format!("{:02}:{:02}:{:02}", at.hour(), at.minute(), at.second())])
}

/// The Unix seconds of a date and an `hh:mm:ss`, both in UTC.
fn seconds(year: i32, month: i32, day: i32, time: &str) -> Option<i64> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = Date::from_calendar_date(year, month, u8::try_from(day).ok()?).ok()?;
    let [hour, minute, second] = numbers(time, ':')?;
    // A minute may have a leap second.
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let days = i64::from(date.to_julian_day() - OffsetDateTime::UNIX_EPOCH.to_julian_day());
    Some(days * DAY + i64::from(hour) * HOUR + i64::from(minute) * MINUTE + i64::from(second))
}

/// Seconds east of UTC: `Z`, `+02:00`.
fn offset(zone: &str) -> Option<i64> {
    let sign = match zone.get(..1)? {
        "Z" | "z" if zone.len() == 1 => return Some(0),
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let [hours, minutes] = numbers(&zone[1..], ':')?;
    (hours < 24 && minutes < 60).then(|| sign * (i64::from(hours) * HOUR + i64::from(minutes) * MINUTE))
}

/// Numbers of digits alone, each of two or more, between separators.
fn numbers<const N: usize>(text: &str, separator: char) -> Option<[i32; N]> {
    let number = |part: &str| {
        let is_number = part.len() >= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse().ok()).flatten()
    };
    let numbers: Option<Vec<i32>> = text.split(separator).map(number).collect();
    numbers?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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

    #[test]
    fn what_is_no_time_is_not_read_as_one() {
        let seconds = |text: &str| Timestamp::new(text).unix_seconds();
        assert_eq!(seconds("1970-01-02T00:00:01.999Z"), Some(DAY + 1));
        assert_eq!(seconds("2024-02-29T23:59:60z"), Some(1_709_251_200));
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
