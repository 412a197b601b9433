//! Query parameters, such as `offset` and `limit`.
//!
//! Invariant: a page is within the documented limits.

use std::{collections::HashMap, convert::Infallible};

use axum::{
    extract::{FromRequestParts, Query},
    http::request::Parts,
};

use crate::error::ApiError;

/// The query parameters by name. The last value of a name counts.
pub struct QueryMap(pub HashMap<String, String>);

impl<S: Sync> FromRequestParts<S> for QueryMap {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        // An invalid query means none.
        Ok(Self(Query::try_from_uri(&parts.uri).map(|Query(map)| map).unwrap_or_default()))
    }
}

impl QueryMap {
    /// Returns a parameter that is not empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// Returns an integer within these limits, or 400.
    pub fn number(&self, name: &str, least: u32, most: u32) -> Result<Option<u32>, ApiError> {
        let Some(text) = self.text(name) else { return Ok(None) };
        match text.parse() {
            Ok(number) if (least..=most).contains(&number) => Ok(Some(number)),
            _ if most == u32::MAX => {
                Err(ApiError::bad_request(format!("{name} must be an integer of at least {least}")))
            }
            _ => Err(ApiError::bad_request(format!("{name} must be an integer from {least} to {most}"))),
        }
    }

    /// Returns `true` or `false`, or 400.
    pub fn flag(&self, name: &str) -> Result<Option<bool>, ApiError> {
        match self.text(name) {
            None => Ok(None),
            Some("true" | "1") => Ok(Some(true)),
            Some("false" | "0") => Ok(Some(false)),
            Some(_) => Err(ApiError::bad_request(format!("{name} must be true or false"))),
        }
    }

    /// Returns the requested page.
    pub fn page(&self, default_limit: u32, largest_limit: u32) -> Result<Page, ApiError> {
        Ok(Page {
            offset: self.number("offset", 0, u32::MAX)?.unwrap_or(0),
            limit: self.number("limit", 1, largest_limit)?.unwrap_or(default_limit),
        })
    }
}

/// A page of a list: `offset` ≥ 0 (default 0), `limit` 1–100 (default 50).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// The number of rows before the page.
    pub offset: u32,
    /// The maximum number of rows on the page.
    pub limit: u32,
}

impl Page {
    /// All rows, for calls without paging.
    pub const ALL: Self = Self { offset: 0, limit: u32::MAX };
}

impl<S: Sync> FromRequestParts<S> for Page {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Ok(query) = QueryMap::from_request_parts(parts, state).await;
        query.page(50, 100)
    }
}
