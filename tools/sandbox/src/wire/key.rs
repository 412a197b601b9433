//! API keys.

use serde::Serialize;

/// An API key, without its secret.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Key {
    /// The SHA-256 of the key in hex, which is its ID.
    pub hash: String,
    /// The name.
    pub name: String,
    /// The key's first and last characters.
    pub label: String,
    /// Whether the key is disabled.
    pub disabled: bool,
    /// The ID of a person.
    pub creator_user_id: Option<String>,
    /// The end user of the key.
    pub external_user: Option<String>,
    /// UUID.
    pub workspace_id: String,
    /// US dollars, or null for no limit.
    pub limit: Option<f64>,
    /// US dollars, or null without a limit.
    pub limit_remaining: Option<f64>,
    /// daily, weekly or monthly, or null for never.
    pub limit_reset: Option<String>,
    /// Whether BYOK spend counts towards the limit.
    pub include_byok_in_limit: bool,
    /// The spend.
    #[serde(flatten)]
    pub usage: Usage,
    /// ISO 8601 in UTC.
    pub expires_at: Option<String>,
    /// ISO 8601 in UTC.
    pub last_used_at: Option<String>,
    /// ISO 8601 in UTC.
    pub created_at: String,
    /// ISO 8601 in UTC.
    pub updated_at: Option<String>,
}

/// Spend in US dollars: in total, and in the current UTC day, week (from Monday) and month. The `byok_` fields are
/// spend through the organization's own provider keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[expect(missing_docs, reason = "named as the API names them, and told above")]
pub struct Usage {
    pub usage: f64,
    pub usage_daily: f64,
    pub usage_weekly: f64,
    pub usage_monthly: f64,
    pub byok_usage: f64,
    pub byok_usage_daily: f64,
    pub byok_usage_weekly: f64,
    pub byok_usage_monthly: f64,
}
