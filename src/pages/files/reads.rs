//! What the page reads: of each workspace only what the file or the export needs.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use leptos::prelude::*;

use super::baseline::READ_AT_ONCE;
use crate::browser::now;
use crate::components::use_baseline;
use crate::data::{
    ApiRead, Directory, Listing, Many, Remote, Shared, WorkspaceBudgetUse, WorkspaceBudgets, WorkspaceKeys,
    WorkspaceMembers, Workspaces, use_directory, use_many, use_workspaces,
};
use crate::domain::{Member, UserId, Workspace, WorkspaceId, inline_message};
use crate::files::Document;
use crate::files::plan::{Details, Known, Part, State, compare};
use crate::files::read::read;
use crate::search::SpendReading;

/// What an export needs of its workspaces.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Wanted {
    pub workspaces: Vec<Arc<Workspace>>,
    pub budgets: bool,
    pub members: bool,
    pub keys: bool,
}

/// A file that was read, or the problems in it. `None` without a text.
pub(super) type Read = Option<Result<Arc<Document>, Arc<Vec<crate::files::Problem>>>>;

#[derive(Clone, Copy)]
pub(super) struct Reads {
    pub workspaces: Workspaces,
    pub directory: Directory,
    pub file: Memo<Read>,
    pub export: RwSignal<Wanted>,
    pub uses: Many<WorkspaceBudgetUse>,
    pub budgets: Many<WorkspaceBudgets>,
    pub members: Many<WorkspaceMembers>,
    pub keys: Many<WorkspaceKeys>,
    /// The present workspaces, as far as they have been read. `None` while the list of workspaces is being read.
    pub state: Memo<Option<Shared<State>>>,
    /// Whether limits and members are read for the baseline, however many workspaces it has.
    pub is_baseline_read: RwSignal<bool>,
}

/// The workspaces of a file whose limits, members and keys have to be read.
#[derive(Debug, Clone, Default, PartialEq)]
struct Needs {
    budgets: Vec<WorkspaceId>,
    members: Vec<WorkspaceId>,
    deleted: Vec<WorkspaceId>,
}

impl Reads {
    /// `text` is the file to import.
    pub(super) fn new(text: RwSignal<String>) -> Self {
        let (workspaces, directory, store) = (use_workspaces(), use_directory(), use_baseline());
        let file = Memo::new(move |_| {
            text.with(|text| (!text.trim().is_empty()).then(|| read(text).map(Arc::new).map_err(Arc::new)))
        });
        let export = RwSignal::new(Wanted::default());
        let is_listed = Memo::new(move |_| !workspaces.data.state.with(Remote::is_loading));
        let needs = Memo::new(move |_| {
            let file = file.get().and_then(Result::ok).filter(|_| is_listed.get());
            file.map(|file| needs(&file, workspaces)).unwrap_or_default()
        });
        let exported = move |is_wanted: fn(&Wanted) -> bool| {
            let ids = |wanted: &Wanted| wanted.workspaces.iter().map(|it| it.id.clone()).collect::<Vec<_>>();
            export.with(|wanted| if is_wanted(wanted) { ids(wanted) } else { Vec::new() })
        };
        let is_baseline_read = RwSignal::new(false);
        let baseline = Memo::new(move |_| {
            let baseline = store.opened.get().filter(|_| is_listed.get());
            let is_read = |count: usize| count <= READ_AT_ONCE || is_baseline_read.get();
            let baseline = baseline.filter(|baseline| is_read(baseline.document.workspaces.len()));
            baseline.map(|baseline| self::needs(&baseline.document, workspaces)).unwrap_or_default()
        });
        let uses = use_many(move || needs.with(|needs| keys_of(&[&needs.budgets], WorkspaceBudgetUse)));
        let budgets = use_many(move || {
            baseline.with(|baseline| keys_of(&[&baseline.budgets, &exported(|it| it.budgets)], WorkspaceBudgets))
        });
        let members = use_many(move || {
            let of = (needs.get(), baseline.get(), exported(|it| it.members));
            keys_of(&[&of.0.members, &of.1.members, &of.2], WorkspaceMembers)
        });
        // The keys of those from which someone is removed are known once their members are.
        let removing = Memo::new(move |_| {
            let state = state_of(workspaces, directory, &needs.get(), uses, members, None)?;
            let file = file.get()?.ok()?;
            let removes = |part: &Part| matches!(part, Part::Remove(_));
            let plans = compare(&file, &state).workspaces.into_iter();
            Some(plans.filter(|plan| plan.parts.iter().any(removes)).filter_map(|plan| plan.id).collect::<Vec<_>>())
        });
        let keys = use_many(move || {
            let removing = removing.get().unwrap_or_default();
            needs.with(|needs| keys_of(&[&needs.deleted, &removing, &exported(|it| it.keys)], WorkspaceKeys))
        });
        let state = Memo::new(move |_| {
            is_listed.get().then_some(())?;
            state_of(workspaces, directory, &needs.get(), uses, members, Some(keys)).map(Shared::new)
        });
        Self { workspaces, directory, file, export, uses, budgets, members, keys, state, is_baseline_read }
    }

    /// Reads again what the file is about.
    pub(super) fn refresh(self) {
        self.uses.refetch();
        self.members.refetch();
    }
}

/// Each workspace once.
fn keys_of<K>(lists: &[&Vec<WorkspaceId>], key: fn(WorkspaceId) -> K) -> Vec<K> {
    let mut seen = HashSet::new();
    let all = lists.iter().flat_map(|list| list.iter());
    all.filter(|id| seen.insert((*id).clone())).cloned().map(key).collect()
}

fn needs(file: &Document, workspaces: Workspaces) -> Needs {
    let rows = workspaces.rows();
    let all = rows.iter().map(|row| row.workspace.clone()).collect();
    // Without what is read later, the plan tells which workspaces the file is about.
    let plan = compare(file, &State::new(all, HashMap::new()));
    let mut needs = Needs::default();
    for (at, plan) in plan.workspaces.iter().enumerate() {
        let Some(id) = &plan.id else { continue };
        match file.workspaces.get(at) {
            None => needs.deleted.push(id.clone()),
            Some(entry) => {
                needs.budgets.extend(entry.budget.as_ref().map(|_| id.clone()));
                needs.members.extend(entry.members.as_ref().filter(|_| plan.slug != "default").map(|_| id.clone()));
            }
        }
    }
    needs
}

fn state_of(
    workspaces: Workspaces,
    directory: Directory,
    needs: &Needs,
    uses: Many<WorkspaceBudgetUse>,
    members: Many<WorkspaceMembers>,
    keys: Option<Many<WorkspaceKeys>>,
) -> Option<State> {
    let (budgets, people) = (uses.values(), members.values());
    let mut details: HashMap<WorkspaceId, Details> = HashMap::new();
    for id in &needs.budgets {
        let found = known(uses, &budgets, &WorkspaceBudgetUse(id.clone()));
        let of = details.entry(id.clone()).or_default();
        of.spend = match &found {
            Known::Ready(found) => match &found.spend {
                SpendReading::Known(spend) => Some(**spend),
                _ => None,
            },
            _ => None,
        };
        of.budget = found.map(|found| found.state);
    }
    for id in &needs.members {
        let found = known(members, &people, &WorkspaceMembers(id.clone()));
        details.entry(id.clone()).or_default().members = member_ids(found);
    }
    if let Some(keys) = keys {
        let now = now();
        for (WorkspaceKeys(id), found) in keys.values().iter() {
            let active = || found.rows.iter().filter(|key| key.is_active(now));
            let of = details.entry(id.clone()).or_default();
            of.key_owners = active().filter_map(|key| key.creator_user_id.clone()).collect();
            of.active_keys = active().count();
        }
    }
    let all = workspaces.rows().iter().map(|row| row.workspace.clone()).collect();
    Some(known_people(directory, State::new(all, details)))
}

/// Adds the people of the organization, as far as they have been read.
pub(super) fn known_people(directory: Directory, state: State) -> State {
    if directory.is_individual.get() {
        return state.without_people("This account has no organization".to_owned());
    }
    directory.data.state.with(|found| match found {
        Remote::Failed(error) => state.without_people(inline_message(&error.to_string())),
        found if found.is_loading() => state,
        found => {
            let rows = found.data().map(|index| index.listing.rows.clone()).unwrap_or_default();
            state.with_people(rows.iter().map(Arc::as_ref))
        }
    })
}

pub(super) const INCOMPLETE: &str = "The list may be incomplete";

/// The IDs of members, if they are certainly all.
pub(super) fn member_ids(found: Known<Shared<Listing<Member>>>) -> Known<Arc<HashSet<UserId>>> {
    match found {
        Known::Ready(listing) if !listing.is_certain => Known::Failed(INCOMPLETE.to_owned()),
        found => found.map(|listing| Arc::new(listing.rows.iter().map(|member| member.user_id.clone()).collect())),
    }
}

/// A value as far as it has been read.
pub(super) fn known<K: ApiRead>(many: Many<K>, values: &crate::data::Values<K>, key: &K) -> Known<Shared<K::Value>> {
    match values.get(key) {
        Some(value) => Known::Ready(value.clone()),
        None if many.failed() != 0 => match many.get(key) {
            Remote::Failed(error) => Known::Failed(inline_message(&error.to_string())),
            _ => Known::Loading,
        },
        None => Known::Loading,
    }
}

impl<T> Known<T> {
    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> Known<U> {
        match self {
            Self::Loading => Known::Loading,
            Self::Failed(why) => Known::Failed(why),
            Self::Ready(value) => Known::Ready(change(value)),
        }
    }
}
