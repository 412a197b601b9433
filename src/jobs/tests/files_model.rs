//! A server of workspaces for jobs that apply a file: it loses answers, refuses, and asks to wait.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::time::Duration;

use futures::future::LocalBoxFuture;

use super::super::engine::Failure;
use super::super::planners::files::{FileAction, FileRead, FileWrite, Files, Found};
use super::budgets_model::Fault;
use super::{After, Model, Tab};
use crate::api::members::Acknowledged;
use crate::domain::{BudgetState, UserId, Workspace, WorkspaceId};

#[derive(Debug, Clone)]
pub struct Held {
    pub workspace: Workspace,
    pub budget: BudgetState,
    pub members: HashSet<UserId>,
}

#[derive(Default)]
pub struct Server {
    pub held: BTreeMap<WorkspaceId, Held>,
    pub read_faults: VecDeque<Fault>,
    pub write_faults: VecDeque<Fault>,
    /// What reached the server, in order.
    pub log: Vec<&'static str>,
    pub reads: usize,
    /// What someone else does before the read of this number.
    pub meddled: Option<(usize, Meddling)>,
    made: usize,
}

type Meddling = fn(&mut Server);
type Written = Result<Option<Acknowledged>, Failure>;

fn refused() -> Failure {
    Failure::Refused { words: "Not today.".into(), mentions: String::new() }
}

impl Server {
    pub fn add(&mut self, slug: &str, name: &str) -> WorkspaceId {
        self.made += 1;
        let id = super::workspace(self.made);
        let json = serde_json::json!({ "id": id.as_str(), "slug": slug, "name": name });
        let workspace = serde_json::from_str(&json.to_string()).unwrap();
        let held = Held { workspace, budget: BudgetState::default(), members: HashSet::new() };
        self.held.insert(id.clone(), held);
        id
    }

    /// By UUID or slug, as in a path.
    pub fn find(&mut self, id: &WorkspaceId) -> Option<&mut Held> {
        self.held.values_mut().find(|held| held.workspace.id == *id || held.workspace.slug.as_str() == id.as_str())
    }

    fn read(&mut self, read: &FileRead, fault: Fault) -> Result<Found, Failure> {
        match fault {
            Fault::Busy => return Err(Failure::Busy(None)),
            Fault::Unauthorized => return Err(Failure::Unauthorized),
            Fault::Refused => return Err(refused()),
            Fault::LostBefore | Fault::LostAfter => return Err(Failure::Unclear("No connection.".into())),
            Fault::None | Fault::Meddled(..) => {}
        }
        self.reads += 1;
        if let Some((at, meddle)) = self.meddled
            && at == self.reads
        {
            meddle(self);
        }
        let (FileRead::Workspace(id) | FileRead::Budgets(id) | FileRead::Members(id)) = read;
        let held = self.find(id);
        match (read, held) {
            (FileRead::Workspace(_), held) => Ok(Found::Workspace(held.map(|it| Box::new(it.workspace.clone())))),
            (_, None) => Err(Failure::Gone("No workspace.".into())),
            (FileRead::Budgets(_), Some(held)) => Ok(Found::Budgets(held.budget)),
            (FileRead::Members(_), Some(held)) => Ok(Found::Members(held.members.clone())),
        }
    }

    fn write(&mut self, write: &FileWrite, fault: Fault) -> Written {
        match fault {
            Fault::Busy => return Err(Failure::Busy(Some(Duration::from_secs(1)))),
            Fault::Unauthorized => return Err(Failure::Unauthorized),
            Fault::LostBefore => return Err(Failure::Unclear("The connection was closed.".into())),
            Fault::Refused => return Err(refused()),
            Fault::None | Fault::LostAfter | Fault::Meddled(..) => {}
        }
        let answer = self.apply(write);
        if fault == Fault::LostAfter { Err(Failure::Unclear("The connection was closed.".into())) } else { answer }
    }

    fn apply(&mut self, write: &FileWrite) -> Written {
        let set = |workspace: &mut Workspace, values: serde_json::Value| {
            let mut json = serde_json::to_value(&*workspace).unwrap();
            json.as_object_mut().unwrap().extend(values.as_object().unwrap().clone());
            *workspace = serde_json::from_str(&json.to_string()).unwrap();
        };
        if let FileAction::Create(body) = &write.action {
            self.log.push("create");
            if self.held.values().any(|held| held.workspace.slug == *body.slug()) {
                return Err(refused());
            }
            let id = self.add(body.slug().as_str(), body.name());
            set(&mut self.find(&id).unwrap().workspace, serde_json::to_value(body).unwrap());
            return Ok(None);
        }
        let gone = || Failure::Gone("No workspace.".into());
        let held = self.find(&write.workspace).ok_or_else(gone)?;
        let acknowledged = |count: usize| Ok(Some(Acknowledged::of(count as u64)));
        let (word, answer) = match &write.action {
            FileAction::Create(_) => ("create", Ok(None)),
            FileAction::Update(_, body) => {
                set(&mut held.workspace, serde_json::to_value(body).unwrap());
                ("settings", Ok(None))
            }
            FileAction::Step(step) => {
                held.budget = held.budget.after(step);
                ("budget", Ok(None))
            }
            FileAction::Add(people) => {
                held.members.extend(people.as_slice().iter().cloned());
                ("add", acknowledged(people.as_slice().len()))
            }
            FileAction::Remove(people) => {
                let before = held.members.len();
                held.members.retain(|id| !people.as_slice().contains(id));
                let removed = before - held.members.len();
                ("remove", acknowledged(removed))
            }
            FileAction::Delete(id) => {
                let id = id.clone();
                self.held.remove(&id);
                ("delete", Ok(None))
            }
        };
        self.log.push(word);
        answer
    }
}

impl Model<Files> for Server {
    fn answer_read(tab: &Tab<Files, Self>, read: &FileRead) -> LocalBoxFuture<'static, Result<Found, Failure>> {
        let (server, read) = (tab.server.clone(), read.clone());
        let fault = server.borrow_mut().read_faults.pop_front().unwrap_or(Fault::None);
        Box::pin(async move {
            After(1).await;
            server.borrow_mut().read(&read, fault)
        })
    }

    fn answer_write(tab: &Tab<Files, Self>, write: &FileWrite) -> LocalBoxFuture<'static, Written> {
        let (server, write) = (tab.server.clone(), write.clone());
        let fault = server.borrow_mut().write_faults.pop_front().unwrap_or(Fault::None);
        Box::pin(async move {
            After(1).await;
            server.borrow_mut().write(&write, fault)
        })
    }
}
