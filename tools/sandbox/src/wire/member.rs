//! Members of a workspace and of the organization.

use serde::Serialize;

/// The role of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Can change things.
    Admin,
    /// Can use things.
    Member,
}

impl Role {
    /// Returns its text in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Member => "member",
        }
    }

    /// Reads the text from the database.
    pub fn from_name(name: &str) -> Self {
        if name == "admin" { Self::Admin } else { Self::Member }
    }
}

/// A membership in a workspace.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Member {
    /// UUID of the membership.
    pub id: String,
    /// UUID.
    pub workspace_id: String,
    /// Such as `user_abc123`.
    pub user_id: String,
    /// The role held in the organization when the membership was made or updated.
    pub role: Role,
    /// ISO 8601 in UTC.
    pub created_at: String,
}

/// A person in the organization.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OrganizationMember {
    /// Such as `user_abc123`.
    pub id: String,
    /// The email address.
    pub email: String,
    /// Null if unknown.
    pub first_name: Option<String>,
    /// Null if unknown.
    pub last_name: Option<String>,
    /// `org:admin` or `org:member`.
    pub role: &'static str,
}
