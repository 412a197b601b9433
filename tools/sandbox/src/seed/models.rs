//! The models that the sandbox's organization can use.
//!
//! Invariant: every line of the table is a model. Most models output text, some images, some both.

use crate::wire::{Architecture, Links, Model, Pricing, TopProvider};

const TABLE: &str = include_str!("models.tsv");
const COLUMNS: usize = 8;

/// Returns all models.
pub fn models() -> impl Iterator<Item = Model> {
    lines().zip(0..).filter_map(|(line, index)| model(line, index))
}

fn lines() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|line| !line.starts_with('#'))
}

fn model(line: &'static str, index: i64) -> Option<Model> {
    let columns: Vec<&'static str> = line.split('\t').collect();
    let [id, name, modality, context, largest, tokenizer, prompt, completion]: [&'static str; COLUMNS] =
        columns.try_into().ok()?;
    let (input, output) = modality.split_once('>')?;
    let context_length = context.parse().ok()?;
    Some(Model {
        id,
        canonical_slug: id,
        name,
        // From the middle of 2025, one model every five days.
        created: 1_750_000_000 + index * 432_000,
        context_length,
        architecture: Architecture {
            modality: format!("{input}->{output}"),
            input_modalities: input.split('+').collect(),
            output_modalities: output.split('+').collect(),
            tokenizer,
            instruct_type: None,
        },
        pricing: Pricing { prompt, completion },
        top_provider: TopProvider {
            context_length,
            // A dash means unknown.
            max_completion_tokens: largest.parse().ok(),
            is_moderated: false,
        },
        links: Links { details: format!("/api/v1/models/{id}/endpoints") },
        supported_parameters: &["max_tokens", "temperature", "top_p", "stop", "seed"],
        per_request_limits: None,
        default_parameters: None,
        supported_voices: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_model() {
        assert_eq!(models().count(), lines().count());
        assert!(models().count() >= 60);
    }
}
