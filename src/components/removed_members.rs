//! Shows at once whom a job has removed, while the lists of members are read again.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use leptos::prelude::*;

use crate::bulk::{Action, Machine, Status};
use crate::data::{Cache, Listing, WorkspaceMembers};
use crate::domain::{Member, UserId, WorkspaceId};
use crate::state::BulkJob;

/// Takes the people whom a job has removed out of the cached lists of members. Returns them by workspace.
pub fn drop_removed_members(job: BulkJob, cache: Cache) -> HashMap<WorkspaceId, HashSet<UserId>> {
    let removed = untrack(|| job.with(removed)).unwrap_or_default();
    for (workspace, people) in &removed {
        cache.amend(&WorkspaceMembers(workspace.clone()), |members| without(members, people));
    }
    removed
}

fn removed(machine: &Machine) -> HashMap<WorkspaceId, HashSet<UserId>> {
    let mut removed: HashMap<WorkspaceId, HashSet<UserId>> = HashMap::new();
    if machine.action() == Action::Remove {
        for item in machine.items().iter().filter(|item| item.status == Status::Done) {
            if let Some(workspace) = machine.workspaces().get(item.place) {
                removed.entry(workspace.clone()).or_default().insert(item.person.clone());
            }
        }
    }
    removed
}

fn without(members: &Listing<Member>, people: &HashSet<UserId>) -> Listing<Member> {
    let stays = |member: &&Arc<Member>| !people.contains(&member.user_id);
    members.with_rows(members.rows.iter().filter(stays).cloned().collect())
}
