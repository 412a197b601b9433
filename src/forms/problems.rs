//! What is wrong with a form, field by field.
//!
//! Invariant: at most one problem a field, in the order of the form.

use crate::api::ApiError;

/// A field of the workspace form, in the form's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is named like the field of `Workspace`")]
pub enum Field {
    Name,
    Slug,
    Description,
    TextModel,
    ImageModel,
    ProviderSort,
    IoLogging,
    SamplingRate,
    ApiKeyIds,
    Broadcast,
    DataDiscount,
    DisabledTools,
}

impl Field {
    /// All fields, in the form's order.
    pub const ALL: [Self; 12] = [
        Self::Name,
        Self::Slug,
        Self::Description,
        Self::TextModel,
        Self::ImageModel,
        Self::ProviderSort,
        Self::IoLogging,
        Self::SamplingRate,
        Self::ApiKeyIds,
        Self::Broadcast,
        Self::DataDiscount,
        Self::DisabledTools,
    ];

    /// The label that the form shows.
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Slug => "Slug",
            Self::Description => "Description",
            Self::TextModel => "Default text model",
            Self::ImageModel => "Default image model",
            Self::ProviderSort => "Provider order",
            Self::IoLogging => "Private input and output logging",
            Self::SamplingRate => "Sampling rate",
            Self::ApiKeyIds => "Logged API keys",
            Self::Broadcast => "Broadcast",
            Self::DataDiscount => "Data discount logging",
            Self::DisabledTools => "Disabled server tools",
        }
    }

    /// The name on the wire, by which the server's messages speak of it.
    pub fn wire_name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Slug => "slug",
            Self::Description => "description",
            Self::TextModel => "default_text_model",
            Self::ImageModel => "default_image_model",
            Self::ProviderSort => "default_provider_sort",
            Self::IoLogging => "is_observability_io_logging_enabled",
            Self::SamplingRate => "io_logging_sampling_rate",
            Self::ApiKeyIds => "io_logging_api_key_ids",
            Self::Broadcast => "is_observability_broadcast_enabled",
            Self::DataDiscount => "is_data_discount_logging_enabled",
            Self::DisabledTools => "disabled_server_tools",
        }
    }

    /// The field that a refusal (400, 409 or 422) speaks of, where its message or metadata names one.
    pub fn named_in(error: &ApiError) -> Option<Self> {
        let ApiError::Status(status) = error else { return None };
        if !matches!(status.status, 400 | 409 | 422) {
            return None;
        }
        let text = format!("{} {}", status.message, status.metadata.as_deref().unwrap_or_default());
        let words: Vec<String> = text
            .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
            .map(str::to_ascii_lowercase)
            .collect();
        // “name” is also a common word: every other field is looked for first.
        let has = |field: &Self| words.iter().any(|word| word == field.wire_name());
        Self::ALL.into_iter().skip(1).chain([Self::Name]).find(has)
    }
}

/// The problems of a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problems(Vec<(Field, String)>);

impl Problems {
    /// Notes a problem; the first one of a field stays.
    pub fn add(&mut self, field: Field, problem: impl Into<String>) {
        if self.of(field).is_none() {
            let at = self.0.iter().take_while(|(before, _)| *before < field).count();
            self.0.insert(at, (field, problem.into()));
        }
    }

    /// The problem of a field.
    pub fn of(&self, field: Field) -> Option<&str> {
        self.0.iter().find(|(at, _)| *at == field).map(|(_, problem)| problem.as_str())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many fields have one.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The topmost field with a problem.
    pub fn first(&self) -> Option<Field> {
        self.0.first().map(|(field, _)| *field)
    }

    /// Takes the value out of a parse, or notes its problem.
    pub fn take<T, E: std::fmt::Display>(&mut self, field: Field, parsed: Result<T, E>) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(problem) => {
                self.add(field, problem.to_string());
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{Operation, StatusError};

    #[test]
    fn a_refusal_lands_on_the_field_that_it_names() {
        let named = |status, message: &str| {
            Field::named_in(&ApiError::Status(Box::new(StatusError {
                operation: Operation::CreateWorkspace,
                status,
                code: None,
                message: message.to_owned(),
                metadata: None,
                request_id: None,
                retry_after: None,
            })))
        };
        assert_eq!(named(400, "A workspace with slug \"lab\" already exists"), Some(Field::Slug));
        assert_eq!(named(400, "name: too long"), Some(Field::Name));
        assert_eq!(named(400, "The name of default_text_model is unknown"), Some(Field::TextModel));
        assert_eq!(named(400, "Bad request"), None);
        assert_eq!(named(403, "slug"), None);
    }
}
