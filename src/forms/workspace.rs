//! The workspace form, for creating a workspace and for changing one.
//!
//! Invariant: a field that is as it was loaded is neither checked nor sent. A form that was filled from a workspace and
//! not edited is an update that changes nothing, even where the server holds what this form would refuse.

use std::collections::HashMap;
use std::convert::Infallible;
use std::fmt::Display;

use thiserror::Error;

use super::form::form_fields;
use super::{Form, FormField as _, KeyFilter, KeyScope, PercentInput};
use crate::api::ApiError;
use crate::domain::text::{SamplingRateProblem, WorkspaceName, parse_description};
use crate::domain::{CreateWorkspace, Patch, ProviderSort, SamplingRate, Slug, UpdateWorkspace, Workspace};

/// What a person entered, as the fields show it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the fields are those of `Workspace`")]
pub struct WorkspaceForm {
    pub name: String,
    pub slug: String,
    pub description: String,
    pub text_model: String,
    pub image_model: String,
    pub provider_sort: String,
    pub is_io_logging: bool,
    pub sampling_rate: PercentInput,
    pub logged_keys: KeyFilter,
    pub is_broadcast: bool,
    pub is_data_discount: bool,
    pub disabled_tools: Vec<String>,
}

form_fields! {
    /// A field of the workspace form, in the form's order.
    pub enum WorkspaceField of WorkspaceForm from Workspace {
        Name("Name", "name", name) = |it| it.name.clone(),
        Slug("Slug", "slug", slug) = |it| it.slug.to_string(),
        Description("Description", "description", description) = |it| it.description.clone().unwrap_or_default(),
        TextModel("Default text model", "default_text_model", text_model)
            = |it| it.default_text_model.clone().unwrap_or_default(),
        ImageModel("Default image model", "default_image_model", image_model)
            = |it| it.default_image_model.clone().unwrap_or_default(),
        ProviderSort("Provider order", "default_provider_sort", provider_sort)
            = |it| it.default_provider_sort.as_ref().map_or_else(String::new, |sort| sort.as_str().to_owned()),
        IoLogging("Private input and output logging", "is_observability_io_logging_enabled", is_io_logging)
            = |it| it.is_observability_io_logging_enabled,
        SamplingRate("Sampling rate", "io_logging_sampling_rate", sampling_rate)
            = |it| PercentInput(it.io_logging_sampling_rate.map(SamplingRate::percent_digits).unwrap_or_default()),
        ApiKeyIds("Logged API keys", "io_logging_api_key_ids", logged_keys)
            = |it| KeyFilter::of(it.io_logging_api_key_ids.as_deref()),
        Broadcast("Broadcast", "is_observability_broadcast_enabled", is_broadcast)
            = |it| it.is_observability_broadcast_enabled,
        DataDiscount("Data discount logging", "is_data_discount_logging_enabled", is_data_discount)
            = |it| it.is_data_discount_logging_enabled,
        DisabledTools("Disabled server tools", "disabled_server_tools", disabled_tools)
            = |it| it.disabled_server_tools.clone().unwrap_or_default(),
    }
}

impl WorkspaceField {
    /// The field that a refusal (400, 409 or 422) names in its message or metadata.
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
        // “name” is also a common word, so every other field is looked for first.
        let fields = Self::ALL.iter().filter(|field| **field != Self::Name).chain([&Self::Name]);
        fields.copied().find(|field| words.iter().any(|word| word == field.wire_name()))
    }
}

#[derive(Debug, Error)]
enum KeyIdProblem {
    #[error("“{0}” is not an API key ID, such as 12")]
    NotNumber(String),
    #[error("Add at least one key ID, or log all API keys")]
    Empty,
}

#[derive(Debug, Error)]
#[error("Enter a model ID without spaces, such as openai/gpt-5")]
struct ModelProblem;

#[derive(Debug, Error)]
enum RateProblem {
    #[error("You can’t clear the rate. Change it, or keep {}%", .0.percent_digits())]
    Cleared(SamplingRate),
    #[error("{0}")]
    Typed(SamplingRateProblem),
}

#[derive(Debug, Error)]
enum SlugRefusal {
    #[error("{0}")]
    Typed(crate::domain::slug::SlugProblem),
    #[error("You can’t change the slug of the default workspace")]
    Default,
    #[error("Another workspace uses “{0}”")]
    Taken(Slug),
}

impl KeyFilter {
    fn of(ids: Option<&[i64]>) -> Self {
        let scope = if ids.is_some() { KeyScope::Listed } else { KeyScope::All };
        Self { scope, ids: ids.into_iter().flatten().map(i64::to_string).collect() }
    }

    /// The numbers of the listed keys; `None` for all keys.
    fn parse(&self) -> Result<Option<Vec<i64>>, KeyIdProblem> {
        let number = |text: &String| text.trim().parse().map_err(|_| KeyIdProblem::NotNumber(text.clone()));
        match self.scope {
            KeyScope::All => Ok(None),
            KeyScope::Listed if self.ids.is_empty() => Err(KeyIdProblem::Empty),
            KeyScope::Listed => self.ids.iter().map(number).collect::<Result<_, _>>().map(Some),
        }
    }
}

/// The problem of each field that has one.
pub type Problems = HashMap<WorkspaceField, String>;

/// Collects what was edited, and the problems of it.
struct Check<'a> {
    form: &'a WorkspaceForm,
    before: Option<&'a Workspace>,
    loaded: Option<WorkspaceForm>,
    problems: Problems,
}

impl Check<'_> {
    /// The parsed value of a field; `None` where the field was not edited or has a problem.
    fn edited<T, E: Display>(&mut self, field: WorkspaceField, parse: impl FnOnce() -> Result<T, E>) -> Option<T> {
        if self.loaded.as_ref().is_some_and(|loaded| self.form.matches(field, loaded)) {
            return None;
        }
        parse().map_err(|problem| self.problems.insert(field, problem.to_string())).ok()
    }

    fn patch<T: PartialEq, E: Display>(
        &mut self,
        field: WorkspaceField,
        parse: impl FnOnce() -> Result<Option<T>, E>,
        held: impl FnOnce(&Workspace) -> Option<&T>,
    ) -> Patch<T> {
        let edited = self.edited(field, parse);
        edited.map_or(Patch::Keep, |value| Patch::between(self.before.and_then(held), value))
    }

    fn switch(&mut self, field: WorkspaceField, is_on: bool) -> Option<bool> {
        self.edited(field, || Ok::<_, Infallible>(is_on))
    }
}

impl WorkspaceForm {
    /// Whether more than the name, the slug and the description was entered.
    pub fn has_options(&self) -> bool {
        let Self { name, slug, description, .. } = self.clone();
        *self != Self { name, slug, description, ..Self::default() }
    }

    /// The request that creates this workspace, or the problems of the form.
    pub fn validate_create(&self, is_taken: impl Fn(&Slug) -> bool) -> Result<CreateWorkspace, Problems> {
        CreateWorkspace::new(self.validate(None, is_taken)?).ok_or_else(Problems::default)
    }

    /// The request that changes `before` into what the form holds, with only what differs, or the problems of the form.
    pub fn validate_update(
        &self,
        before: &Workspace,
        is_taken: impl Fn(&Slug) -> bool,
    ) -> Result<UpdateWorkspace, Problems> {
        self.validate(Some(before), is_taken)
    }

    fn validate(
        &self,
        before: Option<&Workspace>,
        is_taken: impl Fn(&Slug) -> bool,
    ) -> Result<UpdateWorkspace, Problems> {
        let mut check = Check { form: self, before, loaded: before.map(Self::of), problems: Problems::default() };
        let description = || parse_description(&self.description);
        let (sort, tools) = (self.provider_sort.trim(), &self.disabled_tools);
        let sort = || Ok::<_, Infallible>((!sort.is_empty()).then(|| ProviderSort::from(sort.to_owned())));
        let tools = || Ok::<_, Infallible>((!tools.is_empty()).then(|| tools.clone()));
        let update = UpdateWorkspace {
            name: check
                .edited(WorkspaceField::Name, || WorkspaceName::parse(&self.name))
                .filter(|name| before.is_none_or(|it| name.as_str() != it.name)),
            slug: check
                .edited(WorkspaceField::Slug, || self.parse_slug(before, is_taken))
                .filter(|slug| before.is_none_or(|it| *slug != it.slug)),
            description: check.patch(WorkspaceField::Description, description, |it| it.description.as_ref()),
            default_text_model: check.patch(
                WorkspaceField::TextModel,
                || parse_model(&self.text_model),
                |it| it.default_text_model.as_ref(),
            ),
            default_image_model: check.patch(
                WorkspaceField::ImageModel,
                || parse_model(&self.image_model),
                |it| it.default_image_model.as_ref(),
            ),
            default_provider_sort: check
                .patch(WorkspaceField::ProviderSort, sort, |it| it.default_provider_sort.as_ref()),
            is_observability_io_logging_enabled: check.switch(WorkspaceField::IoLogging, self.is_io_logging),
            is_observability_broadcast_enabled: check.switch(WorkspaceField::Broadcast, self.is_broadcast),
            is_data_discount_logging_enabled: check.switch(WorkspaceField::DataDiscount, self.is_data_discount),
            io_logging_sampling_rate: check
                .edited(WorkspaceField::SamplingRate, || self.parse_rate(before))
                .flatten()
                .filter(|rate| before.is_none_or(|it| it.io_logging_sampling_rate != Some(*rate))),
            io_logging_api_key_ids: check.patch(
                WorkspaceField::ApiKeyIds,
                || self.logged_keys.parse(),
                |it| it.io_logging_api_key_ids.as_ref(),
            ),
            disabled_server_tools: check
                .patch(WorkspaceField::DisabledTools, tools, |it| it.disabled_server_tools.as_ref()),
        };
        if check.problems.is_empty() { Ok(update) } else { Err(check.problems) }
    }

    fn parse_slug(&self, before: Option<&Workspace>, is_taken: impl Fn(&Slug) -> bool) -> Result<Slug, SlugRefusal> {
        let slug = Slug::parse(self.slug.trim()).map_err(SlugRefusal::Typed)?;
        if before.is_some_and(Workspace::is_default) {
            Err(SlugRefusal::Default)
        } else if is_taken(&slug) {
            Err(SlugRefusal::Taken(slug))
        } else {
            Ok(slug)
        }
    }

    fn parse_rate(&self, before: Option<&Workspace>) -> Result<Option<SamplingRate>, RateProblem> {
        match (self.sampling_rate.0.trim(), before.and_then(|before| before.io_logging_sampling_rate)) {
            ("", Some(rate)) => Err(RateProblem::Cleared(rate)),
            ("", None) => Ok(None),
            (text, _) => SamplingRate::parse_percent(text).map(Some).map_err(RateProblem::Typed),
        }
    }
}

fn parse_model(text: &str) -> Result<Option<String>, ModelProblem> {
    let text = text.trim();
    if text.contains(char::is_whitespace) { Err(ModelProblem) } else { Ok((!text.is_empty()).then(|| text.to_owned())) }
}

#[cfg(test)]
mod tests;
