//! The part of the address that says which people are shown: of one workspace, or of the organization.

use super::Route;
use super::query::{encoded, join, parsed, part, value};
use crate::domain::{WorkspaceRef, words};
use crate::search::order::{Direction, PeopleSort, RoleFilter, SortColumn as _};

/// Which people are shown, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PeopleQuery {
    /// Searched for in names, email addresses and IDs.
    pub search: String,
    pub role: RoleFilter,
    pub sort: PeopleSort,
    /// The direction, where it is not the column's first one.
    pub direction: Option<Direction>,
    pub panel: Option<PeoplePanel>,
}

words! {
    /// A panel over a table of people.
    PeoplePanel { Add = "add", Remove = "remove" }
}

impl PeopleQuery {
    /// The direction, with the column's first one as the default.
    pub fn direction(&self) -> Direction {
        self.direction.unwrap_or_else(|| self.sort.first_direction())
    }

    /// The query after a press on a column's header.
    #[must_use]
    pub fn sorted_by(&self, sort: PeopleSort) -> Self {
        let direction = sort.next_direction(self.sort, self.direction());
        Self { sort, direction: Some(direction).filter(|it| *it != sort.first_direction()), ..self.clone() }
    }

    /// Reads a query string. Unknown parts are ignored.
    pub fn parse(query: &str) -> Self {
        let sort = parsed(query, "sort", PeopleSort::parse).unwrap_or_default();
        let direction = parsed(query, "dir", Direction::parse).filter(|it| *it != sort.first_direction());
        let role = parsed(query, "role", RoleFilter::parse).unwrap_or_default();
        let panel = parsed(query, "panel", PeoplePanel::parse);
        Self { search: value(query, "q").unwrap_or_default(), role, sort, direction, panel }
    }

    pub fn on_members(&self, workspace: &WorkspaceRef) -> Route {
        Route::Members(workspace.clone(), self.clone())
    }

    pub fn on_people(&self) -> Route {
        Route::People(self.clone())
    }

    /// Writes the query string, without defaults and without the question mark.
    pub(super) fn write(&self) -> String {
        join([
            encoded("q", &self.search),
            part("role", (self.role != RoleFilter::All).then(|| self.role.word())),
            part("sort", (self.sort != PeopleSort::Name).then(|| self.sort.word())),
            part("dir", self.direction.map(Direction::word)),
            part("panel", self.panel.map(PeoplePanel::word)),
        ])
    }
}
