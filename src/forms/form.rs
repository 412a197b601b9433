//! What all forms have in common: a table of fields, from which comparing, merging and drafts follow.

use serde::{Deserialize, Serialize};

use super::draft::Positional;
use crate::domain::{Percent, Usd};

/// The value of one field, as it was entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// On or off; `None` where the person has not chosen and the server does not say.
    Switch(Option<bool>),
    Text(String),
    /// A percentage without its sign. It is read back as a text.
    Percent(String),
    List(Vec<String>),
    /// All API keys, or those with the listed numbers.
    Keys(KeyFilter),
    Limit(LimitInput),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyScope {
    /// All keys (`null` on the wire).
    #[default]
    All,
    Listed,
}

/// A choice of API keys. The list is kept while all keys are chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct KeyFilter {
    /// Whether the list counts.
    pub scope: KeyScope,
    pub ids: Vec<String>,
}

/// A percentage, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PercentInput(pub String);

/// A limit. The amount is kept while the limit is off.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LimitInput {
    pub is_on: bool,
    /// The amount in US dollars, as it was typed.
    pub amount: String,
}

impl Value {
    /// The value as one line of text; an empty value is an empty text.
    pub fn display_text(&self) -> String {
        match self {
            Self::Switch(Some(true)) => "on".to_owned(),
            Self::Switch(Some(false)) => "off".to_owned(),
            Self::Switch(None) => "not set".to_owned(),
            Self::Text(text) => text.clone(),
            Self::Percent(text) => Percent::parse(text).map_or(text.clone(), |percent| percent.to_string()),
            Self::List(items) => items.join(", "),
            Self::Keys(KeyFilter { scope: KeyScope::All, .. }) => "all keys".to_owned(),
            Self::Keys(keys) => keys.ids.join(", "),
            Self::Limit(LimitInput { is_on: false, .. }) => "no limit".to_owned(),
            Self::Limit(limit) => Usd::parse(&limit.amount).map_or(limit.amount.clone(), |amount| amount.to_string()),
        }
    }

    /// Whether this value is no edit of `base`. Amounts and percentages are compared by value, and a switch that was not set is no edit.
    fn matches(&self, base: &Self) -> bool {
        match (self, base) {
            (Self::Switch(None), _) => true,
            (Self::Limit(mine), Self::Limit(base)) if mine.is_on && base.is_on => {
                match (Usd::parse(&mine.amount), Usd::parse(&base.amount)) {
                    (Ok(mine), Ok(base)) => mine == base,
                    _ => mine.amount == base.amount,
                }
            }
            (Self::Limit(mine), Self::Limit(base)) => mine.is_on == base.is_on,
            (Self::Percent(mine), Self::Percent(base)) => match (Percent::parse(mine), Percent::parse(base)) {
                (Some(mine), Some(base)) => mine == base,
                _ => mine == base,
            },
            (Self::Keys(mine), Self::Keys(base)) => {
                mine.scope == base.scope && (mine.scope == KeyScope::All || mine.ids == base.ids)
            }
            _ => self == base,
        }
    }
}

/// A type that a form keeps a field's value in.
pub trait FieldType: Clone + Default + PartialEq + Send + Sync + 'static {
    fn to_value(&self) -> Value;
    /// The reverse of [`FieldType::to_value`]; `None` for a value of another kind.
    fn from_value(value: Value) -> Option<Self>;
}

macro_rules! field_type {
    ($type:ty, $variant:ident) => {
        impl FieldType for $type {
            fn to_value(&self) -> Value {
                Value::$variant(self.clone().into())
            }

            fn from_value(value: Value) -> Option<Self> {
                if let Value::$variant(value) = value { value.into() } else { None }
            }
        }
    };
}

field_type!(String, Text);
field_type!(bool, Switch);
field_type!(Vec<String>, List);
field_type!(KeyFilter, Keys);
field_type!(LimitInput, Limit);

impl FieldType for PercentInput {
    fn to_value(&self) -> Value {
        Value::Percent(self.0.clone())
    }

    fn from_value(value: Value) -> Option<Self> {
        if let Value::Percent(text) | Value::Text(text) = value { Some(Self(text)) } else { None }
    }
}

/// What a form calls one of its fields.
pub trait FormField: Copy + PartialEq + Send + Sync + 'static {
    const ALL: &'static [Self];
    fn label(self) -> &'static str;
    /// The name in requests, answers and drafts.
    fn wire_name(self) -> &'static str;
}

/// A field that someone else changed after the form was loaded, or that was edited in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    pub label: &'static str,
    /// The value that was loaded.
    pub loaded: String,
    /// The value on the server now, where someone else changed it.
    pub theirs: Option<String>,
    /// The value in the form, where it was edited.
    pub mine: Option<String>,
    /// Whether both were changed to different values: saving would overwrite theirs.
    pub is_overlap: bool,
}

/// A form: what a person entered, field by field.
pub trait Form: Positional + Clone + Default + PartialEq + Send + Sync + 'static {
    type Field: FormField;
    /// The part of the server's state that the form edits.
    type Server: Clone + PartialEq + Send + Sync + 'static;

    fn of(server: &Self::Server) -> Self;
    fn get(&self, field: Self::Field) -> Value;
    /// Sets a field; a value of another kind is ignored.
    fn set(&mut self, field: Self::Field, value: Value);

    fn matches(&self, field: Self::Field, other: &Self) -> bool {
        self.get(field).matches(&other.get(field))
    }

    /// Whether anything was edited, compared with the server's state.
    fn differs_from(&self, base: &Self::Server) -> bool {
        let base = Self::of(base);
        Self::Field::ALL.iter().any(|field| !self.matches(*field, &base))
    }

    /// The fields that changed on the server after `loaded` was read, and those that were edited in this form.
    fn differences(&self, loaded: &Self::Server, now: &Self::Server) -> Vec<Comparison> {
        self.compare(&Self::of(loaded), &Self::of(now))
    }

    /// The same, of two filled forms.
    fn compare(&self, loaded: &Self, now: &Self) -> Vec<Comparison> {
        let comparison = |field: &Self::Field| {
            let field = *field;
            let is_theirs = !now.matches(field, loaded) && !loaded.matches(field, now);
            let is_mine = !self.matches(field, loaded);
            (is_theirs || is_mine).then(|| Comparison {
                label: field.label(),
                loaded: loaded.get(field).display_text(),
                theirs: is_theirs.then(|| now.get(field).display_text()),
                mine: is_mine.then(|| self.get(field).display_text()),
                is_overlap: is_theirs && is_mine && !self.matches(field, now),
            })
        };
        Self::Field::ALL.iter().filter_map(comparison).collect()
    }

    /// Whether a field was edited here and changed on the server to another value.
    fn overlaps(&self, loaded: &Self::Server, now: &Self::Server) -> bool {
        self.differences(loaded, now).iter().any(|it| it.is_overlap)
    }

    /// The form after the server's state moved on from `loaded`: fields that were not edited follow it.
    #[must_use]
    fn rebased(&self, loaded: &Self::Server, now: &Self::Server) -> Self {
        self.following(&Self::of(loaded), &Self::of(now))
    }

    /// The form with each field that holds the same as in `was`, or as in `is`, written as in `is`.
    #[must_use]
    fn following(&self, was: &Self, is: &Self) -> Self {
        let mut form = self.clone();
        for field in Self::Field::ALL {
            if self.matches(*field, was) || self.matches(*field, is) {
                form.set(*field, is.get(*field));
            }
        }
        form
    }
}

/// Defines the fields of a form, one line a field: its name, its label, its name on the wire, the member of the form that
/// holds it, and how it is filled from the server's state.
macro_rules! form_fields {
    (
        $(#[$about:meta])* pub enum $field:ident of $form:ident from $server:ty {
            $($name:ident($label:literal, $wire:literal, $member:ident) = $fill:expr,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $field {
            $($name),*
        }

        impl $crate::forms::FormField for $field {
            const ALL: &'static [Self] = &[$(Self::$name),*];

            fn label(self) -> &'static str {
                match self {
                    $(Self::$name => $label),*
                }
            }

            fn wire_name(self) -> &'static str {
                match self {
                    $(Self::$name => $wire),*
                }
            }
        }

        impl $crate::forms::Form for $form {
            type Field = $field;
            type Server = $server;

            fn of(server: &$server) -> Self {
                Self {
                    $($member: {
                        let fill: fn(&$server) -> _ = $fill;
                        fill(server)
                    }),*
                }
            }

            fn get(&self, field: $field) -> $crate::forms::Value {
                match field {
                    $($field::$name => $crate::forms::FieldType::to_value(&self.$member)),*
                }
            }

            fn set(&mut self, field: $field, value: $crate::forms::Value) {
                match field {
                    $($field::$name => {
                        if let Some(value) = $crate::forms::FieldType::from_value(value) {
                            self.$member = value;
                        }
                    })*
                }
            }
        }
    };
}

pub(super) use form_fields;
