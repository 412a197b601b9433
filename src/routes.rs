//! Where everything is: each view's path and query, and the way back from them.
//!
//! Invariant: every link of the console is made here, so that what [`Route::parse`] reads is what [`Route::href`] wrote.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::domain::WorkspaceRef;

const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A view of the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// All workspaces.
    Workspaces(ListQuery),
    /// The form for a new one.
    CreateWorkspace,
    /// One workspace, by UUID or slug.
    Workspace(WorkspaceRef, Panel),
    /// What was changed from this tab.
    Journal,
    /// No view of the console.
    NotFound,
}

/// A panel that is open over a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Panel {
    /// None.
    #[default]
    None,
    /// The confirmation of a deletion.
    Delete,
}

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
        let direction = match (self.sort == key, self.direction) {
            (false, _) => key.first_direction(),
            (true, Direction::Ascending) => Direction::Descending,
            (true, Direction::Descending) => Direction::Ascending,
        };
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
                ("dir", "asc") => direction = Some(Direction::Ascending),
                ("dir", "desc") => direction = Some(Direction::Descending),
                _ => {}
            }
        }
        read.direction = direction.unwrap_or_else(|| read.sort.first_direction());
        read
    }

    fn write(&self) -> String {
        let mut parts = Vec::new();
        if !self.search.is_empty() {
            parts.push(format!("q={}", encode(&self.search)));
        }
        if self.sort != SortKey::default() {
            parts.push(format!("sort={}", self.sort.word()));
        }
        if self.direction != self.sort.first_direction() {
            let word = if self.direction == Direction::Ascending { "asc" } else { "desc" };
            parts.push(format!("dir={word}"));
        }
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }
}

impl Route {
    /// The list as it is first shown.
    pub fn home() -> Self {
        Self::Workspaces(ListQuery::default())
    }

    /// A workspace without an open panel.
    pub fn workspace(workspace: impl Into<WorkspaceRef>) -> Self {
        Self::Workspace(workspace.into(), Panel::None)
    }

    /// The path and query of the view.
    pub fn href(&self) -> String {
        match self {
            Self::Workspaces(query) => format!("/workspaces{}", query.write()),
            Self::CreateWorkspace => "/create-workspace".to_owned(),
            Self::Workspace(workspace, panel) => {
                let panel = if *panel == Panel::Delete { "?panel=delete" } else { "" };
                format!("/workspaces/{}{panel}", encode(workspace.as_str()))
            }
            Self::Journal => "/journal".to_owned(),
            Self::NotFound => "/not-found".to_owned(),
        }
    }

    /// A path and a query (without its mark) as one address.
    pub fn address(path: &str, query: &str) -> String {
        if query.is_empty() { path.to_owned() } else { [path, "?", query].concat() }
    }

    /// The view at a path and query, as the address bar holds them (still encoded).
    pub fn parse(path: &str, query: &str) -> Self {
        let query = query.trim_start_matches('?');
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        match segments.as_slice() {
            [] | ["workspaces"] => Self::Workspaces(ListQuery::parse(query)),
            ["create-workspace"] => Self::CreateWorkspace,
            ["journal"] => Self::Journal,
            ["workspaces", workspace] => match WorkspaceRef::parse(&decode(workspace)) {
                Ok(workspace) => {
                    let is_delete = pairs(query).any(|(name, value)| name == "panel" && value == "delete");
                    Self::Workspace(workspace, if is_delete { Panel::Delete } else { Panel::None })
                }
                Err(_) => Self::NotFound,
            },
            _ => Self::NotFound,
        }
    }
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(&value.replace('+', " ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn query(search: &str, sort: SortKey, direction: Direction) -> Route {
        Route::Workspaces(ListQuery { search: search.to_owned(), sort, direction })
    }

    #[test]
    fn every_view_has_one_address() {
        let uuid = "0f8fad5b-d9cb-469f-a165-70867728950e";
        let at = |text: &str, panel| Route::Workspace(WorkspaceRef::parse(text).unwrap(), panel);
        let table = [
            (Route::home(), "/workspaces"),
            (query("a b&c", SortKey::Name, Direction::Ascending), "/workspaces?q=a%20b%26c"),
            (query("", SortKey::Name, Direction::Descending), "/workspaces?dir=desc"),
            (query("", SortKey::Updated, Direction::Descending), "/workspaces?sort=updated"),
            (query("", SortKey::Updated, Direction::Ascending), "/workspaces?sort=updated&dir=asc"),
            (query("ü", SortKey::Slug, Direction::Descending), "/workspaces?q=%C3%BC&sort=slug&dir=desc"),
            (Route::CreateWorkspace, "/create-workspace"),
            (Route::Journal, "/journal"),
            (at("research", Panel::None), "/workspaces/research"),
            (at("research", Panel::Delete), "/workspaces/research?panel=delete"),
            (at(uuid, Panel::None), "/workspaces/0f8fad5b-d9cb-469f-a165-70867728950e"),
            (at("a/b?c", Panel::None), "/workspaces/a%2Fb%3Fc"),
        ];
        for (route, address) in table {
            assert_eq!(route.href(), address);
            let (path, query) = address.split_once('?').unwrap_or((address, ""));
            assert_eq!(Route::parse(path, query), route, "{address}");
        }
    }

    #[test]
    fn what_is_no_view_is_not_found() {
        for path in ["/workspaces/a/b", "/workspaces/%2e%2e", "/workspaces/..", "/elsewhere", "/create-workspace/x"] {
            assert_eq!(Route::parse(path, ""), Route::NotFound, "{path}");
        }
        assert_eq!(Route::parse("/", ""), Route::home());
        assert_eq!(Route::parse("/workspaces/", "?utm=1&sort=karma"), Route::home());
    }

    #[test]
    fn pressing_a_header_sorts_by_it_and_pressing_again_turns_round() {
        let start = ListQuery::default();
        let by_time = start.sorted_by(SortKey::Updated);
        assert_eq!((by_time.sort, by_time.direction), (SortKey::Updated, Direction::Descending));
        assert_eq!(by_time.sorted_by(SortKey::Updated).direction, Direction::Ascending);
        assert_eq!(start.sorted_by(SortKey::Name).direction, Direction::Descending);
    }

    proptest! {
        #[test]
        fn any_search_survives_the_address(search in ".{0,40}") {
            let route = query(&search, SortKey::Created, Direction::Ascending);
            let address = route.href();
            let (path, query) = address.split_once('?').unwrap_or((&address, ""));
            prop_assert_eq!(Route::parse(path, query), route);
        }

        #[test]
        fn any_address_is_read_without_a_panic(path in ".{0,60}", query in ".{0,60}") {
            let _ = Route::parse(&path, &query);
        }
    }
}
