//! A server as it might be: it refuses whom it likes, loses answers, counts wrongly, asks to wait, and is used by others.
//!
//! Invariant: a request about many people is applied to all of them or to none.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures::future::LocalBoxFuture;

use super::super::{Action, Failure, Machine, Stage, World, record};
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
    /// Somebody else adds or removes this person first.
    Meddled(u16),
}

/// Ready after so many looks.
struct After(u8);

impl Future for After {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0 == 0 {
            return Poll::Ready(());
        }
        self.0 -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

#[derive(Default)]
pub struct Server {
    pub members: BTreeMap<WorkspaceId, BTreeSet<UserId>>,
    pub blocked: BTreeSet<UserId>,
    pub names_them: bool,
    pub faults: VecDeque<(Fault, u8)>,
    pub list_faults: VecDeque<Fault>,
    /// Who was refused alone.
    pub refused_alone: HashSet<UserId>,
    pub sent: Vec<usize>,
    pub flying: usize,
    pub is_narrow: bool,
}

/// The world of one tab: requests to the server, and what was last written down.
pub struct Tab {
    pub server: Rc<RefCell<Server>>,
    pub machine: Rc<RefCell<Machine>>,
    pub written: RefCell<(String, String)>,
    /// Changes until the person stops, or closes the tab.
    pub changes: Cell<usize>,
    stage: RefCell<Stage>,
    /// A request that was made before it was written down.
    pub is_ahead: Cell<bool>,
}

impl Tab {
    pub fn new(server: &Rc<RefCell<Server>>, machine: Machine) -> Self {
        let written = RefCell::new((record::order(&machine), record::state(&machine)));
        Self {
            server: server.clone(),
            machine: Rc::new(RefCell::new(machine)),
            written,
            changes: Cell::new(0),
            stage: RefCell::new(Stage::Running),
            is_ahead: Cell::new(false),
        }
    }
}

impl World for Tab {
    fn send(
        &self,
        action: Action,
        workspace: &WorkspaceId,
        people: Vec<UserId>,
    ) -> LocalBoxFuture<'static, Result<u64, Failure>> {
        let (server, workspace) = (self.server.clone(), workspace.clone());
        let (fault, delay) = server.borrow_mut().begin(&people);
        let written = record::restore(&self.written.borrow().0, &self.written.borrow().1).unwrap();
        let is_written = |id: &UserId| {
            let sent = |item: &super::super::Item| item.person == *id && item.status == super::super::Status::Sent;
            written.items().iter().any(sent)
        };
        self.is_ahead.set(self.is_ahead.get() || !people.iter().all(is_written));
        Box::pin(async move {
            After(delay).await;
            let answer = server.borrow_mut().carry_out(action, &workspace, &people, fault);
            After(delay / 2).await;
            server.borrow_mut().end(&answer);
            answer
        })
    }

    fn list(&self, workspace: &WorkspaceId) -> LocalBoxFuture<'static, Result<HashSet<UserId>, Failure>> {
        let (server, workspace) = (self.server.clone(), workspace.clone());
        Box::pin(async move {
            After(2).await;
            let fault = server.borrow_mut().list_faults.pop_front();
            match fault {
                Some(Fault::Busy) => Err(Failure::Busy(None)),
                Some(Fault::Unauthorized) => Err(Failure::Unauthorized),
                Some(Fault::LostBefore | Fault::LostAfter) => Err(Failure::Unclear("No connection.".into())),
                _ => Ok(server.borrow().members[&workspace].iter().cloned().collect()),
            }
        })
    }

    fn sleep(&self, _: Duration) -> LocalBoxFuture<'static, ()> {
        Box::pin(After(3))
    }

    fn key(&self) -> LocalBoxFuture<'static, ()> {
        Box::pin(After(4))
    }

    /// The person goes on after every pause.
    fn nudged(&self) -> LocalBoxFuture<'static, ()> {
        if matches!(*self.stage.borrow(), Stage::Paused(_)) {
            self.machine.borrow_mut().resume();
            return Box::pin(After(1));
        }
        Box::pin(std::future::pending())
    }

    fn changed(&self, machine: &Machine) {
        self.stage.replace(machine.stage());
        self.written.borrow_mut().1 = record::state(machine);
        assert_eq!(machine.tally().total(), machine.items().len());
        self.changes.set(self.changes.get() + 1);
    }
}

impl Server {
    /// Whoever asked is gone.
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

    fn carry_out(
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
        let before = members.len();
        for id in people {
            match action {
                Action::Add => members.insert(id.clone()),
                Action::Remove => members.remove(id),
            };
        }
        let count = match action {
            Action::Add => people.len(),
            Action::Remove => before - members.len(),
        };
        match fault {
            Fault::LostAfter => Err(unclear()),
            Fault::Miscounted => Ok(count as u64 / 2),
            _ => Ok(count as u64),
        }
    }

    fn meddle(&mut self, workspace: &WorkspaceId, at: usize) {
        let id = super::person(at % 260);
        if let Some(members) = self.members.get_mut(workspace)
            && !members.remove(&id)
        {
            members.insert(id);
        }
    }
}
