//! The members of one workspace joined with the directory: what is shown, chosen and blocked.
//!
//! Invariant: a row is a membership as the API listed it; names only add to it, and whoever has none is shown by id.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;

use crate::api::{keys, members};
use crate::bulk::{Action, Status};
use crate::components::{PeopleRows, SharedRows, search_in_address};
use crate::domain::{ApiKey, Member, MemberRole, UserId, Workspace, WorkspaceId, WorkspaceRef};
use crate::forms::people::Row;
use crate::forms::roster;
use crate::routes::PeopleQuery;
use crate::state::{
    BulkJob, Directory, LongList, Query, Resource, now, use_directory, use_navigator, use_query, use_route, use_session,
};

/// Active keys by whose they are.
pub(super) type Blocked = Arc<HashMap<UserId, Vec<ApiKey>>>;

/// The members of the tab.
#[derive(Clone, Copy)]
pub(super) struct Members {
    pub workspace: Signal<Workspace>,
    pub id: Memo<WorkspaceId>,
    pub query: Memo<PeopleQuery>,
    pub list: LongList<Member>,
    pub directory: Directory,
    pub keys: Query<Vec<ApiKey>>,
    pub blocked: Memo<Blocked>,
    /// Whose keys are looked at.
    pub keys_of: RwSignal<Option<(WorkspaceId, UserId)>>,
    pub rows: PeopleRows,
    pub search: crate::ui::Bound<String>,
    /// Goes to the same members, found or ordered otherwise.
    pub go: Callback<PeopleQuery>,
}

impl Members {
    pub(super) fn new(workspace: Signal<Workspace>, query: Memo<PeopleQuery>) -> Self {
        let id = Memo::new(move |_| workspace.with(|workspace| workspace.id.clone()));
        let directory = use_directory();
        let list = LongList::new(
            Resource::Members,
            use_session().state,
            move || Some(id.get()),
            |client, id| members::list_all(client, &WorkspaceRef::from(&id)),
        );
        let keys = use_query(
            Resource::Keys,
            move || workspace.with(|it| (!it.is_default()).then(|| it.id.clone())),
            async |client, id| keys::collect_all(&client, &id).await,
        );
        let blocked = Memo::new(move |_| {
            let owners = |keys: Option<&Vec<ApiKey>>| ApiKey::active_by_owner(keys.map_or(&[], Vec::as_slice), now());
            keys.state.with(|state| Arc::new(owners(state.data())))
        });
        let rows = Memo::new(move |last: Option<&SharedRows>| {
            list.version.track();
            directory.version.track();
            SharedRows(Arc::new(joined(&list.rows.get_value(), last, directory)))
        });
        let search = search_of(query);
        let is_coming = Signal::derive(move || list.is_coming() || directory.list.is_coming());
        let rows = PeopleRows::new(rows, query, search, is_coming);
        let (navigator, route) = (use_navigator(), use_route());
        let go = Callback::new(move |query: PeopleQuery| {
            if let Some(there) = route.with_untracked(|route| route.workspace_ref().map(|it| query.on_members(it))) {
                navigator.push(&there);
            }
        });
        Self { workspace, id, query, list, directory, keys, blocked, keys_of: RwSignal::new(None), rows, search, go }
    }

    /// Looks at somebody's keys.
    pub(super) fn look_at_keys(&self, person: UserId) {
        self.keys_of.set(Some((self.id.get_untracked(), person)));
    }

    /// The active keys of whoever is looked at.
    pub(super) fn keys_looked_at(&self) -> Memo<Vec<ApiKey>> {
        let (blocked, who) = (self.blocked, self.keys_of);
        Memo::new(move |_| {
            let of = |blocked: &Blocked| who.with(|who| who.as_ref().and_then(|(_, id)| blocked.get(id).cloned()));
            blocked.with(of).unwrap_or_default()
        })
    }

    /// Why something is off in the default workspace.
    pub(super) fn default_reason(&self, why: &'static str) -> Signal<Option<String>> {
        let workspace = self.workspace;
        Signal::derive(move || workspace.with(Workspace::is_default).then(|| why.to_owned()))
    }

    /// Shows at once what a job has done, while the members are listed again.
    pub(super) fn settle(&self, job: BulkJob) {
        let done = untrack(|| {
            job.with(|machine| {
                let done = machine.items().iter().filter(|item| item.status == Status::Done);
                (machine.action(), done.map(|item| item.person.clone()).collect::<std::collections::HashSet<_>>())
            })
        });
        if let Some((Action::Remove, gone)) = done {
            self.list.amend(|rows| rows.retain(|member| !gone.contains(&member.user_id)));
            self.rows.choosing.selection.update(|selection| gone.iter().for_each(|id| selection.remove(id)));
        }
    }
}

/// Everybody listed, with the name as far as it is known; what was known before is not worked out again.
fn joined(members: &[Arc<Member>], last: Option<&SharedRows>, directory: Directory) -> Vec<Row> {
    let (admin, member): (Arc<str>, Arc<str>) = ("admin".into(), "member".into());
    let role = |role: &MemberRole| match role {
        MemberRole::Admin => admin.clone(),
        MemberRole::Member => member.clone(),
        MemberRole::Other(word) => word.as_str().into(),
    };
    directory.with(|people| {
        let row = |(at, listed): (usize, &Arc<Member>)| {
            let before = last.and_then(|last| last.0.get(at)).filter(|row| row.entry.id == listed.user_id);
            let known = people.get(&listed.user_id).cloned().or_else(|| before.map(|row| row.entry.clone()));
            let entry = known.unwrap_or_else(|| Arc::new(roster::Entry::unknown(&listed.user_id)));
            Row { entry, role: role(&listed.role), since: listed.created_at.clone(), places: 0 }
        };
        members.iter().enumerate().map(row).collect()
    })
}

fn search_of(query: Memo<PeopleQuery>) -> crate::ui::Bound<String> {
    let (navigator, route) = (use_navigator(), use_route());
    let in_address = Memo::new(move |_| query.with(|query| query.search.clone()));
    search_in_address(in_address, move |search| {
        let query = PeopleQuery { search, ..query.get_untracked() };
        let there = route.with_untracked(|route| route.workspace_ref().map(|it| query.on_members(it)));
        if let Some(there) = there {
            navigator.replace(&there);
        }
    })
}
