//! A one-shot notification between tasks. One that arrives before anyone waits is delivered to the next who does.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::task::{Poll, Waker};

#[derive(Default)]
pub(super) struct Notify {
    is_notified: Cell<bool>,
    waiting: RefCell<Option<Waker>>,
}

impl Notify {
    /// Notifies the waiting task, or else the next that waits.
    pub(super) fn notify(&self) {
        self.is_notified.set(true);
        if let Some(waiting) = self.waiting.take() {
            waiting.wake();
        }
    }

    pub(super) async fn notified(&self) {
        poll_fn(|context| {
            if self.is_notified.replace(false) {
                return Poll::Ready(());
            }
            self.waiting.replace(Some(context.waker().clone()));
            Poll::Pending
        })
        .await;
    }
}
