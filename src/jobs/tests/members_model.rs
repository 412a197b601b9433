//! A server that may do anything: it refuses people, loses answers, counts wrongly, asks to wait, and is used by others.
//!
//! Invariant: a request about many people is applied to all of them or to none. Its clock advances with each look at it.

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};
use std::time::Duration;

use futures::future::LocalBoxFuture;

use super::super::engine::{Failure, Outcome};
use super::super::planners::members::{Action, ListedMembers, Members, MembersWrite};
use super::{After, Model, Tab};
use crate::api::members::Acknowledged;
use crate::domain::{UserId, WorkspaceId};

/// What goes wrong with one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    None,
    LostBefore,
    LostAfter,
    Busy,
    Unauthorized,
    Miscounted,
    /// Someone else adds or removes this person first.
    Meddled(u16),
}

#[derive(Default)]
pub struct Server {
    pub members: BTreeMap<WorkspaceId, BTreeSet<UserId>>,
    /// When memberships were made. Those that a test sets up are older than everything.
    pub created: BTreeMap<(WorkspaceId, UserId), i64>,
    /// Whom the job has added or removed, even if someone else has undone that since.
    pub changed: BTreeSet<(WorkspaceId, UserId)>,
    /// Whom someone else adds or removes while no request is open, one each time that the clock is looked at.
    pub interferences: VecDeque<Option<(WorkspaceId, u16)>>,
    pub clock: i64,
    pub blocked: BTreeSet<UserId>,
    pub names_them: bool,
    pub faults: VecDeque<(Fault, u8)>,
    pub list_faults: VecDeque<Fault>,
    /// People who were refused alone.
    pub refused_alone: HashSet<UserId>,
    pub sent: Vec<usize>,
    pub flying: usize,
    pub is_narrow: bool,
}

impl Model<Members> for Server {
    fn answer_write(
        tab: &Tab<Members, Self>,
        write: &MembersWrite,
    ) -> LocalBoxFuture<'static, Result<Acknowledged, Failure>> {
        let (server, MembersWrite { action, workspace, people }) = (tab.server.clone(), write.clone());
        let (fault, delay) = server.borrow_mut().begin(&people);
        let sent_at = server.borrow().clock;
        let written = tab.restored();
        let is_written = |id: &UserId| {
            written
                .ledger
                .items()
                .iter()
                .any(|item| item.subject == *id && item.outcome == Outcome::InFlight && item.was_sent)
        };
        tab.is_ahead.set(tab.is_ahead.get() || !people.iter().all(is_written));
        Box::pin(async move {
            After(delay).await;
            let already = server.borrow().already(action, &workspace, &people, sent_at);
            let answer = server.borrow_mut().apply(action, &workspace, &people, fault);
            After(delay / 2).await;
            server.borrow_mut().end(&answer);
            answer.map(|count| Acknowledged { count, already })
        })
    }

    fn answer_read(
        tab: &Tab<Members, Self>,
        workspace: &WorkspaceId,
    ) -> LocalBoxFuture<'static, Result<ListedMembers, Failure>> {
        let (server, workspace) = (tab.server.clone(), workspace.clone());
        Box::pin(async move {
            After(2).await;
            let fault = server.borrow_mut().list_faults.pop_front();
            match fault {
                Some(Fault::Busy) => Err(Failure::Busy(None)),
                Some(Fault::Unauthorized) => Err(Failure::Unauthorized),
                Some(Fault::LostBefore | Fault::LostAfter) => Err(Failure::Unclear("No connection.".into())),
                _ => Ok(server.borrow().list(&workspace)),
            }
        })
    }

    fn now(tab: &Tab<Members, Self>) -> Option<i64> {
        let is_open = tab.job.borrow().ledger.items().iter().any(|item| item.outcome == Outcome::InFlight);
        let mut server = tab.server.borrow_mut();
        server.clock += 1;
        if !is_open && let Some((workspace, at)) = server.interferences.pop_front().flatten() {
            server.meddle(&workspace, at.into());
            server.clock += 1;
        }
        Some(server.clock)
    }
}

impl Server {
    /// The tab is closed.
    pub fn forget(&mut self) {
        (self.flying, self.is_narrow) = (0, false);
    }

    fn begin(&mut self, people: &[UserId]) -> (Fault, u8) {
        assert!((1..=100).contains(&people.len()), "{} in one request", people.len());
        assert_eq!(people.iter().collect::<HashSet<_>>().len(), people.len(), "twice in one request");
        assert!(self.flying < if self.is_narrow { 1 } else { 4 }, "too many requests at once");
        self.flying += 1;
        self.sent.push(people.len());
        self.faults.pop_front().unwrap_or((Fault::None, 1))
    }

    fn end(&mut self, answer: &Result<u64, Failure>) {
        self.flying -= 1;
        match answer {
            Ok(_) => self.is_narrow = false,
            Err(Failure::Busy(_)) => self.is_narrow = true,
            Err(_) => {}
        }
    }

    fn apply(
        &mut self,
        action: Action,
        workspace: &WorkspaceId,
        people: &[UserId],
        fault: Fault,
    ) -> Result<u64, Failure> {
        let unclear = || Failure::Unclear("The connection was closed.".into());
        match fault {
            Fault::Busy => return Err(Failure::Busy(Some(Duration::from_secs(1)))),
            Fault::Unauthorized => return Err(Failure::Unauthorized),
            Fault::LostBefore => return Err(unclear()),
            Fault::Meddled(at) => self.meddle(workspace, usize::from(at)),
            Fault::None | Fault::LostAfter | Fault::Miscounted => {}
        }
        let Some(members) = self.members.get_mut(workspace) else { return Err(Failure::Gone("No workspace.".into())) };
        let blocked: Vec<&UserId> = people.iter().filter(|id| self.blocked.contains(*id)).collect();
        if !blocked.is_empty() {
            if let [alone] = people {
                self.refused_alone.insert(alone.clone());
            }
            let names: Vec<&str> = blocked.iter().map(|id| id.as_str()).collect();
            let mentions = if self.names_them { names.join(", ") } else { String::new() };
            return Err(Failure::Refused { words: "It may not be.".into(), mentions });
        }
        let mut changed = 0;
        for id in people {
            let is_changed = match action {
                Action::Add => members.insert(id.clone()),
                Action::Remove => members.remove(id),
            };
            if is_changed {
                changed += 1;
                self.created.insert((workspace.clone(), id.clone()), self.clock);
                self.changed.insert((workspace.clone(), id.clone()));
            }
        }
        // Adding a member again counts.
        let count = if action == Action::Add { people.len() } else { changed };
        match fault {
            Fault::LostAfter => Err(unclear()),
            Fault::Miscounted => Ok(count as u64 / 2),
            _ => Ok(count as u64),
        }
    }

    /// People whose membership is older than a request.
    fn already(&self, action: Action, workspace: &WorkspaceId, people: &[UserId], sent_at: i64) -> HashSet<UserId> {
        let listed = self.list(workspace);
        let is_older = |id: &&UserId| listed.get(*id).copied().flatten().is_some_and(|created| created < sent_at);
        people.iter().filter(|id| action == Action::Add && is_older(id)).cloned().collect()
    }

    fn list(&self, workspace: &WorkspaceId) -> ListedMembers {
        let created = |id: &UserId| self.created.get(&(workspace.clone(), id.clone())).copied().unwrap_or_default();
        let members = self.members.get(workspace).into_iter().flatten();
        members.map(|id| (id.clone(), Some(created(id)))).collect()
    }

    fn meddle(&mut self, workspace: &WorkspaceId, at: usize) {
        let id = super::person(at % 260);
        self.created.insert((workspace.clone(), id.clone()), self.clock);
        if let Some(members) = self.members.get_mut(workspace)
            && !members.remove(&id)
        {
            members.insert(id);
        }
    }
}
