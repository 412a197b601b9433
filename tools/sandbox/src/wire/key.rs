//! API keys.

use serde::Serialize;

/// An API key, without its secret.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Key {
    /// SHA-256 of the key in hex, which names it.
    pub hash: String,
    /// Given by people.
    pub name: String,
    /// The key's first and last characters.
    pub label: String,
    /// Whether it is turned off.
    pub disabled: bool,
    /// A user's id.
    pub creator_user_id: Option<String>,
    /// An end user for whom the key was made.
    pub external_user: Option<String>,
    /// UUID.
    pub workspace_id: String,
    /// US dollars; null for none.
    pub limit: Option<f64>,
    /// US dollars; null without a limit.
    pub limit_remaining: Option<f64>,
    /// daily, weekly or monthly; null for never.
    pub limit_reset: Option<String>,
    /// Whether spend on own keys counts towards the limit.
    pub include_byok_in_limit: bool,
    /// What was spent.
    #[serde(flatten)]
    pub usage: Usage,
    /// ISO 8601, UTC.
    pub expires_at: Option<String>,
    /// ISO 8601, UTC.
    pub last_used_at: Option<String>,
    /// ISO 8601, UTC.
    pub created_at: String,
    /// ISO 8601, UTC.
    pub updated_at: Option<String>,
}

/// Spend in US dollars: all of it, and in the running UTC day, week (from Monday) and month; the
/// `byok_` ones through keys of one's own at the providers.
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
