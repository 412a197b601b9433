//! The part of the address that says which people are shown: of one workspace, or of the organization.

use super::Route;
use super::query::{encoded, join, pairs, part};
use crate::domain::WorkspaceRef;
use crate::search::order::{Direction, PeopleSort, RoleFilter};

/// Which people are shown, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PeopleQuery {
    /// Searched for in names, email addresses and IDs.
    pub search: String,
    /// The role.
    pub role: RoleFilter,
    /// The sorted column.
    pub sort: PeopleSort,
    /// The direction, where it is not the column's first one.
    pub direction: Option<Direction>,
    /// The open panel.
    pub panel: Option<PeoplePanel>,
}

/// A panel over a table of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeoplePanel {
    /// Adds people to workspaces.
    Add,
    /// Removes people from workspaces.
    Remove,
}

impl PeoplePanel {
    fn word(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Remove => "remove",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [Self::Add, Self::Remove].into_iter().find(|panel| panel.word() == word)
    }
}

impl PeopleQuery {
    /// The direction, with the column's first one as the default.
    pub fn direction(&self) -> Direction {
        self.direction.unwrap_or_else(|| self.sort.first_direction())
    }

    /// The query after a press on a column's header.
    #[must_use]
    pub fn sorted_by(&self, sort: PeopleSort) -> Self {
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
                "role" => read.role = RoleFilter::parse(&value),
                "sort" => read.sort = PeopleSort::parse(&value),
                "dir" => direction = Direction::parse(&value),
                "panel" => read.panel = PeoplePanel::parse(&value),
                _ => {}
            }
        }
        read.direction = direction.filter(|direction| *direction != read.sort.first_direction());
        read
    }

    /// The members of a workspace with this query.
    pub fn on_members(&self, workspace: &WorkspaceRef) -> Route {
        Route::Members(workspace.clone(), self.clone())
    }

    /// The page of all people with this query.
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
