//! Members of a workspace, and the requests that add and remove them in bulk.
//!
//! Invariant: a bulk request has 1–100 people, each once.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::ids::MembershipId;
use super::open_enum::open_enum;
use super::{Timestamp, UserId, WorkspaceId};

/// The most people in one bulk request.
pub const MAX_USER_IDS: usize = 100;

open_enum! {
    /// A member's role in a workspace (rule 6).
    MemberRole { Admin = "admin", Member = "member" }
}

/// A person's membership of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Member {
    /// The membership, not the person.
    pub id: MembershipId,
    pub workspace_id: WorkspaceId,
    pub user_id: UserId,
    pub role: MemberRole,
    pub created_at: Option<Timestamp>,
}

/// The body of both bulk calls: 1–100 people, each once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UserIds {
    user_ids: Vec<UserId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UserIdsProblem {
    #[error("no one was selected")]
    Empty,
    /// There are more than a request can have. Holds their number.
    #[error("one request names at most {MAX_USER_IDS} people, not {0}")]
    TooMany(usize),
}

impl UserIds {
    /// Accepts 1–100 people. Repeated ids count once.
    pub fn new(ids: impl IntoIterator<Item = UserId>) -> Result<Self, UserIdsProblem> {
        let mut seen = std::collections::HashSet::new();
        let user_ids: Vec<UserId> = ids.into_iter().filter(|id| seen.insert(id.clone())).collect();
        match user_ids.len() {
            0 => Err(UserIdsProblem::Empty),
            1..=MAX_USER_IDS => Ok(Self { user_ids }),
            count => Err(UserIdsProblem::TooMany(count)),
        }
    }

    /// The people, in the order given.
    pub fn as_slice(&self) -> &[UserId] {
        &self.user_ids
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bulk_request_names_each_person_once_and_at_most_a_hundred() {
        let ids = |count: usize| (0..count).map(|n| UserId::parse(&format!("user_{n}")).unwrap());
        assert_eq!(UserIds::new([]), Err(UserIdsProblem::Empty));
        assert_eq!(UserIds::new(ids(101)), Err(UserIdsProblem::TooMany(101)));
        assert_eq!(UserIds::new(ids(100).chain(ids(100))).map(|ids| ids.as_slice().len()), Ok(100));
    }
}
