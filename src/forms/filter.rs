//! Searching and sorting workspaces.
//!
//! Invariant: the order is total and stable, so that equal rows never trade places between two looks.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::sync::Arc;

use crate::domain::{Timestamp, Workspace};
use crate::routes::{Direction, ListQuery, SortKey};

/// Turns a text into small letters. Who calls from a browser has it from there.
pub type Lowercase = fn(&str) -> String;

/// A workspace with what searching and sorting need, worked out once.
#[derive(Debug, Clone)]
pub struct Indexed {
    /// The workspace.
    pub workspace: Arc<Workspace>,
    haystack: String,
    name_key: String,
}

impl Indexed {
    /// Works out the keys of a workspace.
    pub fn new(workspace: Workspace, lowercase: Lowercase) -> Self {
        let haystack = [
            workspace.name.as_str(),
            workspace.slug.as_str(),
            workspace.description.as_deref().unwrap_or_default(),
            workspace.id.as_str(),
        ]
        .join("\n");
        let haystack = lowercase(&haystack);
        // The name is the first line, and a name has one line.
        let name_key = haystack.split('\n').next().unwrap_or_default().to_owned();
        Self { haystack, name_key, workspace: Arc::new(workspace) }
    }
}

/// The workspaces that the query shows, in its order: every word of the search is in the name, slug, description or id.
pub fn apply<R: Borrow<Indexed>>(rows: &[R], query: &ListQuery, lowercase: Lowercase) -> Vec<Arc<Workspace>> {
    let search = lowercase(&query.search);
    let words: Vec<&str> = search.split_whitespace().collect();
    let mut shown: Vec<&Indexed> =
        rows.iter().map(Borrow::borrow).filter(|row| words.iter().all(|word| row.haystack.contains(word))).collect();
    shown.sort_unstable_by(|left, right| {
        let by_key = compare(left, right, query.sort);
        let by_key = if query.direction == Direction::Descending { by_key.reverse() } else { by_key };
        by_key.then_with(|| left.name_key.cmp(&right.name_key)).then_with(|| left.workspace.id.cmp(&right.workspace.id))
    });
    shown.into_iter().map(|row| row.workspace.clone()).collect()
}

fn compare(left: &Indexed, right: &Indexed, key: SortKey) -> Ordering {
    sorted_by(left, key).cmp(&sorted_by(right, key))
}

/// What a workspace is sorted by; nothing comes first.
fn sorted_by(row: &Indexed, key: SortKey) -> Option<&str> {
    match key {
        SortKey::Name => Some(&row.name_key),
        SortKey::Slug => Some(row.workspace.slug.as_str()),
        SortKey::Created => row.workspace.created_at.as_ref().map(Timestamp::as_str),
        SortKey::Updated => row.workspace.changed_at().map(Timestamp::as_str),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, slug: &str, created: &str, updated: Option<&str>) -> Indexed {
        let json = serde_json::json!({
            "id": format!("id-{slug}"), "name": name, "slug": slug, "created_at": created, "updated_at": updated,
            "description": format!("About {name}"),
        });
        Indexed::new(crate::json::from_str(&json.to_string()).unwrap(), str::to_lowercase)
    }

    fn rows() -> Vec<Indexed> {
        vec![
            row("beta", "b", "2026-01-03T00:00:00Z", None),
            row("Alpha", "z", "2026-01-01T00:00:00Z", Some("2026-02-01T00:00:00Z")),
            row("Ångström", "c", "2026-01-02T00:00:00Z", None),
        ]
    }

    fn shown(search: &str, sort: SortKey, direction: Direction) -> String {
        let query = ListQuery { search: search.to_owned(), sort, direction };
        apply(&rows(), &query, str::to_lowercase)
            .iter()
            .map(|workspace| workspace.slug.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn rows_are_sorted_by_the_chosen_column_in_the_chosen_direction() {
        use Direction::{Ascending, Descending};
        assert_eq!(shown("", SortKey::Name, Ascending), "z b c");
        assert_eq!(shown("", SortKey::Name, Descending), "c b z");
        assert_eq!(shown("", SortKey::Slug, Ascending), "b c z");
        assert_eq!(shown("", SortKey::Created, Descending), "b c z");
        assert_eq!(shown("", SortKey::Updated, Descending), "z b c");
    }

    #[test]
    fn every_word_has_to_be_found_somewhere_whatever_its_case() {
        assert_eq!(shown("ALPHA", SortKey::Name, Direction::Ascending), "z");
        assert_eq!(shown("about ång", SortKey::Name, Direction::Ascending), "c");
        assert_eq!(shown("id-b", SortKey::Name, Direction::Ascending), "b");
        assert_eq!(shown("alpha beta", SortKey::Name, Direction::Ascending), "");
    }
}
