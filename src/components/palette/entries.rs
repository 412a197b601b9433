//! Everything that the command palette can find: actions, pages, workspaces and people.

use super::recent::{self, Subject};
use crate::browser::{Theme, ThemeChoice};
use crate::components::actions::{Action, ActionEffect, OfferedActions};
use crate::components::saved_views::{SavedViewStore, use_saved_views};
use crate::components::shortcuts::Shortcut;
use crate::data::{PersonIndex, Shared, use_directory_if, use_workspaces};
use crate::domain::{Person, Workspace, WorkspaceRef, inline_text};
use crate::forms::saved_views::SavedView;
use crate::routes::{ListQuery, PeopleQuery, Route};
use crate::search::fuzzy::Candidate;
use crate::session::{SessionState, use_session};
use crate::ui::Icon;
use leptos::prelude::*;
use std::sync::Arc;

/// A part of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Recent,
    Actions,
    Pages,
    Views,
    Workspaces,
    People,
}

impl Section {
    pub fn title(self) -> &'static str {
        match self {
            Self::Recent => "Recent",
            Self::Actions => "Actions",
            Self::Pages => "Pages",
            Self::Views => "Saved views",
            Self::Workspaces => "Workspaces",
            Self::People => "People",
        }
    }
}

#[derive(Debug, Clone)]
pub(super) enum Target {
    Action(ActionEffect),
    Workspace(Arc<Workspace>),
    Person(Arc<Person>),
}

/// Something that can be found.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub section: Section,
    pub icon: Icon,
    pub name: String,
    /// A slug, an email address or an ID; empty if there is none.
    pub detail: String,
    /// The shortcut that does the same.
    pub shortcut: Option<Shortcut>,
    pub target: Target,
    pub candidate: Candidate,
}

impl Entry {
    fn action(section: Section, shortcut: Option<Shortcut>, action: Action) -> Arc<Self> {
        let name = inline_text(&action.label);
        let candidate = Candidate::new(&name, "");
        let (icon, target) = (action.icon, Target::Action(action.effect));
        Arc::new(Self { section, icon, name, detail: String::new(), shortcut, target, candidate })
    }

    pub fn workspace(workspace: &Arc<Workspace>) -> Arc<Self> {
        let (name, detail) = (workspace.inline_label(), inline_text(workspace.slug.as_str()));
        Arc::new(Self {
            section: Section::Workspaces,
            icon: Icon::Folder,
            candidate: Candidate::new(&name, &[&detail, "\n", workspace.id.as_str()].concat()),
            name,
            detail,
            shortcut: None,
            target: Target::Workspace(workspace.clone()),
        })
    }

    fn person(person: &Arc<Person>) -> Arc<Self> {
        let name = person.display_name();
        let is_named = !person.email.is_empty() && person.email != name;
        let detail = inline_text(if is_named { &person.email } else { person.id.as_str() });
        let name = inline_text(&name);
        Arc::new(Self {
            section: Section::People,
            icon: Icon::Users,
            candidate: Candidate::new(&name, &[&person.email, "\n", person.id.as_str()].concat()),
            name,
            detail,
            shortcut: None,
            target: Target::Person(person.clone()),
        })
    }

    /// What choosing it in a view does.
    pub fn effect(&self, here: &Route) -> ActionEffect {
        match &self.target {
            Target::Action(effect) => effect.clone(),
            Target::Workspace(workspace) => ActionEffect::Open(here.same_tab(WorkspaceRef::from(&workspace.slug))),
            Target::Person(person) => {
                let search = if person.email.is_empty() { person.id.to_string() } else { person.email.clone() };
                ActionEffect::Open(PeopleQuery { search, ..PeopleQuery::default() }.on_people())
            }
        }
    }

    fn is(&self, subject: &Subject) -> bool {
        match (&self.target, subject) {
            (Target::Workspace(workspace), Subject::Workspace(id)) => workspace.id == *id,
            (Target::Person(person), Subject::Person(id)) => person.id == *id,
            _ => false,
        }
    }

    /// What is remembered of it once it was chosen.
    pub fn subject(&self) -> Option<Subject> {
        match &self.target {
            Target::Action(_) => None,
            Target::Workspace(workspace) => Some(Subject::Workspace(workspace.id.clone())),
            Target::Person(person) => Some(Subject::Person(person.id.clone())),
        }
    }
}

/// Entries that change together.
pub(super) type Part = Memo<Shared<Vec<Arc<Entry>>>>;

/// Computes a part, given the entries that it had before. One type for all parts, so that it is compiled once.
pub(super) fn part(entries: impl Fn(&[Arc<Entry>]) -> Vec<Arc<Entry>> + Send + Sync + 'static) -> Part {
    type Compute = dyn Fn(&[Arc<Entry>]) -> Vec<Arc<Entry>> + Send + Sync;
    let entries: Box<Compute> = Box::new(entries);
    Memo::new(move |last: Option<&Shared<Vec<Arc<Entry>>>>| {
        Shared::new(entries(last.map_or(&[][..], |last| last.as_slice())))
    })
}

/// All entries, in the order that equal matches keep.
#[derive(Clone, Copy)]
pub(super) struct Entries {
    pub fixed: Part,
    pub workspaces: Part,
    pub people: Part,
    /// That people are still being read, or could not be.
    pub people_note: Signal<Option<&'static str>>,
}

impl Entries {
    /// The directory is read once `wants_people` says so.
    pub fn new(global_actions: GlobalActions, wants_people: Signal<bool>) -> Self {
        let offered: OfferedActions = expect_context();
        let (list, session) = (use_workspaces(), use_session());
        let is_individual = Memo::new(move |_| session.state.with(SessionState::is_individual));
        // An individual account has no directory.
        let wants_people = Signal::derive(move || wants_people.get() && !is_individual.get());
        let directory = use_directory_if(move || wants_people.get()).data;
        let saved = use_saved_views();
        let fixed = part(move |_| {
            let own = offered.get().into_iter().map(|action| (None, action)).chain(global_actions.get_value());
            let actions = own.map(|(shortcut, action)| Entry::action(Section::Actions, shortcut, action));
            let is_individual = is_individual.get();
            let is_page = |entry: &Arc<Entry>| !is_individual || entry.shortcut != Some(Shortcut::OpenPeople);
            actions.chain(pages().filter(is_page)).chain(views(saved)).collect()
        });
        let workspaces = part(move |_| {
            let rows = list.matching(&ListQuery::default());
            rows.iter().map(Entry::workspace).collect()
        });
        let people = part(move |last| directory.get().map(|index| people_of(&index, last)).unwrap_or_default());
        let people_note = Signal::derive(move || {
            directory.state.with(|state| match (state.error().is_some(), state.is_loading()) {
                _ if !wants_people.get() => None,
                (true, _) => Some("Not all people could be loaded"),
                (false, true) => Some("Loading people…"),
                (false, false) => None,
            })
        });
        Self { fixed, workspaces, people, people_note }
    }

    /// The entries of what was opened last, without the workspace that is shown.
    pub fn recent(&self, here: &Route) -> Vec<Arc<Entry>> {
        let known = |subject: Subject| {
            let part = if matches!(subject, Subject::Workspace(_)) { self.workspaces } else { self.people };
            part.with(|entries| entries.iter().find(|entry| entry.is(&subject)).cloned())
        };
        let is_elsewhere = |entry: &Arc<Entry>| match &entry.target {
            Target::Workspace(workspace) => !here.workspace_ref().is_some_and(|shown| workspace.is_named(shown)),
            _ => true,
        };
        recent::read().into_iter().filter_map(known).filter(is_elsewhere).collect()
    }
}

/// The entries of all people. Those of the last read are used again: the directory arrives in many parts.
fn people_of(index: &PersonIndex, last: &[Arc<Entry>]) -> Vec<Arc<Entry>> {
    let entry = |(at, person): (usize, &Arc<Person>)| {
        let is_same = |entry: &&Arc<Entry>| matches!(&entry.target, Target::Person(it) if Arc::ptr_eq(it, person));
        last.get(at).filter(is_same).cloned().unwrap_or_else(|| Entry::person(person))
    };
    index.listing.rows.iter().enumerate().map(entry).collect()
}

fn pages() -> impl Iterator<Item = Arc<Entry>> {
    let pages = [
        (Icon::Folder, "Workspaces", Route::home(), Some(Shortcut::OpenWorkspaces)),
        (Icon::Wallet, "Budgets", Route::budgets(), Some(Shortcut::OpenBudgets)),
        (Icon::Users, "People", Route::people(), Some(Shortcut::OpenPeople)),
        (Icon::Key, "API keys", Route::keys(), Some(Shortcut::OpenKeys)),
        (Icon::Copy, "Import and export", Route::files(), None),
        (Icon::Clock, "Activity", Route::activity(), Some(Shortcut::OpenActivity)),
    ];
    pages
        .into_iter()
        .map(|(icon, name, route, shortcut)| Entry::action(Section::Pages, shortcut, Action::open(icon, name, route)))
}

/// The saved views. Tracked.
fn views(saved: SavedViewStore) -> Vec<Arc<Entry>> {
    let views = saved.views.get();
    let open = |view: &SavedView| Action::open(Icon::Layout, view.name.clone(), view.route.clone());
    views.iter().map(|view| Entry::action(Section::Views, None, open(view))).collect()
}

/// Actions, each with the shortcut that does the same.
pub(super) type GlobalActions = StoredValue<Vec<(Option<Shortcut>, Action)>>;

/// The actions that every view has.
pub(super) fn global_actions(is_listing_keys: RwSignal<bool>) -> GlobalActions {
    let (session, theme): (_, Theme) = (use_session(), expect_context());
    let choose = |choice: ThemeChoice| Callback::new(move |()| theme.set(choice));
    StoredValue::new(vec![
        (Some(Shortcut::CreateWorkspace), Action::open(Icon::Plus, "Create workspace", Route::CreateWorkspace)),
        (None, Action::run(Icon::Layout, "Use the light theme", choose(ThemeChoice::Light))),
        (None, Action::run(Icon::Layout, "Use the dark theme", choose(ThemeChoice::Dark))),
        (None, Action::run(Icon::Layout, "Use the theme of the system", choose(ThemeChoice::System))),
        (
            Some(Shortcut::ListShortcuts),
            Action::run(Icon::Info, "Show keyboard shortcuts", Callback::new(move |()| is_listing_keys.set(true))),
        ),
        (None, Action::run(Icon::SignOut, "Sign out", Callback::new(move |()| session.sign_out()))),
    ])
}
