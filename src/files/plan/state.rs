//! The present workspaces, as far as they have been read.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::domain::{BudgetState, Person, Spend, UserId, Workspace, WorkspaceId};

/// A value that is read from the API.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Known<T> {
    #[default]
    Loading,
    /// With the reason.
    Failed(String),
    Ready(T),
}

/// The present workspaces.
#[derive(Debug, Default)]
pub struct State {
    pub workspaces: Vec<Arc<Workspace>>,
    /// What was read of single workspaces. The rest is not needed, or still to be read.
    pub details: HashMap<WorkspaceId, Details>,
    people: Known<()>,
    by_id: HashMap<UserId, String>,
    by_email: HashMap<String, UserId>,
}

/// What was read of a workspace.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Details {
    pub budget: Known<BudgetState>,
    /// `None` where it is not known.
    pub spend: Option<Spend>,
    pub members: Known<Arc<HashSet<UserId>>>,
    /// The people with active API keys in the workspace. Without them nothing is blocked here, and the API decides.
    pub key_owners: HashSet<UserId>,
    /// How many API keys are active.
    pub active_keys: usize,
}

impl State {
    /// Without people, until they are added.
    pub fn new(workspaces: Vec<Arc<Workspace>>, details: HashMap<WorkspaceId, Details>) -> Self {
        Self { workspaces, details, ..Self::default() }
    }

    /// Adds the people of the organization.
    pub fn with_people<'a>(mut self, people: impl IntoIterator<Item = &'a Person>) -> Self {
        for person in people {
            self.by_email.insert(folded(&person.email), person.id.clone());
            self.by_id.insert(person.id.clone(), person.display_name());
        }
        self.people = Known::Ready(());
        self
    }

    /// Says that the people can't be read.
    pub fn without_people(mut self, reason: String) -> Self {
        self.people = Known::Failed(reason);
        self
    }

    pub fn people(&self) -> &Known<()> {
        &self.people
    }

    pub fn person_by_email(&self, email: &str) -> Option<&UserId> {
        self.by_email.get(&folded(email)).filter(|_| !email.trim().is_empty())
    }

    pub fn is_person(&self, id: &UserId) -> bool {
        self.by_id.contains_key(id)
    }

    /// The name of a person, or else the ID.
    pub fn name_of(&self, id: &UserId) -> String {
        self.by_id.get(id).cloned().unwrap_or_else(|| id.to_string())
    }
}

fn folded(email: &str) -> String {
    email.trim().to_lowercase()
}
