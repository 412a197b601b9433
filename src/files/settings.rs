//! The settings of a workspace, one value a field, so that they can be compared field by field.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::text::parse_description;
use crate::domain::{
    CreateWorkspace, Patch, ProviderSort, SamplingRate, Slug, UpdateWorkspace, Workspace, WorkspaceName,
};

/// A setting of a workspace, in the order of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    Slug,
    Name,
    Description,
    TextModel,
    ImageModel,
    ProviderSort,
    IoLogging,
    SamplingRate,
    LoggedKeys,
    Broadcast,
    DataDiscount,
    DisabledTools,
}

/// What a setting holds in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Text,
    Switch,
    Rate,
    Numbers,
    Texts,
}

/// The value of a setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// `null`: cleared, or the default.
    None,
    Switch(bool),
    Text(String),
    Rate(SamplingRate),
    Numbers(Vec<i64>),
    Texts(Vec<String>),
}

impl Setting {
    pub const ALL: [Self; 12] = [
        Self::Slug,
        Self::Name,
        Self::Description,
        Self::TextModel,
        Self::ImageModel,
        Self::ProviderSort,
        Self::IoLogging,
        Self::SamplingRate,
        Self::LoggedKeys,
        Self::Broadcast,
        Self::DataDiscount,
        Self::DisabledTools,
    ];

    /// The name in a file, which is that in the API.
    pub fn key(self) -> &'static str {
        match self {
            Self::Slug => "slug",
            Self::Name => "name",
            Self::Description => "description",
            Self::TextModel => "default_text_model",
            Self::ImageModel => "default_image_model",
            Self::ProviderSort => "default_provider_sort",
            Self::IoLogging => "is_observability_io_logging_enabled",
            Self::SamplingRate => "io_logging_sampling_rate",
            Self::LoggedKeys => "io_logging_api_key_ids",
            Self::Broadcast => "is_observability_broadcast_enabled",
            Self::DataDiscount => "is_data_discount_logging_enabled",
            Self::DisabledTools => "disabled_server_tools",
        }
    }

    /// The name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Slug => "Slug",
            Self::Name => "Name",
            Self::Description => "Description",
            Self::TextModel => "Default text model",
            Self::ImageModel => "Default image model",
            Self::ProviderSort => "Provider order",
            Self::IoLogging => "Private input and output logging",
            Self::SamplingRate => "Sampling rate",
            Self::LoggedKeys => "Logged API keys",
            Self::Broadcast => "Broadcast",
            Self::DataDiscount => "Data discount logging",
            Self::DisabledTools => "Disabled server tools",
        }
    }

    pub fn shape(self) -> Shape {
        match self {
            Self::IoLogging | Self::Broadcast | Self::DataDiscount => Shape::Switch,
            Self::SamplingRate => Shape::Rate,
            Self::LoggedKeys => Shape::Numbers,
            Self::DisabledTools => Shape::Texts,
            _ => Shape::Text,
        }
    }

    /// Whether it can be cleared with `null`.
    pub fn is_clearable(self) -> bool {
        !matches!(self, Self::Slug | Self::Name) && self.shape() != Shape::Switch && self != Self::SamplingRate
    }

    /// A text that a person wrote, as it is sent.
    pub(super) fn trimmed(self, value: Value) -> Value {
        match value {
            Value::Text(text) if text.trim().is_empty() && self.is_clearable() => Value::None,
            Value::Text(text) => Value::Text(text.trim().to_owned()),
            Value::Texts(texts) if texts.is_empty() => Value::None,
            other => other,
        }
    }

    /// Why the API would refuse a value.
    pub(super) fn problem(self, value: &Value) -> Option<String> {
        match (self, value) {
            (Self::Slug, Value::Text(text)) => Slug::parse(text).err().map(|why| why.to_string()),
            (Self::Name, Value::Text(text)) => WorkspaceName::parse(text).err().map(|why| why.to_string()),
            (Self::Description, Value::Text(text)) => parse_description(text).err().map(|why| why.to_string()),
            _ => None,
        }
    }
}

impl Value {
    /// The value in a sentence.
    pub fn shown(&self) -> String {
        match self {
            Self::None => "none".to_owned(),
            Self::Switch(true) => "on".to_owned(),
            Self::Switch(false) => "off".to_owned(),
            Self::Text(text) => text.clone(),
            Self::Rate(rate) => rate.to_string(),
            Self::Numbers(numbers) if numbers.is_empty() => "no keys".to_owned(),
            Self::Numbers(numbers) => numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            Self::Texts(texts) => texts.join(", "),
        }
    }

    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Some settings of a workspace. A setting that is not in it is left as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Settings(pub BTreeMap<Setting, Value>);

impl Settings {
    /// All settings of a workspace.
    pub fn of(workspace: &Workspace) -> Self {
        let text = |text: &Option<String>| text.clone().map_or(Value::None, Value::Text);
        let value = |setting| match setting {
            Setting::Slug => Value::Text(workspace.slug.to_string()),
            Setting::Name => Value::Text(workspace.name.clone()),
            Setting::Description => text(&workspace.description),
            Setting::TextModel => text(&workspace.default_text_model),
            Setting::ImageModel => text(&workspace.default_image_model),
            Setting::ProviderSort => workspace
                .default_provider_sort
                .as_ref()
                .map_or(Value::None, |sort| Value::Text(sort.as_str().to_owned())),
            Setting::IoLogging => Value::Switch(workspace.is_observability_io_logging_enabled),
            Setting::SamplingRate => workspace.io_logging_sampling_rate.map_or(Value::None, Value::Rate),
            Setting::LoggedKeys => workspace.io_logging_api_key_ids.clone().map_or(Value::None, Value::Numbers),
            Setting::Broadcast => Value::Switch(workspace.is_observability_broadcast_enabled),
            Setting::DataDiscount => Value::Switch(workspace.is_data_discount_logging_enabled),
            Setting::DisabledTools => {
                let tools = workspace.disabled_server_tools.clone().filter(|tools| !tools.is_empty());
                tools.map_or(Value::None, Value::Texts)
            }
        };
        Self(Setting::ALL.into_iter().map(|setting| (setting, value(setting))).collect())
    }

    pub fn get(&self, setting: Setting) -> Option<&Value> {
        self.0.get(&setting)
    }

    pub fn text(&self, setting: Setting) -> Option<&str> {
        self.get(setting).and_then(Value::text)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The settings of `now` that this one names.
    #[must_use]
    pub fn same_fields_of(&self, now: &Self) -> Self {
        Self(self.0.keys().filter_map(|setting| Some((*setting, now.get(*setting)?.clone()))).collect())
    }

    /// Whether `now` has all these values.
    pub fn is_met_by(&self, now: &Self) -> bool {
        self.0.iter().all(|(setting, value)| now.get(*setting) == Some(value))
    }

    /// The request that sets them. A value that the API does not accept is not in it.
    pub fn update(&self) -> UpdateWorkspace {
        let text = |setting| match self.get(setting) {
            None => Patch::Keep,
            Some(Value::Text(text)) => Patch::Set(text.clone()),
            Some(_) => Patch::Clear,
        };
        let switch = |setting| match self.get(setting) {
            Some(Value::Switch(is_on)) => Some(*is_on),
            _ => None,
        };
        UpdateWorkspace {
            name: self.text(Setting::Name).and_then(|text| WorkspaceName::parse(text).ok()),
            slug: self.text(Setting::Slug).and_then(|text| Slug::parse(text).ok()),
            description: text(Setting::Description),
            default_text_model: text(Setting::TextModel),
            default_image_model: text(Setting::ImageModel),
            default_provider_sort: match text(Setting::ProviderSort) {
                Patch::Set(sort) => Patch::Set(ProviderSort::from(sort)),
                Patch::Clear => Patch::Clear,
                Patch::Keep => Patch::Keep,
            },
            is_observability_io_logging_enabled: switch(Setting::IoLogging),
            is_observability_broadcast_enabled: switch(Setting::Broadcast),
            is_data_discount_logging_enabled: switch(Setting::DataDiscount),
            io_logging_sampling_rate: match self.get(Setting::SamplingRate) {
                Some(Value::Rate(rate)) => Some(*rate),
                _ => None,
            },
            io_logging_api_key_ids: match self.get(Setting::LoggedKeys) {
                Some(Value::Numbers(numbers)) => Patch::Set(numbers.clone()),
                Some(_) => Patch::Clear,
                None => Patch::Keep,
            },
            disabled_server_tools: match self.get(Setting::DisabledTools) {
                Some(Value::Texts(tools)) => Patch::Set(tools.clone()),
                Some(_) => Patch::Clear,
                None => Patch::Keep,
            },
        }
    }

    /// The request that creates a workspace with them. `None` without a name or a slug.
    pub fn create(&self) -> Option<CreateWorkspace> {
        let set = self.0.iter().filter(|(_, value)| **value != Value::None);
        let mut values = Self(set.map(|(setting, value)| (*setting, value.clone())).collect()).update();
        // All switches are sent, so that a workspace that was read back can be compared with the request.
        for switch in [
            &mut values.is_observability_io_logging_enabled,
            &mut values.is_observability_broadcast_enabled,
            &mut values.is_data_discount_logging_enabled,
        ] {
            switch.get_or_insert(false);
        }
        CreateWorkspace::new(values)
    }
}
