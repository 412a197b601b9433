//! What analytics can be asked for.

use serde::Deserialize;

/// The metrics of spend: credits, and spend through the organization's own provider keys (BYOK).
pub const SPEND_METRICS: [&str; 2] = ["credits_usage", "byok_usage"];

/// The dimension of a query that groups by workspace.
pub const BY_WORKSPACE: &str = "workspace";

/// What an account can ask analytics for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AnalyticsMeta {
    metrics: Vec<Named>,
    dimensions: Vec<Named>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Named {
    name: String,
}

impl AnalyticsMeta {
    /// What a query of spend by workspace needs and the account does not have: the name of a metric or dimension.
    pub fn missing(&self) -> Option<&'static str> {
        let lacks = |list: &[Named], name: &str| list.iter().all(|it| it.name != name);
        let metric = SPEND_METRICS.into_iter().find(|name| lacks(&self.metrics, name));
        metric.or_else(|| Some(BY_WORKSPACE).filter(|name| lacks(&self.dimensions, name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_possible_only_with_all_that_it_needs() {
        let missing = |metrics: &[&str], dimensions: &[&str]| {
            let named =
                |names: &[&str]| names.iter().map(|name| serde_json::json!({ "name": name })).collect::<Vec<_>>();
            let json = serde_json::json!({ "metrics": named(metrics), "dimensions": named(dimensions) });
            serde_json::from_value::<AnalyticsMeta>(json).unwrap().missing()
        };
        let both = ["credits_usage", "request_count", "byok_usage"];
        assert_eq!(missing(&both, &["model", "workspace"]), None);
        assert_eq!(missing(&both, &["model"]), Some("workspace"));
        assert_eq!(missing(&both[..2], &["workspace"]), Some("byok_usage"));
        assert!(serde_json::from_str::<AnalyticsMeta>(r#"{"metrics":[]}"#).is_err());
    }
}
