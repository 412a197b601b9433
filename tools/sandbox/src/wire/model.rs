//! Models.

use serde::Serialize;

/// A model.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "named and meant as the API does; the console needs id, name and architecture")]
pub struct Model {
    pub id: &'static str,
    pub canonical_slug: &'static str,
    pub name: &'static str,
    /// The Unix time.
    pub created: i64,
    pub context_length: i64,
    pub architecture: Architecture,
    pub pricing: Pricing,
    pub top_provider: TopProvider,
    pub links: Links,
    pub supported_parameters: &'static [&'static str],
    pub per_request_limits: Option<()>,
    pub default_parameters: Option<()>,
    pub supported_voices: Option<()>,
}

/// The modalities of input and output.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "named and meant as the API does")]
pub struct Architecture {
    pub modality: String,
    pub input_modalities: Vec<&'static str>,
    pub output_modalities: Vec<&'static str>,
    pub tokenizer: &'static str,
    pub instruct_type: Option<&'static str>,
}

/// US dollars per token, as decimal text.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "named and meant as the API does")]
pub struct Pricing {
    pub prompt: &'static str,
    pub completion: &'static str,
}

/// The preferred provider.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "named and meant as the API does")]
pub struct TopProvider {
    pub context_length: i64,
    pub max_completion_tokens: Option<i64>,
    pub is_moderated: bool,
}

/// Links to details.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "named and meant as the API does")]
pub struct Links {
    pub details: String,
}
