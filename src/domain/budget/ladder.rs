//! The limits of a workspace together, and the rule that they strictly decrease as the interval narrows (rule 1).
//!
//! Invariant: a [`ValidLadder`] has no violation. Only a valid ladder is sent to the server.

use super::{Budget, Interval};
use crate::domain::Usd;

/// The limits that are set, at most one for each interval, valid or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ladder([Option<Usd>; 4]);

/// Two limits in conflict: the broader interval's limit is not more than the narrower one's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Violation {
    pub broad: Interval,
    /// Its limit in US dollars.
    pub broad_limit: Usd,
    pub narrow: Interval,
    /// Its limit in US dollars.
    pub narrow_limit: Usd,
}

impl Ladder {
    pub const NONE: Self = Self([None; 4]);

    /// The limits of [`Interval::ALL`], in its order.
    pub const fn new(limits: [Option<Usd>; 4]) -> Self {
        Self(limits)
    }

    /// The limits that the server lists.
    pub fn of(budgets: &[Budget]) -> Self {
        let set = |ladder: Self, budget: &Budget| ladder.with(budget.reset_interval, Some(budget.limit_usd));
        budgets.iter().fold(Self::default(), set)
    }

    pub fn get(&self, interval: Interval) -> Option<Usd> {
        self.0[interval.index()]
    }

    /// The ladder with one limit set or removed.
    #[must_use]
    pub fn with(mut self, interval: Interval, limit: Option<Usd>) -> Self {
        self.0[interval.index()] = limit;
        self
    }

    /// The limits that are set, broadest first.
    pub fn limits(&self) -> impl Iterator<Item = (Interval, Usd)> {
        Interval::ALL.into_iter().zip(self.0).filter_map(|(interval, limit)| Some((interval, limit?)))
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// Every pair of limits in conflict, adjacent or not, broadest first. Two equal limits are in conflict.
    pub fn violations(&self) -> Vec<Violation> {
        let limits: Vec<_> = self.limits().collect();
        let mut found = Vec::new();
        for (at, &(broad, broad_limit)) in limits.iter().enumerate() {
            let conflicts = limits[at + 1..].iter().filter(|(_, limit)| broad_limit <= *limit);
            found.extend(conflicts.map(|&(narrow, limit)| Violation {
                broad,
                broad_limit,
                narrow,
                narrow_limit: limit,
            }));
        }
        found
    }

    /// Checks the limits against each other. Fails with all [`Self::violations`].
    pub fn validate(self) -> Result<ValidLadder, Vec<Violation>> {
        let violations = self.violations();
        if violations.is_empty() { Ok(ValidLadder(self)) } else { Err(violations) }
    }
}

impl Violation {
    /// Whether one of the two limits is this interval's.
    pub fn concerns(&self, interval: Interval) -> bool {
        self.broad == interval || self.narrow == interval
    }

    /// How many intervals apart the two are.
    pub fn distance(&self) -> usize {
        self.narrow.index() - self.broad.index()
    }
}

impl Violation {
    /// What the limit of this interval must be, for its own field: `Must be above the daily limit ($600.00)`.
    pub fn at(&self, interval: Interval) -> String {
        let Self { broad, broad_limit, narrow, narrow_limit } = self;
        if interval == *broad {
            format!("Must be above the {} limit ({narrow_limit})", narrow.as_str())
        } else {
            format!("Must be below the {} limit ({broad_limit})", broad.as_str())
        }
    }
}

impl std::fmt::Display for Violation {
    /// A sentence with both intervals and both limits.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { broad, broad_limit, narrow, narrow_limit } = self;
        let (broad, narrow) = (broad.as_str(), narrow.as_str());
        write!(f, "The {broad} limit ({broad_limit}) must be above the {narrow} limit ({narrow_limit})")
    }
}

/// A ladder whose limits strictly decrease as the interval narrows (rule 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ValidLadder(Ladder);

impl ValidLadder {
    pub fn ladder(&self) -> &Ladder {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Interval::{Daily, Lifetime, Monthly, Weekly};

    fn ladder(limits: [&str; 4]) -> Ladder {
        Ladder::new(limits.map(|limit| (!limit.is_empty()).then(|| Usd::parse(limit).unwrap())))
    }

    fn pairs(limits: [&str; 4]) -> Vec<(Interval, Interval)> {
        ladder(limits).violations().into_iter().map(|it| (it.broad, it.narrow)).collect()
    }

    #[test]
    fn limits_strictly_decrease_over_those_that_are_set() {
        assert_eq!(pairs(["", "", "", ""]), []);
        assert_eq!(pairs(["4", "3", "2", "1"]), []);
        assert_eq!(pairs(["4", "", "", "1"]), []);
        assert_eq!(pairs(["", "10", "10.00", ""]), [(Monthly, Weekly)]);
        assert_eq!(pairs(["5", "", "", "6"]), [(Lifetime, Daily)]);
        assert_eq!(pairs(["10", "100", "50", "5"]), [(Lifetime, Monthly), (Lifetime, Weekly)]);
        assert_eq!(pairs(["1", "2", "3", ""]), [(Lifetime, Monthly), (Lifetime, Weekly), (Monthly, Weekly)]);
    }

    #[test]
    fn a_conflict_names_both_intervals_and_both_limits() {
        let violation = ladder(["", "500", "600.5", ""]).violations()[0];
        assert_eq!(violation.to_string(), "The monthly limit ($500.00) must be above the weekly limit ($600.50)");
        assert_eq!(violation.at(Monthly), "Must be above the weekly limit ($600.50)");
        assert_eq!(violation.at(Weekly), "Must be below the monthly limit ($500.00)");
    }
}
