//! Activity: spend by day, for the last 30 completed UTC days.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Deserializer};

use super::timestamp::DAY;
use super::{Timestamp, Usd, WorkspaceId};

/// The spend on one model of one provider on one day, in US dollars.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ActivityDay {
    /// `YYYY-MM-DD`, UTC.
    pub date: String,
    pub usage: Usd,
    /// Spend through the organization's own provider keys (BYOK).
    pub byok_usage_inference: Option<Usd>,
}

/// The same, with the workspace that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct WorkspaceDay {
    /// `null` for spend of no workspace. A row without this field is of a list that is not grouped.
    #[serde(deserialize_with = "present")]
    pub workspace_id: Option<WorkspaceId>,
    pub date: String,
    pub usage: Usd,
    pub byok_usage_inference: Option<Usd>,
}

/// Reads a field that may be null, but not absent.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<WorkspaceId>, D::Error> {
    Option::deserialize(deserializer)
}

/// The days of each workspace, over all models. `None` where a sum has more digits than an amount can have.
pub fn days_by_workspace(rows: &[WorkspaceDay]) -> HashMap<WorkspaceId, Option<Vec<ActivityDay>>> {
    /// Credits and BYOK spend by date. `None` for a sum that is too large.
    type Days<'a> = BTreeMap<&'a str, Option<(Usd, Usd)>>;
    let mut sums: HashMap<&WorkspaceId, Days> = HashMap::new();
    for row in rows {
        let Some(workspace) = &row.workspace_id else { continue };
        // Some rows have a time after the date.
        let date = row.date.get(..10).unwrap_or(&row.date);
        let sum = sums.entry(workspace).or_default().entry(date).or_insert(Some((Usd::ZERO, Usd::ZERO)));
        let byok = row.byok_usage_inference.unwrap_or(Usd::ZERO);
        *sum = sum.and_then(|(credits, own)| Some((credits.checked_add(row.usage)?, own.checked_add(byok)?)));
    }
    let day = |(date, sum): (&str, Option<(Usd, Usd)>)| {
        let (usage, byok) = sum?;
        Some(ActivityDay { date: date.to_owned(), usage, byok_usage_inference: Some(byok) })
    };
    sums.into_iter().map(|(workspace, days)| (workspace.clone(), days.into_iter().map(day).collect())).collect()
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
    fn rows_of_all_workspaces_are_added_up_by_workspace_and_day() {
        let row = |workspace: &str, date: &str, usage: &str| {
            let json =
                format!(r#"{{"workspace_id":{workspace},"date":"{date}","usage":{usage},"byok_usage_inference":1}}"#);
            serde_json::from_str::<WorkspaceDay>(&json).unwrap()
        };
        let found = days_by_workspace(&[
            row(r#""a""#, "2026-11-02", "0.2"),
            row(r#""a""#, "2026-11-01", "1"),
            row(r#""b""#, "2026-11-01", "7"),
            row("null", "2026-11-01", "9"),
            row(r#""a""#, "2026-11-02 00:00:00", "0.1"),
            row(r#""c""#, "2026-11-01", "1e20"),
            row(r#""c""#, "2026-11-01", "1e-28"),
        ]);
        let text = |id: &str| {
            let days = found.get(&WorkspaceId::parse(id).unwrap()).cloned().flatten()?;
            let day = |day: &ActivityDay| {
                format!("{} {} {}", day.date, day.usage.plain(), day.byok_usage_inference.unwrap().plain())
            };
            Some(days.iter().map(day).collect::<Vec<_>>().join(", "))
        };
        assert_eq!(text("a").as_deref(), Some("2026-11-01 1 1, 2026-11-02 0.3 2"));
        assert_eq!((text("b").as_deref(), text("c"), found.len()), (Some("2026-11-01 7 1"), None, 3));
    }

    #[test]
    fn a_row_without_a_workspace_is_no_row_of_a_grouped_list() {
        let row = |id: &str| {
            serde_json::from_str::<WorkspaceDay>(&format!(
                r#"{{{id}"date":"2026-11-01","usage":1,"byok_usage_inference":null}}"#
            ))
        };
        assert!(row(r#""workspace_id":null,"#).is_ok() && row("").is_err());
    }

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
