//! Spend by day.

use serde::Serialize;

/// The spend for one model on one day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActivityItem {
    /// `YYYY-MM-DD`, UTC.
    pub date: String,
    /// A model's ID.
    pub model: String,
    /// The model's permanent ID.
    pub model_permaslug: String,
    /// UUID of the provider's endpoint.
    pub endpoint_id: String,
    /// The name of the provider.
    pub provider_name: String,
    /// US dollars.
    pub usage: f64,
    /// BYOK spend in US dollars.
    pub byok_usage_inference: f64,
    /// The number of requests.
    pub requests: i64,
    /// Input tokens.
    pub prompt_tokens: i64,
    /// Output tokens.
    pub completion_tokens: i64,
    /// Reasoning tokens, which are part of the output tokens.
    pub reasoning_tokens: i64,
    /// Cached tokens, which are part of the input tokens.
    pub cached_tokens: i64,
    /// UUID; only with `group_by=workspace`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workspace_id: Option<String>,
}
