//! What the address says of people: of the members of one workspace, and of everybody in the organization.
//!
//! Invariant: what is at its default is not written.

use super::query::{QueryText, encode, pairs, part};
use super::{Direction, Route};
use crate::domain::WorkspaceRef;

/// Which people are shown, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PeopleQuery {
    /// Searched for in what names a person.
    pub search: String,
    /// Which roles are shown.
    pub role: RoleFilter,
    /// By what they are sorted.
    pub sort: PeopleSort,
    /// In which direction; where it is not told, the one that puts first what one looks for first.
    pub direction: Option<Direction>,
    /// The panel that is open.
    pub panel: Option<PeoplePanel>,
}

/// People by their role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RoleFilter {
    /// All.
    #[default]
    All,
    /// Administrators.
    Admin,
    /// Everybody else.
    Member,
}

/// A column that people can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PeopleSort {
    /// The person's name.
    #[default]
    Name,
    /// The person's e-mail address.
    Email,
    /// The role.
    Role,
    /// Since when they belong here.
    Since,
    /// In how many workspaces they are.
    Workspaces,
}

/// A panel over the people, about those that are selected or to be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeoplePanel {
    /// For adding people to workspaces.
    Add,
    /// For removing people from workspaces.
    Remove,
}

impl RoleFilter {
    /// All, in the order of the page.
    pub const ALL: [Self; 3] = [Self::All, Self::Admin, Self::Member];

    /// The word in an address.
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Admin => "admin",
            Self::Member => "member",
        }
    }

    /// Reads the word in an address.
    pub fn parse(word: &str) -> Self {
        Self::ALL.into_iter().find(|filter| filter.word() == word).unwrap_or_default()
    }
}

impl PeopleSort {
    const ALL: [Self; 5] = [Self::Name, Self::Email, Self::Role, Self::Since, Self::Workspaces];

    fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Role => "role",
            Self::Since => "since",
            Self::Workspaces => "workspaces",
        }
    }

    fn parse(word: &str) -> Self {
        Self::ALL.into_iter().find(|sort| sort.word() == word).unwrap_or_default()
    }

    /// The direction of a first press: words from A, times from the newest, counts from the most.
    fn first_direction(self) -> Direction {
        match self {
            Self::Name | Self::Email | Self::Role => Direction::Ascending,
            Self::Since | Self::Workspaces => Direction::Descending,
        }
    }
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
    /// The direction that is meant.
    pub fn direction(&self) -> Direction {
        self.direction.unwrap_or_else(|| self.sort.first_direction())
    }

    /// The query after a press on a column's header.
    #[must_use]
    pub fn sorted_by(&self, sort: PeopleSort) -> Self {
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
        Route::Members(workspace.clone(), self.text())
    }

    /// The page of all people with this query.
    pub fn on_people(&self) -> Route {
        Route::People(self.text())
    }

    fn text(&self) -> QueryText {
        QueryText::of([
            part("q", (!self.search.is_empty()).then(|| encode(&self.search)).as_deref()),
            part("role", (self.role != RoleFilter::All).then(|| self.role.word())),
            part("sort", (self.sort != PeopleSort::Name).then(|| self.sort.word())),
            part("dir", self.direction.map(Direction::word)),
            part("panel", self.panel.map(PeoplePanel::word)),
        ])
    }
}
