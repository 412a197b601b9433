//! The activity log: what was done from this browser, as far as it is kept.
//!
//! Records are in memory and in this tab's storage. If the person chose so, they are in the browser's storage instead, which
//! all tabs share. Only the second file of the program opens the log, so that the first load does not grow.
//!
//! Invariant: a record is shown only to the account that was signed in when it was made.

mod book;
mod recorder;

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;

use crate::activity::{ActivityRecord, NewActivity, RecordId, StepAbout, Undo};
use crate::browser::now;
use crate::domain::ActivityState;
use crate::session::{AccountId, SessionState};

use book::Book;
pub use recorder::StepRecorder;

/// How long changed steps are collected before they are stored and shown.
const BATCH: Duration = Duration::from_millis(400);

/// A log that has been opened. Behind a trait, so that the first load only has the code that closes it.
trait OpenBook {
    fn book(&self) -> &RefCell<Book>;
    /// Stores what outlives a sign-out.
    fn close(&self);
}

impl OpenBook for RefCell<Book> {
    fn book(&self) -> &RefCell<Book> {
        self
    }

    fn close(&self) {
        self.borrow_mut().close();
    }
}

/// What was done from this browser.
#[derive(Clone, Copy)]
pub struct ActivityLog {
    book: StoredValue<Option<Rc<dyn OpenBook>>, LocalStorage>,
    /// Rises when a record has changed.
    version: RwSignal<u32>,
    is_listening: StoredValue<bool>,
}

impl Default for ActivityLog {
    fn default() -> Self {
        Self { book: StoredValue::new_local(None), version: RwSignal::new(0), is_listening: StoredValue::new(false) }
    }
}

impl ActivityLog {
    /// Drops the records from memory. The session has ended.
    pub fn close(self) {
        if let Some(book) = self.book.try_update_value(Option::take).flatten() {
            book.close();
        }
        self.publish();
    }

    /// Records that an action begins.
    pub fn begin(self, session: &SessionState, new: NewActivity) -> RecordId {
        let (account, by) = whose(session);
        let id = RecordId::new(now(), random());
        let record = ActivityRecord::new(id.clone(), account, &by, new);
        self.open().book().borrow_mut().insert(record);
        self.save_soon();
        self.publish();
        id
    }

    /// The record of a job that was recorded before, to go on with.
    pub fn resume_job(self, job: &str) -> Option<RecordId> {
        let id = self.open().book().borrow().find(|record| record.job.as_deref() == Some(job))?;
        self.reopen(&id);
        Some(id)
    }

    /// Records that an action goes on.
    pub fn reopen(self, id: &RecordId) {
        self.change(id, |record| record.state = ActivityState::Running);
    }

    /// Records a step that is about to be sent.
    pub fn step(self, id: &RecordId, about: StepAbout) -> StepRecorder {
        let number = self.edit(id, |record| record.add_step(about));
        StepRecorder::new(self, id.clone(), number.unwrap_or_default())
    }

    /// Ends an action by the outcomes of its steps.
    pub fn end_by_steps(self, id: &RecordId, undo: Option<Undo>) {
        self.change(id, |record| {
            record.end_by_steps();
            record.undo = undo;
        });
    }

    /// Ends an action.
    pub fn end(self, id: &RecordId, state: ActivityState, note: String, undo: Option<Undo>) {
        self.change(id, |record| (record.state, record.note, record.undo) = (state, note, undo));
    }

    /// Records that an action does not go on here.
    pub fn interrupt(self, id: &RecordId) {
        self.change(id, ActivityRecord::interrupt);
    }

    /// Records that an action was undone. It is undone only once.
    pub fn mark_undone(self, id: &RecordId) {
        self.change(id, |record| record.is_undone = true);
    }

    /// The number of records of all accounts. Tracks it.
    pub fn count(self) -> usize {
        self.version.track();
        self.open().book().borrow().records().count()
    }

    /// Looks at the records of the account that is signed in, oldest first. Tracks them.
    pub(crate) fn with<R>(
        self,
        session: &SessionState,
        look: impl FnOnce(&mut dyn Iterator<Item = &ActivityRecord>) -> R,
    ) -> R {
        self.version.track();
        let (account, _) = whose(session);
        let open = self.open();
        let book = open.book().borrow();
        look(&mut book.records().filter(|record| record.account == account))
    }

    /// Looks at one record. Tracks it.
    pub(crate) fn with_record<R>(self, id: &RecordId, look: impl FnOnce(&ActivityRecord) -> R) -> Option<R> {
        self.version.track();
        let open = self.open();
        let book = open.book().borrow();
        book.get(id).map(look)
    }

    /// Reads what other tabs have stored.
    pub(crate) fn refresh(self) {
        self.open().book().borrow_mut().read_stored();
        self.publish();
    }

    /// Whether records are kept in this browser. Tracks it.
    pub(crate) fn is_kept(self) -> bool {
        self.version.track();
        self.open().book().borrow().is_kept()
    }

    /// Keeps the records in this browser, or only in this tab.
    pub(crate) fn set_kept(self, is_kept: bool) {
        self.open().book().borrow_mut().set_kept(is_kept);
        self.publish();
    }

    /// Whether the browser refused to store a record. Tracks it.
    pub(crate) fn is_unstored(self) -> bool {
        self.version.track();
        self.open().book().borrow().is_unstored
    }

    /// Removes the records of the account that is signed in. Those that are running stay.
    pub(crate) fn clear(self, session: &SessionState) {
        let (account, _) = whose(session);
        self.open().book().borrow_mut().clear(&account);
        self.publish();
    }

    fn open(self) -> Rc<dyn OpenBook> {
        if let Some(book) = self.book.get_value() {
            return book;
        }
        let book: Rc<dyn OpenBook> = Rc::new(RefCell::new(Book::open()));
        self.book.set_value(Some(book.clone()));
        if !self.is_listening.get_value() {
            self.is_listening.set_value(true);
            // For as long as the page lives.
            let _ = window_event_listener_untyped("pagehide", move |_| self.save());
        }
        book
    }

    /// Changes a record, stores it soon and shows it now.
    fn change(self, id: &RecordId, change: impl FnOnce(&mut ActivityRecord)) {
        if self.edit(id, change).is_some() {
            self.publish();
        }
    }

    /// Changes a record, and stores and shows it soon. After a sign-out there is no record to change.
    fn edit<R>(self, id: &RecordId, change: impl FnOnce(&mut ActivityRecord) -> R) -> Option<R> {
        let book = self.book.try_get_value().flatten()?;
        let result = book.book().borrow_mut().edit(id, change)?;
        self.save_soon();
        Some(result)
    }

    fn save_soon(self) {
        let Some(open) = self.book.try_get_value().flatten() else { return };
        if !std::mem::replace(&mut open.book().borrow_mut().is_scheduled, true) {
            set_timeout(
                move || {
                    self.save();
                    self.publish();
                },
                BATCH,
            );
        }
    }

    fn save(self) {
        if let Some(open) = self.book.try_get_value().flatten() {
            open.book().borrow_mut().save();
        }
    }

    fn publish(self) {
        self.version.try_update(|version| *version = version.wrapping_add(1));
    }
}

/// The account that is signed in, and the label of its key. Where the API names no account, the label stands for it.
fn whose(session: &SessionState) -> (String, String) {
    let Some(identity) = session.identity() else { return Default::default() };
    let label = identity.key.label.clone();
    let account = AccountId::of(&identity.key).name().map_or_else(|| format!("key {label}"), ToOwned::to_owned);
    (account, label)
}

fn random() -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the number is below 2³²")]
    let random = (js_sys::Math::random() * 4_294_967_296.0) as u32;
    random
}
