//! Builds requests from method, path, query and body.
//!
//! Invariant: each value in a path is one encoded segment, so that no value can change the path.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::{ApiError, Operation};
use crate::domain::PageRequest;

/// All characters except the unreserved ones of RFC 3986.
pub(crate) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A request without base URL and credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its operation.
    pub operation: Operation,
    /// Path and query below the base, beginning with `/`, fully encoded.
    pub target: String,
    /// The JSON body.
    pub body: Option<String>,
}

impl Request {
    /// A request for the path of these segments, which it encodes. None of them may be empty or a dot segment, which the
    /// domain's ids and slugs never are.
    pub(crate) fn new(operation: Operation, segments: &[&str]) -> Self {
        let mut target = String::new();
        for segment in segments {
            target.push('/');
            target.extend(utf8_percent_encode(segment, RESERVED));
        }
        Self { operation, target, body: None }
    }

    /// Adds `name=value` to the query.
    #[must_use]
    pub(crate) fn query(mut self, name: &str, value: &str) -> Self {
        let sign = if self.target.contains('?') { '&' } else { '?' };
        let value = utf8_percent_encode(value, RESERVED);
        // Writing to a string cannot fail.
        let _ = write!(self.target, "{sign}{name}={value}");
        self
    }

    #[must_use]
    pub(crate) fn page(self, page: PageRequest) -> Self {
        self.query("offset", &page.offset.to_string()).query("limit", &page.limit.to_string())
    }

    /// Adds a JSON body. Does not fail for the domain's types.
    pub(crate) fn json(mut self, body: &impl Serialize) -> Result<Self, ApiError> {
        let text = serde_json::to_string(body).map_err(|error| ApiError::Decode {
            operation: self.operation,
            path: "request body".to_owned(),
            detail: error.to_string(),
        })?;
        self.body = Some(text);
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    use crate::domain::{UserId, WorkspaceRef};

    fn get(segments: &[&str]) -> Request {
        Request::new(Operation::GetWorkspace, segments)
    }

    #[test]
    fn every_value_is_one_segment() {
        assert_eq!(get(&["workspaces", "a/b?c#d%2fé ☃"]).target, "/workspaces/a%2Fb%3Fc%23d%252f%C3%A9%20%E2%98%83");
        assert_eq!(get(&["workspaces", "a-b_c.d~e"]).target, "/workspaces/a-b_c.d~e");
    }

    #[test]
    fn query_values_are_encoded_and_joined() {
        let request = get(&["keys"]).query("workspace_id", "a&b=c").page(PageRequest { offset: 200, limit: 50 });
        assert_eq!(request.target, "/keys?workspace_id=a%26b%3Dc&offset=200&limit=50");
    }

    proptest! {
        #[test]
        fn any_identifier_stays_one_segment_and_comes_back_the_same(text in ".{1,40}") {
            if let Ok(id) = UserId::parse(&text) {
                let target = get(&["x", id.as_str()]).target;
                let segment = target.strip_prefix("/x/").unwrap();
                prop_assert!(!segment.contains(['/', '?', '#', '\\']));
                prop_assert!(!matches!(segment, "." | ".."));
                let decoded = percent_encoding::percent_decode_str(segment).decode_utf8().unwrap();
                prop_assert_eq!(decoded.as_ref(), text.as_str());
            }
        }

        #[test]
        fn a_workspace_in_a_url_names_one_path(text in ".{0,60}") {
            if let Ok(workspace) = WorkspaceRef::parse(&text) {
                let target = get(&["workspaces", workspace.as_str()]).target;
                prop_assert_eq!(target.matches('/').count(), 2);
            }
        }
    }
}
