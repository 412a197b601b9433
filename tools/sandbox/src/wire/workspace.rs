//! Workspaces.

use serde::Serialize;

/// A workspace.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Workspace {
    /// UUID.
    pub id: String,
    /// 1–100 characters.
    pub name: String,
    /// 1–50 characters, unique in the organization. `default` is the default workspace.
    pub slug: String,
    /// At most 500 characters.
    pub description: Option<String>,
    /// A model's ID.
    pub default_text_model: Option<String>,
    /// A model's ID.
    pub default_image_model: Option<String>,
    /// price, throughput, latency or exacto.
    pub default_provider_sort: Option<String>,
    /// A UUID that is derived from the workspace's.
    pub default_guardrail_id: String,
    /// Whether inputs and outputs are logged privately.
    pub is_observability_io_logging_enabled: bool,
    /// Whether traces are sent to destinations.
    pub is_observability_broadcast_enabled: bool,
    /// Whether inputs and outputs can be used, for a discount.
    pub is_data_discount_logging_enabled: bool,
    /// 0.0001–1: the share of requests that is logged.
    pub io_logging_sampling_rate: f64,
    /// The keys whose requests are logged, or null for all.
    pub io_logging_api_key_ids: Option<Vec<i64>>,
    /// Tools that requests cannot use, such as `openrouter:web_search`.
    pub disabled_server_tools: Option<Vec<String>>,
    /// Whether BYOK spend counts. Calls for budgets set it.
    pub include_byok_in_budgets: bool,
    /// The ID of a person.
    pub created_by: Option<String>,
    /// ISO 8601 in UTC.
    pub created_at: String,
    /// ISO 8601 in UTC, or null before the first update.
    pub updated_at: Option<String>,
}

impl Workspace {
    /// Whether this is the organization's default workspace.
    pub fn is_default(&self) -> bool {
        self.slug == "default"
    }
}
