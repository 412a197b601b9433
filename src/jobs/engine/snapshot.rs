//! A job as the screens see it: the same type for every kind.

use std::collections::HashSet;
use std::sync::Arc;

use super::items::{Counts, Item, Outcome};
use super::job::{Job, Stage};
use super::planner::Planner;
use super::words::{About, Subjects, Words};
use crate::domain::WorkspaceId;
use crate::domain::text::counted;

/// A job at one moment. The parts that stay the same are shared between moments.
#[derive(Clone)]
pub struct Snapshot {
    pub words: &'static Words,
    pub workspaces: Arc<Vec<WorkspaceId>>,
    /// The items, in the order given.
    pub about: Arc<Vec<About>>,
    /// How many different people the items are about.
    people: usize,
    pub outcomes: Arc<Vec<Outcome>>,
    pub counts: Counts,
    pub stage: Stage,
    /// Whether the job undoes another. It offers no undo itself.
    pub is_undo: bool,
}

impl Snapshot {
    pub fn of<P: Planner>(job: &Job<P>) -> Self {
        let about_item = |item: &Item<_>| P::about(&job.ledger.workspaces[item.workspace], &item.subject);
        let about: Vec<About> = job.ledger.items().iter().map(about_item).collect();
        Self {
            words: P::words(&job.head),
            workspaces: Arc::new(job.ledger.workspaces.clone()),
            people: about.iter().filter_map(|about| about.person.as_ref()).collect::<HashSet<_>>().len(),
            about: Arc::new(about),
            outcomes: Arc::new(outcomes(job)),
            counts: job.ledger.counts(),
            stage: job.stage(),
            is_undo: false,
        }
    }

    /// The same job, later.
    #[must_use]
    pub fn updated<P: Planner>(self, job: &Job<P>) -> Self {
        Self { outcomes: Arc::new(outcomes(job)), counts: job.ledger.counts(), stage: job.stage(), ..self }
    }

    pub fn items(&self) -> impl Iterator<Item = (&About, &Outcome)> {
        self.about.iter().zip(self.outcomes.iter())
    }

    /// What the job is about, with the name of its workspace where it is one.
    pub fn subjects(&self, name_of: impl Fn(&WorkspaceId) -> String) -> Subjects {
        let workspaces = counted(self.workspaces.len(), "workspace", "workspaces");
        let place = match &self.workspaces[..] {
            [one] => format!("“{}”", name_of(one)),
            _ => workspaces.clone(),
        };
        let keys = counted(self.about.len(), "API key", "API keys");
        Subjects { people: counted(self.people, "person", "people"), keys, workspaces, place }
    }
}

fn outcomes<P: Planner>(job: &Job<P>) -> Vec<Outcome> {
    job.ledger.items().iter().map(|item| item.outcome.clone()).collect()
}
