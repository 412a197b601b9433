//! Reading values into types, by serde.
//!
//! Invariant: an object is read from an object, never from an array in the order of its fields.

use std::borrow::Cow;
use std::fmt::Display;
use std::vec::IntoIter;

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error, Expected, IntoDeserializer as _};
use serde::de::{MapAccess, SeqAccess, Unexpected, Visitor};

use super::Json;

/// Why a value could not be read, and where in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct ReadError {
    path: String,
    detail: String,
}

impl ReadError {
    pub(super) fn new(detail: String) -> Self {
        Self { path: String::new(), detail }
    }

    /// Such as `data[3].slug`; `.` for the value as a whole.
    pub fn path(&self) -> &str {
        if self.path.is_empty() { "." } else { &self.path }
    }

    /// The same error, seen from the object that holds the value under `name`.
    #[must_use]
    pub fn in_field(mut self, name: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = [name, dot, &self.path].concat();
        self
    }

    /// The same error, seen from the array that holds the value.
    #[must_use]
    pub fn in_element(self, index: usize) -> Self {
        self.in_field(&format!("[{index}]"))
    }
}

impl Error for ReadError {
    fn custom<T: Display>(detail: T) -> Self {
        Self::new(detail.to_string())
    }

    // The usual sentences also say what was found, a binary fraction among others, whose printing needs large tables.
    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {expected}"))
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {expected}"))
    }
}

/// Reads a whole text.
///
/// # Errors
/// Where the text is no JSON, or not of this type.
pub fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, ReadError> {
    T::deserialize(Json::parse(text)?)
}

/// Under this name, [`Json`] hands out a number as it was written.
const NUMBER: &str = "number as text";

/// Reads a number from its text; for types that are more exact than a binary fraction.
///
/// # Errors
/// Where there is no number, or `parse` takes none; `expected` says what was wanted.
pub fn number<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    expected: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    struct Text;
    impl Visitor<'_> for Text {
        type Value = String;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a number")
        }
        fn visit_str<E>(self, text: &str) -> Result<String, E> {
            Ok(text.to_owned())
        }
    }
    let text = deserializer.deserialize_newtype_struct(NUMBER, Text)?;
    parse(&text).ok_or_else(|| D::Error::custom(format_args!("expected {expected}, found {text:.40}")))
}

impl<'de> Json<'de> {
    fn mismatch(self, expected: &dyn Expected) -> ReadError {
        ReadError::new(format!("expected {expected}, found {}", self.kind()))
    }

    fn is_number(self) -> bool {
        self.0.starts_with(|first: char| first == '-' || first.is_ascii_digit())
    }

    fn integer<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        if let Ok(number) = self.0.parse() {
            visitor.visit_u64(number)
        } else if let Ok(number) = self.0.parse() {
            visitor.visit_i64(number)
        } else {
            Err(self.mismatch(&visitor))
        }
    }
}

impl<'de> Deserializer<'de> for Json<'de> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.kind() {
            "a string" => self.deserialize_str(visitor),
            "an array" => self.deserialize_seq(visitor),
            "an object" => self.deserialize_map(visitor),
            "a boolean" => self.deserialize_bool(visitor),
            "null" => visitor.visit_unit(),
            _ => self.integer(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.0 {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.integer(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.integer(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.string() {
            Some(text) => visitor.visit_str(&text),
            None => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        if self.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        if name != NUMBER {
            visitor.visit_newtype_struct(self)
        } else if self.is_number() {
            visitor.visit_str(self.0)
        } else {
            Err(self.mismatch(&visitor))
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.elements() {
            Some(elements) => visitor.visit_seq(Elements { rest: elements.into_iter(), next: 0 }),
            None => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.entries() {
            Some(entries) => visitor.visit_map(Entries { rest: entries.into_iter(), open: None }),
            None => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        match self.string() {
            Some(text) => visitor.visit_enum(text.as_ref().into_deserializer()),
            None => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u32 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }
}

struct Elements<'de> {
    rest: IntoIter<Json<'de>>,
    next: usize,
}

impl<'de> SeqAccess<'de> for Elements<'de> {
    type Error = ReadError;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, ReadError> {
        let Some(value) = self.rest.next() else { return Ok(None) };
        self.next += 1;
        seed.deserialize(value).map(Some).map_err(|error| error.in_element(self.next - 1))
    }
}

struct Entries<'de> {
    rest: IntoIter<(Cow<'de, str>, Json<'de>)>,
    open: Option<(Cow<'de, str>, Json<'de>)>,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = ReadError;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, ReadError> {
        self.open = self.rest.next();
        let Some((name, _)) = &self.open else { return Ok(None) };
        seed.deserialize(name.as_ref().into_deserializer()).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, ReadError> {
        let Some((name, value)) = self.open.take() else {
            return Err(ReadError::new("a value was asked for before its name".to_owned()));
        };
        seed.deserialize(value).map_err(|error| error.in_field(&name))
    }
}
