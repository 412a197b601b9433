//! The spend of workspaces in one interval, by the API's records, which name workspaces instead of giving their IDs.
//!
//! Invariant: spend of a name that several workspaces have is never given to one of them.

use std::collections::HashMap;

use crate::domain::{NamedSpend, Usd, Workspace, WorkspaceId};

/// The recorded spend of each workspace, in US dollars.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MonthSpend {
    by_workspace: HashMap<WorkspaceId, Option<Usd>>,
    /// Of all rows, also of workspaces that were deleted. `None` if it has more digits than an amount can have.
    pub total: Option<Usd>,
}

impl MonthSpend {
    /// Finds the workspaces of the rows. BYOK spend is counted where the workspace's budgets count it.
    pub fn new<'a>(rows: &[NamedSpend], workspaces: impl IntoIterator<Item = &'a Workspace>) -> Self {
        let mut named: HashMap<&str, Vec<&NamedSpend>> = HashMap::new();
        for row in rows {
            named.entry(&row.name).or_default().push(row);
        }
        let workspaces: Vec<&Workspace> = workspaces.into_iter().collect();
        let mut namesakes: HashMap<&str, usize> = HashMap::new();
        for workspace in &workspaces {
            *namesakes.entry(&workspace.name).or_default() += 1;
        }
        let mut total = Some(Usd::ZERO);
        let mut add = |amount: Option<Usd>| total = total.and_then(|total| total.checked_add(amount?));
        let mut by_workspace = HashMap::new();
        for workspace in workspaces {
            let counts_byok = workspace.include_byok_in_budgets == Some(true);
            let spent = match (named.get(workspace.name.as_str()), namesakes.get(workspace.name.as_str())) {
                (None, _) => Some(Usd::ZERO),
                (Some(rows), Some(1)) if rows.len() == 1 => {
                    let spent = rows.first().and_then(|row| row.spent.total(counts_byok));
                    named.remove(workspace.name.as_str());
                    add(spent);
                    spent
                }
                _ => None,
            };
            by_workspace.insert(workspace.id.clone(), spent);
        }
        named.into_values().flatten().for_each(|row| add(Some(row.spent.credits)));
        Self { by_workspace, total }
    }

    /// The spend of a workspace. `None` if another one has the same name, or if the list did not have it.
    pub fn of(&self, workspace: &WorkspaceId) -> Option<Usd> {
        self.by_workspace.get(workspace).copied().flatten()
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
        let text = |amount: Option<Usd>| amount.map_or_else(|| "-".to_owned(), Usd::plain);
        let each: Vec<String> = all.iter().map(|it| text(month.of(&it.id))).collect();
        format!("{} = {}", each.join(" "), text(month.total))
    }

    #[test]
    fn each_workspace_has_the_spend_of_its_name() {
        let all = [workspace("a", "Lab", true), workspace("b", "Ops", false), workspace("c", "New", false)];
        let rows = [row("Lab", "10", "3"), row("Ops", "20", "5"), row("a-deleted-one", "7", "1")];
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
