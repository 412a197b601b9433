//! The part of the address that says which budgets are shown.

use super::Route;
use super::query::{encoded, join, pairs, part};
use crate::search::order::{BudgetFilter, BudgetSort, Direction};

/// Which workspaces the budgets page shows, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BudgetsQuery {
    /// Searched for in name, slug, description and ID.
    pub search: String,
    /// The state of the budgets.
    pub filter: BudgetFilter,
    /// The sorted column.
    pub sort: BudgetSort,
    /// The direction, where it is not the column's first one.
    pub direction: Option<Direction>,
    /// Whether the panel for changing the selected budgets is open.
    pub is_changing: bool,
}

impl BudgetsQuery {
    /// The direction, with the column's first one as the default.
    pub fn direction(&self) -> Direction {
        self.direction.unwrap_or_else(|| self.sort.first_direction())
    }

    /// The query after a press on a column's header.
    #[must_use]
    pub fn sorted_by(&self, sort: BudgetSort) -> Self {
        let next = if self.sort == sort { self.direction().reversed() } else { sort.first_direction() };
        Self { sort, direction: Some(next).filter(|next| *next != sort.first_direction()), ..self.clone() }
    }

    /// Reads a query string. Unknown parts are ignored.
    pub fn parse(query: &str) -> Self {
        let mut read = Self::default();
        let mut direction = None;
        for (name, value) in pairs(query) {
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
        Route::Budgets(self.clone())
    }

    /// Writes the query string, without defaults and without the question mark.
    pub(super) fn write(&self) -> String {
        join([
            encoded("q", &self.search),
            part("show", (self.filter != BudgetFilter::All).then(|| self.filter.word())),
            part("sort", (self.sort != BudgetSort::Worst).then(|| self.sort.word())),
            part("dir", self.direction.map(Direction::word)),
            part("panel", self.is_changing.then_some("change")),
        ])
    }
}
