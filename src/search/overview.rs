//! The figures above the list of workspaces: how many of them need attention.
//!
//! Invariant: a workspace counts as All budgets counts it. Unknown figures are counted apart, never as fine.

use super::BudgetUse;
use super::budget_use::SpendReading;
use super::order::BudgetFilter;
use crate::api::ApiError;
use crate::domain::{Interval, Usd};

/// What was read of one workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceReading {
    pub budgets: Result<BudgetUse, ApiError>,
    /// How many of its API keys are dormant.
    pub dormant: Result<usize, ApiError>,
}

/// A count, and of how many workspaces it is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Count {
    pub known: usize,
    pub unknown: usize,
    /// Why the first of them is not known.
    pub error: Option<ApiError>,
}

impl Count {
    fn add(&mut self, found: Result<usize, Option<&ApiError>>) {
        match found {
            Ok(count) => self.known += count,
            Err(error) => {
                self.unknown += 1;
                self.error = self.error.take().or_else(|| error.cloned());
            }
        }
    }
}

/// The figures of some workspaces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OverviewCounts {
    /// At least one limit is used up.
    pub over: Count,
    /// At least one limit is used to 80% or more.
    pub near: Count,
    pub without: Count,
    pub dormant: Count,
    /// How many workspaces have a monthly limit.
    pub limited: Count,
    /// The sum of the monthly limits. `None` if it has more digits than an amount can have.
    pub limits: Option<Usd>,
    /// The sum of this month's spend over all API keys. `None` if some of it is not known.
    pub by_keys: Option<Usd>,
}

impl OverviewCounts {
    pub fn of<'a>(readings: impl IntoIterator<Item = &'a WorkspaceReading>) -> Self {
        let mut found = Self { limits: Some(Usd::ZERO), by_keys: Some(Usd::ZERO), ..Self::default() };
        for reading in readings {
            found.dormant.add(reading.dormant.as_ref().copied().map_err(Some));
            let budgets = reading.budgets.as_ref();
            let has = |filter| move |it: &BudgetUse| usize::from(it.matches(filter));
            found.without.add(budgets.map(has(BudgetFilter::Without)).map_err(Some));
            // Without a limit there is nothing to compare the spend with.
            let compared = budgets.map_err(Some).and_then(|it| match &it.spend {
                SpendReading::Failed(error) if !it.state.ladder.is_empty() => Err(Some(error)),
                SpendReading::TooLarge if !it.state.ladder.is_empty() => Err(None),
                _ => Ok(it),
            });
            found.over.add(compared.map(has(BudgetFilter::Over)));
            found.near.add(compared.map(has(BudgetFilter::Near)));
            let limit = budgets.map(|it| it.state.ladder.get(Interval::Monthly));
            found.limited.add(limit.map(|limit| usize::from(limit.is_some())).map_err(Some));
            if let Ok(Some(limit)) = limit {
                found.limits = found.limits.and_then(|sum| sum.checked_add(limit));
            }
            let spent = budgets.ok().and_then(BudgetUse::spent_this_month);
            found.by_keys = found.by_keys.zip(spent).and_then(|(sum, spent)| sum.checked_add(spent));
        }
        found
    }
}

impl BudgetUse {
    /// This month's spend by the keys. `None` if it is not known.
    fn spent_this_month(&self) -> Option<Usd> {
        match &self.spend {
            SpendReading::Known(spend) => Some(spend.within(Interval::Monthly, self.state.counts_byok == Some(true))),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Operation;
    use crate::domain::{ApiKey, BudgetState, Ladder, Spend};

    fn usd(text: &str) -> Usd {
        Usd::parse(text).unwrap()
    }

    fn refused() -> ApiError {
        ApiError::Decode { operation: Operation::ListBudgets, path: "data".to_owned(), detail: "no".to_owned() }
    }

    fn known(spent: &str) -> SpendReading {
        let key: ApiKey =
            serde_json::from_str(&format!(r#"{{"hash":"a","usage":{spent},"usage_monthly":{spent}}}"#)).unwrap();
        SpendReading::Known(Box::new(Spend::of([&key]).unwrap()))
    }

    fn reading(limits: &[(Interval, &str)], spend: SpendReading) -> WorkspaceReading {
        let ladder = limits.iter().fold(Ladder::default(), |ladder, (at, limit)| ladder.with(*at, Some(usd(limit))));
        let state = BudgetState { ladder, counts_byok: None };
        WorkspaceReading { budgets: Ok(BudgetUse { state, spend, records: None, at: 1_794_830_400 }), dormant: Ok(2) }
    }

    fn text(count: &Count) -> String {
        format!("{}/{}", count.known, count.unknown)
    }

    #[test]
    fn each_workspace_counts_where_it_belongs() {
        use Interval::{Lifetime, Monthly};
        let found = OverviewCounts::of(&[
            reading(&[(Monthly, "100")], known("79.99")),
            reading(&[(Monthly, "100")], known("80")),
            reading(&[(Monthly, "100"), (Lifetime, "200")], known("100")),
            reading(&[(Lifetime, "50")], known("50")),
            reading(&[], known("7")),
        ]);
        let counts = [&found.over, &found.near, &found.without, &found.limited, &found.dormant].map(text);
        assert_eq!(counts, ["2/0", "3/0", "1/0", "3/0", "10/0"]);
        assert_eq!((found.limits, found.by_keys), (Some(usd("300")), Some(usd("316.99"))));
    }

    #[test]
    fn what_is_not_known_is_never_fine() {
        let found = OverviewCounts::of(&[
            reading(&[(Interval::Monthly, "100")], known("1")),
            reading(&[(Interval::Monthly, "100")], SpendReading::Failed(refused())),
            reading(&[(Interval::Monthly, "100")], SpendReading::TooLarge),
            reading(&[], SpendReading::Failed(refused())),
            WorkspaceReading { budgets: Err(refused()), dormant: Err(refused()) },
        ]);
        let counts = [&found.over, &found.near, &found.without, &found.limited, &found.dormant].map(text);
        assert_eq!(counts, ["0/3", "0/3", "1/1", "3/1", "8/1"]);
        assert_eq!((found.limits, found.by_keys), (Some(usd("300")), None));
        assert_eq!(found.over.error, Some(refused()));
    }

    #[test]
    fn an_empty_organization_has_no_spend() {
        let none: [WorkspaceReading; 0] = [];
        let found = OverviewCounts::of(&none);
        assert_eq!((found.limits, found.by_keys, text(&found.over)), (Some(Usd::ZERO), Some(Usd::ZERO), "0/0".into()));
    }
}
