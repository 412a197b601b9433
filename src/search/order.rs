//! The columns that tables sort by, the filters that they offer, and the word for each in an address.

use std::cmp::Ordering;

use crate::domain::{Interval, words};

/// A column that a table can be sorted by.
pub trait SortColumn: Copy + PartialEq {
    /// The direction after the first press on the column's header: text from A, dates from the newest, counts from the
    /// highest.
    fn first_direction(self) -> Direction;

    /// The direction after a press on this column's header, while the table is sorted by `current`.
    fn next_direction(self, current: Self, direction: Direction) -> Direction {
        if self == current { direction.reversed() } else { self.first_direction() }
    }
}

words! {
    Direction { Ascending = "asc", Descending = "desc" }
}

words! {
    /// A column that workspaces can be sorted by.
    SortKey { Name = "name", Slug = "slug", Created = "created", Updated = "updated" }
}

words! {
    /// A column that people can be sorted by. `Since` is when they became members.
    PeopleSort { Name = "name", Email = "email", Role = "role", Since = "since", Workspaces = "workspaces" }
}

words! {
    /// People by their role. A member is anyone who is not an administrator.
    RoleFilter { All = "all", Admin = "admin", Member = "member" }
}

words! {
    /// Workspaces by the state of their budgets: a limit is used up, is used to at least 80%, or no limit is set.
    BudgetFilter { All = "all", Over = "over", Near = "near", Without = "none" }
}

/// A column that budgets can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BudgetSort {
    /// The limit with the highest share used.
    #[default]
    Worst,
    Name,
    /// The share used of this interval's limit.
    Interval(Interval),
}

impl Direction {
    /// Returns an ascending ordering in this direction.
    pub fn apply(self, ascending: Ordering) -> Ordering {
        if self == Self::Descending { ascending.reverse() } else { ascending }
    }

    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }
}

impl SortColumn for SortKey {
    fn first_direction(self) -> Direction {
        match self {
            Self::Name | Self::Slug => Direction::Ascending,
            Self::Created | Self::Updated => Direction::Descending,
        }
    }
}

impl SortColumn for PeopleSort {
    fn first_direction(self) -> Direction {
        match self {
            Self::Name | Self::Email | Self::Role => Direction::Ascending,
            Self::Since | Self::Workspaces => Direction::Descending,
        }
    }
}

impl SortColumn for BudgetSort {
    fn first_direction(self) -> Direction {
        if self == Self::Name { Direction::Ascending } else { Direction::Descending }
    }
}

impl BudgetSort {
    /// The word in an address.
    pub fn word(self) -> &'static str {
        match self {
            Self::Worst => "worst",
            Self::Name => "name",
            Self::Interval(interval) => interval.as_str(),
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "name" => Some(Self::Name),
            _ => Interval::parse(word).map(Self::Interval),
        }
    }
}
