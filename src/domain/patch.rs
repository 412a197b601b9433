//! A field of a partial update.
//!
//! Invariant: `Keep` is never serialized. Only an absent field leaves a value unchanged.

use serde::{Serialize, Serializer};

/// The change of one field. Use with `#[serde(skip_serializing_if = "Patch::is_keep")]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Patch<T> {
    /// Absent: the server leaves the field unchanged.
    #[default]
    Keep,
    /// `null`: the server clears the field.
    Clear,
    /// A value: the server sets it.
    Set(T),
}

impl<T: PartialEq> Patch<T> {
    /// The change from `before` to `after`.
    pub fn between(before: Option<&T>, after: Option<T>) -> Self {
        match (before, after) {
            (None, None) => Self::Keep,
            (Some(old), Some(new)) if *old == new => Self::Keep,
            (_, Some(new)) => Self::Set(new),
            (Some(_), None) => Self::Clear,
        }
    }
}

impl<T> Patch<T> {
    /// The value after the change of `before`.
    pub fn applied<'a>(&'a self, before: Option<&'a T>) -> Option<&'a T> {
        match self {
            Self::Keep => before,
            Self::Clear => None,
            Self::Set(value) => Some(value),
        }
    }

    /// Whether the field is not sent.
    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Keep | Self::Clear => serializer.serialize_none(),
            Self::Set(value) => value.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Body {
        #[serde(skip_serializing_if = "Patch::is_keep")]
        field: Patch<u8>,
    }

    #[test]
    fn absent_null_and_value_are_three_different_bodies() {
        let body = |field| serde_json::to_string(&Body { field }).ok();
        assert_eq!(body(Patch::Keep).as_deref(), Some("{}"));
        assert_eq!(body(Patch::Clear).as_deref(), Some(r#"{"field":null}"#));
        assert_eq!(body(Patch::Set(7)).as_deref(), Some(r#"{"field":7}"#));
    }

    #[test]
    fn only_a_difference_is_a_change() {
        assert_eq!(Patch::between(Some(&1), Some(1)), Patch::Keep);
        assert_eq!(Patch::<u8>::between(None, None), Patch::Keep);
        assert_eq!(Patch::between(Some(&1), Some(2)), Patch::Set(2));
        assert_eq!(Patch::between(Some(&1), None), Patch::Clear);
        assert_eq!(Patch::between(None, Some(2)), Patch::Set(2));
    }
}
