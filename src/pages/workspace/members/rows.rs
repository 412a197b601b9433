//! The members of one workspace joined with the directory: what is shown, chosen and blocked.
//!
//! Invariant: a row is a membership as the API listed it; names only add to it, and whoever has none is shown by id.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;

use crate::api::{keys, members};
use crate::browser::lowercase;
use crate::bulk::{Action, Status};
use crate::components::{Choosing, search_in_address};
use crate::domain::{ApiKey, Member, MemberRole, UserId, Workspace, WorkspaceId, WorkspaceRef};
use crate::forms::people::{self, Row};
use crate::forms::roster;
use crate::routes::PeopleQuery;
use crate::state::{
    BulkJob, Directory, LongList, Query, Resource, now, use_directory, use_navigator, use_query, use_route, use_session,
};

/// Rows that are the same only where they are the very same.
#[derive(Clone)]
pub(super) struct Shared(pub Arc<Vec<Row>>);

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

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
    pub rows: Memo<Shared>,
    /// Positions in `rows` of what is shown, in order.
    pub shown: Memo<Arc<Vec<u32>>>,
    pub search: RwSignal<String>,
    /// Goes to the same members, found or ordered otherwise.
    pub go: Callback<PeopleQuery>,
    pub choosing: Choosing<UserId>,
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
        let blocked = Memo::new(move |_| keys.state.with(|state| Arc::new(by_owner(state.data().map(Vec::as_slice)))));
        let rows = Memo::new(move |last: Option<&Shared>| {
            list.version.track();
            directory.version.track();
            Shared(Arc::new(joined(&list.rows.get_value(), last, directory)))
        });
        let search = search_of(query);
        let shown = shown(rows, query, search);
        let ids = Memo::new(move |_| {
            let rows = rows.get().0;
            let id = |at: &u32| rows.get(*at as usize).map(|row| row.entry.id.clone());
            shown.with(|shown| Arc::new(shown.iter().filter_map(id).collect::<Vec<_>>()))
        });
        let choosing = Choosing::new(ids);
        let (navigator, route) = (use_navigator(), use_route());
        let go = Callback::new(move |query: PeopleQuery| {
            if let Some(there) = route.with_untracked(|route| route.workspace_ref().map(|it| query.on_members(it))) {
                navigator.push(&there);
            }
        });
        Self { workspace, id, query, list, directory, keys, blocked, rows, shown, search, go, choosing }
    }

    /// The row at a place of the table.
    pub(super) fn row(&self, at: usize) -> Option<Row> {
        let at = self.shown.with(|shown| shown.get(at).copied())?;
        self.rows.with(|rows| rows.0.get(at as usize).cloned())
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
            self.choosing.selection.update(|selection| gone.iter().for_each(|id| selection.remove(id)));
        }
    }
}

fn by_owner(keys: Option<&[ApiKey]>) -> HashMap<UserId, Vec<ApiKey>> {
    let mut owners: HashMap<UserId, Vec<ApiKey>> = HashMap::new();
    let at = now();
    for key in keys.into_iter().flatten().filter(|key| key.is_active(at)) {
        if let Some(owner) = &key.creator_user_id {
            owners.entry(owner.clone()).or_default().push(key.clone());
        }
    }
    owners
}

/// Everybody listed, with the name as far as it is known; what was known before is not worked out again.
fn joined(members: &[Arc<Member>], last: Option<&Shared>, directory: Directory) -> Vec<Row> {
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
            let entry = known.unwrap_or_else(|| Arc::new(roster::Entry::unknown(&listed.user_id, lowercase)));
            Row { entry, role: role(&listed.role), since: listed.created_at.clone(), places: 0 }
        };
        members.iter().enumerate().map(row).collect()
    })
}

fn search_of(query: Memo<PeopleQuery>) -> RwSignal<String> {
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

/// The order is worked out when rows or order change, the search on every keystroke.
fn shown(rows: Memo<Shared>, query: Memo<PeopleQuery>, search: RwSignal<String>) -> Memo<Arc<Vec<u32>>> {
    let sort = Memo::new(move |_| query.with(|query| (query.sort, query.direction())));
    let order = Memo::new(move |_| {
        sort.track();
        let query = query.get_untracked();
        Arc::new(rows.with(|rows| people::order(&rows.0, &query)))
    });
    let role = Memo::new(move |_| query.with(|query| query.role));
    Memo::new(move |_| {
        let words = search.with(|search| roster::words(search, lowercase));
        let (order, role) = (order.get(), role.get());
        Arc::new(rows.with(|rows| people::matching(&rows.0, &order, &words, role)))
    })
}
