//! The organization's directory: everyone in it, indexed by id, address and name while the pages arrive.

use std::sync::{Arc, PoisonError, RwLock};

use futures::StreamExt as _;
use leptos::prelude::*;

use super::listing::{Listing, collect};
use super::{ApiRead, Data, Remote, Shared, Snapshots, Topic, use_data};
use crate::api::{Client, organization};
use crate::domain::{Person, UserId};
use crate::search::People;
use crate::search::roster::Entry;
use crate::session::use_session;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OrganizationMembers;

#[derive(Debug, Clone)]
pub struct PersonIndex {
    pub listing: Listing<Person>,
    /// Shared by the snapshots of one read, which only add people to it.
    people: Arc<RwLock<People>>,
}

impl PersonIndex {
    /// That of an account without a directory. It tells of no one that they have left.
    fn none() -> Self {
        Self { listing: Listing::default(), people: Arc::default() }
    }

    pub fn with<R>(&self, look: impl FnOnce(&People) -> R) -> R {
        look(&self.people.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl ApiRead for OrganizationMembers {
    type Value = PersonIndex;
    const KEEP_SECONDS: i64 = 900;

    fn topics(&self) -> Vec<Topic> {
        vec![Topic::People]
    }

    fn read(&self, client: &Client) -> Snapshots<Self::Value> {
        let people = Arc::new(RwLock::new(People::default()));
        let (mut indexed, mut first): (usize, Option<Arc<Person>>) = (0, None);
        let mut with_index = move |listing: Listing<Person>| {
            let mut index = people.write().unwrap_or_else(PoisonError::into_inner);
            // The rows are only added to, unless the list was read again because it changed.
            let now_first = listing.rows.first();
            if !first.as_ref().zip(now_first).is_some_and(|(first, now)| Arc::ptr_eq(first, now)) {
                (indexed, first) = (0, now_first.cloned());
                *index = People::default();
            }
            let fresh = listing.rows.iter().skip(std::mem::replace(&mut indexed, listing.rows.len()));
            index.extend(fresh.map(Arc::as_ref));
            drop(index);
            PersonIndex { listing, people: people.clone() }
        };
        let listings = collect(organization::read_all_members(client), |person| person);
        listings.map(move |snapshot| snapshot.map(|it| it.map(&mut with_index))).boxed_local()
    }
}

#[derive(Clone, Copy)]
pub struct Directory {
    pub data: Data<PersonIndex>,
    /// Whether the account is certainly no organization. Then nothing is read, and no one is in the directory.
    pub is_individual: Signal<bool>,
}

pub fn use_directory() -> Directory {
    use_directory_if(|| true)
}

/// The directory, read once `is_ready` is true: what matters more to the view is read before it.
pub fn use_directory_after(is_ready: impl Fn() -> bool + Send + Sync + 'static) -> Directory {
    let is_ready = Memo::new(move |was: Option<&bool>| was == Some(&true) || is_ready());
    use_directory_if(move || is_ready.get())
}

/// Observes the directory while `is_needed`. It is read once it is known that the account may have one.
pub fn use_directory_if(is_needed: impl Fn() -> bool + Send + Sync + 'static) -> Directory {
    let session = use_session().state;
    let is_individual = Memo::new(move |_| session.with(|state| state.identity().map(|_| state.is_individual())));
    let data = use_data(move || (is_needed() && is_individual.get() == Some(false)).then_some(OrganizationMembers));
    let is_individual = Signal::derive(move || is_individual.get() == Some(true));
    Directory { data: data.or_fixed(is_individual, Shared::new(PersonIndex::none())), is_individual }
}

impl Directory {
    /// Looks people up, as far as they have been read. Tracks the directory.
    pub fn with<R>(&self, look: impl FnOnce(&People) -> R) -> R {
        match self.data.get() {
            Some(index) => index.with(look),
            None => look(&People::default()),
        }
    }

    /// Whether all of it has been read, so that someone who is not in it is not in the organization. Tracks the directory.
    pub fn is_complete(&self) -> bool {
        !self.is_individual.get() && self.data.state.with(Remote::is_complete)
    }

    /// A person as rows show them; someone who is not in the directory is shown by id.
    pub fn entry(&self, id: &UserId) -> Arc<Entry> {
        let known = self.with(|people| people.get(id).cloned());
        known.unwrap_or_else(|| Arc::new(Entry::unknown(id)))
    }
}
