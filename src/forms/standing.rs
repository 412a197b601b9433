//! How the budgets of many workspaces stand: which are shown, and which first.
//!
//! Invariant: what has not been read is never taken for what is fine.

use std::sync::Arc;

use crate::api::ApiError;
use crate::domain::{BudgetState, Interval, Pressure, Spend, Usd, Workspace, WorkspaceId};
use crate::routes::{BudgetFilter, BudgetSort, BudgetsQuery, Direction};

/// What is known of the spend of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpendReading {
    /// It was not asked for, because no limit is set.
    NotNeeded,
    /// As the keys tell.
    Known(Box<Spend>),
    /// It is more than can be added up.
    TooLarge,
    /// It could not be read.
    Failed(ApiError),
}

/// The budgets of one workspace, and what was spent of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The limits and the switch.
    pub state: BudgetState,
    /// The spend.
    pub spend: SpendReading,
}

/// How much of one limit is used.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Used {
    /// In US dollars.
    pub spent: Usd,
    /// In US dollars.
    pub limit: Usd,
}

impl Used {
    /// The share, for drawing and sorting.
    pub fn ratio(&self) -> f64 {
        self.spent.ratio(self.limit)
    }

    /// How hard the spend presses on the limit.
    pub fn pressure(&self) -> Pressure {
        Pressure::of(self.spent, self.limit)
    }
}

impl Standing {
    /// The use of an interval's limit; `None` where none is set, or the spend is not known.
    pub fn used(&self, interval: Interval) -> Option<Used> {
        let limit = self.state.ladder.get(interval)?;
        let SpendReading::Known(spend) = &self.spend else { return None };
        Some(Used { spent: spend.within(interval, self.state.counts_byok == Some(true)), limit })
    }

    /// The limit that is used most.
    pub fn worst(&self) -> Option<(Interval, Used)> {
        let used = Interval::ALL.into_iter().filter_map(|interval| Some((interval, self.used(interval)?)));
        used.max_by(|(_, left), (_, right)| left.ratio().total_cmp(&right.ratio()))
    }

    fn is_in(&self, filter: BudgetFilter) -> bool {
        let pressure = self.worst().map(|(_, used)| used.pressure());
        match filter {
            BudgetFilter::All => true,
            BudgetFilter::Over => pressure == Some(Pressure::Over),
            BudgetFilter::Near => pressure >= Some(Pressure::Near),
            BudgetFilter::Without => self.state.ladder.is_empty(),
        }
    }
}

/// Those of `found` (by name, from A) that the query shows, in its order. A filter shows only what has been read; what
/// has no share comes last, whichever way the shares are sorted.
pub fn arrange(
    found: Vec<Arc<Workspace>>,
    query: &BudgetsQuery,
    standing: impl Fn(&WorkspaceId) -> Option<Arc<Standing>>,
) -> Vec<Arc<Workspace>> {
    let share = |standing: Option<&Standing>| match query.sort {
        BudgetSort::Worst => standing?.worst().map(|(_, used)| used.ratio()),
        BudgetSort::Interval(interval) => standing?.used(interval).map(|used| used.ratio()),
        BudgetSort::Name => None,
    };
    let is_descending = query.direction() == Direction::Descending;
    let mut rows: Vec<(Option<f64>, Arc<Workspace>)> = found
        .into_iter()
        .filter_map(|workspace| {
            let standing = standing(&workspace.id);
            let is_shown = match &standing {
                Some(standing) => standing.is_in(query.filter),
                None => query.filter == BudgetFilter::All,
            };
            is_shown.then(|| (share(standing.as_deref()), workspace))
        })
        .collect();
    if query.sort == BudgetSort::Name {
        if is_descending {
            rows.reverse();
        }
    } else {
        rows.sort_by(|(left, _), (right, _)| match (left, right) {
            (Some(left), Some(right)) if is_descending => right.total_cmp(left),
            (Some(left), Some(right)) => left.total_cmp(right),
            (left, right) => right.is_some().cmp(&left.is_some()),
        });
    }
    rows.into_iter().map(|(_, workspace)| workspace).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ApiKey, Ladder};
    use std::collections::HashMap;

    fn usd(text: &str) -> Usd {
        Usd::parse(text).unwrap()
    }

    fn standing(limits: &[(Interval, &str)], spent: &str) -> Standing {
        let ladder = limits.iter().fold(Ladder::default(), |ladder, (at, limit)| ladder.with(*at, Some(usd(limit))));
        let json = format!(r#"{{"hash":"a","usage":{spent},"usage_monthly":{spent},"usage_weekly":{spent}}}"#);
        let key: ApiKey = crate::json::from_str(&json).unwrap();
        let spend = if limits.is_empty() {
            SpendReading::NotNeeded
        } else {
            SpendReading::Known(Box::new(Spend::of([&key]).unwrap()))
        };
        Standing { state: BudgetState { ladder, counts_byok: Some(false) }, spend }
    }

    fn shown(query: &str) -> Vec<String> {
        let rows = [
            ("calm", Some(standing(&[(Interval::Monthly, "100")], "10"))),
            ("full", Some(standing(&[(Interval::Monthly, "100"), (Interval::Weekly, "10")], "10"))),
            ("near", Some(standing(&[(Interval::Lifetime, "100")], "80"))),
            ("none", Some(standing(&[], "0"))),
            ("unread", None),
        ];
        let workspace = |slug: &str| {
            let json = format!(r#"{{"id":"{slug}","name":"{slug}","slug":"{slug}"}}"#);
            Arc::new(crate::json::from_str::<Workspace>(&json).unwrap())
        };
        let found = rows.iter().map(|(slug, _)| workspace(slug)).collect();
        let known: HashMap<String, Option<Standing>> =
            rows.into_iter().map(|(slug, standing)| (slug.to_owned(), standing)).collect();
        let shown = arrange(found, &BudgetsQuery::parse(query), |id| known[id.as_str()].clone().map(Arc::new));
        shown.iter().map(|workspace| workspace.slug.to_string()).collect()
    }

    #[test]
    fn the_worst_come_first_and_what_has_no_share_last() {
        assert_eq!(shown(""), ["full", "near", "calm", "none", "unread"]);
        assert_eq!(shown("dir=asc"), ["calm", "near", "full", "none", "unread"]);
        assert_eq!(shown("sort=monthly"), ["calm", "full", "near", "none", "unread"]);
        assert_eq!(shown("sort=weekly"), ["full", "calm", "near", "none", "unread"]);
        assert_eq!(shown("sort=name"), ["calm", "full", "near", "none", "unread"]);
        assert_eq!(shown("sort=name&dir=desc"), ["unread", "none", "near", "full", "calm"]);
    }

    #[test]
    fn a_filter_shows_what_was_read_and_fits() {
        assert_eq!(shown("show=over"), ["full"]);
        assert_eq!(shown("show=near"), ["full", "near"]);
        assert_eq!(shown("show=none"), ["none"]);
    }

    #[test]
    fn spend_that_is_not_known_is_no_share() {
        let unknown = Standing { spend: SpendReading::TooLarge, ..standing(&[(Interval::Monthly, "1")], "9") };
        assert_eq!((unknown.used(Interval::Monthly), unknown.worst().is_some()), (None, false));
        assert!(!unknown.is_in(BudgetFilter::Over));
    }
}
