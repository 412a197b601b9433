//! A workspace as a file has it.

use crate::domain::{ApiKey, BudgetState, MemberRole, UserId, Workspace};
use crate::files::document::{BudgetEntry, Entry, KeyEntry, MemberEntry};
use crate::files::settings::Settings;

/// A member of a workspace, with the email if the person is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedMember {
    pub id: UserId,
    pub email: Option<String>,
    pub role: MemberRole,
}

/// What a file says about a workspace, in an order that does not depend on that of the API. Everyone is a member of the default
/// workspace, so its members are not in it.
pub fn entry(
    workspace: &Workspace,
    budget: Option<&BudgetState>,
    members: Option<Vec<ExportedMember>>,
    keys: Option<&[ApiKey]>,
) -> Entry {
    let members = members.filter(|_| !workspace.is_default()).map(|mut members| {
        members.sort_by(|left, right| {
            let key = |it: &ExportedMember| (it.email.clone().unwrap_or_default(), it.id.clone());
            key(left).cmp(&key(right))
        });
        let member = |it: ExportedMember| MemberEntry {
            email: it.email,
            id: Some(it.id),
            role: Some(it.role.as_str().to_owned()),
            ..MemberEntry::default()
        };
        members.into_iter().map(member).collect()
    });
    let keys = keys.map(|keys| {
        let mut keys: Vec<KeyEntry> = keys.iter().map(key_entry).collect();
        keys.sort_by(|left, right| (&left.name, &left.hash).cmp(&(&right.name, &right.hash)));
        keys
    });
    Entry {
        id: Some(workspace.id.clone()),
        settings: Settings::of(workspace),
        budget: budget.map(BudgetEntry::of),
        members,
        keys,
        ..Entry::default()
    }
}

/// Neither the secret nor the characters of it that the API shows.
fn key_entry(key: &ApiKey) -> KeyEntry {
    KeyEntry {
        name: key.name.clone(),
        hash: key.hash.to_string(),
        is_disabled: key.disabled,
        owner: key.creator_user_id.as_ref().map(ToString::to_string),
        expires_at: key.expires_at.as_ref().map(|at| at.as_str().to_owned()),
    }
}
