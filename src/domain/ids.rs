//! Opaque identifiers. Each kind is a type, so that they cannot be mixed up.
//!
//! Invariant: an identifier is never empty and never a dot segment, so it can always be one segment of a path.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Slug;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum IdProblem {
    #[error("the identifier is empty")]
    Empty,
    /// `.` and `..` would change the path of a request.
    #[error("“.” and “..” are not identifiers")]
    DotSegment,
}

/// Refuses a text that cannot be one segment of a path in any encoding.
pub(crate) fn check_segment(text: &str) -> Result<(), IdProblem> {
    if text.is_empty() {
        return Err(IdProblem::Empty);
    }
    // Browsers resolve an encoded dot like a dot.
    let dots = text.to_ascii_lowercase().replace("%2e", ".");
    if dots == "." || dots == ".." { Err(IdProblem::DotSegment) } else { Ok(()) }
}

/// Defines a text that can be one segment of a path. The second name is that of its constructor.
macro_rules! opaque_id {
    ($(#[$doc:meta])* $name:ident::$parse:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// Accepts any text that can be a segment of a path.
            pub fn $parse(text: &str) -> Result<Self, IdProblem> {
                check_segment(text).map(|()| Self(text.into()))
            }

            /// The text as received.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdProblem;
            fn try_from(text: String) -> Result<Self, IdProblem> {
                Self::$parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.as_str().to_owned()
            }
        }

        // Equality and hash are those of the text, so that a map by id can be searched by text.
        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
pub(super) use opaque_id;

opaque_id! {
    /// A person in the organization, such as `user_abc123`.
    UserId::parse
}
opaque_id! {
    /// The hash of an API key, by which the API identifies it.
    KeyHash::parse
}
opaque_id! {
    /// A workspace's UUID. It stays the same when the slug changes.
    WorkspaceId::parse
}

impl WorkspaceId {
    /// Whether the text is a UUID (8-4-4-4-12 hexadecimal digits).
    pub fn looks_like(text: &str) -> bool {
        let groups: Vec<&str> = text.split('-').collect();
        groups.len() == 5
            && groups
                .iter()
                .zip([8, 4, 4, 4, 12])
                .all(|(group, length)| group.len() == length && group.bytes().all(|b| b.is_ascii_hexdigit()))
    }
}

/// A workspace in a path: its UUID or its slug (`{id}` in the API's calls).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum WorkspaceRef {
    /// By UUID.
    Id(WorkspaceId),
    /// By slug.
    Slug(Slug),
}

impl WorkspaceRef {
    /// Reads a segment of a URL. A UUID is an id, every other text a slug.
    pub fn parse(text: &str) -> Result<Self, IdProblem> {
        if WorkspaceId::looks_like(text) {
            WorkspaceId::parse(&text.to_ascii_lowercase()).map(Self::Id)
        } else {
            Slug::from_server(text).map(Self::Slug)
        }
    }

    /// The segment, without percent-encoding.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Id(id) => id.as_str(),
            Self::Slug(slug) => slug.as_str(),
        }
    }
}

impl From<&WorkspaceId> for WorkspaceRef {
    fn from(id: &WorkspaceId) -> Self {
        Self::Id(id.clone())
    }
}

impl From<&Slug> for WorkspaceRef {
    fn from(slug: &Slug) -> Self {
        Self::Slug(slug.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dot_segments_are_refused_in_every_spelling() {
        for text in [".", "..", "%2e", "%2E%2e", ".%2e"] {
            assert_eq!(UserId::parse(text), Err(IdProblem::DotSegment), "{text}");
            assert_eq!(WorkspaceRef::parse(text), Err(IdProblem::DotSegment), "{text}");
        }
        assert!(UserId::parse("...").is_ok());
        assert_eq!(UserId::parse(""), Err(IdProblem::Empty));
    }

    #[test]
    fn a_uuid_is_taken_as_an_id_and_anything_else_as_a_slug() {
        let uuid = "0F8FAD5B-d9cb-469f-a165-70867728950e";
        assert!(matches!(WorkspaceRef::parse(uuid), Ok(WorkspaceRef::Id(id)) if id.as_str() == uuid.to_lowercase()));
        assert!(matches!(WorkspaceRef::parse("research"), Ok(WorkspaceRef::Slug(_))));
        assert!(matches!(WorkspaceRef::parse("0f8fad5b-d9cb-469f-a165-70867728950g"), Ok(WorkspaceRef::Slug(_))));
    }
}
