//! Workspaces, and the requests that create and change them.
//!
//! Invariant: a request has only values within the API's limits. A workspace from the server may have others.

use serde::{Deserialize, Serialize};
use serde_json::{Value, to_value};

use super::open_enum::open_enum;
use super::{
    Patch, SamplingRate, Slug, Timestamp, UserId, WorkspaceId, WorkspaceName, WorkspaceRef, inline_text, is_visible,
    without_direction_marks,
};

open_enum! {
    /// How the providers of a model are sorted.
    ProviderSort { Price = "price", Throughput = "throughput", Latency = "latency", Exacto = "exacto" }
}

/// A workspace. Only `id`, `name` and `slug` are required in a response.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Workspace {
    pub id: WorkspaceId,
    /// 1–100 characters, free text.
    pub name: String,
    /// Unique in the organization.
    pub slug: Slug,
    /// Up to 500 characters.
    pub description: Option<String>,
    /// The model of requests that name none.
    pub default_text_model: Option<String>,
    /// The model of image requests that name none.
    pub default_image_model: Option<String>,
    pub default_provider_sort: Option<ProviderSort>,
    /// The guardrail for every request (UUID).
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
    pub io_logging_sampling_rate: Option<SamplingRate>,
    /// The keys whose requests are logged. `None` means all keys.
    pub io_logging_api_key_ids: Option<Vec<i64>>,
    /// Whether spend through the organization's own provider keys (BYOK) counts against budgets. Only budget calls set it
    /// (rule 2).
    pub include_byok_in_budgets: Option<bool>,
    /// Server tools that requests may not use, such as `openrouter:web_search`.
    pub disabled_server_tools: Option<Vec<String>>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    pub created_by: Option<UserId>,
}

impl Workspace {
    /// Whether an address names it so, by its UUID or its slug.
    pub fn is_named(&self, name: &WorkspaceRef) -> bool {
        match name {
            WorkspaceRef::Id(id) => *id == self.id,
            WorkspaceRef::Slug(slug) => *slug == self.slug,
        }
    }

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
        has_values(now, self, |_| false)
    }
}

/// The body of `POST /workspaces`: an update with a name and a slug.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct CreateWorkspace {
    values: UpdateWorkspace,
    #[serde(skip)]
    slug: Slug,
}

impl CreateWorkspace {
    /// Fields that may have a value in a new workspace although the request does not set them.
    const SET_BY_SERVER: [&str; 7] = [
        "id",
        "io_logging_sampling_rate",
        "include_byok_in_budgets",
        "default_guardrail_id",
        "created_at",
        "updated_at",
        "created_by",
    ];

    /// A request for a workspace with these values. `None` without a name or a slug.
    pub fn new(values: UpdateWorkspace) -> Option<Self> {
        let slug = values.slug.clone()?;
        values.name.is_some().then_some(Self { values, slug })
    }

    /// The requested name.
    pub fn name(&self) -> &str {
        self.values.name.as_ref().map_or("", WorkspaceName::as_str)
    }

    /// The requested slug.
    pub fn slug(&self) -> &Slug {
        &self.slug
    }

    /// Whether `found` is what this request creates, and not another workspace with the same slug.
    pub fn is_met_by(&self, found: &Workspace) -> bool {
        has_values(found, &self.values, |name| !Self::SET_BY_SERVER.contains(&name))
    }
}

/// Whether the workspace has all values of a request, and none in the other fields that `is_cleared` names.
fn has_values(found: &Workspace, values: &UpdateWorkspace, is_cleared: fn(&str) -> bool) -> bool {
    let (Ok(Value::Object(found)), Ok(Value::Object(values))) = (to_value(found), to_value(values)) else {
        return false;
    };
    found.iter().all(|(name, found)| match values.get(name) {
        Some(value) => is_same(name, value, found),
        None => !is_cleared(name) || is_same(name, &Value::Null, found),
    })
}

fn is_same(name: &str, value: &Value, found: &Value) -> bool {
    match (value, found) {
        // `1` and `1.00` are the same rate.
        (Value::Number(value), Value::Number(found)) => value.as_f64() == found.as_f64(),
        (Value::Null, Value::Array(tools)) | (Value::Array(tools), Value::Null) if name == "disabled_server_tools" => {
            tools.is_empty()
        }
        _ => value == found,
    }
}
