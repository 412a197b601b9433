//! When spend against a limit is reset (rule 3): at midnight UTC each day, on Monday, on the 1st, or never.
//!
//! Invariant: the instant of a reset belongs to the window that begins with it.

use time::{Date, Month, OffsetDateTime};

use super::Interval;
use crate::domain::timestamp::DAY;

impl Interval {
    /// When the window that contains `now` ends, both in Unix seconds. `None` for a lifetime.
    pub fn next_reset(self, now: i64) -> Option<i64> {
        let today = now.div_euclid(DAY);
        // The epoch was a Thursday, three days after a Monday.
        let since_monday = (today + 3).rem_euclid(7);
        match self {
            Self::Lifetime => None,
            Self::Monthly => first_of_next_month(now),
            Self::Weekly => Some((today - since_monday + 7) * DAY),
            Self::Daily => Some((today + 1) * DAY),
        }
    }

    /// When the window that contains `now` began and when it ends, in Unix seconds. `None` for a lifetime.
    pub fn running(self, now: i64) -> Option<(i64, i64)> {
        let end = self.next_reset(now)?;
        let start = match self {
            Self::Lifetime => return None,
            Self::Monthly => {
                let day = OffsetDateTime::from_unix_timestamp(now).ok()?.day();
                (now.div_euclid(DAY) - i64::from(day) + 1) * DAY
            }
            Self::Weekly => end - 7 * DAY,
            Self::Daily => end - DAY,
        };
        Some((start, end))
    }

    /// The rule as a sentence.
    pub fn reset_rule(self) -> &'static str {
        match self {
            Self::Lifetime => "Never resets",
            Self::Monthly => "Resets on the 1st of each month, 00:00 UTC",
            Self::Weekly => "Resets each Monday, 00:00 UTC",
            Self::Daily => "Resets each day, 00:00 UTC",
        }
    }
}

fn first_of_next_month(now: i64) -> Option<i64> {
    let at = OffsetDateTime::from_unix_timestamp(now).ok()?;
    let month = at.month().next();
    let year = if month == Month::January { at.year() + 1 } else { at.year() };
    let first = Date::from_calendar_date(year, month, 1).ok()?;
    Some(i64::from(first.to_julian_day() - OffsetDateTime::UNIX_EPOCH.to_julian_day()) * DAY)
}

/// A duration in its two largest units, in whole minutes, rounded up: `2 days 4 h`, `3 h 20 min`, `5 min`.
pub fn format_duration(seconds: i64) -> String {
    let minutes = (seconds.max(0) + 59) / 60;
    let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let days_unit = if days == 1 { "day" } else { "days" };
    match (days, hours, minutes) {
        (0, 0, 0 | 1) => "1 min".to_owned(),
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, 0) => format!("{hours} h"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (days, 0, _) => format!("{days} {days_unit}"),
        (days, hours, _) => format!("{days} {days_unit} {hours} h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Timestamp;
    use proptest::prelude::*;

    fn next(interval: Interval, now: &str) -> Option<String> {
        let now = Timestamp::new(now).unix_seconds().unwrap();
        interval.next_reset(now).and_then(Timestamp::from_unix_seconds).map(|at| at.as_str().to_owned())
    }

    #[test]
    fn resets_are_at_midnight_utc() {
        let table = [
            // Sunday to Monday.
            (Interval::Weekly, "2026-11-22T23:59:00Z", "2026-11-23T00:00:00Z"),
            (Interval::Weekly, "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z"),
            (Interval::Weekly, "2026-11-23T00:01:00Z", "2026-11-30T00:00:00Z"),
            (Interval::Daily, "2026-11-22T23:59:59Z", "2026-11-23T00:00:00Z"),
            (Interval::Daily, "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z"),
            // Ends of months, with and without a leap day, and of a year.
            (Interval::Monthly, "2026-11-30T23:59:59Z", "2026-12-01T00:00:00Z"),
            (Interval::Monthly, "2026-12-31T12:00:00Z", "2027-01-01T00:00:00Z"),
            (Interval::Monthly, "2027-01-31T23:59:59Z", "2027-02-01T00:00:00Z"),
            (Interval::Monthly, "2027-02-28T23:59:59Z", "2027-03-01T00:00:00Z"),
            (Interval::Monthly, "2028-02-28T23:59:59Z", "2028-03-01T00:00:00Z"),
            (Interval::Daily, "2028-02-28T23:59:59Z", "2028-02-29T00:00:00Z"),
            (Interval::Monthly, "2028-02-29T00:00:00Z", "2028-03-01T00:00:00Z"),
            (Interval::Daily, "2028-02-29T12:00:00Z", "2028-03-01T00:00:00Z"),
            (Interval::Daily, "1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z"),
            (Interval::Weekly, "1969-12-28T23:59:59Z", "1969-12-29T00:00:00Z"),
        ];
        for (interval, now, expected) in table {
            assert_eq!(next(interval, now).as_deref(), Some(expected), "{interval:?} {now}");
        }
        assert_eq!(next(Interval::Lifetime, "2026-11-22T23:59:00Z"), None);
    }

    #[test]
    fn a_duration_is_shown_in_its_two_largest_units() {
        let table = [
            (-5, "1 min"),
            (59, "1 min"),
            (61, "2 min"),
            (3600, "1 h"),
            (12_000, "3 h 20 min"),
            (DAY, "1 day"),
            (2 * DAY + 4 * 3600 + 60, "2 days 4 h"),
        ];
        for (seconds, words) in table {
            assert_eq!(format_duration(seconds), words);
        }
    }

    proptest! {
        #[test]
        fn a_reset_lies_ahead_within_its_interval(now in -2_000_000_000i64..8_000_000_000) {
            let most = [(Interval::Daily, 1), (Interval::Weekly, 7), (Interval::Monthly, 31)];
            for (interval, days) in most {
                let at = interval.next_reset(now).unwrap();
                prop_assert!(at > now && at - now <= days * DAY && at % DAY == 0);
                let (start, end) = interval.running(now).unwrap();
                prop_assert!(start <= now && end == at);
                prop_assert_eq!(interval.next_reset(start - 1), Some(start));
                // Just before the reset the window is the same. A new one begins with it.
                prop_assert_eq!(interval.next_reset(at - 1), Some(at));
                prop_assert!(interval.next_reset(at) > Some(at));
            }
        }
    }
}
