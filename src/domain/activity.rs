//! Activity: spend by day, for the last 30 completed UTC days.
//!
//! Invariant: amounts are exact; a day is the text `YYYY-MM-DD` that the API sends.

use serde::Deserialize;

use super::{Usd, WorkspaceId};

/// What one model of one provider cost on one day.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ActivityDay {
    /// `YYYY-MM-DD`, UTC.
    pub date: String,
    /// The model.
    #[serde(default)]
    pub model: String,
    /// Who ran it.
    #[serde(default)]
    pub provider_name: String,
    /// Spend in US dollars.
    pub usage: Usd,
    /// Spend through own provider keys.
    #[serde(default)]
    pub byok_usage_inference: Option<Usd>,
    /// Number of requests.
    #[serde(default)]
    pub requests: u64,
    /// Tokens sent.
    #[serde(default)]
    pub prompt_tokens: u64,
    /// Tokens received.
    #[serde(default)]
    pub completion_tokens: u64,
    /// Tokens spent on reasoning.
    #[serde(default)]
    pub reasoning_tokens: u64,
    /// The workspace, where grouped by workspace.
    #[serde(default)]
    pub workspace_id: Option<WorkspaceId>,
}
