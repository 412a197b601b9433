//! How much of their budgets workspaces have used: which of them a list shows, and in which order.
//!
//! Invariant: a workspace whose spend is not known is never taken for one within its limits.

use std::cmp::Ordering;
use std::ops::Deref;
use std::sync::Arc;

use super::order::{BudgetFilter, BudgetSort, Direction, Order};
use super::sorting::sort_rows;
use crate::api::ApiError;
use crate::domain::{
    BudgetState, Forecast, Interval, Pressure, Spend, SpendFigure, SpendRecords, SpendSource, Usd, Workspace,
    WorkspaceId,
};

/// What is known of the spend of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpendReading {
    /// It was not read, because no limit is set.
    NotNeeded,
    /// The sum over the workspace's keys.
    Known(Box<Spend>),
    /// The sum has more digits than an amount can have.
    TooLarge,
    Failed(ApiError),
}

/// The budgets of one workspace, and what was spent of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetUse {
    pub state: BudgetState,
    pub spend: SpendReading,
    /// What the API has recorded, where that is known.
    pub records: Option<SpendRecords>,
    /// When the keys were read, in Unix seconds.
    pub at: i64,
}

/// How much of one limit is used, in US dollars.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LimitUse {
    pub spent: Usd,
    pub limit: Usd,
}

impl LimitUse {
    /// The share of the limit, for drawing and sorting only.
    pub fn ratio(&self) -> f64 {
        self.spent.ratio(self.limit)
    }

    pub fn pressure(&self) -> Pressure {
        Pressure::of(self.spent, self.limit)
    }
}

impl BudgetUse {
    /// The use of an interval's limit. `None` if none is set or the spend is not known.
    pub fn used(&self, interval: Interval) -> Option<LimitUse> {
        let limit = self.state.ladder.get(interval)?;
        Some(LimitUse { spent: self.figure(interval)?.spent, limit })
    }

    /// The spend in an interval, with what it adds up. `None` if the spend is not known.
    pub fn figure(&self, interval: Interval) -> Option<SpendFigure> {
        let SpendReading::Known(spend) = &self.spend else { return None };
        Some(SpendFigure::of(interval, spend, self.records.as_ref(), self.state.counts_byok == Some(true)))
    }

    /// When a figure was read, in Unix seconds.
    pub fn read_at(&self, figure: &SpendFigure) -> i64 {
        match (figure.source, &self.records) {
            (SpendSource::Records, Some(records)) => records.at,
            _ => self.at,
        }
    }

    /// The limit with the largest share used.
    pub fn worst(&self) -> Option<(Interval, LimitUse)> {
        let used = Interval::ALL.into_iter().filter_map(|interval| Some((interval, self.used(interval)?)));
        used.max_by(|(_, left), (_, right)| left.ratio().total_cmp(&right.ratio()))
    }

    /// How an interval ends at the pace until it was read. `None` if no limit is set, the spend is not known, or it is too early.
    pub fn forecast(&self, interval: Interval) -> Option<Forecast> {
        let limit = self.state.ladder.get(interval)?;
        let figure = self.figure(interval)?;
        Forecast::of(interval, figure.spent, limit, self.read_at(&figure))
    }

    /// The limit that is reached first at the present pace. `None` if all last until they reset.
    pub fn first_reached(&self) -> Option<(Interval, Forecast)> {
        let reached = |interval| {
            let forecast = self.forecast(interval)?;
            Some((forecast.reached_at()?, (interval, forecast)))
        };
        let first = Interval::ALL.into_iter().filter_map(reached).min_by_key(|(at, _)| *at);
        first.map(|(_, found)| found)
    }

    /// Whether the filter shows it.
    pub fn matches(&self, filter: BudgetFilter) -> bool {
        let pressure = self.worst().map(|(_, used)| used.pressure());
        match filter {
            BudgetFilter::All => true,
            BudgetFilter::Over => pressure == Some(Pressure::Over),
            BudgetFilter::Near => pressure >= Some(Pressure::Near),
            BudgetFilter::AtRisk => self.first_reached().is_some(),
            BudgetFilter::Without => self.state.ladder.is_empty(),
        }
    }

    /// What a column sorts by: the highest first.
    #[expect(clippy::cast_precision_loss, reason = "seconds since 1970 are exact")]
    fn share(&self, sort: BudgetSort) -> Option<f64> {
        match sort {
            BudgetSort::Worst => self.worst().map(|(_, used)| used.ratio()),
            // The earliest first.
            BudgetSort::Forecast => self.first_reached().and_then(|(_, it)| it.reached_at()).map(|at| -(at as f64)),
            BudgetSort::Interval(interval) => self.used(interval).map(|used| used.ratio()),
            BudgetSort::Name => None,
        }
    }
}

/// Filters and sorts `found`, which is sorted by name. A filter shows only workspaces that `budget_use` knows. Those without
/// a share come last in both directions.
pub fn arrange<B: Deref<Target = BudgetUse>>(
    found: Vec<Arc<Workspace>>,
    filter: BudgetFilter,
    order: Order<BudgetSort>,
    budget_use: impl Fn(&WorkspaceId) -> Option<B>,
) -> Vec<Arc<Workspace>> {
    let mut rows: Vec<Ranked> = (0..)
        .zip(found)
        .filter_map(|(by_name, workspace)| {
            let known = budget_use(&workspace.id);
            let is_shown = known.as_ref().map_or(filter == BudgetFilter::All, |known| known.matches(filter));
            let share = |column| known.as_ref().and_then(|known| known.share(column));
            let shares = (share(order.column), order.then.and_then(|(column, _)| share(column)));
            is_shown.then_some(Ranked { by_name, shares, workspace })
        })
        .collect();
    sort_rows(&mut rows, |left, right| {
        order.compare(&|column, direction| left.compare(right, order, column, direction))
    });
    rows.into_iter().map(|it| it.workspace).collect()
}

/// A workspace with what it is sorted by.
struct Ranked {
    /// Its position among all by name.
    by_name: usize,
    /// The shares of the first and of the second column.
    shares: (Option<f64>, Option<f64>),
    workspace: Arc<Workspace>,
}

impl Ranked {
    fn compare(&self, other: &Self, order: Order<BudgetSort>, column: BudgetSort, direction: Direction) -> Ordering {
        let share = |it: &Self| if column == order.column { it.shares.0 } else { it.shares.1 };
        match (share(self), share(other)) {
            _ if column == BudgetSort::Name => direction.apply(self.by_name.cmp(&other.by_name)),
            (Some(left), Some(right)) => direction.apply(left.total_cmp(&right)),
            (left, right) => right.is_some().cmp(&left.is_some()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ApiKey, Ladder, RecordedSpend};
    use std::collections::HashMap;

    /// Half of a month of 30 days, a Monday at noon.
    const NOW: i64 = 1_794_830_400;

    fn usd(text: &str) -> Usd {
        Usd::parse(text).unwrap()
    }

    fn budget_use(limits: &[(Interval, &str)], spent: &str) -> BudgetUse {
        let ladder = limits.iter().fold(Ladder::default(), |ladder, (at, limit)| ladder.with(*at, Some(usd(limit))));
        let json = format!(r#"{{"hash":"a","usage":{spent},"usage_monthly":{spent},"usage_weekly":{spent}}}"#);
        let key: ApiKey = serde_json::from_str(&json).unwrap();
        let spend = if limits.is_empty() {
            SpendReading::NotNeeded
        } else {
            SpendReading::Known(Box::new(Spend::of([&key]).unwrap()))
        };
        BudgetUse { state: BudgetState { ladder, counts_byok: Some(false) }, spend, records: None, at: NOW }
    }

    fn shown(filter: BudgetFilter, column: BudgetSort, direction: Direction) -> Vec<String> {
        let rows = [
            ("calm", Some(budget_use(&[(Interval::Monthly, "100")], "10"))),
            ("full", Some(budget_use(&[(Interval::Monthly, "100"), (Interval::Weekly, "10")], "10"))),
            ("near", Some(budget_use(&[(Interval::Lifetime, "100")], "80"))),
            ("none", Some(budget_use(&[], "0"))),
            ("unread", None),
        ];
        let workspace = |slug: &str| {
            let json = format!(r#"{{"id":"{slug}","name":"{slug}","slug":"{slug}"}}"#);
            Arc::new(serde_json::from_str::<Workspace>(&json).unwrap())
        };
        let found = rows.iter().map(|(slug, _)| workspace(slug)).collect();
        let known: HashMap<String, Option<BudgetUse>> =
            rows.into_iter().map(|(slug, found)| (slug.to_owned(), found)).collect();
        let shown = arrange(found, filter, Order { column, direction, then: None }, |id| {
            known[id.as_str()].clone().map(Arc::new)
        });
        shown.iter().map(|workspace| workspace.slug.to_string()).collect()
    }

    #[test]
    fn the_worst_come_first_and_what_has_no_share_last() {
        use BudgetSort::{Interval as At, Name, Worst};
        use Direction::{Ascending, Descending};
        let shown = |sort, direction| shown(BudgetFilter::All, sort, direction);
        assert_eq!(shown(Worst, Descending), ["full", "near", "calm", "none", "unread"]);
        assert_eq!(shown(Worst, Ascending), ["calm", "near", "full", "none", "unread"]);
        assert_eq!(shown(At(Interval::Monthly), Descending), ["calm", "full", "near", "none", "unread"]);
        assert_eq!(shown(At(Interval::Weekly), Descending), ["full", "calm", "near", "none", "unread"]);
        assert_eq!(shown(Name, Ascending), ["calm", "full", "near", "none", "unread"]);
        assert_eq!(shown(Name, Descending), ["unread", "none", "near", "full", "calm"]);
    }

    #[test]
    fn a_filter_shows_what_was_read_and_fits() {
        let shown = |filter| shown(filter, BudgetSort::Worst, Direction::Descending);
        assert_eq!(shown(BudgetFilter::Over), ["full"]);
        assert_eq!(shown(BudgetFilter::Near), ["full", "near"]);
        assert_eq!(shown(BudgetFilter::Without), ["none"]);
    }

    #[test]
    fn records_decide_where_they_are_known_except_for_a_lifetime() {
        let mut used = budget_use(&[(Interval::Monthly, "100"), (Interval::Lifetime, "200")], "10");
        let today = RecordedSpend { credits: usd("90"), byok: usd("7") };
        used.records = Some(SpendRecords::new(&[], today, NOW + 60));
        let figure = |used: &BudgetUse, interval| {
            let figure = used.figure(interval).unwrap();
            (figure.spent.plain(), figure.by_keys.map(Usd::plain), used.read_at(&figure) - NOW)
        };
        assert_eq!(figure(&used, Interval::Monthly), ("90".to_owned(), Some("10".to_owned()), 60));
        assert_eq!(figure(&used, Interval::Lifetime), ("10".to_owned(), None, 0));
        assert!(used.matches(BudgetFilter::Near) && used.matches(BudgetFilter::AtRisk));
        used.records = None;
        assert!(!used.matches(BudgetFilter::Near) && !used.matches(BudgetFilter::AtRisk));
    }

    #[test]
    fn spend_that_is_not_known_is_no_share() {
        let unknown = BudgetUse { spend: SpendReading::TooLarge, ..budget_use(&[(Interval::Monthly, "1")], "9") };
        assert_eq!((unknown.used(Interval::Monthly), unknown.worst().is_some()), (None, false));
        assert!(!unknown.matches(BudgetFilter::Over));
    }
}
