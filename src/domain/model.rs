//! Models that a workspace can have as its default.

use serde::Deserialize;

/// A model that the API offers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Model {
    /// Such as `anthropic/claude-sonnet-4.5`.
    pub id: String,
    /// The name to show.
    #[serde(default)]
    pub name: String,
    /// Its modalities.
    #[serde(default)]
    pub architecture: Architecture,
}

/// The modalities of a model.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Architecture {
    /// Such as `text`, `image`.
    #[serde(default)]
    pub output_modalities: Vec<String>,
}

impl Model {
    /// Whether the model outputs a modality, such as `text` or `image`.
    pub fn gives(&self, modality: &str) -> bool {
        self.architecture.output_modalities.iter().any(|output| output == modality)
    }
}
