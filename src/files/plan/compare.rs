//! Compares a file with the present workspaces.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::budget::budget_part;
use super::members::member_parts;
use super::state::State;
use super::{ImportPlan, Note, Part, Weight, WorkspacePlan};
use crate::csv;
use crate::domain::{Slug, Workspace, WorkspaceId};
use crate::files::document::{Deletion, Document, Entry};
use crate::files::node::Place;
use crate::files::settings::{Setting, Settings, Value};

/// What a file would change. What is still being read is compared later.
pub fn compare(document: &Document, state: &State) -> ImportPlan {
    let index = Index::new(state);
    let mut seen = Seen::default();
    let entries =
        document.workspaces.iter().map(|entry| entry_plan(entry, state, &index, &mut seen)).collect::<Vec<_>>();
    let deletions = document.delete.iter().map(|it| deletion_plan(it, state, &index, &seen));
    let deletions = deletions.collect::<Vec<_>>();
    ImportPlan { workspaces: [entries, deletions].concat() }
}

/// The workspaces by ID, slug and name.
struct Index<'a> {
    ids: HashMap<&'a WorkspaceId, &'a Arc<Workspace>>,
    slugs: HashMap<&'a str, &'a Arc<Workspace>>,
    names: HashMap<&'a str, Vec<&'a Arc<Workspace>>>,
}

impl<'a> Index<'a> {
    fn new(state: &'a State) -> Self {
        let mut names: HashMap<&str, Vec<_>> = HashMap::new();
        for workspace in &state.workspaces {
            names.entry(workspace.name.trim()).or_default().push(workspace);
        }
        Self {
            ids: state.workspaces.iter().map(|it| (&it.id, it)).collect(),
            slugs: state.workspaces.iter().map(|it| (it.slug.as_str(), it)).collect(),
            names,
        }
    }
}

/// What earlier entries of the file are about.
#[derive(Default)]
struct Seen {
    workspaces: HashSet<WorkspaceId>,
    slugs: HashSet<String>,
}

/// The workspace that an entry is about, or the slug of the one that it creates.
enum Subject<'a> {
    Known(&'a Arc<Workspace>),
    New(String),
    Unclear(String),
}

fn subject<'a>(entry: &Entry, index: &Index<'a>) -> Subject<'a> {
    let by_id = entry.id.as_ref().and_then(|id| index.ids.get(id));
    let slug = entry.settings.text(Setting::Slug).map(str::trim);
    if let Some(found) = by_id.or_else(|| slug.and_then(|slug| index.slugs.get(slug))) {
        return Subject::Known(found);
    }
    let name = entry.settings.text(Setting::Name).map(str::trim);
    match (slug, name) {
        (Some(slug), _) => Subject::New(slug.to_owned()),
        (None, None) => Subject::Unclear("No workspace has this ID. Add a slug and a name".to_owned()),
        (None, Some(name)) => match index.names.get(name).map(Vec::as_slice) {
            Some([one]) => Subject::Known(one),
            Some(_) => Subject::Unclear("Several workspaces have this name. Add a slug".to_owned()),
            None => match Slug::suggest(name) {
                Some(slug) => Subject::New(slug.to_string()),
                None => Subject::Unclear("No slug can be made from this name. Add a slug".to_owned()),
            },
        },
    }
}

fn entry_plan(entry: &Entry, state: &State, index: &Index<'_>, seen: &mut Seen) -> WorkspacePlan {
    let text = |setting| entry.settings.text(setting).unwrap_or_default().trim().to_owned();
    let mut plan = WorkspacePlan {
        place: entry.place,
        id: None,
        name: text(Setting::Name),
        slug: text(Setting::Slug),
        parts: Vec::new(),
        notes: Vec::new(),
        is_loading: false,
    };
    match subject(entry, index) {
        Subject::Unclear(why) => plan.block(entry.place, why),
        Subject::Known(workspace) => {
            plan.id = Some(workspace.id.clone());
            (plan.name, plan.slug) = (workspace.label(), workspace.slug.to_string());
            if !seen.workspaces.insert(workspace.id.clone()) {
                plan.block(entry.place, "This workspace is in the file twice");
            }
            change(entry, workspace, index, &mut plan);
        }
        Subject::New(slug) => {
            plan.slug = slug;
            create(entry, &mut plan);
        }
    }
    if !seen.slugs.insert(plan.slug.clone()) && plan.id.is_none() {
        plan.block(entry.place, "Another workspace in the file has this slug");
    }
    let workspace = plan.id.as_ref().and_then(|id| index.ids.get(id)).copied();
    budget_part(entry, workspace, state, &mut plan);
    member_parts(entry, workspace, state, &mut plan);
    plan
}

/// A new workspace.
fn create(entry: &Entry, plan: &mut WorkspacePlan) {
    let mut settings = wanted_settings(entry);
    settings.0.insert(Setting::Slug, Value::Text(plan.slug.clone()));
    if plan.name.is_empty() {
        plan.block(entry.place, "Add a name to create this workspace");
    }
    check(entry, &settings, plan);
    plan.parts.push(Part::Create(settings));
}

/// The settings of a file that differ from those that are there.
pub(super) fn changed(entry: &Entry, now: &Settings) -> Settings {
    let differs = |(setting, value): (&Setting, &Value)| {
        let current = now.get(*setting)?;
        let is_escaped = entry.is_table
            && matches!((current, value), (Value::Text(now), Value::Text(cell)) if csv::escaped(now) == *cell);
        let wanted = wanted(entry, *setting, value.clone());
        (*current != *value && !is_escaped && *current != wanted).then_some((*setting, wanted))
    };
    Settings(entry.settings.0.iter().filter_map(differs).collect())
}

fn change(entry: &Entry, workspace: &Workspace, index: &Index<'_>, plan: &mut WorkspacePlan) {
    let now = Settings::of(workspace);
    let after = changed(entry, &now);
    if after.is_empty() {
        return;
    }
    check(entry, &after, plan);
    if let Some(slug) = after.text(Setting::Slug) {
        let place = entry.places.get(&Setting::Slug).copied().unwrap_or(entry.place);
        if let Some(other) = index.slugs.get(slug).filter(|other| other.id != workspace.id) {
            plan.block(place, format!("The slug {slug} is taken by “{}”", other.inline_label()));
        }
        if workspace.is_default() {
            plan.block(place, "The slug of the default workspace marks it. Keep it");
        }
    }
    plan.parts.push(Part::Settings { before: after.same_fields_of(&now), after });
}

/// The settings of a file as they are sent.
pub fn wanted_settings(entry: &Entry) -> Settings {
    let settings = entry.settings.0.iter();
    Settings(settings.map(|(setting, value)| (*setting, wanted(entry, *setting, value.clone()))).collect())
}

/// A value as it is sent.
fn wanted(entry: &Entry, setting: Setting, value: Value) -> Value {
    match setting.trimmed(value) {
        // The apostrophe that an export puts before a formula.
        Value::Text(cell) if entry.is_table => {
            let inner = cell.strip_prefix('\'').filter(|inner| csv::escaped(inner) == cell);
            Value::Text(inner.map_or_else(|| cell.clone(), str::to_owned))
        }
        other => other,
    }
}

/// Blocks values that the API does not accept.
fn check(entry: &Entry, settings: &Settings, plan: &mut WorkspacePlan) {
    for (setting, value) in &settings.0 {
        if let Some(why) = setting.problem(value) {
            let place = entry.places.get(setting).copied().unwrap_or(entry.place);
            plan.block(place, format!("{}: {why}", setting.label()));
        }
    }
}

fn deletion_plan(deletion: &Deletion, state: &State, index: &Index<'_>, seen: &Seen) -> WorkspacePlan {
    let mut plan = WorkspacePlan {
        place: deletion.place,
        id: None,
        name: deletion.slug.to_string(),
        slug: deletion.slug.to_string(),
        parts: Vec::new(),
        notes: Vec::new(),
        is_loading: false,
    };
    // A workspace that is not there needs no deletion.
    let Some(workspace) = index.slugs.get(deletion.slug.as_str()) else { return plan };
    plan.id = Some(workspace.id.clone());
    plan.name = workspace.label();
    if seen.workspaces.contains(&workspace.id) {
        plan.block(deletion.place, "The file also changes this workspace");
    }
    if workspace.is_default() {
        plan.block(deletion.place, "The default workspace can’t be deleted by a file");
    }
    let keys = state.details.get(&workspace.id).map_or(0, |details| details.active_keys);
    if keys != 0 {
        let keys = crate::domain::text::counted(keys, "active API key", "active API keys");
        plan.block(deletion.place, format!("It has {keys}. Delete or move them first"));
    }
    plan.parts.push(Part::Delete(Settings::of(workspace)));
    plan
}

impl WorkspacePlan {
    pub(super) fn note(&mut self, place: Place, weight: Weight, text: impl Into<String>) {
        self.notes.push(Note { place, weight, text: text.into() });
    }

    fn block(&mut self, place: Place, text: impl Into<String>) {
        self.note(place, Weight::Blocks, text);
    }
}
