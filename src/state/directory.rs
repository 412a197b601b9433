//! The organization's directory, read once for every view that needs names: made when the first of them asks for it.
//!
//! Invariant: it lives as long as the page, and holds nobody once the session is signed out.

use std::sync::Arc;

use leptos::prelude::*;

use super::{LongList, Resource, use_session};
use crate::api::organization;
use crate::domain::{Person, UserId};
use crate::effect::watch;
use crate::forms::People;
use crate::forms::roster::Entry;

/// Who is in the organization.
#[derive(Clone, Copy)]
pub struct Directory {
    /// Everybody, in order of arrival.
    pub list: LongList<Person>,
    people: StoredValue<People>,
    /// Rises when the people that can be looked up have changed.
    pub version: RwSignal<u32>,
}

/// The directory of this page.
pub fn use_directory() -> Directory {
    use_context::<Directory>().unwrap_or_else(|| {
        let root = Owner::current().map(|mut owner| {
            while let Some(parent) = owner.parent() {
                owner = parent;
            }
            owner
        });
        let session = use_session().state;
        let client = super::use_client();
        let invalidation: super::Invalidation = expect_context();
        let make = move || {
            provide_context(client);
            provide_context(invalidation);
            let directory = Directory::new(session);
            provide_context(directory);
            directory
        };
        match root {
            Some(root) => root.with(make),
            None => make(),
        }
    })
}

impl Directory {
    fn new(session: RwSignal<super::SessionState>) -> Self {
        let list =
            LongList::new(Resource::People, session, || Some(()), |client, ()| organization::list_all_members(client));
        let directory = Self { list, people: StoredValue::new(People::default()), version: RwSignal::new(0) };
        let mut indexed: (usize, Option<Arc<Person>>) = (0, None);
        watch(move || {
            list.version.track();
            let rows = list.rows.get_value();
            // Rows are only added, or all replaced.
            let is_longer =
                rows.first().map(Arc::as_ptr) == indexed.1.as_ref().map(Arc::as_ptr) && rows.len() >= indexed.0;
            directory.people.update_value(|people| {
                if !is_longer {
                    *people = People::default();
                    indexed.0 = 0;
                }
                people.extend(rows[indexed.0..].iter().map(Arc::as_ref));
            });
            indexed = (rows.len(), rows.first().cloned());
            directory.version.update(|version| *version = version.wrapping_add(1));
        });
        directory
    }

    /// Looks people up, as far as they have come.
    pub fn with<R>(&self, look: impl FnOnce(&People) -> R) -> R {
        self.people.with_value(look)
    }

    /// A person as rows show them; somebody who is not in the directory by the id.
    pub fn entry(&self, id: &UserId) -> Arc<Entry> {
        let known = self.with(|people| people.get(id).cloned());
        known.unwrap_or_else(|| Arc::new(Entry::unknown(id)))
    }
}
