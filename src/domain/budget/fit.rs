//! Suggests amounts that resolve a conflict between limits.

use super::{Interval, Ladder};
use crate::domain::Usd;

/// Whole cents if possible. More decimals only between limits that are less than a cent apart.
const DECIMALS: std::ops::RangeInclusive<u8> = 2..=12;

impl Ladder {
    /// The nearest amount to the interval's limit that fits between all other limits, in whole cents if possible. `None` if
    /// no limit is set, if it fits already, or if no amount fits because the other limits are in conflict.
    pub fn nearest_fit(&self, interval: Interval) -> Option<Usd> {
        let limit = self.get(interval)?;
        let (ceiling, floor) = self.bounds(interval);
        if ceiling.is_some_and(|ceiling| limit >= ceiling) {
            DECIMALS.filter_map(|decimals| ceiling?.next_below(decimals)).find(|fit| *fit > floor)
        } else if limit <= floor {
            DECIMALS.filter_map(|decimals| floor.next_above(decimals)).find(|fit| ceiling.is_none_or(|it| *fit < it))
        } else {
            None
        }
    }

    /// The ladder with each limit that is in conflict with this interval's moved to the nearest amount that is not.
    #[must_use]
    pub fn fitted_around(&self, interval: Interval) -> Self {
        let mut fitted = Self::default().with(interval, self.get(interval));
        let (broader, narrower) = Interval::ALL.split_at(interval.index());
        // Outwards from the interval, so that each limit only has to fit the one before.
        for &other in broader.iter().rev().chain(narrower.iter().skip(1)) {
            fitted = fitted.with(other, self.get(other));
            if let Some(fit) = fitted.nearest_fit(other) {
                fitted = fitted.with(other, Some(fit));
            }
        }
        fitted
    }

    /// The lowest broader limit, and the highest narrower one or zero. The interval's limit has to be between them.
    fn bounds(&self, interval: Interval) -> (Option<Usd>, Usd) {
        let broader = self.limits().filter(|(other, _)| *other < interval).map(|(_, limit)| limit).min();
        let narrower = self.limits().filter(|(other, _)| *other > interval).map(|(_, limit)| limit).max();
        (broader, narrower.unwrap_or(Usd::ZERO))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn usd(text: &str) -> Usd {
        Usd::parse(text).unwrap()
    }

    fn ladder(limits: [&str; 4]) -> Ladder {
        Ladder::new(limits.map(|limit| Usd::parse(limit).ok()))
    }

    fn fit(limits: [&str; 4], interval: Interval) -> Option<String> {
        ladder(limits).nearest_fit(interval).map(Usd::plain)
    }

    #[test]
    fn the_nearest_amount_that_fits_is_a_cent_away() {
        let conflict = ["", "500", "600", ""];
        assert_eq!(fit(conflict, Interval::Weekly).as_deref(), Some("499.99"));
        assert_eq!(fit(conflict, Interval::Monthly).as_deref(), Some("600.01"));
        assert_eq!(fit(conflict, Interval::Daily), None);
        assert_eq!(fit(["", "500", "400", ""], Interval::Weekly), None);
        assert_eq!(fit(["1", "", "", "1.00"], Interval::Daily).as_deref(), Some("0.99"));
    }

    #[test]
    fn between_limits_less_than_a_cent_apart_the_amount_has_more_decimals() {
        assert_eq!(fit(["0.02", "5", "0.01", ""], Interval::Monthly).as_deref(), Some("0.019"));
        assert_eq!(fit(["0.01", "", "", "3"], Interval::Daily).as_deref(), Some("0.009"));
    }

    #[test]
    fn if_the_other_limits_conflict_no_amount_fits() {
        let limits = ["100", "500", "600", ""];
        assert_eq!(fit(limits, Interval::Monthly), None);
        assert_eq!(ladder(limits).fitted_around(Interval::Weekly), ladder(["600.02", "600.01", "600", ""]));
        assert_eq!(ladder(limits).fitted_around(Interval::Lifetime), ladder(["100", "99.99", "99.98", ""]));
    }

    fn any_limit() -> impl Strategy<Value = Option<Usd>> {
        prop::option::weighted(0.8, (1u32..60, 0u8..4).prop_map(|(digits, scale)| usd(&format!("{digits}e-{scale}"))))
    }

    proptest! {
        #[test]
        fn a_suggested_amount_fits_between_all_others(limits in prop::array::uniform4(any_limit()), at in 0usize..4) {
            let interval = Interval::ALL[at];
            let ladder = Ladder::new(limits);
            let conflicts = |ladder: &Ladder| ladder.violations().iter().any(|it| it.concerns(interval));
            match ladder.nearest_fit(interval) {
                Some(fit) => {
                    prop_assert!(conflicts(&ladder));
                    prop_assert!(!fit.is_zero());
                    prop_assert!(!conflicts(&ladder.with(interval, Some(fit))));
                }
                None if conflicts(&ladder) => {
                    // No amount fits: the other limits are in conflict.
                    prop_assert!(!ladder.with(interval, None).violations().is_empty());
                }
                None => {}
            }
            if ladder.get(interval).is_some() {
                let fitted = ladder.fitted_around(interval);
                prop_assert!(fitted.violations().is_empty(), "{ladder:?} {fitted:?}");
                prop_assert_eq!(fitted.get(interval), ladder.get(interval));
            }
        }
    }
}
