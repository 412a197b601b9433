//! Searching and sorting workspaces.
//!
//! Invariant: the order is total, so that equal rows keep their places when the list is sorted again.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::sync::Arc;

use super::order::{Direction, Order, SortKey, missing_last};
use super::sorting::positions;
use crate::domain::{Timestamp, Usd, Workspace, WorkspaceId};
use crate::unicode::{Collation, without_accents};

/// A workspace with the keys that it is searched and sorted by.
#[derive(Debug, Clone)]
pub struct Indexed {
    pub workspace: Arc<Workspace>,
    /// Name, slug, description and id in lowercase without accents, separated by line breaks.
    haystack: String,
    name_key: String,
}

impl Indexed {
    pub fn new(workspace: Workspace) -> Self {
        let description = workspace.description.as_deref().unwrap_or_default();
        let texts = [workspace.name.as_str(), workspace.slug.as_str(), description, workspace.id.as_str()];
        let (haystack, name_key) = (plain(&texts.join("\n")), workspace.name.to_lowercase());
        Self { haystack, name_key, workspace: Arc::new(workspace) }
    }
}

/// The workspaces that contain every word of the search in name, slug, description or id, in the given order. `month` is the
/// spend of a workspace this month. Those without a figure come last in both directions.
pub fn apply<R: Borrow<Indexed>>(
    rows: &[R],
    search: &str,
    order: Order<SortKey>,
    month: &dyn Fn(&WorkspaceId) -> Option<Usd>,
) -> Vec<Arc<Workspace>> {
    let search = plain(search);
    let words: Vec<&str> = search.split_whitespace().collect();
    let shown: Vec<&Indexed> =
        rows.iter().map(Borrow::borrow).filter(|row| words.iter().all(|word| row.haystack.contains(word))).collect();
    // In the order of the person's language.
    let names = Collation::new(shown.iter().map(|row| row.name_key.as_str()));
    let with_month = shown.iter().filter(|_| order.has(SortKey::Month));
    let months: Vec<Option<Usd>> = with_month.map(|row| month(&row.workspace.id)).collect();
    let sorted = positions(shown.len(), &|at, other| {
        let (Some(left), Some(right)) = (shown.get(at), shown.get(other)) else { return Ordering::Equal };
        let by_column = |column: SortKey, direction: Direction| match column {
            SortKey::Name => direction.apply(names.compare(at, other)),
            SortKey::Month => {
                missing_last(months.get(at).copied().flatten(), months.get(other).copied().flatten(), direction)
            }
            column => direction.apply(sort_text(left, column).cmp(&sort_text(right, column))),
        };
        let by_id = || left.workspace.id.cmp(&right.workspace.id);
        order.compare(&by_column).then_with(|| names.compare(at, other)).then_with(by_id)
    });
    sorted.into_iter().filter_map(|at| Some(shown.get(at as usize)?.workspace.clone())).collect()
}

fn plain(text: &str) -> String {
    without_accents(&text.to_lowercase())
}

/// The text that a workspace is sorted by. A missing one comes first.
fn sort_text(row: &Indexed, key: SortKey) -> Option<&str> {
    match key {
        SortKey::Name => Some(&row.name_key),
        SortKey::Slug => Some(row.workspace.slug.as_str()),
        // The spend is not in the list.
        SortKey::Month => None,
        SortKey::Created => row.workspace.created_at.as_ref().map(Timestamp::as_str),
        SortKey::Updated => row.workspace.changed_at().map(Timestamp::as_str),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::order::Direction;

    fn row(name: &str, slug: &str, created: &str, updated: Option<&str>) -> Indexed {
        let json = serde_json::json!({
            "id": format!("id-{slug}"), "name": name, "slug": slug, "created_at": created, "updated_at": updated,
            "description": format!("About {name}"),
        });
        Indexed::new(serde_json::from_value(json).unwrap())
    }

    fn rows() -> Vec<Indexed> {
        vec![
            row("beta", "b", "2026-01-03T00:00:00Z", None),
            row("Alpha", "z", "2026-01-01T00:00:00Z", Some("2026-02-01T00:00:00Z")),
            row("Ångström", "c", "2026-01-02T00:00:00Z", None),
        ]
    }

    fn shown(search: &str, column: SortKey, direction: Direction) -> String {
        let spent = |id: &WorkspaceId| match id.as_str() {
            "id-b" => Some(Usd::ZERO),
            "id-c" => Usd::parse("2").ok(),
            _ => None,
        };
        let shown = apply(&rows(), search, Order { column, direction, then: None }, &spent);
        shown.iter().map(|workspace| workspace.slug.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn rows_are_sorted_by_the_chosen_column_in_the_chosen_direction() {
        use Direction::{Ascending, Descending};
        assert_eq!(shown("", SortKey::Name, Ascending), "z c b");
        assert_eq!(shown("", SortKey::Name, Descending), "b c z");
        assert_eq!(shown("", SortKey::Slug, Ascending), "b c z");
        assert_eq!(shown("", SortKey::Created, Descending), "b c z");
        assert_eq!(shown("", SortKey::Updated, Descending), "z b c");
        // A workspace without a figure comes last in both directions.
        assert_eq!(shown("", SortKey::Month, Descending), "c b z");
        assert_eq!(shown("", SortKey::Month, Ascending), "b c z");
    }

    #[test]
    fn every_word_has_to_be_found_somewhere_whatever_its_case() {
        assert_eq!(shown("ALPHA", SortKey::Name, Direction::Ascending), "z");
        assert_eq!(shown("about ång", SortKey::Name, Direction::Ascending), "c");
        assert_eq!(shown("angstrom", SortKey::Name, Direction::Ascending), "c");
        assert_eq!(shown("id-b", SortKey::Name, Direction::Ascending), "b");
        assert_eq!(shown("alpha beta", SortKey::Name, Direction::Ascending), "");
    }
}
