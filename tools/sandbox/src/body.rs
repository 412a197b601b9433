//! Extracts path parameters and JSON from a request.
//!
//! Invariant: calls only get bodies that are JSON objects.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Request},
    http::request::Parts,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::ApiError;

/// Path parameters. A parameter that is not UTF-8 is a 404.
pub struct ApiPath<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for ApiPath<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let path = Path::from_request_parts(parts, state).await;
        path.map(|Path(value)| Self(value)).map_err(|_| ApiError::not_found("Not found"))
    }
}

/// A JSON object with its bytes, because some values need their exact text.
pub struct JsonObject {
    /// The fields, including unknown ones.
    pub fields: Map<String, Value>,
    /// The bytes.
    pub bytes: Bytes,
}

impl<S: Send + Sync> FromRequest<S> for JsonObject {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|_| ApiError::bad_request("The request body could not be read"))?;
        match serde_json::from_slice(&bytes) {
            Ok(Value::Object(fields)) => Ok(Self { fields, bytes }),
            Ok(_) => Err(ApiError::bad_request("The request body must be a JSON object")),
            Err(error) => Err(ApiError::bad_request(format!("The request body is not valid JSON: {error}"))),
        }
    }
}

impl JsonObject {
    /// Reads a text with a length in characters.
    pub fn text(&self, name: &str, least: usize, most: usize) -> Result<Patch<String>, ApiError> {
        self.read(name, &format!("a string of {least} to {most} characters"), |value| {
            let text = value.as_str()?;
            // Whitespace alone is not a text.
            let is_blank = least > 0 && text.trim().is_empty();
            ((least..=most).contains(&text.chars().count()) && !is_blank).then(|| text.to_owned())
        })
    }

    /// Reads a field with `parse`. If that fails, returns 400 with the field's name and what it must be.
    pub fn read<T>(
        &self,
        name: &str,
        must_be: &str,
        parse: impl Fn(&Value) -> Option<T>,
    ) -> Result<Patch<T>, ApiError> {
        match self.fields.get(name) {
            None => Ok(Patch::Absent),
            Some(Value::Null) => Ok(Patch::Null),
            Some(value) => parse(value).map(Patch::Value).ok_or_else(|| invalid(name, must_be)),
        }
    }

    /// Reads a field that cannot be null.
    pub fn read_non_null<T>(
        &self,
        name: &str,
        must_be: &str,
        parse: impl Fn(&Value) -> Option<T>,
    ) -> Result<Option<T>, ApiError> {
        match self.read(name, must_be, parse)? {
            Patch::Absent => Ok(None),
            Patch::Null => Err(invalid(name, must_be)),
            Patch::Value(value) => Ok(Some(value)),
        }
    }

    /// Reads `true` or `false`.
    pub fn flag(&self, name: &str) -> Result<Option<bool>, ApiError> {
        self.read_non_null(name, "true or false", Value::as_bool)
    }
}

/// Returns a 400 that names the field.
pub fn invalid(name: &str, must_be: &str) -> ApiError {
    ApiError::bad_request(format!("{name} must be {must_be}")).with_metadata(serde_json::json!({ "field": name }))
}

/// The three states of a field in a `PATCH`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// Not sent: no change.
    #[default]
    Absent,
    /// `null`: clear the field.
    Null,
    /// Set the field.
    Value(T),
}

impl<T> Patch<T> {
    /// Applies the change to `field`.
    pub fn apply(self, field: &mut Option<T>) {
        match self {
            Self::Absent => {}
            Self::Null => *field = None,
            Self::Value(value) => *field = Some(value),
        }
    }
}
