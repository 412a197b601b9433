//! Analytics queries, which are rationed.

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use crate::{
    app::App,
    body::{JsonObject, invalid},
    clock,
    error::ApiError,
    store::analytics::{self, Dimension, Filter, Granularity, Metric, Query},
    wire::Data,
};

/// The largest number of metrics, of dimensions, of filters, of days, and of rows.
const MOST_METRICS: usize = 10;
const MOST_DIMENSIONS: usize = 2;
const MOST_FILTERS: usize = 20;
const MOST_DAYS: i64 = 365;
const MOST_ROWS: u32 = 10_000;
/// The number of rows without a limit.
const DEFAULT_ROWS: u32 = 1_000;

/// What can be asked for.
pub async fn meta() -> Json<Value> {
    let metrics = Metric::ALL.map(|it| {
        json!({
            "name": it.name(),
            "display_label": label(it.name()),
            "display_format": if it.is_money() { "currency" } else { "number" },
            "is_rate": false,
        })
    });
    let named = |name: &str| json!({ "name": name, "display_label": label(name) });
    let operators = OPERATORS.map(|(name, value_type, _)| json!({ "name": name, "value_type": value_type }));
    Json(json!({ "data": {
        "metrics": metrics,
        "dimensions": Dimension::ALL.map(|it| named(it.name())),
        "granularities": Granularity::ALL.map(|it| named(it.name())),
        "operators": operators,
    } }))
}

/// Returns a name for people: `request_count` is "Request count".
fn label(name: &str) -> String {
    let text = name.replace('_', " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The operators: the name, the kind of value, and whether the rows with the value are left out.
const OPERATORS: [(&str, &str, bool); 4] =
    [("eq", "scalar", false), ("neq", "scalar", true), ("in", "array", false), ("not_in", "array", true)];

/// The rows of a query, and what the API says about them.
#[derive(Serialize)]
pub struct Answer {
    data: Vec<Value>,
    metadata: Value,
}

pub async fn query(State(app): State<App>, body: JsonObject) -> Result<Json<Data<Answer>>, ApiError> {
    app.analytics.take()?;
    let body: Body = serde_json::from_slice(&body.bytes)
        .map_err(|error| ApiError::bad_request(format!("The query is not valid: {error}")))?;
    let query = body.parse()?;
    let started = std::time::Instant::now();
    app.database
        .read(move |transaction| {
            let found = analytics::run(transaction, &query)?;
            let metadata = json!({
                "query_time_ms": started.elapsed().as_millis(),
                "row_count": found.rows.len(),
                "truncated": found.truncated,
            });
            Ok(Json(Data { data: Answer { data: found.rows, metadata } }))
        })
        .await
}

/// The request as sent.
#[derive(Deserialize)]
struct Body {
    metrics: Vec<String>,
    #[serde(default)]
    dimensions: Vec<String>,
    #[serde(default)]
    filters: Vec<FilterBody>,
    granularity: Option<String>,
    limit: Option<u32>,
    time_range: Option<TimeRange>,
}

#[derive(Deserialize)]
struct FilterBody {
    field: String,
    operator: String,
    value: Value,
}

#[derive(Deserialize)]
struct TimeRange {
    start: String,
    end: String,
}

impl Body {
    fn parse(self) -> Result<Query, ApiError> {
        let metrics = named("metrics", &self.metrics, MOST_METRICS, &Metric::ALL, Metric::name)?;
        if metrics.is_empty() {
            return Err(invalid("metrics", "a list of at least one metric"));
        }
        if self.filters.len() > MOST_FILTERS {
            return Err(invalid("filters", &format!("at most {MOST_FILTERS} filters")));
        }
        let granularity = self.granularity.into_iter().collect::<Vec<_>>();
        let granularity = named("granularity", &granularity, 1, &Granularity::ALL, Granularity::name)?;
        let (start, end) = match self.time_range {
            Some(range) => range.parse()?,
            None => {
                let now = clock::time();
                (now - Duration::days(30), now)
            }
        };
        Ok(Query {
            metrics,
            dimensions: named("dimensions", &self.dimensions, MOST_DIMENSIONS, &Dimension::ALL, Dimension::name)?,
            filters: self.filters.into_iter().map(FilterBody::parse).collect::<Result<_, _>>()?,
            granularity: granularity.into_iter().next(),
            start: clock::timestamp(start),
            end: clock::timestamp(end),
            limit: self.limit.unwrap_or(DEFAULT_ROWS).clamp(1, MOST_ROWS),
        })
    }
}

/// Finds what the names mean. Returns 400 for an unknown name, and for too many.
fn named<T: Copy>(
    field: &str,
    names: &[String],
    most: usize,
    all: &[T],
    name_of: fn(T) -> &'static str,
) -> Result<Vec<T>, ApiError> {
    if names.len() > most {
        return Err(invalid(field, &format!("at most {most} names")));
    }
    let known = || all.iter().map(|it| name_of(*it)).collect::<Vec<_>>().join(", ");
    let find = |name: &String| all.iter().copied().find(|it| name_of(*it) == name);
    names.iter().map(|name| find(name).ok_or_else(|| invalid(field, &format!("one of {}", known())))).collect()
}

impl FilterBody {
    fn parse(self) -> Result<Filter, ApiError> {
        let [dimension] = named("filters.field", &[self.field], 1, &Dimension::ALL, Dimension::name)?[..] else {
            return Err(invalid("filters.field", "one dimension"));
        };
        let operator = OPERATORS.into_iter().find(|(name, ..)| *name == self.operator);
        let (_, value_type, is_negated) =
            operator.ok_or_else(|| invalid("filters.operator", "one of eq, neq, in, not_in"))?;
        let text = |value: &Value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let values: Option<Vec<String>> = match (value_type, &self.value) {
            ("array", Value::Array(values)) => values.iter().map(text).collect(),
            ("scalar", value) => text(value).map(|text| vec![text]),
            _ => None,
        };
        let values = values.filter(|values| !values.is_empty());
        let values =
            values.ok_or_else(|| invalid("filters.value", "a text or number, or a list of them for in and not_in"))?;
        Ok(Filter { dimension, values, is_negated })
    }
}

impl TimeRange {
    fn parse(&self) -> Result<(OffsetDateTime, OffsetDateTime), ApiError> {
        const MUST_BE: &str = "a UTC time with seconds (YYYY-MM-DDTHH:MM:SSZ)";
        let start = clock::parse_timestamp(&self.start).ok_or_else(|| invalid("time_range.start", MUST_BE))?;
        let end = clock::parse_timestamp(&self.end).ok_or_else(|| invalid("time_range.end", MUST_BE))?;
        if end <= start || end - start > Duration::days(MOST_DAYS) {
            return Err(invalid(
                "time_range",
                &format!("a range of at most {MOST_DAYS} days whose end is after its start"),
            ));
        }
        Ok((start, end))
    }
}
