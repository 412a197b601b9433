//! A tab's claim of a recorded job: by the browser's lock and by a lease in the record.
//!
//! Invariant: a record has one valid claim. A tab whose claim was taken over, because it was frozen, neither sends nor
//! writes anything more.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use super::engine::{Job, Planner};
use super::lease::{Lease, STALE};
use super::lock::{Lock, LockAnswer};
use super::record_store::Record;
use crate::browser::{elapsed, now, wait};

/// How long a claim by a lease alone waits until it counts: another tab may have claimed the job at the same moment, and one
/// that is just waking up may still write down what it has sent.
const SETTLE: Duration = Duration::from_millis(500);

/// Who has the claim of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    This,
    Other,
    /// The record is gone from the browser's storage.
    None,
}

pub(super) struct Claim {
    pub record: Record,
    owner: String,
    lock: RefCell<Option<Lock>>,
    is_released: Cell<bool>,
    /// The last heartbeat, by the steady clock.
    beat_at: Cell<f64>,
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.release();
    }
}

impl Claim {
    fn new(record: Record, lock: Option<Lock>) -> Rc<Self> {
        Rc::new(Self {
            record,
            owner: random_name(),
            lock: RefCell::new(lock),
            is_released: Cell::new(false),
            beat_at: Cell::new(0.0),
        })
    }

    /// Claims the record of a job that starts now, and writes it.
    pub(super) fn of_new<P: Planner>(job: &Job<P>) -> Rc<Self> {
        let claim = Self::new(Record::new(&random_name()), None);
        claim.beat();
        claim.record.create(job);
        claim
    }

    /// Requests the browser's lock, too.
    pub(super) async fn request_lock(&self) {
        if let LockAnswer::Granted(lock) = Lock::request(&self.record.name).await
            && !self.is_released.get()
        {
            self.lock.replace(Some(lock));
            if self.holder() == Holder::This {
                self.beat();
            }
        }
    }

    /// Claims the record of an interrupted job; `None` if another tab runs it.
    pub(super) async fn take(record: Record) -> Option<Rc<Self>> {
        let lock = find_free(&record).await?;
        let claim = Self::new(record, lock);
        claim.beat();
        if claim.lock.borrow().is_none() {
            wait(SETTLE).await;
        }
        (claim.holder() == Holder::This).then_some(claim)
    }

    /// Whether no tab runs the job of a record.
    pub(super) async fn is_free(record: &Record) -> bool {
        find_free(record).await.is_some()
    }

    pub(super) fn holder(&self) -> Holder {
        match self.record.lease() {
            Some(lease) if lease.owner == self.owner => Holder::This,
            Some(_) => Holder::Other,
            None => Holder::None,
        }
    }

    /// Whether no other tab has taken the job over.
    pub(super) async fn is_valid(&self) -> bool {
        let is_awake = elapsed() - self.beat_at.get() < f64::from(STALE);
        if !is_awake && self.lock.borrow().is_none() {
            // The tab was frozen. What other tabs have stored since then may arrive a moment later.
            wait(SETTLE).await;
        }
        match self.holder() {
            Holder::This if !is_awake => self.beat(),
            Holder::This | Holder::None => {}
            Holder::Other => return false,
        }
        true
    }

    /// Writes a heartbeat.
    pub(super) fn beat(&self) {
        self.beat_at.set(elapsed());
        self.put_lease(now());
    }

    /// Writes the job, unless another tab has taken it over.
    pub(super) fn write<P: Planner>(&self, job: &Job<P>) {
        match self.holder() {
            Holder::This => self.record.write(job),
            // The person has cleared the browser's storage.
            Holder::None => {
                self.beat();
                self.record.create(job);
            }
            Holder::Other => {}
        }
    }

    /// Gives the job up, so that any tab can resume it.
    pub(super) fn release(&self) {
        self.is_released.set(true);
        if self.holder() == Holder::This {
            self.put_lease(0);
        }
        self.lock.replace(None);
    }

    /// Removes the record, unless it belongs to another tab by now.
    pub(super) fn forget(&self) {
        if self.holder() == Holder::This {
            self.record.forget();
        }
        self.release();
    }

    fn put_lease(&self, at: i64) {
        let has_lock = self.lock.borrow().is_some();
        self.record.put_lease(&Lease { owner: self.owner.clone(), at, has_lock });
    }
}

/// `None` if a tab runs the job of a record; else the browser's lock of it, where the browser has locks.
async fn find_free(record: &Record) -> Option<Option<Lock>> {
    let lock = match Lock::request(&record.name).await {
        LockAnswer::Granted(lock) => Some(lock),
        LockAnswer::Held => return None,
        LockAnswer::Unavailable => None,
    };
    let is_live = record.lease().is_some_and(|lease| lease.is_live(lock.is_some(), now()));
    (!is_live).then_some(lock)
}

fn random_name() -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "any 32 bits make a name")]
    let chance = (js_sys::Math::random() * 4_294_967_296.0) as u32;
    format!("{chance:08x}")
}
