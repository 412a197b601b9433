//! What a limit comes to if spend goes on at the pace of its running interval.

use super::timestamp::DAY;
use super::{Interval, Timestamp, Usd};

/// There is no forecast in the first five hours of an interval: so little says nothing about the rest.
const LEAST: i64 = 5 * 3600;

/// How an interval ends at the present pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forecast {
    /// The limit is reached already.
    Reached,
    /// The limit will be reached at this time, in Unix seconds, before it resets.
    At(i64),
    /// So much will be spent when the limit resets, in US dollars.
    Within(Usd),
}

impl Forecast {
    /// The forecast at `now` (Unix seconds). `None` for a lifetime limit, which never resets, and in the first five hours of an
    /// interval, unless the limit is reached.
    pub fn of(interval: Interval, spent: Usd, limit: Usd, now: i64) -> Option<Self> {
        if spent >= limit {
            return Some(Self::Reached);
        }
        let (start, end) = interval.running(now)?;
        let elapsed = now - start;
        if elapsed < LEAST {
            return None;
        }
        let at = when_reached(start, elapsed, spent.ratio(limit)).filter(|at| *at < end);
        match at {
            Some(at) => Some(Self::At(at)),
            None => Some(Self::Within(by_reset(interval, spent, now)?)),
        }
    }

    /// When the limit is reached, in Unix seconds: 0 if it is reached already, and `None` if it is not before it resets.
    pub fn reached_at(self) -> Option<i64> {
        match self {
            Self::Reached => Some(0),
            Self::At(at) => Some(at),
            Self::Within(_) => None,
        }
    }
}

/// What is spent when the running interval ends, if spend goes on as it did up to `now` (Unix seconds). `None` for a lifetime,
/// and in the first five hours of an interval.
pub fn by_reset(interval: Interval, spent: Usd, now: i64) -> Option<Usd> {
    let (start, end) = interval.running(now)?;
    let elapsed = now - start;
    let minutes = |seconds: i64| u32::try_from(seconds / 60).ok();
    if elapsed < LEAST { None } else { spent.scaled(minutes(end - start)?, minutes(elapsed)?) }
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "an estimate, in seconds")]
fn when_reached(start: i64, elapsed: i64, share: f64) -> Option<i64> {
    (share > 0.0).then(|| start + (elapsed as f64 / share) as i64)
}

/// The day of a time (Unix seconds), as in `on Nov 23, 2026`, or `today` and the hour.
pub fn day_of(at: i64, now: i64) -> String {
    let Some(time) = Timestamp::from_unix_seconds(at) else { return String::new() };
    match at.div_euclid(DAY) == now.div_euclid(DAY) {
        true => format!("today at {} UTC", time.as_str().get(11..16).unwrap_or_default()),
        false => format!("on {}", time.date_text()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn usd(text: &str) -> Usd {
        Usd::parse(text).unwrap()
    }

    fn at(text: &str) -> i64 {
        Timestamp::new(text).unix_seconds().unwrap()
    }

    fn forecast(interval: Interval, spent: &str, limit: &str, now: &str) -> Option<Forecast> {
        Forecast::of(interval, usd(spent), usd(limit), at(now))
    }

    #[test]
    fn the_pace_of_the_running_interval_goes_on() {
        use Interval::{Daily, Lifetime, Monthly, Weekly};
        let ten_days = "2026-11-11T00:00:00Z";
        // $10 a day.
        assert_eq!(forecast(Monthly, "100", "200", ten_days), Some(Forecast::At(at("2026-11-21T00:00:00Z"))));
        assert_eq!(forecast(Monthly, "100", "301", ten_days), Some(Forecast::Within(usd("300"))));
        assert_eq!(forecast(Monthly, "100", "300", ten_days), Some(Forecast::Within(usd("300"))));
        assert_eq!(forecast(Monthly, "0", "300", ten_days), Some(Forecast::Within(Usd::ZERO)));
        assert_eq!(forecast(Monthly, "300", "300", ten_days), Some(Forecast::Reached));
        // Wednesday morning: two days of seven, $50 a day.
        assert_eq!(forecast(Weekly, "100", "200", ten_days), Some(Forecast::At(at("2026-11-13T00:00:00Z"))));
        assert_eq!(forecast(Daily, "6", "24", "2026-11-11T06:00:00Z"), Some(Forecast::Within(usd("24"))));
        assert_eq!(forecast(Lifetime, "6", "24", ten_days), None);
        assert_eq!(forecast(Lifetime, "24", "24", ten_days), Some(Forecast::Reached));
    }

    #[test]
    fn the_first_five_hours_say_nothing() {
        assert_eq!(forecast(Interval::Monthly, "99", "100", "2026-11-01T04:59:59Z"), None);
        assert_eq!(
            forecast(Interval::Monthly, "99", "100", "2026-11-01T05:00:00Z"),
            Some(Forecast::At(at("2026-11-01T05:03:01Z")))
        );
        assert_eq!(forecast(Interval::Daily, "100", "100", "2026-11-01T00:00:01Z"), Some(Forecast::Reached));
    }

    #[test]
    fn a_day_is_named_by_its_date_or_today() {
        let now = at("2026-11-11T06:00:00Z");
        assert_eq!(day_of(at("2026-11-11T17:40:59Z"), now), "today at 17:40 UTC");
        assert_eq!(day_of(at("2026-11-12T00:00:00Z"), now), "on Nov 12, 2026");
    }

    proptest! {
        #[test]
        fn more_spend_never_reaches_the_limit_later(
            now in 0i64..4_000_000_000, less in 0u32..100_000, more in 0u32..100_000, limit in 1u32..100_000,
        ) {
            let cents = |amount: u32| usd(&format!("{amount}e-2"));
            for interval in Interval::ALL {
                let of = |spent| Forecast::of(interval, cents(spent), cents(limit), now);
                let (less, more) = (less.min(more), less.max(more));
                let reached = |it: Option<Forecast>| it.and_then(Forecast::reached_at).unwrap_or(i64::MAX);
                prop_assert!(reached(of(more)) <= reached(of(less)));
                if let Some(Forecast::At(at)) = of(less) {
                    prop_assert!(at >= now && Some(at) < interval.next_reset(now));
                }
            }
        }
    }
}
