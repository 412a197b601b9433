//! Takes removed members out of the cached lists, until the lists are refreshed.

use crate::data::{Cache, Listing, WorkspaceMembers};
use crate::domain::{Member, UserId, WorkspaceId};
use crate::jobs::{JobKind, JobRunner, OutcomeKind, Snapshot};
use leptos::prelude::*;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Takes the people that a job has removed out of the cached lists of members. Returns them by workspace.
pub fn drop_removed_members(job: JobRunner, cache: Cache) -> HashMap<WorkspaceId, HashSet<UserId>> {
    let removed = job.snapshot.with_untracked(|job| job.as_ref().map(removed)).unwrap_or_default();
    for (workspace, people) in &removed {
        cache.amend(&WorkspaceMembers(workspace.clone()), |members| without(members, people));
    }
    removed
}

fn removed(job: &Snapshot) -> HashMap<WorkspaceId, HashSet<UserId>> {
    let mut removed: HashMap<WorkspaceId, HashSet<UserId>> = HashMap::new();
    if matches!(job.words.kind, JobKind::RemoveMembers | JobKind::Offboard) {
        let is_removed = |kind| matches!(kind, Some(OutcomeKind::Done | OutcomeKind::Unattributed));
        let items = job.items().filter(|(about, outcome)| about.key.is_none() && is_removed(outcome.kind()));
        for (about, _) in items {
            removed.entry(about.workspace.clone()).or_default().extend(about.person.clone());
        }
    }
    removed
}

fn without(members: &Listing<Member>, people: &HashSet<UserId>) -> Listing<Member> {
    let stays = |member: &&Arc<Member>| !people.contains(&member.user_id);
    members.with_rows(members.rows.iter().filter(stays).cloned().collect())
}
