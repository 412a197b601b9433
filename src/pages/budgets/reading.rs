//! Reading the budgets and the spend of many workspaces, a few at a time, those in sight first.
//!
//! Invariant: at most [`MOST`] requests are under way; each workspace has a signal of its own, so that a reading redraws
//! one row.

use std::cell::Cell;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use futures::future::{AbortHandle, abortable};
use leptos::leptos_dom::helpers::set_interval_with_handle;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{ApiError, Client, Operation, budgets, keys};
use crate::domain::{BudgetState, Spend, WorkspaceId, WorkspaceRef};
use crate::forms::{SpendReading, Standing};
use crate::state::use_client;

/// How many requests may be under way. Each worker has one at a time.
pub(super) const MOST: usize = 6;
/// How often the order of the rows follows what has been read meanwhile.
const STEP: Duration = Duration::from_secs(1);

/// As many rows as are first in sight, about.
const SCREENFUL: usize = 20;

/// What is known of one workspace.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reading {
    /// It has not been read yet.
    Waiting,
    /// As read.
    Read(Arc<Standing>),
    /// It could not be read.
    Failed(ApiError),
}

impl Reading {
    pub(super) fn standing(&self) -> Option<&Arc<Standing>> {
        match self {
            Self::Read(standing) => Some(standing),
            Self::Waiting | Self::Failed(_) => None,
        }
    }
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<WorkspaceId>,
    /// Those still to be read; what is in the queue twice is read once.
    open: HashSet<WorkspaceId>,
    /// Every one that was ever asked for.
    asked: HashSet<WorkspaceId>,
    workers: usize,
    /// What ends those workers when nobody looks any more.
    working: Vec<AbortHandle>,
}

/// The readings of a page.
#[derive(Clone, Copy)]
pub(super) struct Overview {
    cells: StoredValue<HashMap<WorkspaceId, ArcRwSignal<Reading>>>,
    queue: StoredValue<Queue>,
    client: StoredValue<Client>,
    /// How many are still to be read.
    pub open: RwSignal<usize>,
    /// How many could not be read.
    pub failed: RwSignal<usize>,
    /// The order of the rows shall not change now: somebody is choosing among them.
    pub is_held: RwSignal<bool>,
    /// Rises now and then while readings come, and when the last has come: for what depends on many of them.
    pub version: RwSignal<u32>,
}

impl Overview {
    /// For as long as the current view lives.
    pub(super) fn new() -> Self {
        let overview = Self {
            cells: StoredValue::new(HashMap::new()),
            queue: StoredValue::new(Queue::default()),
            client: StoredValue::new(use_client()),
            open: RwSignal::new(0),
            failed: RwSignal::new(0),
            is_held: RwSignal::new(false),
            version: RwSignal::new(0),
        };
        let seen = Cell::new(0);
        let step = move || {
            let (Some(open), Some(false)) = (overview.open.try_get_untracked(), overview.is_held.try_get_untracked())
            else {
                return;
            };
            if open != 0 && seen.replace(open) != open {
                overview.bump();
            }
        };
        if let Ok(stepping) = set_interval_with_handle(step, STEP) {
            on_cleanup(move || stepping.clear());
        }
        on_cleanup(move || {
            overview.queue.try_update_value(|queue| queue.working.drain(..).for_each(|working| working.abort()));
        });
        overview
    }

    /// The reading of a workspace, as a signal.
    pub(super) fn of(&self, id: &WorkspaceId) -> ArcRwSignal<Reading> {
        let known = self.cells.with_value(|cells| cells.get(id).cloned());
        known.unwrap_or_else(|| {
            let cell = ArcRwSignal::new(Reading::Waiting);
            self.cells.update_value(|cells| {
                cells.insert(id.clone(), cell.clone());
            });
            cell
        })
    }

    /// What is known of a workspace now.
    pub(super) fn standing(&self, id: &WorkspaceId) -> Option<Arc<Standing>> {
        self.of(id).with_untracked(|reading| reading.standing().cloned())
    }

    /// Reads those that were not read or asked for yet.
    pub(super) fn ask<'a>(&self, ids: impl IntoIterator<Item = &'a WorkspaceId>) {
        let fresh = self.queue.try_update_value(|queue| {
            ids.into_iter().filter(|id| queue.asked.insert((*id).clone())).cloned().collect()
        });
        self.again(fresh.unwrap_or_default());
    }

    /// Reads again what could not be read.
    pub(super) fn retry_failed(&self) {
        let is_failed = |cell: &ArcRwSignal<Reading>| cell.with_untracked(|it| matches!(it, Reading::Failed(_)));
        let failed = self
            .cells
            .with_value(|cells| cells.iter().filter(|(_, cell)| is_failed(cell)).map(|(id, _)| id.clone()).collect());
        self.again(failed);
    }

    /// Reads this one next, if it is still to be read: it is in sight.
    pub(super) fn hurry(&self, id: &WorkspaceId) {
        self.queue.update_value(|queue| {
            if queue.open.contains(id) {
                queue.waiting.push_front(id.clone());
            }
        });
    }

    /// Reads these, also if they were read before; what was known of them stays until then.
    pub(super) fn again(&self, ids: Vec<WorkspaceId>) {
        let overview = *self;
        let workers = self.queue.try_update_value(|queue| {
            for id in ids {
                if queue.open.insert(id.clone()) {
                    queue.waiting.push_back(id);
                }
            }
            let idle = MOST.min(queue.open.len()).saturating_sub(queue.workers);
            queue.workers += idle;
            idle
        });
        self.count();
        for _ in 0..workers.unwrap_or_default() {
            let (working, handle) = abortable(overview.work());
            self.queue.update_value(|queue| queue.working.push(handle));
            spawn_local(async move {
                // Aborted is left: nobody looks any more.
                let _ = working.await;
            });
        }
    }

    async fn work(self) {
        let client = self.client.get_value();
        while let Some(id) = self.queue.try_update_value(Queue::take).flatten() {
            let reading = match read(&client, &id).await {
                Ok(standing) => Reading::Read(Arc::new(standing)),
                Err(error) => Reading::Failed(error),
            };
            if self.open.is_disposed() {
                return;
            }
            let is_failed = matches!(reading, Reading::Failed(_));
            let cell = self.of(&id);
            let was_failed = cell.with_untracked(|it| matches!(it, Reading::Failed(_)));
            cell.set(reading);
            if is_failed != was_failed {
                self.failed.update(|failed| *failed = if is_failed { *failed + 1 } else { failed.saturating_sub(1) });
            }
            self.count();
            if self.version.get_untracked() == 0 && self.has_screenful() {
                self.bump();
            }
        }
        self.queue.try_update_value(|queue| queue.workers = queue.workers.saturating_sub(1));
        if self.open.try_get_untracked() == Some(0) {
            self.bump();
        }
    }

    fn count(&self) {
        let open = self.queue.with_value(|queue| queue.open.len());
        self.open.set(open);
    }

    /// Whether there is something to look at: then the table is drawn, without waiting for the next step.
    fn has_screenful(&self) -> bool {
        self.queue.with_value(|queue| queue.asked.len() - queue.open.len() >= SCREENFUL)
    }

    fn bump(&self) {
        self.version.try_update(|version| *version = version.wrapping_add(1));
    }
}

impl Queue {
    fn take(&mut self) -> Option<WorkspaceId> {
        while let Some(id) = self.waiting.pop_front() {
            if self.open.remove(&id) {
                return Some(id);
            }
        }
        None
    }
}

/// The limits of a workspace and, where there are any, what was spent.
async fn read(client: &Client, id: &WorkspaceId) -> Result<Standing, ApiError> {
    let listed = budgets::list(client, &WorkspaceRef::from(id)).await?;
    let state = BudgetState::of(&listed);
    // A workspace whose only limits cannot be read is not one without a budget.
    if let (true, Some(bad)) = (state.ladder.is_empty(), listed.unread.into_iter().next()) {
        return Err(ApiError::Decode { operation: Operation::ListBudgets, path: bad.path, detail: bad.detail });
    }
    let spend = if state.ladder.is_empty() { SpendReading::NotNeeded } else { spend(client, id).await };
    Ok(Standing { state, spend })
}

async fn spend(client: &Client, id: &WorkspaceId) -> SpendReading {
    match keys::collect_all(client, id).await {
        Ok(keys) => Spend::of(&keys).map_or(SpendReading::TooLarge, |spend| SpendReading::Known(Box::new(spend))),
        Err(error) => SpendReading::Failed(error),
    }
}
