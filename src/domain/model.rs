//! Models: what can be chosen as a workspace's default.
//!
//! Invariant: a model is named by its id; one that is not in the list may still be typed.

use serde::Deserialize;

/// A model that the API offers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Model {
    /// Such as `anthropic/claude-sonnet-4.5`.
    pub id: String,
    /// The name that people know.
    #[serde(default)]
    pub name: String,
    /// What goes in and comes out.
    #[serde(default)]
    pub architecture: Architecture,
}

/// What a model takes and gives.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Architecture {
    /// Such as `text`, `image`.
    #[serde(default)]
    pub output_modalities: Vec<String>,
}

impl Model {
    /// Whether the model gives the kind of output, such as `text` or `image`.
    pub fn gives(&self, modality: &str) -> bool {
        self.architecture.output_modalities.iter().any(|given| given == modality)
    }
}
