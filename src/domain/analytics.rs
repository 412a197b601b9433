//! What analytics can be asked for, and spend by what it is grouped by.

use serde::Deserialize;

use super::RecordedSpend;

/// What the spend of a workspace is grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpendBy {
    Key,
    Person,
}

impl SpendBy {
    /// The name of the dimension in a query.
    pub fn dimension(self) -> &'static str {
        match self {
            Self::Key => "api_key_id",
            Self::Person => "user",
        }
    }
}

/// The dimension of a query for all workspaces.
pub const BY_WORKSPACE: &str = "workspace";

/// The metrics of spend: credits, and spend through the organization's own provider keys (BYOK).
pub const SPEND_METRICS: [&str; 2] = ["credits_usage", "byok_usage"];

/// What an account can ask analytics for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AnalyticsMeta {
    metrics: Vec<Named>,
    dimensions: Vec<Named>,
    /// Missing only from a response that is not the API's, so no query by day is sent then.
    #[serde(default)]
    granularities: Vec<Named>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Named {
    name: String,
}

impl AnalyticsMeta {
    /// What a query of spend needs and the account does not have: the name of a metric or dimension.
    pub fn missing(&self, dimension: &'static str) -> Option<&'static str> {
        let lacks = |list: &[Named], name: &str| list.iter().all(|it| it.name != name);
        let metric = SPEND_METRICS.into_iter().find(|name| lacks(&self.metrics, name));
        metric.or_else(|| Some(dimension).filter(|name| lacks(&self.dimensions, name)))
    }

    /// The same for a query by day of one workspace.
    pub fn missing_by_day(&self, by: SpendBy) -> Option<&'static str> {
        let has_days = self.granularities.iter().any(|it| it.name == "day");
        self.missing(by.dimension()).or_else(|| (!has_days).then_some("day"))
    }
}

/// The spend of one API key or person on one day. Keys and people have names here, not IDs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedDay {
    /// `YYYY-MM-DD`, UTC.
    pub date: String,
    /// Empty for spend that belongs to none.
    pub name: String,
    pub spent: RecordedSpend,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_possible_only_with_all_that_it_needs() {
        let missing = |metrics: &[&str], dimensions: &[&str], granularities: &[&str]| {
            let named =
                |names: &[&str]| names.iter().map(|name| serde_json::json!({ "name": name })).collect::<Vec<_>>();
            let json = serde_json::json!({
                "metrics": named(metrics), "dimensions": named(dimensions), "granularities": named(granularities),
            });
            let meta: AnalyticsMeta = serde_json::from_value(json).unwrap();
            (meta.missing(BY_WORKSPACE), meta.missing_by_day(SpendBy::Key))
        };
        let both = ["credits_usage", "request_count", "byok_usage"];
        assert_eq!(missing(&both, &["workspace", "api_key_id"], &["day"]), (None, None));
        assert_eq!(missing(&both, &["workspace"], &["day"]), (None, Some("api_key_id")));
        assert_eq!(missing(&both, &["api_key_id"], &["hour"]), (Some("workspace"), Some("day")));
        assert_eq!(missing(&both[..2], &["workspace"], &[]), (Some("byok_usage"), Some("byok_usage")));
        assert!(serde_json::from_str::<AnalyticsMeta>(r#"{"metrics":[]}"#).is_err());
    }
}
