//! The members of a workspace joined with the directory: their rows, the selection, and who has active API keys.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::now;
use crate::components::{PeopleRows, drop_removed_members, search_in_address};
use crate::data::{
    Cache, Data, Directory, KeysAt, Listing, Shared, WorkspaceKeys, WorkspaceMembers, use_cache, use_data,
    use_directory,
};
use crate::domain::{ApiKey, Member, MemberRole, UserId, Workspace, WorkspaceId};
use crate::jobs::JobRunner;
use crate::navigation::{use_navigator, use_route};
use crate::routes::{PeopleQuery, Route};
use crate::search::People;
use crate::search::people::Row;
use crate::search::roster::Entry;
use crate::ui::Bound;

/// Active keys by the person who created them.
pub(super) type ActiveKeys = Arc<HashMap<UserId, Vec<ApiKey>>>;

/// The state of the tab.
#[derive(Clone, Copy)]
pub(super) struct MembersView {
    pub workspace: Signal<Workspace>,
    pub id: Memo<WorkspaceId>,
    pub query: Memo<PeopleQuery>,
    pub list: Data<Listing<Member>>,
    pub directory: Directory,
    pub keys: Data<KeysAt>,
    pub active_keys: Memo<ActiveKeys>,
    /// The person whose keys are open in a dialog.
    pub keys_of: RwSignal<Option<(WorkspaceId, UserId)>>,
    pub rows: PeopleRows,
    pub search: Bound<String>,
    /// Goes to the same tab with another query.
    pub go: Callback<PeopleQuery>,
    cache: Cache,
}

impl MembersView {
    pub(super) fn new(workspace: Signal<Workspace>, query: Memo<PeopleQuery>) -> Self {
        let id = Memo::new(move |_| workspace.with(|workspace| workspace.id.clone()));
        let directory = use_directory();
        let list = use_data(move || Some(WorkspaceMembers(id.get())));
        // No one can be removed from the default workspace, so its keys block nothing.
        let keys = use_data(move || {
            workspace.with(|workspace| (!workspace.is_default()).then(|| WorkspaceKeys(workspace.id.clone())))
        });
        let active_keys = Memo::new(move |_| {
            Arc::new(keys.get().map(|keys| ApiKey::active_by_owner(&keys.keys, now())).unwrap_or_default())
        });
        let all = rows_of(list, directory);
        let (navigator, route) = (use_navigator(), use_route());
        let in_address = Memo::new(move |_| query.with(|query| query.search.clone()));
        let search = search_in_address(in_address, move |search| {
            navigator.replace(&members_route(route, &PeopleQuery { search, ..query.get_untracked() }));
        });
        let is_loading = Signal::derive(move || {
            list.state.with(|list| list.is_loading()) || directory.data.state.with(|people| people.is_loading())
        });
        let rows = PeopleRows::new(all, query, search, is_loading);
        let go = Callback::new(move |query: PeopleQuery| navigator.push(&members_route(route, &query)));
        let (keys_of, cache) = (RwSignal::new(None), use_cache());
        Self { workspace, id, query, list, directory, keys, active_keys, keys_of, rows, search, go, cache }
    }

    /// Opens the dialog with a person's keys.
    pub(super) fn show_keys(&self, person: UserId) {
        self.keys_of.set(Some((self.id.get_untracked(), person)));
    }

    /// The active keys of the person whose dialog is open.
    pub(super) fn keys_of_person(&self) -> Memo<Vec<ApiKey>> {
        let (active_keys, keys_of) = (self.active_keys, self.keys_of);
        Memo::new(move |_| {
            let of = |keys: &ActiveKeys| keys_of.with(|of| of.as_ref().and_then(|(_, id)| keys.get(id).cloned()));
            active_keys.with(of).unwrap_or_default()
        })
    }

    /// Why something is not possible in the default workspace; `None` in others.
    pub(super) fn default_reason(&self, why: &'static str) -> Signal<Option<String>> {
        let workspace = self.workspace;
        Signal::derive(move || workspace.with(Workspace::is_default).then(|| why.to_owned()))
    }

    /// Hides and deselects whom a job has removed, while the members are read again.
    pub(super) fn drop_removed(&self, job: JobRunner) {
        let removed = drop_removed_members(job, self.cache);
        if let Some(people) = self.id.with_untracked(|id| removed.get(id)) {
            self.rows.row_selection.selection.update(|selection| people.iter().for_each(|id| selection.remove(id)));
        }
    }
}

/// The route of the members with this query, for the workspace of the current route.
pub(super) fn members_route(route: Memo<Route>, query: &PeopleQuery) -> Route {
    route.with_untracked(|route| route.workspace_ref().map_or_else(|| route.clone(), |it| query.on_members(it)))
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
