//! Searching and sorting people, fast enough for thousands of them while someone types.
//!
//! Invariant: the order is total. A search keeps it, so that only a change of order sorts again.

use std::cmp::Ordering;
use std::sync::Arc;

use super::order::{Direction, Order, PeopleSort, RoleFilter};
use super::roster::Entry;
use super::sorting::positions;
use crate::domain::Timestamp;
use crate::unicode::Collation;

/// One person in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub entry: Arc<Entry>,
    /// The role in lowercase, such as `admin`.
    pub role: Arc<str>,
    /// When the person became a member, if known.
    pub since: Option<Timestamp>,
    /// How many workspaces the person belongs to, if the table shows it.
    pub places: usize,
}

/// The positions of the rows in the given order. Names are in the order of the person's language.
pub fn sort(rows: &[Row], order: Order<PeopleSort>) -> Vec<u32> {
    let names = Collation::new(rows.iter().map(|row| row.entry.name_key()));
    positions(rows.len(), &|at, other| {
        let (Some(left), Some(right)) = (rows.get(at), rows.get(other)) else { return Ordering::Equal };
        let by_column = |column: PeopleSort, direction: Direction| {
            direction.apply(match column {
                PeopleSort::Name => names.compare(at, other),
                PeopleSort::Email => left.entry.email_key().cmp(right.entry.email_key()),
                PeopleSort::Role => left.role.cmp(&right.role),
                PeopleSort::Since => left.since.cmp(&right.since),
                PeopleSort::Workspaces => left.places.cmp(&right.places),
            })
        };
        let by_id = || left.entry.id.cmp(&right.entry.id);
        order.compare(&by_column).then_with(|| names.compare(at, other)).then_with(by_id)
    })
}

/// The positions, in the same order, of the rows that have the role and contain every word.
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
    use crate::search::roster;
    use proptest::prelude::*;

    fn row(id: &str, name: &str, role: &str, places: usize) -> Row {
        let json = format!(r#"{{"id":"{id}","email":"{id}@x.com","first_name":"{name}","role":"org:member"}}"#);
        let person: Person = serde_json::from_str(&json).unwrap();
        Row { entry: Arc::new(Entry::known(&person)), role: role.into(), since: None, places }
    }

    fn shown(rows: &[Row], search: &str, sort: PeopleSort, role: RoleFilter) -> String {
        let ids = matching(rows, &super::sort(rows, Order::by(sort)), &roster::words(search), role);
        ids.into_iter().map(|at| rows[at as usize].entry.id.as_str().to_owned()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn people_are_sorted_and_filtered_by_what_is_asked() {
        let rows = [row("u3", "Åsa", "member", 2), row("u1", "bob", "admin", 2), row("u2", "Alice", "member", 9)];
        assert_eq!(shown(&rows, "", PeopleSort::Name, RoleFilter::All), "u2 u3 u1");
        assert_eq!(shown(&rows, "", PeopleSort::Email, RoleFilter::All), "u1 u2 u3");
        assert_eq!(shown(&rows, "", PeopleSort::Role, RoleFilter::All), "u1 u2 u3");
        assert_eq!(shown(&rows, "asa", PeopleSort::Name, RoleFilter::All), "u3");
        assert_eq!(shown(&rows, "", PeopleSort::Workspaces, RoleFilter::All), "u2 u3 u1");
        assert_eq!(shown(&rows, "", PeopleSort::Name, RoleFilter::Member), "u2 u3");
        assert_eq!(shown(&rows, "B@X u1", PeopleSort::Name, RoleFilter::All), "");
        assert_eq!(shown(&rows, "BOB u1@", PeopleSort::Name, RoleFilter::All), "u1");
    }

    proptest! {
        #[test]
        fn every_order_holds_each_person_once(
            people in prop::collection::vec(("[a-c]{1,2}", 0usize..3), 0..20),
            sort in 0usize..5,
            turned: bool,
        ) {
            let rows: Vec<Row> = people.iter().enumerate()
                .map(|(at, (name, places))| row(UserId::parse(&format!("u{at}")).unwrap().as_str(), name, "member", *places))
                .collect();
            let sorts = [PeopleSort::Name, PeopleSort::Email, PeopleSort::Role, PeopleSort::Since, PeopleSort::Workspaces];
            let direction = if turned { Direction::Descending } else { Direction::Ascending };
            let mut found = super::sort(&rows, Order { column: sorts[sort], direction, then: None });
            found.sort_unstable();
            prop_assert_eq!(found, (0u32..).take(rows.len()).collect::<Vec<_>>());
        }
    }
}
