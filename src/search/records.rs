//! The recorded spend of all workspaces. The completed days have IDs of workspaces, and today has names.
//!
//! Invariant: spend of a name is given to a workspace only if it is certainly the spend of that workspace.

use std::collections::{HashMap, HashSet};

use crate::domain::{ActivityDay, NamedSpend, RecordedSpend, SpendRecords, Workspace, WorkspaceId};

/// The recorded spend of each workspace in the running intervals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllRecords {
    by_workspace: HashMap<WorkspaceId, SpendRecords>,
    /// How many workspaces have a name that another one has too.
    pub namesakes: usize,
    /// How many others have no records: it is not certain that they spent nothing today, or their sum is too large.
    pub others: usize,
    /// When the spend of the current day was read, in Unix seconds.
    pub at: i64,
}

impl AllRecords {
    /// Finds the workspaces of the rows. `workspaces` are all of the organization, and `today` was read at `at`.
    pub fn new<'a>(
        days: &HashMap<WorkspaceId, Option<Vec<ActivityDay>>>,
        today: &[NamedSpend],
        workspaces: impl IntoIterator<Item = &'a Workspace>,
        at: i64,
    ) -> Self {
        let workspaces: Vec<&Workspace> = workspaces.into_iter().collect();
        let today = Today::new(today, &workspaces);
        let mut found = Self { by_workspace: HashMap::with_capacity(workspaces.len()), namesakes: 0, others: 0, at };
        for workspace in workspaces {
            let spent = match today.of(&workspace.name) {
                Found::Namesakes => {
                    found.namesakes += 1;
                    continue;
                }
                Found::Unclear => None,
                Found::Spent(spent) => Some(spent),
            };
            let none = Some(Vec::new());
            let days = days.get(&workspace.id).unwrap_or(&none);
            match spent.zip(days.as_deref()) {
                Some((spent, days)) => {
                    found.by_workspace.insert(workspace.id.clone(), SpendRecords::new(days, spent, at));
                }
                None => found.others += 1,
            }
        }
        found
    }

    /// The records of a workspace. `None` where the sum over its keys is all that is certain.
    pub fn of(&self, workspace: &WorkspaceId) -> Option<SpendRecords> {
        self.by_workspace.get(workspace).copied()
    }
}

enum Found {
    Spent(RecordedSpend),
    /// Several workspaces or several rows have this name.
    Namesakes,
    /// There is no row, but a row may be the one of this workspace under another name.
    Unclear,
}

struct Today<'a> {
    rows: HashMap<&'a str, Vec<&'a NamedSpend>>,
    workspaces: HashMap<&'a str, usize>,
    /// Whether a row has a name that no workspace has, such as before or after a change of the name.
    has_strangers: bool,
}

impl<'a> Today<'a> {
    fn new(today: &'a [NamedSpend], all: &[&'a Workspace]) -> Self {
        let mut rows: HashMap<&str, Vec<&NamedSpend>> = HashMap::new();
        for row in today {
            rows.entry(&row.name).or_default().push(row);
        }
        let mut workspaces: HashMap<&str, usize> = HashMap::new();
        for workspace in all {
            *workspaces.entry(&workspace.name).or_default() += 1;
        }
        let ids: HashSet<&str> = all.iter().map(|workspace| workspace.id.as_str()).collect();
        // A deleted workspace may be named by its ID, and spend of no workspace has no name.
        let is_deleted = |name: &str| looks_like_uuid(name) && !ids.contains(name);
        let has_strangers =
            rows.keys().any(|name| !name.is_empty() && !workspaces.contains_key(name) && !is_deleted(name));
        Self { rows, workspaces, has_strangers }
    }

    fn of(&self, name: &str) -> Found {
        match (self.workspaces.get(name), self.rows.get(name).map(Vec::as_slice)) {
            (Some(1), Some([row])) => Found::Spent(row.spent),
            (Some(1), None) if self.has_strangers => Found::Unclear,
            (Some(1), None) => Found::Spent(RecordedSpend::default()),
            _ => Found::Namesakes,
        }
    }
}

fn looks_like_uuid(text: &str) -> bool {
    let is_place = |(at, byte): (usize, u8)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.bytes().enumerate().all(is_place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ApiKey, Interval, Spend, SpendFigure, SpendSource, Timestamp, Usd};

    fn usd(text: &str) -> Usd {
        Usd::parse(text).unwrap()
    }

    fn workspace(id: &str, name: &str) -> Workspace {
        serde_json::from_value(serde_json::json!({ "id": id, "name": name, "slug": "x" })).unwrap()
    }

    fn row(name: &str, credits: &str) -> NamedSpend {
        NamedSpend { name: name.to_owned(), spent: RecordedSpend { credits: usd(credits), byok: usd("0") } }
    }

    /// The spend of this month of each workspace, with what else is told.
    fn shown(today: &[NamedSpend], all: &[Workspace]) -> (String, usize, usize) {
        let day = |usage: &str| {
            let json = format!(r#"{{"date":"2026-11-16","usage":{usage},"byok_usage_inference":0}}"#);
            serde_json::from_str::<ActivityDay>(&json).unwrap()
        };
        let id = |id: &str| WorkspaceId::parse(id).unwrap();
        let days = HashMap::from([(id("a"), Some(vec![day("10")])), (id("b"), Some(vec![day("20")])), (id("z"), None)]);
        let at = Timestamp::new("2026-11-18T12:00:00Z").unix_seconds().unwrap();
        let records = AllRecords::new(&days, today, all, at);
        let no_keys: [ApiKey; 0] = [];
        let keys = Spend::of(&no_keys).unwrap();
        let text = |workspace: &Workspace| match records.of(&workspace.id) {
            Some(records) => {
                let figure = SpendFigure::of(Interval::Monthly, &keys, Some(&records), false);
                assert_eq!(figure.source, SpendSource::Records);
                figure.spent.plain()
            }
            None => "-".to_owned(),
        };
        (all.iter().map(text).collect::<Vec<_>>().join(" "), records.namesakes, records.others)
    }

    const DELETED: &str = "371153e8-0555-40e1-9335-d2d75f14df5b";

    #[test]
    fn completed_days_by_id_and_today_by_name_are_added_up() {
        let all = [workspace("a", "Lab"), workspace("b", "Ops"), workspace("c", "New")];
        assert_eq!(shown(&[row("Lab", "1"), row("Ops", "2")], &all), ("11 22 0".to_owned(), 0, 0));
        // Spend of a deleted workspace, and of none.
        assert_eq!(shown(&[row("Lab", "1"), row(DELETED, "5"), row("", "5")], &all), ("11 20 0".to_owned(), 0, 0));
    }

    #[test]
    fn namesakes_have_no_records() {
        let all = [workspace("a", "Lab"), workspace("b", "Lab"), workspace("c", "New")];
        // Whether the records join them or not, and also without spend today.
        for today in [&[row("Lab", "1")][..], &[row("Lab", "1"), row("Lab", "2")], &[]] {
            assert_eq!(shown(today, &all), ("- - 0".to_owned(), 2, 0));
        }
        // The other one is not in the list.
        assert_eq!(shown(&[row("Lab", "1"), row("Lab", "2")], &all[..1]), ("-".to_owned(), 1, 0));
    }

    #[test]
    fn without_a_row_it_is_certain_only_if_no_row_may_be_meant() {
        let all = [workspace("a", "Lab"), workspace(DELETED, "New")];
        // It was renamed, or is called by its ID.
        for name in ["Old name", DELETED] {
            assert_eq!(shown(&[row("Lab", "1"), row(name, "5")], &all), ("11 -".to_owned(), 0, 1));
        }
    }

    #[test]
    fn a_sum_that_is_too_large_is_no_figure() {
        assert_eq!(shown(&[], &[workspace("z", "Large")]), ("-".to_owned(), 0, 1));
    }
}
