//! Workspaces.

use serde::Serialize;

/// A workspace.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Workspace {
    /// UUID.
    pub id: String,
    /// 1–100 characters.
    pub name: String,
    /// 1–50 characters, unique in the organization; `default` marks the default workspace.
    pub slug: String,
    /// At most 500 characters.
    pub description: Option<String>,
    /// A model's id.
    pub default_text_model: Option<String>,
    /// A model's id.
    pub default_image_model: Option<String>,
    /// price, throughput, latency or exacto.
    pub default_provider_sort: Option<String>,
    /// UUID that follows from the workspace's.
    pub default_guardrail_id: String,
    /// Private logging of inputs and outputs.
    pub is_observability_io_logging_enabled: bool,
    /// Traces are sent to destinations.
    pub is_observability_broadcast_enabled: bool,
    /// Inputs and outputs may be used, for a discount.
    pub is_data_discount_logging_enabled: bool,
    /// 0.0001–1: the share of requests that is logged.
    pub io_logging_sampling_rate: f64,
    /// The keys whose requests are logged; null for all.
    pub io_logging_api_key_ids: Option<Vec<i64>>,
    /// Tools such as `openrouter:web_search` that requests may not use.
    pub disabled_server_tools: Option<Vec<String>>,
    /// Whether spend on own keys counts; set through the budget calls.
    pub include_byok_in_budgets: bool,
    /// A user's id.
    pub created_by: Option<String>,
    /// ISO 8601, UTC.
    pub created_at: String,
    /// ISO 8601, UTC; null until the first update.
    pub updated_at: Option<String>,
}

impl Workspace {
    /// Whether this is the organization's default workspace.
    pub fn is_default(&self) -> bool {
        self.slug == "default"
    }
}
