//! The part of the address that says which workspaces the list shows.

use super::query::{encoded, join, parsed, part, value};
use crate::search::order::{Direction, SortColumn as _, SortKey};

/// Which workspaces the list shows, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListQuery {
    /// Searched for in name, slug, description and ID.
    pub search: String,
    pub sort: SortKey,
    pub direction: Direction,
}

impl ListQuery {
    /// The query after a press on a column's header.
    #[must_use]
    pub fn sorted_by(&self, key: SortKey) -> Self {
        let direction = key.next_direction(self.sort, self.direction);
        Self { sort: key, direction, ..self.clone() }
    }

    /// Reads a query string. Unknown parts are ignored.
    pub fn parse(query: &str) -> Self {
        let sort = parsed(query, "sort", SortKey::parse).unwrap_or_default();
        let direction = parsed(query, "dir", Direction::parse).unwrap_or_else(|| sort.first_direction());
        Self { search: value(query, "q").unwrap_or_default(), sort, direction }
    }

    /// Writes the query string, without defaults and without the question mark.
    pub(super) fn write(&self) -> String {
        let direction = (self.direction != self.sort.first_direction()).then(|| self.direction.word());
        join([
            encoded("q", &self.search),
            part("sort", (self.sort != SortKey::default()).then(|| self.sort.word())),
            part("dir", direction),
        ])
    }
}
