//! Which people are members of which workspaces.
//!
//! Invariant: no one counts as not being a member because of a list that may be incomplete.

use std::collections::HashMap;

use rustc_hash::FxHashMap;

use crate::data::{Listing, Remote, Shared};
use crate::domain::{Member, UserId, WorkspaceId};

#[derive(Debug, Default)]
pub(super) struct Memberships {
    /// Positions of a person's workspaces, in ascending order.
    places: FxHashMap<UserId, Vec<u32>>,
    /// Positions of the workspaces whose members are all known.
    known: HashMap<WorkspaceId, u32>,
    /// Workspaces whose members could not be read, or not completely.
    pub unread: Vec<WorkspaceId>,
}

impl Memberships {
    pub(super) fn new(lists: impl IntoIterator<Item = (WorkspaceId, Remote<Shared<Listing<Member>>>)>) -> Self {
        let mut memberships = Self::default();
        for (at, (workspace, members)) in (0u32..).zip(lists) {
            let listing = members.data();
            let is_certain = listing.is_some_and(|listing| listing.is_certain);
            if members.error().is_some() || (members.is_complete() && !is_certain) {
                memberships.unread.push(workspace.clone());
            }
            if let Some(listing) = listing.filter(|_| is_certain) {
                memberships.known.insert(workspace, at);
                for member in listing.rows.iter() {
                    memberships.places.entry(member.user_id.clone()).or_default().push(at);
                }
            }
        }
        memberships
    }

    pub(super) fn places(&self, person: &UserId) -> &[u32] {
        self.places.get(person).map_or(&[], Vec::as_slice)
    }

    /// Whether each of these people is a member of a workspace. `None` if that is not known for certain.
    pub(super) fn are_members<'a>(
        &'a self,
        workspace: &WorkspaceId,
        people: &'a [UserId],
    ) -> impl Iterator<Item = (&'a UserId, Option<bool>)> {
        let at = self.known.get(workspace).copied();
        people.iter().map(move |person| (person, at.map(|at| self.places(person).binary_search(&at).is_ok())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    use crate::api::{ApiError, Operation};
    use crate::data::{Freshness, Progress};

    fn workspace(at: u8) -> WorkspaceId {
        WorkspaceId::parse(&format!("0f8fad5b-d9cb-469f-a165-70867728950{at}")).unwrap()
    }

    fn people(ids: &[&str]) -> Vec<UserId> {
        ids.iter().map(|id| UserId::parse(id).unwrap()).collect()
    }

    fn listed(ids: &[&str], is_certain: bool) -> Shared<Listing<Member>> {
        let member = |id: &&str| {
            let json = format!(r#"{{"id":"m","workspace_id":"{}","user_id":"{id}","role":"member"}}"#, workspace(0));
            Arc::new(serde_json::from_str(&json).unwrap())
        };
        let rows = Arc::new(ids.iter().map(member).collect());
        Shared::new(Listing { rows, unreadable: Arc::default(), is_certain })
    }

    fn is_member(memberships: &Memberships, at: u8, person: &str) -> Option<bool> {
        let people = people(&[person]);
        memberships.are_members(&workspace(at), &people).next().and_then(|(_, is_member)| is_member)
    }

    #[test]
    fn a_list_that_may_be_incomplete_says_of_no_one_that_they_are_no_member() {
        let progress = Progress { loaded: 1, total: Some(2) };
        let memberships = Memberships::new([
            (workspace(0), Remote::Ready(listed(&["jane"], true), Freshness::Fresh)),
            (workspace(1), Remote::Ready(listed(&["jane"], false), Freshness::Fresh)),
            (workspace(2), Remote::Ready(listed(&["jane"], false), Freshness::Partial(progress))),
            (workspace(3), Remote::Loading),
        ]);
        assert_eq!(is_member(&memberships, 0, "jane"), Some(true));
        assert_eq!(is_member(&memberships, 0, "rick"), Some(false));
        for at in 1..5 {
            assert_eq!((is_member(&memberships, at, "jane"), is_member(&memberships, at, "rick")), (None, None));
        }
        // The ones that are still read are no failure.
        assert_eq!(memberships.unread, [workspace(1)]);
        assert_eq!(memberships.places(&people(&["jane"])[0]), [0]);
    }

    #[test]
    fn what_could_not_be_read_again_is_said_and_the_last_list_stays() {
        let error = ApiError::Aborted { operation: Operation::ListMembers };
        let memberships = Memberships::new([
            (workspace(0), Remote::Ready(listed(&["jane"], true), Freshness::Stale(error.clone()))),
            (workspace(1), Remote::Failed(error)),
            (workspace(2), Remote::Ready(listed(&["jane"], true), Freshness::Refreshing)),
        ]);
        assert_eq!(memberships.unread, [workspace(0), workspace(1)]);
        assert_eq!((is_member(&memberships, 0, "jane"), is_member(&memberships, 1, "jane")), (Some(true), None));
        assert_eq!(memberships.places(&people(&["jane"])[0]), [0, 2]);
    }
}
