//! The part of the address that says which budgets are shown.

use super::Route;
use super::query::{encoded, join, parsed, part, value};
use crate::search::order::{BudgetFilter, BudgetSort, Direction, SortColumn as _};

/// Which workspaces the budgets page shows, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BudgetsQuery {
    /// Searched for in name, slug, description and ID.
    pub search: String,
    pub filter: BudgetFilter,
    pub sort: BudgetSort,
    /// The direction, where it is not the column's first one.
    pub direction: Option<Direction>,
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
        let direction = sort.next_direction(self.sort, self.direction());
        Self { sort, direction: Some(direction).filter(|it| *it != sort.first_direction()), ..self.clone() }
    }

    /// Reads a query string. Unknown parts are ignored.
    pub fn parse(query: &str) -> Self {
        let sort = parsed(query, "sort", BudgetSort::parse).unwrap_or_default();
        let direction = parsed(query, "dir", Direction::parse).filter(|it| *it != sort.first_direction());
        let filter = parsed(query, "show", BudgetFilter::parse).unwrap_or_default();
        let is_changing = value(query, "panel").as_deref() == Some("change");
        Self { search: value(query, "q").unwrap_or_default(), filter, sort, direction, is_changing }
    }

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
