//! Members of a workspace, and the requests that add and remove them in bulk.
//!
//! Invariant: a bulk request has 1–100 people, each once.

use serde::{Deserialize, Serialize};

use super::open_enum::open_enum;
use super::{Timestamp, UserId};

/// The most people in one bulk request.
pub const MAX_USER_IDS: usize = 100;

open_enum! {
    /// A member's role in a workspace (rule 6).
    MemberRole { Admin = "admin", Member = "member" }
}

/// A person's membership of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Member {
    pub user_id: UserId,
    pub role: MemberRole,
    pub created_at: Option<Timestamp>,
}

/// The body of both bulk calls: 1–100 people, each once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UserIds {
    user_ids: Vec<UserId>,
}

impl UserIds {
    /// Accepts 1–100 people. Repeated ids count once. `None` for no one, and for more than 100.
    pub fn new(ids: impl IntoIterator<Item = UserId>) -> Option<Self> {
        let mut seen = std::collections::HashSet::new();
        let user_ids: Vec<UserId> = ids.into_iter().filter(|id| seen.insert(id.clone())).collect();
        (1..=MAX_USER_IDS).contains(&user_ids.len()).then_some(Self { user_ids })
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
        assert_eq!(UserIds::new([]), None);
        assert_eq!(UserIds::new(ids(101)), None);
        assert_eq!(UserIds::new(ids(100).chain(ids(100))).map(|ids| ids.as_slice().len()), Some(100));
    }
}
