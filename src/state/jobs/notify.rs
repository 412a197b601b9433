//! Waiting until somebody says so.
//!
//! Invariant: what was said before anybody waited is heard by the next who does.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::task::{Poll, Waker};

/// One who tells and one who waits.
#[derive(Default)]
pub(super) struct Notify {
    is_said: Cell<bool>,
    waiting: RefCell<Option<Waker>>,
}

impl Notify {
    /// Says so.
    pub(super) fn notify(&self) {
        self.is_said.set(true);
        if let Some(waiting) = self.waiting.take() {
            waiting.wake();
        }
    }

    /// Waits until it is said.
    pub(super) async fn notified(&self) {
        poll_fn(|context| {
            if self.is_said.replace(false) {
                return Poll::Ready(());
            }
            self.waiting.replace(Some(context.waker().clone()));
            Poll::Pending
        })
        .await;
    }
}
