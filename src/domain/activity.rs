//! Activity: spend by day, for the last 30 completed UTC days.

use serde::Deserialize;

use super::timestamp::DAY;
use super::{Timestamp, Usd};

/// The spend on one model of one provider on one day, in US dollars.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ActivityDay {
    /// `YYYY-MM-DD`, UTC.
    pub date: String,
    pub usage: Usd,
    /// Spend through the organization's own provider keys (BYOK).
    pub byok_usage_inference: Option<Usd>,
}

/// Spend of one day, over all models, in US dollars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DailySpend {
    /// `YYYY-MM-DD`, UTC.
    pub date: String,
    pub spent: Usd,
}

/// The number of completed days that the API returns.
pub const DAYS: i64 = 30;

/// Spend on each of the last 30 completed UTC days before `now` (Unix seconds), oldest first. A day without a row has no
/// spend. `None` if a sum has more digits than an amount can have.
pub fn daily_spend(rows: &[ActivityDay], now: i64, counts_byok: bool) -> Option<Vec<DailySpend>> {
    let today = now.div_euclid(DAY);
    let day = |number: i64| {
        let date = Timestamp::from_unix_seconds(number * DAY)?.date().to_owned();
        // Some rows have a time after the date.
        let of_day = rows.iter().filter(|row| row.date.starts_with(&date));
        let amounts = of_day.flat_map(|row| [Some(row.usage), row.byok_usage_inference.filter(|_| counts_byok)]);
        let spent = amounts.flatten().try_fold(Usd::ZERO, Usd::checked_add)?;
        Some(DailySpend { date, spent })
    };
    (today - DAYS..today).map(day).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_are_the_completed_ones_and_sums_are_over_all_models() {
        let row = |date: &str, usage: &str, byok: &str| {
            let json = format!(r#"{{"date":"{date}","usage":{usage},"byok_usage_inference":{byok}}}"#);
            serde_json::from_str::<ActivityDay>(&json).unwrap()
        };
        let rows = [
            row("2028-02-29", "0.1", "1"),
            row("2028-02-29 00:00:00", "0.2", "null"),
            row("2028-03-01", "9", "0"),
            row("2028-01-31", "5", "0"),
            row("2028-01-30", "7", "0"),
        ];
        let now = Timestamp::new("2028-03-01T00:00:00Z").unix_seconds().unwrap();
        let days = daily_spend(&rows, now, false).unwrap();
        assert_eq!((days.len(), days[0].date.as_str(), days[29].date.as_str()), (30, "2028-01-31", "2028-02-29"));
        assert_eq!(
            (days[0].spent.plain(), days[1].spent.plain(), days[29].spent.plain()),
            ("5".into(), "0".into(), "0.3".into())
        );
        assert_eq!(daily_spend(&rows, now, true).unwrap()[29].spent.plain(), "1.3");
    }
}
