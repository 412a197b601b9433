//! The workspace form: for creating one, and for changing one.
//!
//! Invariant: a form filled from a workspace and not touched is an update that changes nothing.

use thiserror::Error;

use super::{Draft, Field, Problems};
use crate::domain::text::{SamplingRateProblem, WorkspaceName};
use crate::domain::{
    CreateWorkspace, Description, Patch, ProviderSort, SamplingRate, Slug, UpdateWorkspace, Workspace,
};

/// Whose requests are logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeyScope {
    /// Those of every key (`null` on the wire).
    #[default]
    All,
    /// Those of the listed keys.
    Listed,
}

/// What a person typed or chose, as it stands in the fields.
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
    pub sampling_rate: String,
    pub key_scope: KeyScope,
    pub api_key_ids: Vec<String>,
    pub is_broadcast: bool,
    pub is_data_discount: bool,
    pub disabled_tools: Vec<String>,
}

#[derive(Debug, Error)]
enum KeyIdProblem {
    #[error("“{0}” is not the number of an API key")]
    NotNumber(String),
    #[error("List at least one key, or log all keys")]
    Nothing,
}

#[derive(Debug, Error)]
#[error("Model ids have no spaces; use one such as openai/gpt-5")]
struct ModelProblem;

#[derive(Debug, Error)]
enum RateProblem {
    #[error("This workspace’s rate cannot be cleared, only changed; it is {0}")]
    Cleared(SamplingRate),
    #[error("{0}")]
    Typed(SamplingRateProblem),
}

/// All fields, read.
struct Values {
    name: WorkspaceName,
    slug: Slug,
    description: Option<Description>,
    text_model: Option<String>,
    image_model: Option<String>,
    provider_sort: Option<ProviderSort>,
    sampling_rate: Option<SamplingRate>,
    api_key_ids: Option<Vec<i64>>,
    disabled_tools: Option<Vec<String>>,
}

impl WorkspaceForm {
    /// The form filled with what a workspace holds.
    pub fn of(workspace: &Workspace) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Self {
            name: workspace.name.clone(),
            slug: workspace.slug.to_string(),
            description: text(&workspace.description),
            text_model: text(&workspace.default_text_model),
            image_model: text(&workspace.default_image_model),
            provider_sort: workspace
                .default_provider_sort
                .as_ref()
                .map_or_else(String::new, |sort| sort.as_str().to_owned()),
            is_io_logging: workspace.is_observability_io_logging_enabled,
            sampling_rate: workspace.io_logging_sampling_rate.map_or_else(String::new, |rate| rate.to_string()),
            key_scope: if workspace.io_logging_api_key_ids.is_some() { KeyScope::Listed } else { KeyScope::All },
            api_key_ids: workspace.io_logging_api_key_ids.iter().flatten().map(i64::to_string).collect(),
            is_broadcast: workspace.is_observability_broadcast_enabled,
            is_data_discount: workspace.is_data_discount_logging_enabled,
            disabled_tools: workspace.disabled_server_tools.clone().unwrap_or_default(),
        }
    }

    /// The request that makes this workspace, or what keeps it from being one.
    pub fn validate_create(&self, is_taken: impl Fn(&Slug) -> bool) -> Result<CreateWorkspace, Problems> {
        let values = self.read(None, is_taken)?;
        Ok(CreateWorkspace {
            name: values.name,
            slug: values.slug,
            description: values.description,
            default_text_model: values.text_model,
            default_image_model: values.image_model,
            default_provider_sort: values.provider_sort,
            is_observability_io_logging_enabled: self.is_io_logging,
            is_observability_broadcast_enabled: self.is_broadcast,
            is_data_discount_logging_enabled: self.is_data_discount,
            io_logging_sampling_rate: values.sampling_rate,
            io_logging_api_key_ids: values.api_key_ids,
            disabled_server_tools: values.disabled_tools,
        })
    }

    /// The request that turns `before` into what the form holds (only what differs), or what keeps it from being one.
    pub fn validate_update(
        &self,
        before: &Workspace,
        is_taken: impl Fn(&Slug) -> bool,
    ) -> Result<UpdateWorkspace, Problems> {
        let values = self.read(Some(before), is_taken)?;
        let untouched = Self::of(before);
        let patch = |is_touched: bool, before: Option<&String>, after: Option<String>| {
            if is_touched { Patch::between(before, after) } else { Patch::Keep }
        };
        let switched = |now: bool, before: bool| (now != before).then_some(now);
        let described = values.description.as_ref().map(|text| text.as_str().to_owned());
        Ok(UpdateWorkspace {
            name: (self.name != untouched.name && values.name.as_str() != before.name).then_some(values.name),
            slug: (values.slug != before.slug).then_some(values.slug),
            description: patch(self.description != untouched.description, before.description.as_ref(), described),
            default_text_model: Patch::between(before.default_text_model.as_ref(), values.text_model),
            default_image_model: Patch::between(before.default_image_model.as_ref(), values.image_model),
            default_provider_sort: Patch::between(before.default_provider_sort.as_ref(), values.provider_sort),
            is_observability_io_logging_enabled: switched(
                self.is_io_logging,
                before.is_observability_io_logging_enabled,
            ),
            is_observability_broadcast_enabled: switched(self.is_broadcast, before.is_observability_broadcast_enabled),
            is_data_discount_logging_enabled: switched(self.is_data_discount, before.is_data_discount_logging_enabled),
            io_logging_sampling_rate: values
                .sampling_rate
                .filter(|rate| before.io_logging_sampling_rate != Some(*rate)),
            io_logging_api_key_ids: Patch::between(before.io_logging_api_key_ids.as_ref(), values.api_key_ids),
            disabled_server_tools: if self.disabled_tools == untouched.disabled_tools {
                Patch::Keep
            } else {
                Patch::between(before.disabled_server_tools.as_ref(), values.disabled_tools)
            },
        })
    }

    fn read(&self, before: Option<&Workspace>, is_taken: impl Fn(&Slug) -> bool) -> Result<Values, Problems> {
        let mut problems = Problems::default();
        let name = problems.take(Field::Name, WorkspaceName::parse(&self.name));
        let slug = self.read_slug(before, is_taken, &mut problems);
        let description = problems.take(Field::Description, Description::parse(&self.description));
        let text_model =
            problems.take(Field::TextModel, model(&self.text_model, before.map(|it| &it.default_text_model)));
        let image_model =
            problems.take(Field::ImageModel, model(&self.image_model, before.map(|it| &it.default_image_model)));
        let sampling_rate = problems.take(Field::SamplingRate, self.read_rate(before)).flatten();
        let api_key_ids = problems.take(Field::ApiKeyIds, self.read_key_ids(before));
        let sort = self.provider_sort.trim();
        match (name, slug, description, text_model, image_model, api_key_ids) {
            (Some(name), Some(slug), Some(description), Some(text_model), Some(image_model), Some(api_key_ids))
                if problems.is_empty() =>
            {
                Ok(Values {
                    name,
                    slug,
                    description,
                    text_model,
                    image_model,
                    provider_sort: (!sort.is_empty()).then(|| ProviderSort::from(sort.to_owned())),
                    sampling_rate,
                    api_key_ids,
                    disabled_tools: (!self.disabled_tools.is_empty()).then(|| self.disabled_tools.clone()),
                })
            }
            _ => Err(problems),
        }
    }

    fn read_slug(
        &self,
        before: Option<&Workspace>,
        is_taken: impl Fn(&Slug) -> bool,
        problems: &mut Problems,
    ) -> Option<Slug> {
        // A slug that the server already holds is kept, even where the rule for new ones is stricter.
        if let Some(before) = before.filter(|before| before.slug.as_str() == self.slug) {
            return Some(before.slug.clone());
        }
        let slug = problems.take(Field::Slug, Slug::parse(self.slug.trim()))?;
        if before.is_some_and(Workspace::is_default) {
            problems.add(Field::Slug, "The default workspace keeps its slug: it is what marks it");
            return None;
        }
        if is_taken(&slug) {
            problems.add(Field::Slug, format!("“{slug}” is taken by another workspace"));
            return None;
        }
        Some(slug)
    }

    fn read_rate(&self, before: Option<&Workspace>) -> Result<Option<SamplingRate>, RateProblem> {
        let had = before.and_then(|before| before.io_logging_sampling_rate);
        match (self.sampling_rate.trim(), had) {
            ("", Some(rate)) => Err(RateProblem::Cleared(rate)),
            ("", None) => Ok(None),
            (text, _) => SamplingRate::parse(text).map(Some).map_err(RateProblem::Typed),
        }
    }

    fn read_key_ids(&self, before: Option<&Workspace>) -> Result<Option<Vec<i64>>, KeyIdProblem> {
        // What the server holds already is kept, even where this form would not let it be made.
        let held = before.filter(|before| Self::of(before).text_of(Field::ApiKeyIds) == self.text_of(Field::ApiKeyIds));
        if let Some(before) = held {
            return Ok(before.io_logging_api_key_ids.clone());
        }
        if self.key_scope == KeyScope::All {
            return Ok(None);
        }
        if self.api_key_ids.is_empty() {
            return Err(KeyIdProblem::Nothing);
        }
        let number = |text: &String| text.trim().parse().map_err(|_| KeyIdProblem::NotNumber(text.clone()));
        self.api_key_ids.iter().map(number).collect::<Result<Vec<i64>, _>>().map(Some)
    }
}

impl Draft for WorkspaceForm {
    fn to_texts(&self) -> Vec<String> {
        let switch = |is_on: bool| if is_on { "on" } else { "" }.to_owned();
        vec![
            self.name.clone(),
            self.slug.clone(),
            self.description.clone(),
            self.text_model.clone(),
            self.image_model.clone(),
            self.provider_sort.clone(),
            switch(self.is_io_logging),
            self.sampling_rate.clone(),
            switch(self.key_scope == KeyScope::Listed),
            self.api_key_ids.join("\n"),
            switch(self.is_broadcast),
            switch(self.is_data_discount),
            self.disabled_tools.join("\n"),
        ]
    }

    fn from_texts(texts: &mut std::vec::IntoIter<String>) -> Option<Self> {
        let lines = |text: String| text.lines().map(str::to_owned).collect();
        Some(Self {
            name: texts.next()?,
            slug: texts.next()?,
            description: texts.next()?,
            text_model: texts.next()?,
            image_model: texts.next()?,
            provider_sort: texts.next()?,
            is_io_logging: texts.next()? == "on",
            sampling_rate: texts.next()?,
            key_scope: if texts.next()? == "on" { KeyScope::Listed } else { KeyScope::All },
            api_key_ids: lines(texts.next()?),
            is_broadcast: texts.next()? == "on",
            is_data_discount: texts.next()? == "on",
            disabled_tools: lines(texts.next()?),
        })
    }
}

fn model(text: &str, held: Option<&Option<String>>) -> Result<Option<String>, ModelProblem> {
    if let Some(Some(held)) = held.filter(|held| held.as_deref() == Some(text)) {
        return Ok(Some(held.clone()));
    }
    let text = text.trim();
    if text.contains(char::is_whitespace) {
        return Err(ModelProblem);
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

#[cfg(test)]
mod tests;
