//! Many people in a table: ordered, searched and chosen.
//!
//! Invariant: the order is worked out when rows or order change, and a keystroke only goes through it.

use std::sync::Arc;

use leptos::prelude::*;

use super::Choosing;
use crate::browser::lowercase;
use crate::domain::UserId;
use crate::forms::people::{self, Row};
use crate::forms::roster;
use crate::routes::PeopleQuery;

/// Rows that are the same only where they are the very same.
#[derive(Clone)]
pub struct SharedRows(pub Arc<Vec<Row>>);

impl PartialEq for SharedRows {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The people of a table.
#[derive(Clone, Copy)]
pub struct PeopleRows {
    /// All of them.
    pub all: Memo<SharedRows>,
    /// Positions in them of what is shown, in order.
    pub shown: Memo<Arc<Vec<u32>>>,
    /// Who is chosen.
    pub choosing: Choosing<UserId>,
}

impl PeopleRows {
    /// What the address and the search, as it is typed, show of these.
    pub fn new(all: Memo<SharedRows>, query: Memo<PeopleQuery>, search: RwSignal<String>) -> Self {
        let sort = Memo::new(move |_| query.with(|query| (query.sort, query.direction())));
        let order = Memo::new(move |_| {
            // Read, and not only tracked: a memo that nobody has read follows nothing.
            let (sort, direction) = sort.get();
            let query = PeopleQuery { sort, direction: Some(direction), ..PeopleQuery::default() };
            Arc::new(all.with(|rows| people::order(&rows.0, &query)))
        });
        let role = Memo::new(move |_| query.with(|query| query.role));
        let shown = Memo::new(move |_| {
            let words = search.with(|search| roster::words(search, lowercase));
            let (order, role) = (order.get(), role.get());
            Arc::new(all.with(|rows| people::matching(&rows.0, &order, &words, role)))
        });
        let ids = Memo::new(move |_| {
            let rows = all.get().0;
            let id = |at: &u32| rows.get(*at as usize).map(|row| row.entry.id.clone());
            shown.with(|shown| Arc::new(shown.iter().filter_map(id).collect::<Vec<_>>()))
        });
        Self { all, shown, choosing: Choosing::new(ids) }
    }

    /// The row at a place of the table.
    pub fn row(&self, at: usize) -> Option<Row> {
        let at = self.shown.with(|shown| shown.get(at).copied())?;
        self.all.with(|rows| rows.0.get(at as usize).cloned())
    }

    /// What names the row at a place.
    pub fn key(&self, at: usize) -> String {
        self.choosing.ids.with(|ids| ids.get(at).map_or_else(String::new, |id| id.as_str().to_owned()))
    }

    /// How many are shown.
    pub fn count(&self) -> usize {
        self.shown.with(|shown| shown.len())
    }
}
