//! Workspaces, and the requests that create and change them.
//!
//! Invariant: a request has only values within the API's limits. A workspace from the server may have others.

use serde::{Deserialize, Serialize};

use super::{
    Description, Patch, SamplingRate, Slug, Timestamp, UserId, WorkspaceId, WorkspaceName, inline_text, is_visible,
    without_direction_marks,
};

/// How the providers of a model are sorted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum ProviderSort {
    /// Cheapest first.
    Price,
    /// Most tokens a second first.
    Throughput,
    /// Fastest first token first.
    Latency,
    /// By quality of tool calls.
    Exacto,
    /// A kind that this console does not know.
    Other(String),
}

impl ProviderSort {
    /// The kinds that can be selected.
    pub const KNOWN: [Self; 4] = [Self::Price, Self::Throughput, Self::Latency, Self::Exacto];

    /// The name in the API.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Price => "price",
            Self::Throughput => "throughput",
            Self::Latency => "latency",
            Self::Exacto => "exacto",
            Self::Other(text) => text,
        }
    }
}

impl From<String> for ProviderSort {
    fn from(text: String) -> Self {
        let known = Self::KNOWN.into_iter().find(|kind| kind.as_str() == text);
        known.unwrap_or(Self::Other(text))
    }
}

impl From<ProviderSort> for String {
    fn from(sort: ProviderSort) -> Self {
        sort.as_str().to_owned()
    }
}

/// A workspace. Only `id`, `name` and `slug` are required in a response.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Workspace {
    /// The UUID, which never changes.
    pub id: WorkspaceId,
    /// 1–100 characters, free text.
    pub name: String,
    /// Unique in the organization.
    pub slug: Slug,
    /// Up to 500 characters.
    #[serde(default)]
    pub description: Option<String>,
    /// The model of requests that name none.
    #[serde(default)]
    pub default_text_model: Option<String>,
    /// The model of image requests that name none.
    #[serde(default)]
    pub default_image_model: Option<String>,
    /// How providers are sorted by default.
    #[serde(default)]
    pub default_provider_sort: Option<ProviderSort>,
    /// The guardrail for every request (UUID).
    #[serde(default)]
    pub default_guardrail_id: Option<String>,
    /// Whether inputs and outputs are logged privately.
    #[serde(default)]
    pub is_observability_io_logging_enabled: bool,
    /// Whether traces are sent to the workspace's broadcast destinations.
    #[serde(default)]
    pub is_observability_broadcast_enabled: bool,
    /// Whether the provider may keep data in exchange for a discount.
    #[serde(default)]
    pub is_data_discount_logging_enabled: bool,
    /// The fraction of requests that are logged, 0.0001–1.
    #[serde(default)]
    pub io_logging_sampling_rate: Option<SamplingRate>,
    /// The keys whose requests are logged. `None` means all keys.
    #[serde(default)]
    pub io_logging_api_key_ids: Option<Vec<i64>>,
    /// Whether spend through the organization's own provider keys (BYOK) counts against budgets. Only budget calls set it
    /// (rule 2).
    #[serde(default)]
    pub include_byok_in_budgets: Option<bool>,
    /// Server tools that requests may not use, such as `openrouter:web_search`.
    #[serde(default)]
    pub disabled_server_tools: Option<Vec<String>>,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// Its creator.
    #[serde(default)]
    pub created_by: Option<UserId>,
}

impl Workspace {
    /// Whether this is the default workspace, of which everyone is a member (rules 4 and 5).
    pub fn is_default(&self) -> bool {
        self.slug.is_default()
    }

    /// The name, or the slug if the name has no visible character.
    pub fn label(&self) -> String {
        without_direction_marks(if is_visible(&self.name) { &self.name } else { self.slug.as_str() })
    }

    /// The label for use within a sentence.
    pub fn inline_label(&self) -> String {
        inline_text(&self.label())
    }

    /// The label with the slug, which is unique.
    pub fn label_with_slug(&self) -> String {
        format!("{} ({})", self.inline_label(), inline_text(self.slug.as_str()))
    }

    /// The time of the last change, or else of the creation.
    pub fn changed_at(&self) -> Option<&Timestamp> {
        self.updated_at.as_ref().or(self.created_at.as_ref())
    }
}

/// The body of `POST /workspaces`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of `Workspace`")]
pub struct CreateWorkspace {
    pub name: WorkspaceName,
    pub slug: Slug,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Description>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_text_model: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_image_model: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_provider_sort: Option<ProviderSort>,
    pub is_observability_io_logging_enabled: bool,
    pub is_observability_broadcast_enabled: bool,
    pub is_data_discount_logging_enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub io_logging_sampling_rate: Option<SamplingRate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub io_logging_api_key_ids: Option<Vec<i64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled_server_tools: Option<Vec<String>>,
}

impl CreateWorkspace {
    /// Whether `found` is what this request creates, and not another workspace with the same slug.
    pub fn is_met_by(&self, found: &Workspace) -> bool {
        self.slug == found.slug
            && self.name.as_str() == found.name
            && self.description.as_ref().map(Description::as_str) == found.description.as_deref()
            && self.default_text_model == found.default_text_model
            && self.default_image_model == found.default_image_model
            && self.default_provider_sort == found.default_provider_sort
            && self.is_observability_io_logging_enabled == found.is_observability_io_logging_enabled
            && self.is_observability_broadcast_enabled == found.is_observability_broadcast_enabled
            && self.is_data_discount_logging_enabled == found.is_data_discount_logging_enabled
            && self.io_logging_sampling_rate.is_none_or(|rate| found.io_logging_sampling_rate == Some(rate))
            && self.io_logging_api_key_ids == found.io_logging_api_key_ids
            && self.disabled_server_tools.iter().flatten().eq(found.disabled_server_tools.iter().flatten())
    }
}

/// The body of `PATCH /workspaces/{id}`.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[expect(missing_docs, reason = "the fields are those of `Workspace`")]
pub struct UpdateWorkspace {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<WorkspaceName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<Slug>,
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub description: Patch<String>,
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub default_text_model: Patch<String>,
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub default_image_model: Patch<String>,
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub default_provider_sort: Patch<ProviderSort>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_observability_io_logging_enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_observability_broadcast_enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_data_discount_logging_enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub io_logging_sampling_rate: Option<SamplingRate>,
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub io_logging_api_key_ids: Patch<Vec<i64>>,
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub disabled_server_tools: Patch<Vec<String>>,
}

impl UpdateWorkspace {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether `now` has every value that this update sets.
    pub fn is_met_by(&self, now: &Workspace) -> bool {
        let kept_or = |wanted: Option<bool>, found: bool| wanted.is_none_or(|wanted| wanted == found);
        self.name.as_ref().is_none_or(|name| name.as_str() == now.name)
            && self.slug.as_ref().is_none_or(|slug| *slug == now.slug)
            && self.description.is_met_by(now.description.as_ref())
            && self.default_text_model.is_met_by(now.default_text_model.as_ref())
            && self.default_image_model.is_met_by(now.default_image_model.as_ref())
            && self.default_provider_sort.is_met_by(now.default_provider_sort.as_ref())
            && kept_or(self.is_observability_io_logging_enabled, now.is_observability_io_logging_enabled)
            && kept_or(self.is_observability_broadcast_enabled, now.is_observability_broadcast_enabled)
            && kept_or(self.is_data_discount_logging_enabled, now.is_data_discount_logging_enabled)
            && self.io_logging_sampling_rate.is_none_or(|rate| now.io_logging_sampling_rate == Some(rate))
            && self.io_logging_api_key_ids.is_met_by(now.io_logging_api_key_ids.as_ref())
            && self.disabled_server_tools.is_met_by(now.disabled_server_tools.as_ref())
    }
}
