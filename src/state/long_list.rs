//! A long list: read page by page, shown from the first page on, read anew in the background.
//!
//! Invariant: rows are only added while a list is read the first time; a later reading replaces them when it is whole.
//! A list that changed while it was read is read again.

use std::cell::Cell;
use std::collections::HashSet;
use std::sync::Arc;

use futures::StreamExt as _;
use futures::future::abortable;
use futures::stream::LocalBoxStream;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Invalidation, ListStatus, Resource, SessionState, use_client};
use crate::api::listing::Chunk;
use crate::api::{ApiError, Client};
use crate::domain::BadRow;
use crate::effect::watch;

/// How often views follow the rows that come, in milliseconds.
const BEAT: f64 = 250.0;

/// How often in a row a list is read again because it changed while it was read.
const MOST_ROUNDS: u32 = 2;

/// The pages of a list, as they come.
pub type Pages<T> = LocalBoxStream<'static, Result<Chunk<T>, ApiError>>;

/// A list and how far its reading is.
pub struct LongList<T: Send + Sync + 'static> {
    /// All that came, in order of arrival.
    pub rows: StoredValue<Arc<Vec<Arc<T>>>>,
    /// Rows that could not be read.
    pub bad: StoredValue<Vec<BadRow>>,
    /// How far the reading is.
    pub status: RwSignal<ListStatus>,
    /// Rises with the first page, now and then while others come, and with the last.
    pub version: RwSignal<u32>,
    again: RwSignal<u32>,
    /// How often it was read again in a row because rows came or went meanwhile.
    rounds: StoredValue<u32>,
}

impl<T: Send + Sync + 'static> Clone for LongList<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for LongList<T> {}

impl<T: Send + Sync + 'static> LongList<T> {
    /// Reads for as long as the current owner lives: at once, when `key` changes, and when `resource` is invalidated.
    /// Where nobody is signed in any more, nothing is kept.
    pub fn new<K: PartialEq + Clone + 'static>(
        resource: Resource,
        session: RwSignal<SessionState>,
        key: impl Fn() -> Option<K> + 'static,
        pages: impl Fn(&Client, K) -> Pages<T> + 'static,
    ) -> Self {
        let list = Self {
            rows: StoredValue::new(Arc::default()),
            bad: StoredValue::new(Vec::new()),
            status: RwSignal::new(ListStatus::Loading),
            version: RwSignal::new(0),
            again: RwSignal::new(0),
            rounds: StoredValue::new(0),
        };
        let (client, invalidation): (Client, Invalidation) = (use_client(), expect_context());
        let is_open = Memo::new(move |_| session.with(|state| matches!(state, SessionState::SignedIn(_))));
        let is_wiped = Memo::new(move |_| session.with(|state| matches!(state, SessionState::SignedOut(_))));
        let mut last = None;
        watch(move || {
            invalidation.track(resource);
            list.again.track();
            let wanted = key();
            if is_wiped.get() || last != wanted {
                list.reset();
                last.clone_from(&wanted);
            }
            let Some(wanted) = wanted.filter(|_| is_open.get()) else { return };
            let (reading, handle) = abortable(list.read(pages(&client, wanted)));
            on_cleanup(move || handle.abort());
            spawn_local(async move {
                // Aborted is superseded: the newer reading tells how it went.
                let _ = reading.await;
            });
        });
        list
    }

    /// Reads everything again.
    pub fn refetch(&self) {
        self.again.update(|count| *count = count.wrapping_add(1));
    }

    /// Changes the rows without waiting for the next reading.
    pub fn amend(&self, change: impl FnOnce(&mut Vec<Arc<T>>)) {
        self.rows.update_value(|rows| change(Arc::make_mut(rows)));
        self.bump();
    }

    /// Whether all has come.
    pub fn is_whole(&self) -> bool {
        self.status.with(|status| matches!(status, ListStatus::Complete | ListStatus::Refreshing))
    }

    /// Whether it is being read for the first time.
    pub fn is_coming(&self) -> bool {
        self.status.with(|status| matches!(status, ListStatus::Loading | ListStatus::Partial(..)))
    }

    fn reset(&self) {
        self.rows.set_value(Arc::default());
        self.bad.set_value(Vec::new());
        self.status.set(ListStatus::Loading);
        self.bump();
    }

    fn bump(&self) {
        self.version.try_update(|version| *version = version.wrapping_add(1));
    }

    async fn read(self, mut pages: Pages<T>) {
        let is_first = !self.status.with_untracked(|status| {
            matches!(status, ListStatus::Complete | ListStatus::Refreshing | ListStatus::Failed(_))
        }) || self.rows.with_value(|rows| rows.is_empty());
        if is_first {
            self.reset();
        } else {
            self.status.set(ListStatus::Refreshing);
        }
        let (mut rows, mut bad, beat) = (Vec::new(), Vec::new(), Cell::new(0.0));
        let mut totals = HashSet::new();
        while let Some(chunk) = pages.next().await {
            let chunk = match chunk {
                Ok(chunk) => chunk,
                Err(error) => {
                    self.status.set(ListStatus::Failed(error));
                    self.bump();
                    return;
                }
            };
            bad.extend(chunk.bad);
            totals.insert(chunk.total);
            let fresh = chunk.rows.into_iter().map(Arc::new);
            if !is_first {
                rows.extend(fresh);
                continue;
            }
            self.rows.update_value(|rows| Arc::make_mut(rows).extend(fresh));
            let now = js_sys::Date::now();
            if now - beat.get() >= BEAT {
                beat.set(now);
                self.status.set(ListStatus::Partial(chunk.loaded, chunk.total));
                self.bump();
            }
        }
        if !is_first {
            self.rows.set_value(Arc::new(rows));
        }
        self.bad.set_value(bad);
        self.status.set(ListStatus::Complete);
        self.bump();
        // Pages go by place: where rows came or went meanwhile, some may have slipped to a page that had come already.
        let is_again = totals.len() > 1 && self.rounds.get_value() < MOST_ROUNDS;
        self.rounds.update_value(|rounds| *rounds = if is_again { *rounds + 1 } else { 0 });
        if is_again {
            self.refetch();
        }
    }
}
