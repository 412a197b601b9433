//! The part of the address that says which workspaces the list shows.

use super::query::{encoded, join, pairs, part};
use crate::search::order::{Direction, SortKey};

/// Which workspaces the list shows, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListQuery {
    /// Searched for in name, slug, description and ID.
    pub search: String,
    /// The sorted column.
    pub sort: SortKey,
    /// The direction.
    pub direction: Direction,
}

impl ListQuery {
    /// The query after a press on a column's header.
    #[must_use]
    pub fn sorted_by(&self, key: SortKey) -> Self {
        let direction = if self.sort == key { self.direction.reversed() } else { key.first_direction() };
        Self { sort: key, direction, ..self.clone() }
    }

    /// Reads a query string. Unknown parts are ignored.
    pub fn parse(query: &str) -> Self {
        let mut read = Self::default();
        let mut direction = None;
        for (name, value) in pairs(query) {
            match name.as_str() {
                "q" => read.search = value,
                "sort" => read.sort = SortKey::parse(&value),
                "dir" => direction = Direction::parse(&value),
                _ => {}
            }
        }
        read.direction = direction.unwrap_or_else(|| read.sort.first_direction());
        read
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
