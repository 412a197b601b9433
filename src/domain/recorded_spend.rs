//! Spend of a workspace by the API's own records: the completed days, and today.
//!
//! Unlike the sum over API keys, it has the spend that no key carries: chat, deleted keys, and keys that were moved away.

use super::activity::ActivityDay;
use super::{Interval, Spend, Timestamp, Usd};

/// Spend by the API’s records, in US dollars.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RecordedSpend {
    /// Paid with credits.
    pub credits: Usd,
    /// Through the organization's own provider keys (BYOK).
    pub byok: Usd,
}

impl RecordedSpend {
    /// Credits, and BYOK spend if it counts. `None` if the sum has more digits than an amount can have.
    pub fn total(self, counts_byok: bool) -> Option<Usd> {
        if counts_byok { self.credits.checked_add(self.byok) } else { Some(self.credits) }
    }

    /// The sum. `None` if it has more digits than an amount can have.
    pub fn plus(self, credits: Usd, byok: Usd) -> Option<Self> {
        Some(Self { credits: self.credits.checked_add(credits)?, byok: self.byok.checked_add(byok)? })
    }
}

/// The recorded spend of a workspace in each running interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpendRecords {
    /// In the order of [`Interval::ALL`]. `None` for a lifetime, which is longer than the records, and where a sum has more
    /// digits than an amount can have.
    sums: [Option<RecordedSpend>; 4],
    /// When the spend of the current day was read, in Unix seconds.
    pub at: i64,
}

impl SpendRecords {
    /// The completed days and `today`, which was read at `at` (Unix seconds). Days outside of an interval are left out of it.
    pub fn new(days: &[ActivityDay], today: RecordedSpend, at: i64) -> Self {
        Self { sums: Interval::ALL.map(|interval| recorded_within(interval, days, today, at)), at }
    }

    fn within(&self, interval: Interval, counts_byok: bool) -> Option<Usd> {
        self.sums[interval.index()]?.total(counts_byok)
    }
}

/// The spend of a workspace of this name. The records name a deleted workspace in another way, or by its ID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedSpend {
    /// Empty if the records have no name.
    pub name: String,
    pub spent: RecordedSpend,
}

/// What a figure of spend adds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpendSource {
    /// All that the API has recorded.
    Records,
    /// The API keys that there are, without those that were deleted, and without spend outside of keys.
    Keys,
}

/// Spend in a running interval, in US dollars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpendFigure {
    /// By the API's records where they are known, or else the sum over the API keys.
    pub spent: Usd,
    pub source: SpendSource,
    /// The sum over the API keys, if it differs from the records by more than 5%.
    pub by_keys: Option<Usd>,
}

impl SpendFigure {
    /// The figure of an interval: by the records where they are known, or else the sum over the keys.
    pub fn of(interval: Interval, keys: &Spend, records: Option<&SpendRecords>, counts_byok: bool) -> Self {
        let by_keys = keys.within(interval, counts_byok);
        match records.and_then(|records| records.within(interval, counts_byok)) {
            Some(spent) => {
                let (low, high) = (spent.min(by_keys), spent.max(by_keys));
                let differs = !low.reaches(95, high);
                Self { spent, source: SpendSource::Records, by_keys: differs.then_some(by_keys) }
            }
            None => Self { spent: by_keys, source: SpendSource::Keys, by_keys: None },
        }
    }
}

/// The recorded spend of a running interval at `now` (Unix seconds).
fn recorded_within(interval: Interval, days: &[ActivityDay], today: RecordedSpend, now: i64) -> Option<RecordedSpend> {
    let (start, _) = interval.running(now)?;
    // The records have 30 completed days, and no month has more before its last.
    let first = Timestamp::from_unix_seconds(start)?;
    let last = Timestamp::from_unix_seconds(now)?;
    // Some rows have a time after the date. Dates are in order as text.
    let is_within = |day: &&ActivityDay| {
        let date = day.date.get(..10).unwrap_or(&day.date);
        first.date() <= date && date < last.date()
    };
    let mut days = days.iter().filter(is_within);
    days.try_fold(today, |sum, day| sum.plus(day.usage, day.byok_usage_inference.unwrap_or(Usd::ZERO)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ApiKey;

    fn usd(text: &str) -> Usd {
        Usd::parse(text).unwrap()
    }

    fn figures(by_keys: &str, counts_byok: bool) -> [(String, Option<String>); 4] {
        let day = |date: &str, usage: &str| {
            let json = format!(r#"{{"date":"{date}","usage":{usage},"byok_usage_inference":100}}"#);
            serde_json::from_str::<ActivityDay>(&json).unwrap()
        };
        let days = [
            day("2026-10-31", "7"),
            day("2026-11-01", "10"),
            day("2026-11-15 00:00:00", "20"),
            day("2026-11-16", "40"),
            day("2026-11-17", "80"),
            // Of today, the query counts.
            day("2026-11-18", "999"),
        ];
        let json = format!(r#"{{"hash":"a","usage":{by_keys},"usage_monthly":{by_keys},"usage_weekly":{by_keys}}}"#);
        let keys = Spend::of([&serde_json::from_str::<ApiKey>(&json).unwrap()]).unwrap();
        let today = RecordedSpend { credits: usd("1"), byok: usd("2") };
        // A Wednesday.
        let now = Timestamp::new("2026-11-18T12:00:00Z").unix_seconds().unwrap();
        Interval::ALL.map(|interval| {
            let records = SpendRecords::new(&days, today, now);
            let SpendFigure { spent, source, by_keys } = SpendFigure::of(interval, &keys, Some(&records), counts_byok);
            let is_lifetime = interval == Interval::Lifetime;
            assert_eq!(source, if is_lifetime { SpendSource::Keys } else { SpendSource::Records });
            (spent.plain(), by_keys.map(Usd::plain))
        })
    }

    #[test]
    fn completed_days_of_the_interval_and_today_are_added_up() {
        let [lifetime, monthly, weekly, daily] = figures("151", false);
        assert_eq!(lifetime, ("151".to_owned(), None));
        assert_eq!(monthly, ("151".to_owned(), None));
        assert_eq!((weekly.0.as_str(), weekly.1.as_deref()), ("121", Some("151")));
        assert_eq!((daily.0.as_str(), daily.1.as_deref()), ("1", Some("0")));
        assert_eq!(figures("151", true).map(|it| it.0), ["151", "553", "323", "3"]);
    }

    #[test]
    fn a_difference_of_more_than_five_percent_is_told() {
        let monthly = |by_keys| figures(by_keys, false)[1].1.clone();
        assert_eq!((monthly("144"), monthly("143")), (None, Some("143".to_owned())));
        assert_eq!((monthly("158"), monthly("159")), (None, Some("159".to_owned())));
    }

    #[test]
    fn without_records_the_keys_count() {
        let keys = Spend::of([&serde_json::from_str::<ApiKey>(r#"{"hash":"a","usage_daily":5}"#).unwrap()]).unwrap();
        let figure = SpendFigure::of(Interval::Daily, &keys, None, false);
        assert_eq!((figure.spent.plain().as_str(), figure.source, figure.by_keys), ("5", SpendSource::Keys, None));
    }
}
