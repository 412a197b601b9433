//! Members of a workspace, and the requests that add and remove them in bulk.
//!
//! Invariant: a bulk request has 1–100 people, each once.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{MembershipId, Timestamp, UserId, WorkspaceId};

/// The most people in one bulk request.
pub const MAX_USER_IDS: usize = 100;

/// A member's role in a workspace (rule 6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum MemberRole {
    /// May administer the workspace.
    Admin,
    /// May use the workspace.
    Member,
    /// A role that this console does not know.
    Other(String),
}

impl MemberRole {
    /// The name in the API.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Admin => "admin",
            Self::Member => "member",
            Self::Other(text) => text,
        }
    }
}

impl From<String> for MemberRole {
    fn from(text: String) -> Self {
        match text.as_str() {
            "admin" => Self::Admin,
            "member" => Self::Member,
            _ => Self::Other(text),
        }
    }
}

impl From<MemberRole> for String {
    fn from(role: MemberRole) -> Self {
        role.as_str().to_owned()
    }
}

/// A person's membership of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The membership, not the person.
    pub id: MembershipId,
    /// The workspace.
    pub workspace_id: WorkspaceId,
    /// The person.
    pub user_id: UserId,
    /// The role in the workspace.
    pub role: MemberRole,
    /// When the person became a member.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
}

/// The body of both bulk calls: 1–100 people, each once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UserIds {
    user_ids: Vec<UserId>,
}

/// Why people cannot be in one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UserIdsProblem {
    /// There is nobody.
    #[error("nobody was chosen")]
    Nobody,
    /// There are more than a request can have. Holds their number.
    #[error("one request names at most {MAX_USER_IDS} people, not {0}")]
    TooMany(usize),
}

impl UserIds {
    /// Accepts 1–100 people. Repeated ids count once.
    pub fn new(ids: impl IntoIterator<Item = UserId>) -> Result<Self, UserIdsProblem> {
        let mut seen = std::collections::HashSet::new();
        let user_ids: Vec<UserId> = ids.into_iter().filter(|id| seen.insert(id.to_string())).collect();
        match user_ids.len() {
            0 => Err(UserIdsProblem::Nobody),
            1..=MAX_USER_IDS => Ok(Self { user_ids }),
            count => Err(UserIdsProblem::TooMany(count)),
        }
    }

    /// The people, in the order given.
    pub fn as_slice(&self) -> &[UserId] {
        &self.user_ids
    }
}

/// The response to a removal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct RemovedMembers {
    /// How many memberships were removed.
    pub removed_count: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bulk_request_names_each_person_once_and_at_most_a_hundred() {
        let ids = |count: usize| (0..count).map(|n| UserId::parse(&format!("user_{n}")).unwrap());
        assert_eq!(UserIds::new([]), Err(UserIdsProblem::Nobody));
        assert_eq!(UserIds::new(ids(101)), Err(UserIdsProblem::TooMany(101)));
        assert_eq!(UserIds::new(ids(100).chain(ids(100))).map(|ids| ids.as_slice().len()), Ok(100));
    }
}
