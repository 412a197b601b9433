//! A model of the API, for the tests of plans: workspaces with their limits and members.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::{Details, ImportPlan, Known, Part, State, WorkspacePlan, ordered};
use crate::domain::{BudgetState, MemberRole, OrganizationRole, Person, UserId, Workspace, WorkspaceId};
use crate::files::document::Document;
use crate::files::settings::{Setting, Settings};
use crate::files::write::{ExportedMember, entry};

#[derive(Debug, Clone)]
pub struct Held {
    pub workspace: Workspace,
    pub budget: BudgetState,
    pub members: HashSet<UserId>,
}

#[derive(Debug, Clone, Default)]
pub struct World {
    pub held: BTreeMap<WorkspaceId, Held>,
    made: usize,
}

/// How an item of a job ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Applied,
    /// The state had moved, so nothing was sent.
    Stopped,
}

pub fn person(at: usize) -> Person {
    Person {
        id: UserId::parse(&format!("user_{at}")).unwrap(),
        email: format!("p{at}@example.com"),
        first_name: None,
        last_name: None,
        role: OrganizationRole::Member,
    }
}

pub fn people() -> Vec<Person> {
    (0..6).map(person).collect()
}

pub fn workspace(id: &str, slug: &str, name: &str) -> Workspace {
    let json = serde_json::json!({ "id": id, "slug": slug, "name": name });
    serde_json::from_str(&json.to_string()).unwrap()
}

impl World {
    pub fn add(&mut self, slug: &str, name: &str, budget: BudgetState, members: &[usize]) -> WorkspaceId {
        self.made += 1;
        let workspace = workspace(&format!("0f8fad5b-d9cb-469f-a165-{:012}", self.made), slug, name);
        let (id, members) = (workspace.id.clone(), members.iter().map(|at| person(*at).id).collect());
        self.held.insert(id.clone(), Held { workspace, budget, members });
        id
    }

    pub fn state(&self) -> State {
        let details = |held: &Held| Details {
            budget: Known::Ready(held.budget),
            members: Known::Ready(Arc::new(held.members.clone())),
            ..Details::default()
        };
        let people = people();
        let workspaces = self.held.values().map(|held| Arc::new(held.workspace.clone())).collect();
        let details = self.held.iter().map(|(id, held)| (id.clone(), details(held))).collect();
        State::new(workspaces, details).with_people(&people)
    }

    pub fn export(&self) -> Document {
        let member = |id: &UserId| ExportedMember {
            id: id.clone(),
            email: people().into_iter().find(|person| person.id == *id).map(|person| person.email),
            role: MemberRole::Member,
        };
        let entry = |held: &Held| {
            entry(&held.workspace, Some(&held.budget), Some(held.members.iter().map(member).collect()), None)
        };
        Document { workspaces: self.held.values().map(entry).collect(), delete: Vec::new() }
    }

    fn find(&self, plan: &WorkspacePlan) -> Option<WorkspaceId> {
        let by_slug = || self.held.values().find(|held| held.workspace.slug.as_str() == plan.slug);
        plan.id
            .clone()
            .filter(|id| self.held.contains_key(id))
            .or_else(|| by_slug().map(|held| held.workspace.id.clone()))
    }

    /// Applies one part as a job does: the state is read and compared right before.
    pub fn apply(&mut self, plan: &WorkspacePlan, part: &Part) -> End {
        let found = self.find(plan);
        if let Part::Create(settings) = part {
            if found.is_some() {
                return End::Stopped;
            }
            let name = settings.text(Setting::Name).unwrap_or_default().to_owned();
            let id = self.add(&plan.slug, &name, BudgetState::default(), &[]);
            self.set(&id, settings);
            return End::Applied;
        }
        let Some(id) = found else { return End::Stopped };
        let Some(held) = self.held.get_mut(&id) else { return End::Stopped };
        match part {
            Part::Create(_) => {}
            Part::Settings { before, after } => {
                if !before.is_met_by(&Settings::of(&held.workspace)) {
                    return End::Stopped;
                }
                self.set(&id, after);
            }
            Part::Budgets(plan) => {
                if !held.budget.is_same(&plan.start()) {
                    return End::Stopped;
                }
                let counts_byok = plan.end().counts_byok.or(held.budget.counts_byok);
                held.budget = BudgetState { counts_byok, ..plan.end() };
            }
            Part::Add(people) => {
                if people.iter().any(|id| held.members.contains(id)) {
                    return End::Stopped;
                }
                held.members.extend(people.iter().cloned());
            }
            Part::Remove(people) => {
                if people.iter().any(|id| !held.members.contains(id)) {
                    return End::Stopped;
                }
                held.members.retain(|id| !people.contains(id));
            }
            Part::Delete(settings) => {
                if !settings.is_met_by(&Settings::of(&held.workspace)) {
                    return End::Stopped;
                }
                self.held.remove(&id);
            }
        }
        End::Applied
    }

    fn set(&mut self, id: &WorkspaceId, settings: &Settings) {
        let held = self.held.get_mut(id).unwrap();
        let mut json = serde_json::to_value(&held.workspace).unwrap();
        let update = serde_json::to_value(settings.update()).unwrap();
        json.as_object_mut().unwrap().extend(update.as_object().unwrap().clone());
        held.workspace = serde_json::from_str(&json.to_string()).unwrap();
    }

    /// Applies all parts that can be applied, in their order. `between` is called before each.
    pub fn run(&mut self, plan: &ImportPlan, mut between: impl FnMut(&mut Self)) -> Vec<End> {
        let parts = plan.workspaces.iter().flat_map(|it| it.applicable().iter().map(move |part| (it, part.clone())));
        let mut ends = Vec::new();
        for (workspace, part) in ordered(parts.collect()) {
            between(self);
            ends.push(self.apply(workspace, &part));
        }
        ends
    }
}
