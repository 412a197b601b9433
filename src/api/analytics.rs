//! Analytics: spend by the API's own records. They also have the spend that no API key carries.
//!
//! Queries are rationed: 64 a minute. A view asks for what is in sight, or for all workspaces in one query.
//! A truncated answer is an error, because the sum would be too low.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use super::request::Request;
use super::{ApiError, Client, Operation};
use crate::domain::activity::DAYS;
use crate::domain::analytics::{BY_WORKSPACE, SPEND_METRICS};
use crate::domain::timestamp::DAY;
use crate::domain::{AnalyticsMeta, NamedDay, NamedSpend, RecordedSpend, SpendBy, Timestamp, Usd, WorkspaceId};

/// What the account can ask for. `GET /analytics/meta`: 401, 403, 500.
pub(crate) async fn meta(client: &Client) -> Result<AnalyticsMeta, ApiError> {
    client.get(Request::new(Operation::GetAnalyticsMeta, &["analytics", "meta"])).await
}

/// A workspace's spend since midnight UTC, at `now` (Unix seconds). `POST /analytics/query`: 400, 401, 403, 408, 429, 500.
pub(crate) async fn today(client: &Client, workspace: &WorkspaceId, now: i64) -> Result<RecordedSpend, ApiError> {
    let query = Query {
        metrics: SPEND_METRICS,
        filters: &[Filter::of(workspace)],
        time_range: TimeRange::until(now, now.div_euclid(DAY) * DAY),
        ..Query::default()
    };
    let rows = run(client, &query).await?;
    let total = rows.iter().try_fold(RecordedSpend::default(), |sum, row| sum.plus(row.credits_usage, row.byok_usage));
    total.ok_or_else(|| ApiError::Decode {
        operation: Operation::QueryAnalytics,
        path: "data.data".to_owned(),
        detail: "the sum has more digits than an amount can have".to_owned(),
    })
}

/// The spend of all workspaces from `start` until `now` (both in Unix seconds), in one query. The rows have the names of
/// workspaces, not their IDs. `POST /analytics/query`: as above.
pub(crate) async fn by_workspace(client: &Client, start: i64, now: i64) -> Result<Vec<NamedSpend>, ApiError> {
    let query = Query {
        metrics: SPEND_METRICS,
        dimensions: &[BY_WORKSPACE],
        time_range: TimeRange::until(now, start),
        limit: Some(MOST_ROWS),
        ..Query::default()
    };
    let rows = run(client, &query).await?.into_iter();
    let named = |row: Row| NamedSpend { spent: row.spent(), name: row.workspace.unwrap_or_default() };
    Ok(rows.map(named).collect())
}

/// The spend of a workspace on the last 30 completed UTC days and on the current one until `now` (Unix seconds), in one query.
/// The rows have names of keys or people. `POST /analytics/query`: as above.
pub(crate) async fn by_day(
    client: &Client,
    workspace: &WorkspaceId,
    by: SpendBy,
    now: i64,
) -> Result<Vec<NamedDay>, ApiError> {
    let query = Query {
        metrics: SPEND_METRICS,
        dimensions: &[by.dimension()],
        filters: &[Filter::of(workspace)],
        granularity: Some("day"),
        time_range: TimeRange::until(now, (now.div_euclid(DAY) - DAYS) * DAY),
        limit: Some(MOST_ROWS),
    };
    let rows = run(client, &query).await?.into_iter().enumerate();
    let named = |(index, row): (usize, Row)| {
        let spent = row.spent();
        let name = match by {
            SpendBy::Key => row.api_key_id,
            SpendBy::Person => row.user,
        };
        // Some dates have a time.
        let date = row.date__day.as_deref().and_then(|date| date.get(..10)).map(str::to_owned);
        let date = date.ok_or_else(|| ApiError::Decode {
            operation: Operation::QueryAnalytics,
            path: format!("data.data[{index}].date__day"),
            detail: "expected a date".to_owned(),
        })?;
        Ok(NamedDay { date, name: name.unwrap_or_default(), spent })
    };
    rows.map(named).collect()
}

async fn run(client: &Client, query: &Query<'_>) -> Result<Vec<Row>, ApiError> {
    let operation = Operation::QueryAnalytics;
    let request = Request::new(operation, &["analytics", "query"]).json(query)?;
    let Found { data, metadata } = client.get(request).await?;
    if metadata.truncated {
        let detail = "the API left out rows".to_owned();
        return Err(ApiError::Decode { operation, path: "data.metadata.truncated".to_owned(), detail });
    }
    Ok(data)
}

/// The most rows that the API returns.
const MOST_ROWS: u32 = 10_000;

#[derive(Serialize, Default)]
struct Query<'a> {
    metrics: [&'a str; 2],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    dimensions: &'a [&'a str],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    filters: &'a [Filter<'a>],
    #[serde(skip_serializing_if = "Option::is_none")]
    granularity: Option<&'a str>,
    time_range: TimeRange,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u32>,
}

#[derive(Serialize)]
struct Filter<'a> {
    field: &'a str,
    operator: &'a str,
    value: &'a str,
}

impl<'a> Filter<'a> {
    /// Filters take IDs, though rows have names.
    fn of(workspace: &'a WorkspaceId) -> Self {
        Self { field: "workspace", operator: "eq", value: workspace.as_str() }
    }
}

#[derive(Serialize, Default)]
struct TimeRange {
    start: String,
    end: String,
}

impl TimeRange {
    /// From `start` until `now`, both in Unix seconds. The API refuses an empty range, such as at midnight.
    fn until(now: i64, start: i64) -> Self {
        let time = |at| Timestamp::from_unix_seconds(at).map(|at| at.as_str().to_owned()).unwrap_or_default();
        Self { start: time(start), end: time(now + 1) }
    }
}

#[derive(Deserialize)]
struct Found {
    data: Vec<Row>,
    metadata: Metadata,
}

#[derive(Deserialize)]
#[expect(non_snake_case, reason = "the API calls it so")]
struct Row {
    /// A dimension is only there if it was asked for.
    #[serde(default)]
    workspace: Option<String>,
    #[serde(default)]
    api_key_id: Option<String>,
    #[serde(default)]
    user: Option<String>,
    /// The day, only in queries by day.
    #[serde(default)]
    date__day: Option<String>,
    #[serde(deserialize_with = "amount")]
    credits_usage: Usd,
    #[serde(deserialize_with = "amount")]
    byok_usage: Usd,
}

impl Row {
    fn spent(&self) -> RecordedSpend {
        RecordedSpend { credits: self.credits_usage, byok: self.byok_usage }
    }
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(default)]
    truncated: bool,
}

/// An amount as a number or as text, which the API has for large ones.
fn amount<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Usd, D::Error> {
    let text = <&RawValue>::deserialize(deserializer)?.get();
    let number = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    serde_json::from_str(number).map_err(|_| D::Error::custom(format_args!("expected an amount, found {text:.40}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Option<(String, String)> {
        let row: Row = serde_json::from_str(text).ok()?;
        Some((row.credits_usage.plain(), row.byok_usage.plain()))
    }

    #[test]
    fn a_query_names_only_what_it_asks_for() {
        let filters = [Filter { field: "workspace", operator: "eq", value: "w" }];
        let query = Query {
            metrics: SPEND_METRICS,
            filters: &filters,
            time_range: TimeRange::until(60, 0),
            ..Query::default()
        };
        assert_eq!(
            serde_json::to_string(&query).unwrap(),
            r#"{"metrics":["credits_usage","byok_usage"],"filters":[{"field":"workspace","operator":"eq","value":"w"}],"time_range":{"start":"1970-01-01T00:00:00Z","end":"1970-01-01T00:01:01Z"}}"#
        );
    }

    #[test]
    fn a_row_has_a_name_only_where_it_was_asked_for() {
        let name = |text| serde_json::from_str::<Row>(text).map(|row| row.workspace).ok();
        assert_eq!(name(r#"{"credits_usage":1,"byok_usage":0}"#), Some(None));
        assert_eq!(name(r#"{"workspace":null,"credits_usage":1,"byok_usage":0}"#), Some(None));
        assert_eq!(name(r#"{"workspace":"Lab","credits_usage":1,"byok_usage":0}"#), Some(Some("Lab".to_owned())));
        assert_eq!(name(r#"{"workspace":{},"credits_usage":1,"byok_usage":0}"#), None);
    }

    #[test]
    fn amounts_are_numbers_or_text() {
        let read = |text| row(text).map(|(credits, byok)| format!("{credits} {byok}"));
        assert_eq!(read(r#"{"credits_usage":98.3813,"byok_usage":"17.70"}"#).as_deref(), Some("98.3813 17.70"));
        assert_eq!(read(r#"{"credits_usage":"1e2","byok_usage":0,"day":"x"}"#).as_deref(), Some("100 0"));
        for bad in [
            r#"{"credits_usage":1}"#,
            r#"{"credits_usage":"x","byok_usage":0}"#,
            r#"{"credits_usage":-1,"byok_usage":0}"#,
        ] {
            assert_eq!(row(bad), None, "{bad}");
        }
    }
}
