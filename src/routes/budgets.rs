//! What the address says of the budgets of all workspaces.
//!
//! Invariant: what is at its default is not written.

use super::query::{QueryText, encode, pairs, part};
use super::{Direction, Route};
use crate::domain::Interval;

/// What is shown of all budgets, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BudgetsQuery {
    /// Searched for in name, slug, description and id.
    pub search: String,
    /// Which workspaces are shown.
    pub filter: BudgetFilter,
    /// By what they are sorted.
    pub sort: BudgetSort,
    /// In which direction; where it is not told, the one that puts first what one looks for first.
    pub direction: Option<Direction>,
    /// The panel for changing the selected ones is open.
    pub is_changing: bool,
}

/// Workspaces by how their budgets stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BudgetFilter {
    /// All.
    #[default]
    All,
    /// A limit is used up.
    Over,
    /// At least 80 % of a limit is used.
    Near,
    /// No limit is set.
    Without,
}

/// A column that budgets can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BudgetSort {
    /// The limit that is used most.
    #[default]
    Worst,
    /// The workspace's name.
    Name,
    /// How much of this interval's limit is used.
    Interval(Interval),
}

impl BudgetFilter {
    /// All, in the order of the page.
    pub const ALL: [Self; 4] = [Self::All, Self::Over, Self::Near, Self::Without];

    /// The word in an address.
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Over => "over",
            Self::Near => "near",
            Self::Without => "none",
        }
    }

    /// Reads the word in an address.
    pub fn parse(word: &str) -> Self {
        Self::ALL.into_iter().find(|filter| filter.word() == word).unwrap_or_default()
    }
}

impl BudgetSort {
    fn word(self) -> &'static str {
        match self {
            Self::Worst => "worst",
            Self::Name => "name",
            Self::Interval(interval) => interval.as_str(),
        }
    }

    fn parse(word: &str) -> Self {
        match word {
            "name" => Self::Name,
            _ => Interval::parse(word).map_or(Self::Worst, Self::Interval),
        }
    }

    /// The direction of a first press: names from A, use from the most.
    fn first_direction(self) -> Direction {
        if self == Self::Name { Direction::Ascending } else { Direction::Descending }
    }
}

impl BudgetsQuery {
    /// The direction that is meant.
    pub fn direction(&self) -> Direction {
        self.direction.unwrap_or_else(|| self.sort.first_direction())
    }

    /// The query after a press on a column's header.
    #[must_use]
    pub fn sorted_by(&self, sort: BudgetSort) -> Self {
        let direction = Direction::pressed(self.sort == sort, self.direction(), sort.first_direction());
        Self { sort, direction, ..self.clone() }
    }

    /// Reads a query string; what is unknown in it is left at its default.
    pub fn parse(query: &QueryText) -> Self {
        let mut read = Self::default();
        let mut direction = None;
        for (name, value) in pairs(&query.0) {
            match name.as_str() {
                "q" => read.search = value,
                "show" => read.filter = BudgetFilter::parse(&value),
                "sort" => read.sort = BudgetSort::parse(&value),
                "dir" => direction = Direction::parse(&value),
                "panel" => read.is_changing = value == "change",
                _ => {}
            }
        }
        read.direction = direction.filter(|direction| *direction != read.sort.first_direction());
        read
    }

    /// The page with this query.
    pub fn route(&self) -> Route {
        Route::Budgets(QueryText::of([
            part("q", (!self.search.is_empty()).then(|| encode(&self.search)).as_deref()),
            part("show", (self.filter != BudgetFilter::All).then(|| self.filter.word())),
            part("sort", (self.sort != BudgetSort::Worst).then(|| self.sort.word())),
            part("dir", self.direction.map(Direction::word)),
            part("panel", self.is_changing.then_some("change")),
        ]))
    }
}
