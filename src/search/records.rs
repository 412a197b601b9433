//! The recorded spend of all workspaces. The completed days have IDs of workspaces, and today has names.

use std::collections::HashMap;

use super::spend_by_name::{Found, SpendByName};
use crate::domain::{ActivityDay, NamedSpend, SpendRecords, Workspace, WorkspaceId};

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
        let today = SpendByName::new(today, &workspaces);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ApiKey, Interval, RecordedSpend, Spend, SpendFigure, SpendSource, Timestamp, Usd};

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
