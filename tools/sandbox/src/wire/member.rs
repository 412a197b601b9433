//! Members of a workspace and of the organization.

use serde::Serialize;

/// The part that somebody has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// May change things.
    Admin,
    /// May use things.
    Member,
}

impl Role {
    /// As the database has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Member => "member",
        }
    }

    /// Reads what the database has.
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
    /// ISO 8601, UTC.
    pub created_at: String,
}

/// Somebody in the organization.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OrganizationMember {
    /// Such as `user_abc123`.
    pub id: String,
    /// Address.
    pub email: String,
    /// Null if never told.
    pub first_name: Option<String>,
    /// Null if never told.
    pub last_name: Option<String>,
    /// `org:admin` or `org:member`.
    pub role: &'static str,
}
