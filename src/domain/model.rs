//! Models that a workspace can have as its default.

use serde::Deserialize;

/// A model that the API offers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Model {
    /// Such as `anthropic/claude-sonnet-4.5`.
    pub id: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub architecture: Architecture,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Architecture {
    /// Such as `text`, `image`.
    pub output_modalities: Vec<String>,
}

impl Model {
    /// Whether the model outputs a modality, such as `text` or `image`.
    pub fn gives(&self, modality: &str) -> bool {
        self.architecture.output_modalities.iter().any(|output| output == modality)
    }
}
