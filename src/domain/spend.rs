//! Spend of a workspace in the current windows: the exact sum over its keys, including disabled and expired ones.
//!
//! The spend of deleted keys is not in it. Views have to say so.

use super::{ApiKey, Interval, Usd};

/// The spend of a workspace's keys, by window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spend {
    own: [Usd; 4],
    with_byok: [Usd; 4],
    pub keys: usize,
}

/// How much of a limit is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pressure {
    /// Below 80%.
    Fine,
    /// 80% or more.
    Near,
    /// 100% or more. Requests are refused.
    Over,
}

impl Spend {
    /// The sums over the keys. `None` if one has more digits than an amount can have.
    pub fn of<'a>(keys: impl IntoIterator<Item = &'a ApiKey>) -> Option<Self> {
        let add = |sums: &mut [Usd; 4], amounts: [Usd; 4]| {
            sums.iter_mut().zip(amounts).try_for_each(|(sum, amount)| {
                *sum = sum.checked_add(amount)?;
                Some(())
            })
        };
        let mut spend = Self { own: [Usd::ZERO; 4], with_byok: [Usd::ZERO; 4], keys: 0 };
        for key in keys {
            // In the order of `Interval::ALL`.
            let own = [key.usage, key.usage_monthly, key.usage_weekly, key.usage_daily];
            let byok = [key.byok_usage, key.byok_usage_monthly, key.byok_usage_weekly, key.byok_usage_daily];
            add(&mut spend.own, own)?;
            add(&mut spend.with_byok, own)?;
            add(&mut spend.with_byok, byok)?;
            spend.keys += 1;
        }
        Some(spend)
    }

    /// Spend in the interval's current window in US dollars, with BYOK spend if it counts.
    pub fn within(&self, interval: Interval, counts_byok: bool) -> Usd {
        let sums = if counts_byok { self.with_byok } else { self.own };
        sums[interval.index()]
    }
}

impl Pressure {
    /// How close `spent` is to `limit`.
    pub fn of(spent: Usd, limit: Usd) -> Self {
        if spent >= limit {
            Self::Over
        } else if spent.reaches(80, limit) {
            Self::Near
        } else {
            Self::Fine
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd(text: &str) -> Usd {
        Usd::parse(text).unwrap()
    }

    #[test]
    fn spend_is_the_exact_sum_over_all_keys_with_byok_if_it_counts() {
        let key = |json: &str| serde_json::from_str::<ApiKey>(json).unwrap();
        let keys = [
            key(
                r#"{"hash":"a","usage":10.1,"usage_monthly":5.05,"usage_weekly":2,"usage_daily":0.1,"byok_usage_daily":0.2}"#,
            ),
            key(r#"{"hash":"b","disabled":true,"usage":0.2,"usage_daily":0.2,"byok_usage":7}"#),
        ];
        let spend = Spend::of(&keys).unwrap();
        let within = |counts| Interval::ALL.map(|interval| spend.within(interval, counts).plain());
        assert_eq!(within(false), ["10.3", "5.05", "2", "0.3"]);
        assert_eq!(within(true), ["17.3", "5.05", "2", "0.5"]);
        assert_eq!(spend.keys, 2);
    }

    #[test]
    fn a_sum_with_more_digits_than_an_amount_can_have_is_not_known() {
        let sum = |usage: &str, byok: &str| {
            let key = format!(r#"{{"hash":"a","usage":{usage},"byok_usage":{byok}}}"#);
            Spend::of([&serde_json::from_str(&key).unwrap()])
        };
        assert!(sum("1e20", "0").is_some() && sum("0", "1e-28").is_some());
        assert_eq!(sum("1e20", "1e-28"), None);
    }

    #[test]
    fn a_limit_is_over_when_it_is_reached() {
        let limit = usd("100");
        assert_eq!(Pressure::of(usd("79.999999"), limit), Pressure::Fine);
        assert_eq!(Pressure::of(usd("80"), limit), Pressure::Near);
        assert_eq!(Pressure::of(usd("99.99"), limit), Pressure::Near);
        assert_eq!(Pressure::of(usd("100.00"), limit), Pressure::Over);
    }
}
