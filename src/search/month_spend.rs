//! The spend of workspaces in one interval, by the API's records, which name workspaces instead of giving their IDs.

use std::collections::HashMap;

use super::spend_by_name::{Found, SpendByName};
use crate::domain::{NamedSpend, Usd, Workspace, WorkspaceId};

/// What the records tell of the spend of one workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthFigure {
    Spent(Usd),
    /// Another workspace has the same name.
    Namesake,
    /// The records may have this workspace under another name, or the sum has more digits than an amount can have.
    Unclear,
}

impl MonthFigure {
    /// The spend, if it is certainly that of the workspace.
    pub fn known(self) -> Option<Usd> {
        if let Self::Spent(spent) = self { Some(spent) } else { None }
    }
}

/// The recorded spend of each workspace, in US dollars.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MonthSpend {
    by_workspace: HashMap<WorkspaceId, MonthFigure>,
    /// Of all rows, also of workspaces that were deleted. `None` if it has more digits than an amount can have.
    pub total: Option<Usd>,
}

impl MonthSpend {
    /// Finds the workspaces of the rows. `workspaces` are all of the organization. BYOK spend is counted where the
    /// workspace's budgets count it.
    pub fn new<'a>(rows: &'a [NamedSpend], workspaces: impl IntoIterator<Item = &'a Workspace>) -> Self {
        let workspaces: Vec<&Workspace> = workspaces.into_iter().collect();
        let named = SpendByName::new(rows, &workspaces);
        let mut counted: HashMap<&str, Option<Usd>> = HashMap::new();
        let mut by_workspace = HashMap::with_capacity(workspaces.len());
        for workspace in workspaces {
            let figure = match named.of(&workspace.name) {
                Found::Spent(spent) => {
                    let spent = spent.total(workspace.include_byok_in_budgets == Some(true));
                    counted.insert(&workspace.name, spent);
                    spent.map_or(MonthFigure::Unclear, MonthFigure::Spent)
                }
                Found::Namesakes => MonthFigure::Namesake,
                Found::Unclear => MonthFigure::Unclear,
            };
            by_workspace.insert(workspace.id.clone(), figure);
        }
        let amount = |row: &NamedSpend| counted.get(row.name.as_str()).copied().unwrap_or(Some(row.spent.credits));
        let total = rows.iter().map(amount).try_fold(Usd::ZERO, |total, amount| total.checked_add(amount?));
        Self { by_workspace, total }
    }

    /// The spend of a workspace. `None` if the list did not have it.
    pub fn of(&self, workspace: &WorkspaceId) -> Option<MonthFigure> {
        self.by_workspace.get(workspace).copied()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::RecordedSpend;

    fn usd(text: &str) -> Usd {
        Usd::parse(text).unwrap()
    }

    fn workspace(id: &str, name: &str, counts_byok: bool) -> Arc<Workspace> {
        let json = serde_json::json!({ "id": id, "name": name, "slug": id, "include_byok_in_budgets": counts_byok });
        Arc::new(serde_json::from_value(json).unwrap())
    }

    fn row(name: &str, credits: &str, byok: &str) -> NamedSpend {
        NamedSpend { name: name.to_owned(), spent: RecordedSpend { credits: usd(credits), byok: usd(byok) } }
    }

    fn shown(rows: &[NamedSpend], all: &[Arc<Workspace>]) -> String {
        let month = MonthSpend::new(rows, all.iter().map(Arc::as_ref));
        let text = |it: &Arc<Workspace>| match month.of(&it.id) {
            Some(MonthFigure::Spent(amount)) => amount.plain(),
            Some(MonthFigure::Namesake) => "-".to_owned(),
            Some(MonthFigure::Unclear) | None => "?".to_owned(),
        };
        let each: Vec<String> = all.iter().map(text).collect();
        format!("{} = {}", each.join(" "), month.total.map_or_else(|| "-".to_owned(), Usd::plain))
    }

    const DELETED: &str = "371153e8-0555-40e1-9335-d2d75f14df5b";

    #[test]
    fn a_workspace_without_a_row_may_have_one_under_another_name() {
        let all = [workspace("a", "Lab", false), workspace("b", "Renamed", false)];
        assert_eq!(shown(&[row("Lab", "10", "3"), row("Before", "7", "1")], &all), "10 ? = 17");
    }

    #[test]
    fn each_workspace_has_the_spend_of_its_name() {
        let all = [workspace("a", "Lab", true), workspace("b", "Ops", false), workspace("c", "New", false)];
        let rows = [row("Lab", "10", "3"), row("Ops", "20", "5"), row(DELETED, "7", "1")];
        assert_eq!(shown(&rows, &all), "13 20 0 = 40");
        assert_eq!(shown(&[], &all), "0 0 0 = 0");
        assert_eq!(shown(&rows, &[]), " = 37");
    }

    #[test]
    fn spend_of_namesakes_is_given_to_none_of_them() {
        let namesakes = [workspace("a", "Lab", false), workspace("b", "Lab", false)];
        // Whether the records join them or not.
        assert_eq!(shown(&[row("Lab", "10", "3"), row("Lab", "1", "0")], &namesakes), "- - = 11");
        assert_eq!(shown(&[row("Lab", "11", "3")], &namesakes), "- - = 11");
        assert_eq!(shown(&[row("Lab", "10", "3"), row("Lab", "1", "0")], &namesakes[..1]), "- = 11");
    }
}
