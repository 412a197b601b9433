//! Which entries the command palette lists for a query, and in which order.

use super::entries::{Entry, Section};
use crate::search::fuzzy::Query;
use std::sync::Arc;

/// The most entries that are drawn.
const MOST_SHOWN: usize = 50;

/// A listed entry.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub section: Section,
    pub entry: Arc<Entry>,
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        self.section == other.section && Arc::ptr_eq(&self.entry, &other.entry)
    }
}

/// What a query finds.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Found {
    pub query: Query,
    /// The rows of each section are together.
    pub rows: Vec<Row>,
    /// How many entries match, with those that are not listed.
    pub count: usize,
    /// What is to be said about entries that are not there.
    pub note: Option<&'static str>,
}

impl Found {
    /// Without a query: recent entries first, then all actions, pages and workspaces. People are too many to browse.
    pub fn everything(recent: &[Arc<Entry>], parts: [&[Arc<Entry>]; 2]) -> Self {
        let is_new = |entry: &&Arc<Entry>| !recent.iter().any(|other| Arc::ptr_eq(other, entry));
        let others = parts.into_iter().flatten().filter(is_new);
        let others: Vec<Row> = others.map(|entry| Row { section: entry.section, entry: entry.clone() }).collect();
        let recent = recent.iter().map(|entry| Row { section: Section::Recent, entry: entry.clone() });
        let mut rows: Vec<Row> = recent.chain(others).collect();
        let count = rows.len();
        rows.truncate(MOST_SHOWN);
        Self { rows, count, ..Self::default() }
    }

    /// The best matches. The section of the best one comes first. Recent entries come first among equals.
    pub fn matching(query: Query, recent: &[Arc<Entry>], parts: [&[Arc<Entry>]; 3]) -> Self {
        let rank = |entry: &Arc<Entry>| u32::from(!recent.iter().any(|other| Arc::ptr_eq(other, entry)));
        let candidates = parts.into_iter().flatten().map(|entry| (&entry.candidate, rank(entry)));
        let (best, count) = query.best(candidates, MOST_SHOWN);
        let entry_at = |mut at: usize| {
            parts.into_iter().find_map(|part| {
                let entry = part.get(at);
                at = at.saturating_sub(part.len());
                entry
            })
        };
        let best: Vec<Row> = best
            .into_iter()
            .filter_map(entry_at)
            .map(|entry| Row { section: entry.section, entry: entry.clone() })
            .collect();
        let mut sections: Vec<Section> = Vec::new();
        for row in &best {
            if !sections.contains(&row.section) {
                sections.push(row.section);
            }
        }
        let rows = sections.iter().flat_map(|section| best.iter().filter(move |row| row.section == *section)).cloned();
        Self { rows: rows.collect(), query, count, note: None }
    }

    /// The rows by section, each with the position of its first row.
    pub fn sections(&self) -> Vec<(usize, &[Row])> {
        let mut at = 0;
        let with_start = |rows: &&[Row]| {
            let start = at;
            at += rows.len();
            start
        };
        let chunks: Vec<&[Row]> = self.rows.chunk_by(|left, right| left.section == right.section).collect();
        let starts: Vec<usize> = chunks.iter().map(with_start).collect();
        starts.into_iter().zip(chunks).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Workspace;

    fn workspaces(names: &[&str]) -> Vec<Arc<Entry>> {
        let entry = |name: &&str| {
            let json = serde_json::json!({ "id": format!("id-{name}"), "name": name, "slug": name.to_lowercase() });
            Entry::workspace(&Arc::new(serde_json::from_value::<Workspace>(json).unwrap()))
        };
        names.iter().map(entry).collect()
    }

    /// The same entries in another section.
    fn moved(entries: &[Arc<Entry>], section: Section) -> Vec<Arc<Entry>> {
        entries.iter().map(|entry| Arc::new(Entry { section, ..Entry::clone(entry) })).collect()
    }

    fn names(found: &Found) -> String {
        let row = |row: &Row| format!("{} {}", row.section.title(), row.entry.name);
        found.rows.iter().map(row).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn without_a_query_recent_entries_come_first_and_once() {
        let pages = moved(&workspaces(&["Budgets"]), Section::Pages);
        let all = workspaces(&["Alpha", "Beta"]);
        let found = Found::everything(&all[1..], [&pages, &all]);
        assert_eq!(names(&found), "Recent Beta, Pages Budgets, Workspaces Alpha");
        let many: Vec<String> = (0..60).map(|number| format!("w{number}")).collect();
        let many = workspaces(&many.iter().map(String::as_str).collect::<Vec<_>>());
        let found = Found::everything(&[], [&pages, &many]);
        assert_eq!((found.rows.len(), found.count), (50, 61));
    }

    #[test]
    fn the_section_of_the_best_match_comes_first_and_sections_stay_together() {
        let people = moved(&workspaces(&["Max Beta", "Beta", "B eta"]), Section::People);
        let found = Found::matching(Query::new("beta"), &[], [&[], &workspaces(&["Alphabeta", "My beta"]), &people]);
        assert_eq!(
            names(&found),
            "People Beta, People Max Beta, People B eta, Workspaces My beta, Workspaces Alphabeta"
        );
        assert_eq!(found.count, 5);
        let starts: Vec<_> = found.sections().into_iter().map(|(start, rows)| (start, rows.len())).collect();
        assert_eq!(starts, [(0, 3), (3, 2)]);
    }

    #[test]
    fn among_equal_matches_the_recent_one_comes_first() {
        let all = workspaces(&["Team a", "Team b"]);
        let found = |recent: &[Arc<Entry>]| names(&Found::matching(Query::new("team"), recent, [&[], &all, &[]]));
        assert_eq!(found(&[]), "Workspaces Team a, Workspaces Team b");
        assert_eq!(found(&all[1..]), "Workspaces Team b, Workspaces Team a");
    }
}
