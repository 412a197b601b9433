//! What the address says of the list of workspaces.
//!
//! Invariant: what is at its default is not written.

use super::query::{encode, pairs};

/// What the list of workspaces shows, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListQuery {
    /// Searched for in name, slug, description and id.
    pub search: String,
    /// By what it is sorted.
    pub sort: SortKey,
    /// In which direction.
    pub direction: Direction,
}

/// A column that workspaces can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "each is named like its column")]
pub enum SortKey {
    #[default]
    Name,
    Slug,
    Created,
    Updated,
}

/// A direction of sorting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the words say it")]
pub enum Direction {
    #[default]
    Ascending,
    Descending,
}

impl Direction {
    /// The other one.
    pub(super) fn turned(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }

    /// What an address says after a press on a column's head: nothing where it is the direction of a first press.
    pub(super) fn pressed(is_sorted: bool, now: Self, first: Self) -> Option<Self> {
        let next = if is_sorted { now.turned() } else { first };
        Some(next).filter(|next| *next != first)
    }

    /// The word in an address.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Ascending => "asc",
            Self::Descending => "desc",
        }
    }

    /// Reads the word in an address.
    pub(super) fn parse(word: &str) -> Option<Self> {
        [Self::Ascending, Self::Descending].into_iter().find(|direction| direction.word() == word)
    }
}

impl SortKey {
    const ALL: [(Self, &'static str); 4] =
        [(Self::Name, "name"), (Self::Slug, "slug"), (Self::Created, "created"), (Self::Updated, "updated")];

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(key, _)| *key == self).map_or("name", |(_, word)| word)
    }

    /// The direction that a first press on the column's header gives: names from A, times from the newest.
    pub fn first_direction(self) -> Direction {
        match self {
            Self::Name | Self::Slug => Direction::Ascending,
            Self::Created | Self::Updated => Direction::Descending,
        }
    }
}

impl ListQuery {
    /// The query after a press on a column's header.
    #[must_use]
    pub fn sorted_by(&self, key: SortKey) -> Self {
        let direction = if self.sort == key { self.direction.turned() } else { key.first_direction() };
        Self { sort: key, direction, ..self.clone() }
    }

    /// Reads a query string; what is unknown in it is left at its default.
    pub fn parse(query: &str) -> Self {
        let mut read = Self::default();
        let mut direction = None;
        for (name, value) in pairs(query) {
            match (name.as_str(), value.as_str()) {
                ("q", _) => read.search = value,
                ("sort", word) => {
                    read.sort =
                        SortKey::ALL.iter().find(|(_, known)| *known == word).map_or(read.sort, |(key, _)| *key);
                }
                ("dir", word) => direction = Direction::parse(word),
                _ => {}
            }
        }
        read.direction = direction.unwrap_or_else(|| read.sort.first_direction());
        read
    }

    /// The query string, without its mark.
    pub(super) fn write(&self) -> String {
        let mut parts = Vec::new();
        if !self.search.is_empty() {
            parts.push(format!("q={}", encode(&self.search)));
        }
        if self.sort != SortKey::default() {
            parts.push(format!("sort={}", self.sort.word()));
        }
        if self.direction != self.sort.first_direction() {
            parts.push(format!("dir={}", self.direction.word()));
        }
        parts.join("&")
    }
}
