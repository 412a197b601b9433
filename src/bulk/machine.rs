//! What to do next in a job, and what each answer means. No time, no network, no waiting: a state machine.
//!
//! Invariant: where an outcome is not clear, nothing more is sent to that workspace until its members have been listed,
//! by a listing that began when nothing of this job was on its way there.

mod answers;
mod decide;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use super::hunt::Hunt;
use super::order::{Action, Item, Order, Status, Tally};
use crate::domain::member::MAX_USER_IDS;
use crate::domain::{UserId, WorkspaceId};

/// What is to be done now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Send these people, and say how that went by [`Machine::answered`].
    Send {
        /// Names the request.
        lane: usize,
        /// Where.
        workspace: WorkspaceId,
        /// Whom: 1–100, each once.
        people: Vec<UserId>,
    },
    /// List the members, and say who they are by [`Machine::listed`].
    List {
        /// Names the workspace.
        place: usize,
        /// Of which workspace.
        workspace: WorkspaceId,
    },
    /// Wait so long, then say [`Machine::waited`].
    Wait {
        /// How long.
        wait: Duration,
        /// Names the wait: a later one takes its place.
        round: u32,
    },
    /// Have the key asked for, then say [`Machine::key_given`].
    AskKey,
    /// Nothing, until something of the above is answered or somebody has paused, resumed or stopped.
    Idle,
    /// Nothing any more.
    End,
}

/// Where the job is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Requests are sent.
    Running,
    /// The API asked to wait so long.
    Waiting(Duration),
    /// The key is not accepted any more.
    NeedsKey,
    /// By the person, or by itself for this reason: the outcome of what was sent cannot be read.
    Paused(Option<Arc<str>>),
    /// It ends after what is on its way.
    Stopping,
    /// It is over.
    Ended,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Ready,
    Flying,
    Unsettled,
}

/// A batch on its way through the server.
#[derive(Debug)]
struct Lane {
    place: usize,
    hunt: Hunt,
    phase: Phase,
    /// Why the last request is not settled.
    why: Arc<str>,
    /// What the server counted, where it did.
    counted: Option<u64>,
}

/// A job.
#[derive(Debug)]
pub struct Machine {
    action: Action,
    workspaces: Vec<WorkspaceId>,
    /// Workspace by workspace, as a record has them.
    items: Vec<Item>,
    tries: Vec<u8>,
    tally: Tally,
    lanes: Vec<Lane>,
    listing: HashSet<usize>,
    /// What the person wants.
    stage: Stage,
    /// A wait that has not begun, or is under way.
    wait: Option<Duration>,
    /// Rises with each wait.
    round: u32,
    is_waiting: bool,
    needs_key: bool,
    is_asking: bool,
    /// A 429 has come and nothing was accepted since.
    is_narrow: bool,
    strikes: u32,
}

impl Machine {
    /// A job that is about to begin.
    pub fn new(order: Order) -> Self {
        let mut items = Vec::new();
        for (place, target) in order.targets.iter().enumerate() {
            let mut seen = HashSet::new();
            let already = target.already.iter().map(|person| (person, Status::AlreadySo));
            for (person, status) in already.chain(target.people.iter().map(|person| (person, Status::Waiting))) {
                if seen.insert(person) {
                    items.push(Item { place, person: person.clone(), status });
                }
            }
        }
        Self::with(order.action, order.targets.into_iter().map(|target| target.workspace).collect(), items)
    }

    /// A job that stands so: whoever was sent without an answer is looked up before anything else.
    pub(super) fn with(action: Action, workspaces: Vec<WorkspaceId>, items: Vec<Item>) -> Self {
        let mut tally = Tally::default();
        items.iter().for_each(|item| tally.0[item.status.index()] += 1);
        let mut machine = Self {
            action,
            workspaces,
            tries: vec![0; items.len()],
            items,
            tally,
            lanes: Vec::new(),
            listing: HashSet::new(),
            stage: Stage::Running,
            wait: None,
            round: 0,
            is_waiting: false,
            needs_key: false,
            is_asking: false,
            is_narrow: false,
            strikes: 0,
        };
        machine.line_up();
        machine
    }

    /// What is done.
    pub fn action(&self) -> Action {
        self.action
    }

    /// Where.
    pub fn workspaces(&self) -> &[WorkspaceId] {
        &self.workspaces
    }

    /// Everybody, in the order given.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// How many are how far.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// Where the job is.
    pub fn stage(&self) -> Stage {
        match &self.stage {
            Stage::Running if self.needs_key => Stage::NeedsKey,
            Stage::Running => self.wait.map_or(Stage::Running, Stage::Waiting),
            stage => stage.clone(),
        }
    }

    /// Sends nothing more until [`Machine::resume`].
    pub fn pause(&mut self) {
        if self.stage == Stage::Running {
            self.stage = Stage::Paused(None);
        }
    }

    /// Goes on after a pause, or after a stop with those who were not tried.
    pub fn resume(&mut self) {
        if self.stage == Stage::Ended {
            self.again(|status| *status == Status::NotTried);
        } else {
            self.stage = Stage::Running;
        }
    }

    /// Ends after what is on its way; whoever was not sent is not tried.
    pub fn stop(&mut self) {
        if self.stage != Stage::Ended {
            self.stage = Stage::Stopping;
        }
    }

    /// Tries again whoever was refused, is not known or was not tried.
    pub fn retry(&mut self) {
        if self.stage == Stage::Ended {
            self.again(|status| matches!(status, Status::Refused(_) | Status::Unknown(_) | Status::NotTried));
        }
    }

    fn again(&mut self, is_wanted: impl Fn(&Status) -> bool) {
        for at in 0..self.items.len() {
            if is_wanted(&self.items[at].status) {
                self.tries[at] = 0;
                self.set(at, Status::Waiting);
            }
        }
        self.stage = Stage::Running;
        self.line_up();
    }

    /// Makes batches of everybody who waits, and of those whose answer is missing.
    fn line_up(&mut self) {
        self.lanes.clear();
        for (wanted, phase) in [(Status::Sent, Phase::Unsettled), (Status::Waiting, Phase::Ready)] {
            let mut people = vec![Vec::new(); self.workspaces.len()];
            for (at, item) in self.items.iter().enumerate().filter(|(_, item)| item.status == wanted) {
                people[item.place].push(at);
            }
            for (place, people) in people.iter().enumerate() {
                for batch in people.chunks(MAX_USER_IDS) {
                    let mut hunt = Hunt::new(batch.to_vec());
                    if phase == Phase::Unsettled {
                        hunt.request();
                    }
                    let why = "The page was closed before the answer came.".into();
                    self.lanes.push(Lane { place, hunt, phase, why, counted: None });
                }
            }
        }
    }

    fn set(&mut self, item: usize, status: Status) {
        let item = &mut self.items[item];
        self.tally.0[item.status.index()] -= 1;
        self.tally.0[status.index()] += 1;
        item.status = status;
    }
}
