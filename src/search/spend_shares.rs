//! The spend of a workspace by API key or person: how much of it is whose, and on which day.

use std::collections::BTreeMap;

use crate::domain::activity::DAYS;
use crate::domain::timestamp::DAY;
use crate::domain::{NamedDay, Timestamp, Usd};

/// The most API keys or people with a share of their own. The rest is one share.
const MOST_NAMED: usize = 8;

/// Whose spend it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spender {
    /// Those with this name. The API names API keys and people, and several can have one name.
    Named(String),
    /// No API key, or no person.
    Unnamed,
    /// So many others with less spend.
    Others(usize),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpendShare {
    pub spender: Spender,
    pub total: Usd,
    /// For each of [`SpendShares::dates`].
    pub days: Vec<Usd>,
}

/// The last 30 completed UTC days and the current one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpendShares {
    /// `YYYY-MM-DD`, oldest first.
    pub dates: Vec<String>,
    /// The highest total first, and the others last.
    pub shares: Vec<SpendShare>,
    pub total: Usd,
    /// The most that one share has on one day.
    pub most: Usd,
}

impl SpendShares {
    /// Adds up the rows that were read at `at` (Unix seconds). `None` if a sum has more digits than an amount can have.
    pub fn of(rows: &[NamedDay], at: i64, counts_byok: bool) -> Option<Self> {
        let today = at.div_euclid(DAY);
        let date = |day: i64| Some(Timestamp::from_unix_seconds(day * DAY)?.date().to_owned());
        let dates: Vec<String> = (today - DAYS..=today).map(date).collect::<Option<_>>()?;
        let mut sums: BTreeMap<&str, Vec<Usd>> = BTreeMap::new();
        for row in rows {
            let Some(place) = dates.iter().position(|date| *date == row.date) else { continue };
            let days = sums.entry(row.name.trim()).or_insert_with(|| vec![Usd::ZERO; dates.len()]);
            days[place] = days[place].checked_add(row.spent.total(counts_byok)?)?;
        }
        let share = |(name, days): (&str, Vec<Usd>)| {
            let spender = if name.is_empty() { Spender::Unnamed } else { Spender::Named(name.to_owned()) };
            Some(SpendShare { spender, total: sum(&days)?, days })
        };
        let mut shares: Vec<SpendShare> = sums.into_iter().map(share).collect::<Option<_>>()?;
        shares.retain(|share| !share.total.is_zero());
        shares.sort_by_key(|share| std::cmp::Reverse(share.total));
        let others = shares.split_off(shares.len().min(MOST_NAMED));
        if !others.is_empty() {
            let of_day = |place: usize| sum(others.iter().map(|share| &share.days[place]));
            let days: Vec<Usd> = (0..dates.len()).map(of_day).collect::<Option<_>>()?;
            shares.push(SpendShare { spender: Spender::Others(others.len()), total: sum(&days)?, days });
        }
        let total = sum(shares.iter().map(|share| &share.total))?;
        let most = shares.iter().flat_map(|share| &share.days).max().copied().unwrap_or(Usd::ZERO);
        Some(Self { dates, shares, total, most })
    }
}

fn sum<'a>(amounts: impl IntoIterator<Item = &'a Usd>) -> Option<Usd> {
    amounts.into_iter().try_fold(Usd::ZERO, |sum, amount| sum.checked_add(*amount))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::RecordedSpend;
    use proptest::prelude::*;

    /// 2026-11-30T12:00:00Z
    const AT: i64 = 1_796_040_000;

    fn row(name: &str, date: &str, cents: u32, byok_cents: u32) -> NamedDay {
        let usd = |cents: u32| Usd::parse(&format!("{}.{:02}", cents / 100, cents % 100)).unwrap();
        let spent = RecordedSpend { credits: usd(cents), byok: usd(byok_cents) };
        NamedDay { date: date.to_owned(), name: name.to_owned(), spent }
    }

    fn shares(rows: &[NamedDay], counts_byok: bool) -> SpendShares {
        SpendShares::of(rows, AT, counts_byok).unwrap()
    }

    #[test]
    fn rows_are_added_up_by_name_and_day_with_today_last() {
        let rows = [
            row("App", "2026-11-30", 100, 7),
            row("App", "2026-11-29", 250, 0),
            row("App", "2026-11-29", 50, 0),
            row("", "2026-11-29", 600, 0),
            row("Old", "2026-10-30", 900, 0),
            row("First", "2026-10-31", 1, 0),
        ];
        let found = shares(&rows, false);
        assert_eq!(
            (found.dates.len(), found.dates[0].as_str(), found.dates[30].as_str()),
            (31, "2026-10-31", "2026-11-30")
        );
        let texts: Vec<_> = found.shares.iter().map(|it| (it.spender.clone(), it.total.plain())).collect();
        let named = |name: &str| Spender::Named(name.to_owned());
        let expected = [(Spender::Unnamed, "6.00"), (named("App"), "4.00"), (named("First"), "0.01")];
        assert_eq!(texts, expected.map(|(spender, total)| (spender, total.to_owned())));
        assert_eq!(
            (found.shares[1].days[29].plain(), found.shares[1].days[30].plain()),
            ("3.00".to_owned(), "1.00".to_owned())
        );
        assert_eq!(shares(&rows, true).shares[1].total.plain(), "4.07");
        assert_eq!((found.total.plain(), found.most.plain()), ("10.01".to_owned(), "6.00".to_owned()));
    }

    #[test]
    fn a_sum_that_is_too_large_is_none() {
        let huge = RecordedSpend { credits: Usd::parse("99999999999999999999").unwrap(), byok: Usd::ZERO };
        let tiny = RecordedSpend { credits: Usd::parse("0.0000000000000000000000001").unwrap(), byok: Usd::ZERO };
        let rows = [huge, tiny].map(|spent| NamedDay { date: "2026-11-30".to_owned(), name: String::new(), spent });
        assert_eq!(SpendShares::of(&rows, AT, false), None);
    }

    proptest! {
        #[test]
        fn no_spend_is_lost_or_counted_twice(
            rows in prop::collection::vec((0_u8..14, 1_u32..=30, 0_u32..5_000), 0..80)
        ) {
            let all: u32 = rows.iter().map(|(.., cents)| cents).sum();
            let rows: Vec<_> = rows
                .iter()
                .map(|(name, day, cents)| row(&"k".repeat(usize::from(*name)), &format!("2026-11-{day:02}"), *cents, 0))
                .collect();
            let found = shares(&rows, false);
            prop_assert_eq!(found.total, row("", "", all, 0).spent.credits);
            prop_assert!(found.shares.len() <= MOST_NAMED + 1);
            for share in &found.shares {
                prop_assert_eq!(sum(&share.days), Some(share.total));
            }
            let ranked = found.shares.iter().filter(|it| !matches!(it.spender, Spender::Others(_)));
            prop_assert!(ranked.map(|it| it.total).is_sorted_by(|left, right| left >= right));
        }
    }
}
