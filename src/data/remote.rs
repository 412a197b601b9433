//! A value that comes from the API: whether it is there, and how fresh it is.

use std::ops::Deref;
use std::sync::Arc;

use super::key::AnyValue;
use crate::api::ApiError;
use crate::domain::text::grouped;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub loaded: u64,
    /// All rows, if the server says so.
    pub total: Option<u64>,
}

impl Progress {
    /// Whether all rows have come that the server counts.
    pub fn is_whole(&self) -> bool {
        self.total.is_some_and(|total| self.loaded >= total)
    }

    /// Such as `3,400 of 10,000`. `None` if the server does not say how many there are.
    pub fn text(&self) -> Option<String> {
        let number = |count: u64| grouped(&count.to_string());
        Some(format!("{} of {}", number(self.loaded), number(self.total?)))
    }
}

/// Whether a value is what the server holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Freshness {
    /// As of the last response.
    Fresh,
    /// The first rows of a list that is being read for the first time.
    Partial(Progress),
    /// A newer value is being read.
    Refreshing,
    /// Reading a newer value failed; this is the last one that was read.
    Stale(ApiError),
}

/// A value from the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remote<T> {
    /// Nothing has been read yet.
    Loading,
    /// The first read failed.
    Failed(ApiError),
    /// A value and its freshness.
    Ready(T, Freshness),
}

impl<T> Remote<T> {
    /// The value, fresh or stale.
    pub fn data(&self) -> Option<&T> {
        match self {
            Self::Ready(data, _) => Some(data),
            Self::Loading | Self::Failed(_) => None,
        }
    }

    /// Why the last read failed.
    pub fn error(&self) -> Option<&ApiError> {
        match self {
            Self::Failed(error) | Self::Ready(_, Freshness::Stale(error)) => Some(error),
            Self::Loading | Self::Ready(..) => None,
        }
    }

    /// Whether the first read has not finished: nothing has arrived, or only the first rows of a list.
    pub fn is_loading(&self) -> bool {
        matches!(self, Self::Loading | Self::Ready(_, Freshness::Partial(_)))
    }

    /// Whether a read is queued or running.
    pub fn is_busy(&self) -> bool {
        self.is_loading() || matches!(self, Self::Ready(_, Freshness::Refreshing))
    }

    /// Whether a whole value has been read, even if it is being refreshed.
    pub fn is_complete(&self) -> bool {
        matches!(self, Self::Ready(_, Freshness::Fresh | Freshness::Refreshing))
    }

    pub(super) fn begin(&mut self) {
        *self = match std::mem::replace(self, Self::Loading) {
            Self::Ready(data, Freshness::Partial(progress)) => Self::Ready(data, Freshness::Partial(progress)),
            Self::Ready(data, _) => Self::Ready(data, Freshness::Refreshing),
            Self::Loading | Self::Failed(_) => Self::Loading,
        };
    }

    /// The state after a value has arrived. The first rows of a list never replace a whole one.
    pub(super) fn arrive(&mut self, value: T, progress: Option<Progress>) {
        match progress {
            None => *self = Self::Ready(value, Freshness::Fresh),
            Some(progress) if self.is_loading() || matches!(self, Self::Failed(_)) => {
                *self = Self::Ready(value, Freshness::Partial(progress))
            }
            Some(_) => {}
        }
    }

    /// The state after a read failed. The last value stays, even of something that no longer exists (404): a form may hold
    /// unsaved changes to it.
    pub(super) fn fail(&mut self, error: ApiError) {
        *self = match std::mem::replace(self, Self::Loading) {
            Self::Ready(data, _) => Self::Ready(data, Freshness::Stale(error)),
            Self::Loading | Self::Failed(_) => Self::Failed(error),
        };
    }
}

impl Remote<AnyValue> {
    pub(super) fn downcast<T: Send + Sync + 'static>(self) -> Remote<Shared<T>> {
        match self {
            Self::Ready(value, freshness) => {
                value.downcast().map_or(Remote::Loading, |value| Remote::Ready(value, freshness))
            }
            Self::Failed(error) => Remote::Failed(error),
            Self::Loading => Remote::Loading,
        }
    }
}

/// A shared value. Two are equal if they are the same allocation, so comparing never looks at the contents.
#[derive(Debug, Default)]
pub struct Shared<T: ?Sized>(Arc<T>);

impl<T> Shared<T> {
    pub fn new(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T: Send + Sync + 'static> Shared<T> {
    pub(super) fn erase(self) -> AnyValue {
        Shared(self.0)
    }
}

impl AnyValue {
    pub(super) fn downcast<T: Send + Sync + 'static>(self) -> Option<Shared<T>> {
        self.0.downcast().ok().map(Shared)
    }
}

impl<T: ?Sized> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: ?Sized> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: ?Sized> Eq for Shared<T> {}

impl<T: ?Sized> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
