//! The members of a workspace with their names and active API keys, and the selection.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::now;
use crate::components::PeopleList;
use crate::data::{
    Data, Dated, Directory, Listing, Shared, WorkspaceKeys, WorkspaceMembers, use_data, use_directory_after,
};
use crate::domain::{ApiKey, Member, MemberRole, UserId, Workspace, WorkspaceId};
use crate::navigation::use_route;
use crate::pages::workspace::same_workspace;
use crate::routes::PeopleQuery;
use crate::search::{People, people::Row, roster::Entry};

pub(super) type ActiveKeys = Arc<HashMap<UserId, Vec<ApiKey>>>;

#[derive(Clone, Copy)]
pub(super) struct MembersView {
    pub workspace: Signal<Workspace>,
    pub id: Memo<WorkspaceId>,
    pub list: Data<Listing<Member>>,
    pub directory: Directory,
    pub keys: Data<Dated<ApiKey>>,
    pub active_keys: Memo<ActiveKeys>,
    /// The person whose keys are open in a dialog.
    pub keys_of: RwSignal<Option<(WorkspaceId, UserId)>>,
    pub people: PeopleList,
}

impl MembersView {
    pub(super) fn new(workspace: Signal<Workspace>, query: Memo<PeopleQuery>) -> Self {
        let id = Memo::new(move |_| workspace.with(|workspace| workspace.id.clone()));
        let list = use_data(move || Some(WorkspaceMembers(id.get())));
        // Rows show the ID until the name comes.
        let directory = use_directory_after(move || list.state.with(|list| !list.is_loading()));
        // No one can be removed from the default workspace, so its keys block nothing.
        let keys = use_data(move || {
            workspace.with(|workspace| (!workspace.is_default()).then(|| WorkspaceKeys(workspace.id.clone())))
        });
        let active_keys = Memo::new(move |_| {
            Arc::new(keys.get().map(|keys| ApiKey::active_by_owner(&keys.rows, now())).unwrap_or_default())
        });
        let all = rows_of(list, directory);
        let is_loading = Signal::derive(move || {
            list.state.with(|list| list.is_loading()) || directory.data.state.with(|people| people.is_loading())
        });
        let current = use_route();
        let route = Callback::new(move |query: PeopleQuery| {
            current.with_untracked(|route| same_workspace(route, |workspace| query.on_members(workspace)))
        });
        let people = PeopleList::new(all, query, route, is_loading);
        Self { workspace, id, list, directory, keys, active_keys, keys_of: RwSignal::new(None), people }
    }

    pub(super) fn show_keys(&self, person: UserId) {
        self.keys_of.set(Some((self.id.get_untracked(), person)));
    }

    pub(super) fn default_reason(&self, why: &'static str) -> Signal<Option<String>> {
        let workspace = self.workspace;
        Signal::derive(move || workspace.with(Workspace::is_default).then(|| why.to_owned()))
    }
}

/// The rows, computed again when members or names arrive, but not when only their freshness changes.
fn rows_of(list: Data<Listing<Member>>, directory: Directory) -> Memo<Shared<Vec<Row>>> {
    let listing = Memo::new(move |_| list.get());
    let people = Memo::new(move |_| directory.data.get());
    Memo::new(move |last: Option<&Shared<Vec<Row>>>| {
        let last = last.map_or(&[][..], |last| last.as_slice());
        let listing = listing.get();
        let members = listing.as_deref().map_or(&[][..], |listing| listing.rows.as_slice());
        Shared::new(match people.get() {
            Some(index) => index.with(|people| joined(members, people, last)),
            None => joined(members, &People::default(), last),
        })
    })
}

/// Members with their names. Entries of people who are not in the directory are taken over from the `last` rows.
fn joined(members: &[Arc<Member>], people: &People, last: &[Row]) -> Vec<Row> {
    let (admin, member): (Arc<str>, Arc<str>) = ("admin".into(), "member".into());
    let role = |role: &MemberRole| match role {
        MemberRole::Admin => admin.clone(),
        MemberRole::Member => member.clone(),
        MemberRole::Other(word) => word.as_str().into(),
    };
    let row = |(at, listed): (usize, &Arc<Member>)| {
        let before = || last.get(at).filter(|row| row.entry.id == listed.user_id).map(|row| row.entry.clone());
        let known = people.get(&listed.user_id).cloned().or_else(before);
        let entry = known.unwrap_or_else(|| Arc::new(Entry::unknown(&listed.user_id)));
        Row { entry, role: role(&listed.role), since: listed.created_at.clone(), places: 0 }
    };
    members.iter().enumerate().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(id: &str, role: &str) -> Arc<Member> {
        let json = format!(
            r#"{{"id":"m-{id}","workspace_id":"0f8fad5b-d9cb-469f-a165-70867728950e","user_id":"{id}","role":"{role}"}}"#
        );
        Arc::new(serde_json::from_str(&json).unwrap())
    }

    #[test]
    fn members_are_shown_by_id_until_their_names_arrive() {
        let members = [member("u1", "admin"), member("u2", "owner")];
        let first = joined(&members, &People::default(), &[]);
        let words: Vec<_> = first.iter().map(|row| (row.entry.name.as_str(), &*row.role)).collect();
        assert_eq!(words, [("u1", "admin"), ("u2", "owner")]);

        let mut people = People::default();
        let jane = r#"{"id":"u1","email":"jane@x.com","first_name":"Jane","last_name":null,"role":"org:member"}"#;
        let jane: crate::domain::Person = serde_json::from_str(jane).unwrap();
        people.extend([&jane]);
        let second = joined(&members, &people, &first);
        assert_eq!(second[0].entry.name, "Jane");
        assert!(Arc::ptr_eq(&second[1].entry, &first[1].entry));
    }
}
