//! Spend by day.

use serde::Serialize;

/// What was spent on a model on a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActivityItem {
    /// `YYYY-MM-DD`, UTC.
    pub date: String,
    /// A model's id.
    pub model: String,
    /// The model's lasting id.
    pub model_permaslug: String,
    /// UUID of the provider's endpoint.
    pub endpoint_id: String,
    /// Who ran the model.
    pub provider_name: String,
    /// US dollars.
    pub usage: f64,
    /// US dollars, through keys of one's own.
    pub byok_usage_inference: f64,
    /// Requests.
    pub requests: i64,
    /// Tokens in.
    pub prompt_tokens: i64,
    /// Tokens out.
    pub completion_tokens: i64,
    /// Tokens of those out that were thoughts.
    pub reasoning_tokens: i64,
    /// Tokens of those in that were cached.
    pub cached_tokens: i64,
    /// UUID; only with `group_by=workspace`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workspace_id: Option<String>,
}
