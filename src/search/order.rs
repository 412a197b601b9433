//! The columns that tables sort by, the filters that they offer, and the word for each in an address.

use std::cmp::Ordering;

use crate::domain::{Interval, words};

/// A column that a table can be sorted by.
pub trait SortColumn: Copy + PartialEq + Default {
    /// Whether the first press on the column's header sorts from A. Dates are then sorted from the newest, and counts from
    /// the highest.
    fn is_text(self) -> bool;
}

/// The columns that a table is sorted by, at most two, each with its direction.
///
/// The second one decides only among rows that are equal by the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order<S> {
    pub column: S,
    pub direction: Direction,
    pub then: Option<(S, Direction)>,
}

/// Which of the two columns one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// The table is sorted by this column alone.
    Only,
    First,
    Second,
}

impl<S: SortColumn> Order<S> {
    /// The order after the first press on the column's header.
    pub fn by(column: S) -> Self {
        Self { column, direction: first_direction(column), then: None }
    }

    /// The order after a press without Shift. It replaces both columns.
    #[must_use]
    pub fn pressed(self, column: S) -> Self {
        let first = Self::by(column);
        if self.column == column { Self { direction: self.direction.reversed(), ..first } } else { first }
    }

    /// The order after a press with Shift: another column becomes the second one. A press on the second one reverses it,
    /// and the next press removes it.
    #[must_use]
    pub fn pressed_with_shift(self, column: S) -> Self {
        let first = first_direction(column);
        match self.then {
            _ if self.column == column => Self { direction: self.direction.reversed(), ..self },
            Some((then, direction)) if then == column => {
                Self { then: (direction == first).then(|| (then, direction.reversed())), ..self }
            }
            _ => Self { then: Some((column, first)), ..self },
        }
    }

    /// The order after a press on the column's header, with Shift or without.
    #[must_use]
    pub fn after_press(self, column: S, has_shift: bool) -> Self {
        if has_shift { self.pressed_with_shift(column) } else { self.pressed(column) }
    }

    /// The order with another second column, or without one. The first column is never the second one too.
    #[must_use]
    pub fn then_by(self, then: Option<(S, Direction)>) -> Self {
        Self { then: then.filter(|(column, _)| *column != self.column), ..self }
    }

    /// The rank and the direction of a column, if the table is sorted by it.
    pub fn rank_of(self, column: S) -> Option<(Rank, Direction)> {
        match self.then {
            None if self.column == column => Some((Rank::Only, self.direction)),
            Some(_) if self.column == column => Some((Rank::First, self.direction)),
            Some((then, direction)) if then == column => Some((Rank::Second, direction)),
            _ => None,
        }
    }

    /// Whether the table is sorted by this column.
    pub fn has(self, column: S) -> bool {
        self.rank_of(column).is_some()
    }

    /// Compares two rows. `compare` compares them by one column in its direction.
    pub fn compare(self, compare: &dyn Fn(S, Direction) -> Ordering) -> Ordering {
        let by_second = || self.then.map_or(Ordering::Equal, |(column, direction)| compare(column, direction));
        compare(self.column, self.direction).then_with(by_second)
    }
}

impl<S: SortColumn> Default for Order<S> {
    fn default() -> Self {
        Self::by(S::default())
    }
}

/// The direction after the first press on a column's header.
pub fn first_direction(column: impl SortColumn) -> Direction {
    if column.is_text() { Direction::Ascending } else { Direction::Descending }
}

/// Compares two values in a direction. A missing one comes last in both.
pub fn missing_last<T: Ord>(left: Option<T>, right: Option<T>, direction: Direction) -> Ordering {
    match (left, right) {
        (Some(left), Some(right)) => direction.apply(left.cmp(&right)),
        (left, right) => right.is_some().cmp(&left.is_some()),
    }
}

words! {
    Direction { Ascending = "asc", Descending = "desc" }
}

words! {
    /// A column that workspaces can be sorted by. The month is the spend of the current UTC month.
    SortKey { Name = "name", Slug = "slug", Month = "month", Created = "created", Updated = "updated" }
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
    /// Workspaces by the state of their budgets: a limit is used up, is used to at least 80%, is or will be reached at the
    /// present pace, or no limit is set.
    BudgetFilter { All = "all", Over = "over", Near = "near", AtRisk = "risk", Without = "none" }
}

words! {
    /// A column that API keys can be sorted by. The spend is that of the current UTC day, week and month, and in total.
    KeysSort {
        Name = "name",
        Workspace = "workspace",
        Owner = "owner",
        State = "state",
        Limit = "limit",
        Day = "day",
        Week = "week",
        Month = "month",
        Total = "total",
        LastUsed = "used",
        Expires = "expires",
        Created = "created",
    }
}

words! {
    /// API keys by their state and limit. Dormant ones are active and were not used for 30 days. Near is 80% of the limit or
    /// more. `OwnerLeft` are those whose owner is no member of the workspace.
    KeysFilter {
        All = "all",
        Active = "active",
        Disabled = "disabled",
        Expired = "expired",
        Dormant = "dormant",
        Unlimited = "unlimited",
        Near = "near",
        OwnerLeft = "owner-left",
    }
}

/// A column that budgets can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BudgetSort {
    /// The limit with the highest share used.
    #[default]
    Worst,
    Name,
    /// When the first limit is reached at the present pace.
    Forecast,
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
        if self == Self::Ascending { Self::Descending } else { Self::Ascending }
    }
}

impl SortColumn for SortKey {
    fn is_text(self) -> bool {
        matches!(self, Self::Name | Self::Slug)
    }
}

impl SortColumn for PeopleSort {
    fn is_text(self) -> bool {
        matches!(self, Self::Name | Self::Email | Self::Role)
    }
}

impl SortColumn for KeysSort {
    fn is_text(self) -> bool {
        matches!(self, Self::Name | Self::Workspace | Self::Owner | Self::State)
    }
}

impl SortColumn for BudgetSort {
    fn is_text(self) -> bool {
        self == Self::Name
    }
}

impl BudgetSort {
    /// The word in an address.
    pub fn word(self) -> &'static str {
        match self {
            Self::Worst => "worst",
            Self::Name => "name",
            Self::Forecast => "forecast",
            Self::Interval(interval) => interval.as_str(),
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "worst" => Some(Self::Worst),
            "name" => Some(Self::Name),
            "forecast" => Some(Self::Forecast),
            _ => Interval::parse(word).map(Self::Interval),
        }
    }
}

#[cfg(test)]
mod tests;
