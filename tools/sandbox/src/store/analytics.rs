//! Analytics queries on the requests in the database.
//!
//! Invariant: a query is built from fixed parts and parameters only.

use rusqlite::{Row, ToSql, Transaction, types::Value as SqlValue};
use serde_json::{Map, Value, json};

/// A sum over requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Credits, in US dollars.
    CreditsUsage,
    /// Spend through the organization's own provider keys, in US dollars.
    ByokUsage,
    /// Both together, in US dollars.
    TotalUsage,
    /// The number of requests.
    RequestCount,
    /// Input tokens.
    PromptTokens,
    /// Output tokens.
    CompletionTokens,
}

impl Metric {
    /// All metrics.
    pub const ALL: [Self; 6] = [
        Self::CreditsUsage,
        Self::ByokUsage,
        Self::TotalUsage,
        Self::RequestCount,
        Self::PromptTokens,
        Self::CompletionTokens,
    ];

    /// Returns the name in a query.
    pub fn name(self) -> &'static str {
        match self {
            Self::CreditsUsage => "credits_usage",
            Self::ByokUsage => "byok_usage",
            Self::TotalUsage => "total_usage",
            Self::RequestCount => "request_count",
            Self::PromptTokens => "prompt_tokens",
            Self::CompletionTokens => "completion_tokens",
        }
    }

    /// Whether the metric is money. The others are counts.
    pub fn is_money(self) -> bool {
        matches!(self, Self::CreditsUsage | Self::ByokUsage | Self::TotalUsage)
    }

    fn sql(self) -> &'static str {
        match self {
            Self::CreditsUsage => "round(coalesce(sum(usage), 0.0), 8)",
            Self::ByokUsage => "round(coalesce(sum(byok_usage_inference), 0.0), 8)",
            Self::TotalUsage => "round(coalesce(sum(usage + byok_usage_inference), 0.0), 8)",
            Self::RequestCount => "coalesce(sum(requests), 0)",
            Self::PromptTokens => "coalesce(sum(prompt_tokens), 0)",
            Self::CompletionTokens => "coalesce(sum(completion_tokens), 0)",
        }
    }
}

/// What requests can be grouped and filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// A workspace. Filters take its UUID, rows have its name.
    Workspace,
    /// A key. Filters take its hash, rows have its name.
    ApiKey,
    /// A person. Filters take the ID, rows have the email address.
    User,
    /// A model's ID.
    Model,
    /// A provider's name.
    Provider,
}

impl Dimension {
    /// All dimensions.
    pub const ALL: [Self; 5] = [Self::Workspace, Self::ApiKey, Self::User, Self::Model, Self::Provider];

    /// Returns the name in a query.
    pub fn name(self) -> &'static str {
        match self {
            Self::Workspace => "workspace",
            Self::ApiKey => "api_key_id",
            Self::User => "user",
            Self::Model => "model",
            Self::Provider => "provider",
        }
    }

    fn column(self) -> &'static str {
        match self {
            Self::Workspace => "activity.workspace_id",
            Self::ApiKey => "activity.key_hash",
            Self::User => "activity.user_id",
            Self::Model => "activity.model",
            Self::Provider => "activity.provider_name",
        }
    }

    /// Returns the text of a row: a name instead of an ID where there is one.
    fn label(self) -> &'static str {
        match self {
            Self::Workspace => {
                "coalesce((SELECT name FROM workspaces WHERE id = activity.workspace_id), activity.workspace_id)"
            }
            Self::ApiKey => "(SELECT name FROM keys WHERE hash = activity.key_hash)",
            Self::User => "(SELECT email FROM people WHERE id = activity.user_id)",
            Self::Model | Self::Provider => self.column(),
        }
    }
}

/// The length of a time bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Granularity {
    /// An hour.
    Hour,
    /// A UTC day.
    Day,
    /// A UTC month.
    Month,
}

impl Granularity {
    /// All granularities.
    pub const ALL: [Self; 3] = [Self::Hour, Self::Day, Self::Month];

    /// Returns the name in a query.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Month => "month",
        }
    }

    /// Returns the start of a row's bucket.
    fn sql(self) -> &'static str {
        match self {
            Self::Hour => "substr(at, 1, 13) || ':00:00Z'",
            Self::Day => "date || 'T00:00:00Z'",
            Self::Month => "substr(date, 1, 7) || '-01T00:00:00Z'",
        }
    }
}

/// A condition on a dimension.
#[derive(Clone, Debug)]
pub struct Filter {
    /// The dimension.
    pub dimension: Dimension,
    /// The values, of which there is at least one.
    pub values: Vec<String>,
    /// Whether rows with one of the values are left out instead of taken.
    pub is_negated: bool,
}

/// An analytics query.
#[derive(Clone, Debug)]
pub struct Query {
    /// The sums. There is at least one.
    pub metrics: Vec<Metric>,
    /// The groups.
    pub dimensions: Vec<Dimension>,
    /// The conditions, which must all be true.
    pub filters: Vec<Filter>,
    /// The time buckets, if any.
    pub granularity: Option<Granularity>,
    /// The first time, as ISO 8601 in UTC.
    pub start: String,
    /// The time after the last one, as ISO 8601 in UTC.
    pub end: String,
    /// The maximum number of rows.
    pub limit: u32,
}

/// The rows of a query.
#[derive(Debug)]
pub struct Rows {
    /// Objects with the metrics, the dimensions, and `date__day` or the like with a granularity. Counts are texts.
    pub rows: Vec<Value>,
    /// Whether there were more rows than the limit.
    pub truncated: bool,
}

/// Runs a query. Returns the latest bucket first, and the largest first metric first in it.
pub fn run(transaction: &Transaction<'_>, query: &Query) -> rusqlite::Result<Rows> {
    let (sql, parameters) = build(query);
    let mut statement = transaction.prepare(&sql)?;
    let parameters: Vec<&dyn ToSql> = parameters.iter().map(|value| value as &dyn ToSql).collect();
    let rows = statement.query_map(parameters.as_slice(), |row| read(query, row))?;
    let mut rows: Vec<Value> = rows.collect::<Result<_, _>>()?;
    let truncated = rows.len() > query.limit as usize;
    rows.truncate(query.limit as usize);
    Ok(Rows { rows, truncated })
}

/// Returns the SQL with its parameters. The columns are the bucket, the dimensions, and the metrics.
fn build(query: &Query) -> (String, Vec<SqlValue>) {
    let mut columns: Vec<&str> = query.granularity.iter().map(|it| it.sql()).collect();
    columns.extend(query.dimensions.iter().map(|it| it.label()));
    columns.extend(query.metrics.iter().map(|it| it.sql()));
    let mut parameters = vec![SqlValue::Text(query.start.clone()), SqlValue::Text(query.end.clone())];
    let mut conditions = "at >= ? AND at < ?".to_owned();
    for filter in &query.filters {
        let places = vec!["?"; filter.values.len()].join(", ");
        let not = if filter.is_negated { "NOT " } else { "" };
        conditions.push_str(&format!(" AND {} {not}IN ({places})", filter.dimension.column()));
        parameters.extend(filter.values.iter().cloned().map(SqlValue::Text));
    }
    let mut groups: Vec<&str> = query.granularity.iter().map(|it| it.sql()).collect();
    groups.extend(query.dimensions.iter().map(|it| it.column()));
    let bucket_count = query.granularity.iter().count();
    let first_metric = bucket_count + query.dimensions.len() + 1;
    let mut order: Vec<String> = (1..=bucket_count).map(|column| format!("{column} DESC")).collect();
    order.push(format!("{first_metric} DESC"));
    // Without groups there is one row: the sum of everything.
    let group_by = if groups.is_empty() { String::new() } else { format!(" GROUP BY {}", groups.join(", ")) };
    let sql = format!(
        "SELECT {} FROM activity WHERE {conditions}{group_by} ORDER BY {} LIMIT {}",
        columns.join(", "),
        order.join(", "),
        u64::from(query.limit) + 1
    );
    (sql, parameters)
}

fn read(query: &Query, row: &Row<'_>) -> rusqlite::Result<Value> {
    let mut object = Map::new();
    let mut column = 0;
    if let Some(granularity) = query.granularity {
        let name = format!("date__{}", granularity.name());
        object.insert(name, json!(row.get::<_, Option<String>>(column)?));
        column += 1;
    }
    for dimension in &query.dimensions {
        object.insert(dimension.name().to_owned(), json!(row.get::<_, Option<String>>(column)?));
        column += 1;
    }
    for metric in &query.metrics {
        let value = match metric.is_money() {
            true => json!(row.get::<_, f64>(column)?),
            // As the API sends them.
            false => json!(row.get::<_, i64>(column)?.to_string()),
        };
        object.insert(metric.name().to_owned(), value);
        column += 1;
    }
    Ok(Value::Object(object))
}
