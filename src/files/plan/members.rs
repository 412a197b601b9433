//! The members of a file against those that are there.

use std::collections::HashSet;
use std::sync::Arc;

use super::state::{Known, State};
use super::{Part, Weight, WorkspacePlan};
use crate::domain::text::counted;
use crate::domain::{UserId, Workspace, inline_text, member::MAX_USER_IDS};
use crate::files::document::{Entry, MemberEntry};

pub(super) fn member_parts(entry: &Entry, workspace: Option<&Arc<Workspace>>, state: &State, plan: &mut WorkspacePlan) {
    let Some(members) = &entry.members else { return };
    let is_default = workspace.is_some_and(|workspace| workspace.is_default());
    if is_default || plan.slug == "default" {
        plan.note(
            entry.place,
            Weight::LeavesOut,
            "Everyone is a member of the default workspace. Its members can’t change",
        );
        return;
    }
    let details = workspace.map(|workspace| state.details.get(&workspace.id));
    let none = Arc::<HashSet<UserId>>::default();
    let now = match details {
        None => &none,
        Some(details) => match details.map(|details| &details.members) {
            None | Some(Known::Loading) => {
                plan.is_loading = true;
                return;
            }
            Some(Known::Failed(why)) => {
                plan.note(entry.place, Weight::LeavesOut, format!("Couldn’t load its members: {why}"));
                return;
            }
            Some(Known::Ready(now)) => now,
        },
    };
    let Some(wanted) = resolved(members, now, state, plan) else { return };
    let set: HashSet<&UserId> = wanted.iter().collect();
    let added: Vec<UserId> = wanted.iter().filter(|id| !now.contains(*id)).cloned().collect();
    let mut removed: Vec<UserId> = now.iter().filter(|id| !set.contains(id)).cloned().collect();
    removed.sort();
    if let Some(details) = details.flatten() {
        let (blocked, free): (Vec<_>, Vec<_>) = removed.into_iter().partition(|id| details.key_owners.contains(id));
        removed = free;
        if !blocked.is_empty() {
            let names = blocked.iter().map(|id| inline_text(&state.name_of(id))).collect::<Vec<_>>().join(", ");
            let people = counted(blocked.len(), "person", "people");
            let text = format!("{people} with active API keys can’t be removed: {names}. Delete their keys first");
            plan.note(entry.place, Weight::LeavesOut, text);
        }
    }
    plan.parts.extend(added.chunks(MAX_USER_IDS).map(|people| Part::Add(people.to_vec())));
    plan.parts.extend(removed.chunks(MAX_USER_IDS).map(|people| Part::Remove(people.to_vec())));
}

/// The people that a file names, each once, in its order. `None` with notes if one is not known: then whom the file leaves out
/// is not known either.
fn resolved(
    members: &[MemberEntry],
    now: &HashSet<UserId>,
    state: &State,
    plan: &mut WorkspacePlan,
) -> Option<Vec<UserId>> {
    match state.people() {
        Known::Loading => {
            plan.is_loading = true;
            return None;
        }
        Known::Failed(why) => {
            plan.note(plan.place, Weight::LeavesOut, format!("Couldn’t load the people: {why}"));
            return None;
        }
        Known::Ready(()) => {}
    }
    let (mut seen, mut found, mut is_whole) = (HashSet::new(), Vec::new(), true);
    for member in members {
        let by_id = member.id.as_ref().filter(|id| now.contains(*id) || state.is_person(id));
        let by_email = || member.email.as_deref().and_then(|email| state.person_by_email(email));
        match by_id.or_else(by_email) {
            Some(id) => {
                if seen.insert(id.clone()) {
                    found.push(id.clone());
                }
            }
            None => {
                is_whole = false;
                let named = member.email.as_deref().or(member.id.as_ref().map(UserId::as_str)).unwrap_or_default();
                let named = inline_text(named);
                plan.note(member.place, Weight::LeavesOut, format!("{named} is not in the organization"));
            }
        }
    }
    if !is_whole {
        plan.note(plan.place, Weight::LeavesOut, "Its members are left out until each of them is found");
    }
    is_whole.then_some(found)
}
