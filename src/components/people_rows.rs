//! Many people in a table: ordered, searched and chosen.
//!
//! Invariant: the order is worked out when rows or order change, and a keystroke only goes through it.

use std::sync::Arc;

use leptos::prelude::*;

use super::Choosing;
use crate::browser::lowercase;
use crate::domain::UserId;
use crate::effect::watch;
use crate::forms::people::{self, Row};
use crate::forms::roster;
use crate::routes::{Direction, PeopleQuery, PeopleSort};

/// Rows that are the same only where they are the very same.
#[derive(Clone)]
pub struct SharedRows(pub Arc<Vec<Row>>);

impl PartialEq for SharedRows {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Positions of rows in an order.
#[derive(Clone, PartialEq)]
struct Ordered {
    by: (PeopleSort, Direction),
    rows: Arc<Vec<u32>>,
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
    ///
    /// While rows are coming no row moves for somebody who is choosing among them: those that come stand at the end.
    pub fn new(
        all: Memo<SharedRows>,
        query: Memo<PeopleQuery>,
        search: crate::ui::Bound<String>,
        is_coming: Signal<bool>,
    ) -> Self {
        let sort = Memo::new(move |_| query.with(|query| (query.sort, query.direction())));
        let is_held = RwSignal::new(false);
        let order = Memo::new(move |last: Option<&Ordered>| {
            // Read, and not only tracked: a memo that nobody has read follows nothing.
            let (by, is_held) = (sort.get(), is_held.get());
            let held = last.filter(|last| is_held && last.by == by).map(|last| last.rows.clone());
            let query = PeopleQuery { sort: by.0, direction: Some(by.1), ..PeopleQuery::default() };
            let rows = all.with(|rows| match held {
                Some(mut held) => {
                    // What has come since stands behind what was there.
                    let known = held.len();
                    Arc::make_mut(&mut held).extend((0u32..).take(rows.0.len()).skip(known));
                    held
                }
                None => Arc::new(people::order(&rows.0, &query)),
            });
            Ordered { by, rows }
        });
        let role = Memo::new(move |_| query.with(|query| query.role));
        let shown = Memo::new(move |_| {
            let words = search.with(|search| roster::words(search, lowercase));
            let (order, role) = (order.get().rows, role.get());
            Arc::new(all.with(|rows| people::matching(&rows.0, &order, &words, role)))
        });
        let ids = Memo::new(move |_| {
            let rows = all.get().0;
            let id = |at: &u32| rows.get(*at as usize).map(|row| row.entry.id.clone());
            shown.with(|shown| Arc::new(shown.iter().filter_map(id).collect::<Vec<_>>()))
        });
        let choosing = Choosing::new(ids);
        watch(move || {
            let is_choosing = is_coming.get() && choosing.standing.with(|standing| standing.selected != 0);
            // Only a change is told: the order is worked out anew for each.
            if is_held.get_untracked() != is_choosing {
                is_held.set(is_choosing);
            }
        });
        Self { all, shown, choosing }
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
