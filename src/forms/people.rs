//! Searching and sorting people, many thousands of them, while somebody types.
//!
//! Invariant: the order is total and stable; a search keeps it, so that only a change of order sorts anew.

use std::cmp::Ordering;
use std::sync::Arc;

use super::roster::Entry;
use crate::domain::Timestamp;
use crate::routes::{Direction, PeopleQuery, PeopleSort, RoleFilter};

/// One person in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Who.
    pub entry: Arc<Entry>,
    /// The role, in small letters, such as `admin`.
    pub role: Arc<str>,
    /// Since when they belong here, where that is known.
    pub since: Option<Timestamp>,
    /// In how many workspaces they are, where that is shown.
    pub places: usize,
}

/// Positions of rows, in the order that is asked for.
pub fn order(rows: &[Row], query: &PeopleQuery) -> Vec<u32> {
    let mut order: Vec<u32> = (0u32..).take(rows.len()).collect();
    let is_turned = query.direction() == Direction::Descending;
    let row = |at: u32| rows.get(at as usize);
    // The order is total, so that a sort that keeps equals in place is not needed.
    order.sort_unstable_by(|left, right| {
        let (Some(left), Some(right)) = (row(*left), row(*right)) else { return Ordering::Equal };
        let by_column = compare(left, right, query.sort);
        let by_column = if is_turned { by_column.reverse() } else { by_column };
        by_column.then_with(|| left.entry.by_name(&right.entry))
    });
    order
}

fn compare(left: &Row, right: &Row, sort: PeopleSort) -> Ordering {
    match sort {
        PeopleSort::Name => left.entry.by_name(&right.entry),
        PeopleSort::Email => left.entry.by_email(&right.entry),
        PeopleSort::Role => left.role.cmp(&right.role),
        PeopleSort::Since => {
            left.since.as_ref().map(Timestamp::as_str).cmp(&right.since.as_ref().map(Timestamp::as_str))
        }
        PeopleSort::Workspaces => left.places.cmp(&right.places),
    }
}

/// Those of the ordered rows that have every word of the search and the role.
pub fn matching(rows: &[Row], order: &[u32], words: &[String], role: RoleFilter) -> Vec<u32> {
    let is_shown = |at: &u32| {
        let Some(row) = rows.get(*at as usize) else { return false };
        let is_admin = &*row.role == "admin";
        let has_role = match role {
            RoleFilter::All => true,
            RoleFilter::Admin => is_admin,
            RoleFilter::Member => !is_admin,
        };
        has_role && row.entry.matches(words)
    };
    order.iter().copied().filter(is_shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Person, UserId};
    use crate::forms::roster;
    use proptest::prelude::*;

    fn row(id: &str, name: &str, role: &str, places: usize) -> Row {
        let json = format!(r#"{{"id":"{id}","email":"{id}@x.com","first_name":"{name}","role":"org:member"}}"#);
        let person: Person = crate::json::from_str(&json).unwrap();
        Row { entry: Arc::new(Entry::known(&person, str::to_lowercase)), role: role.into(), since: None, places }
    }

    fn shown(rows: &[Row], query: &PeopleQuery) -> String {
        let words = roster::words(&query.search, str::to_lowercase);
        let ids = matching(rows, &order(rows, query), &words, query.role);
        ids.into_iter().map(|at| rows[at as usize].entry.id.as_str().to_owned()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn people_are_sorted_and_filtered_by_what_is_asked() {
        let rows = [row("u3", "Åsa", "member", 2), row("u1", "bob", "admin", 2), row("u2", "Alice", "member", 9)];
        let query =
            |search: &str, sort, role| PeopleQuery { search: search.to_owned(), sort, role, ..PeopleQuery::default() };
        assert_eq!(shown(&rows, &query("", PeopleSort::Name, RoleFilter::All)), "u2 u1 u3");
        assert_eq!(shown(&rows, &query("", PeopleSort::Email, RoleFilter::All)), "u1 u2 u3");
        assert_eq!(shown(&rows, &query("", PeopleSort::Role, RoleFilter::All)), "u1 u2 u3");
        assert_eq!(shown(&rows, &query("", PeopleSort::Workspaces, RoleFilter::All)), "u2 u1 u3");
        assert_eq!(shown(&rows, &query("", PeopleSort::Name, RoleFilter::Member)), "u2 u3");
        assert_eq!(shown(&rows, &query("B@X u1", PeopleSort::Name, RoleFilter::All)), "");
        assert_eq!(shown(&rows, &query("BOB u1@", PeopleSort::Name, RoleFilter::All)), "u1");
    }

    proptest! {
        #[test]
        fn every_order_holds_everybody_once(
            people in prop::collection::vec(("[a-c]{1,2}", 0usize..3), 0..20),
            sort in 0usize..5,
            turned: bool,
        ) {
            let rows: Vec<Row> = people.iter().enumerate()
                .map(|(at, (name, places))| row(UserId::parse(&format!("u{at}")).unwrap().as_str(), name, "member", *places))
                .collect();
            let sorts = [PeopleSort::Name, PeopleSort::Email, PeopleSort::Role, PeopleSort::Since, PeopleSort::Workspaces];
            let query = PeopleQuery { sort: sorts[sort], ..PeopleQuery::default() };
            let query = if turned { query.sorted_by(sorts[sort]) } else { query };
            let mut found = order(&rows, &query);
            found.sort_unstable();
            prop_assert_eq!(found, (0u32..).take(rows.len()).collect::<Vec<_>>());
        }
    }
}
