//! The spend of the running month, added up day by day, and where it leads at the present pace.

use super::activity::DailySpend;
use super::{Interval, Timestamp, Usd, pace};

/// The spend up to the end of a day, or up to now.
#[derive(Debug, Clone, PartialEq)]
pub struct CurvePoint {
    /// `YYYY-MM-DD`, UTC.
    pub date: String,
    /// On this day alone, in US dollars.
    pub spent: Usd,
    /// Since the month began.
    pub sum: Usd,
    /// How much of the month has passed by then, from 0 to 1.
    pub share: f64,
    /// Whether the day goes on.
    pub is_today: bool,
}

/// The points of the running month, the oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthCurve {
    pub points: Vec<CurvePoint>,
    /// What is spent when the month ends. `None` in its first five hours, and without the spend of today.
    pub by_reset: Option<Usd>,
    /// The first and the last day, as `YYYY-MM-DD`.
    pub ends: [String; 2],
}

impl MonthCurve {
    /// The curve at `now` (Unix seconds). `days` are completed, the oldest first. `None` if a sum has more digits than an
    /// amount can have.
    pub fn of(days: &[DailySpend], today: Option<&DailySpend>, now: i64) -> Option<Self> {
        let (start, end) = Interval::Monthly.running(now)?;
        let date = |at: i64| Some(Timestamp::from_unix_seconds(at)?.date().to_owned());
        let (first, last) = (date(start)?, date(end - 1)?);
        let mut sum = Usd::ZERO;
        let mut point = |day: &DailySpend, at: i64, is_today: bool| {
            sum = sum.checked_add(day.spent)?;
            Some(CurvePoint {
                date: day.date.clone(),
                spent: day.spent,
                sum,
                share: share(at - start, end - start),
                is_today,
            })
        };
        // Dates are in order as text.
        let of_month = days.iter().filter(|day| first <= day.date && today.is_none_or(|today| day.date < today.date));
        let mut points = of_month
            .map(|day| point(day, Timestamp::end_of_day(&day.date)?.unix_seconds()? + 1, false))
            .collect::<Option<Vec<_>>>()?;
        if let Some(today) = today {
            points.push(point(today, now, true)?);
        }
        let by_reset = today.and_then(|_| pace::by_reset(Interval::Monthly, points.last()?.sum, now));
        Some(Self { points, by_reset, ends: [first, last] })
    }

    /// What has been spent so far.
    pub fn sum(&self) -> Usd {
        self.points.last().map_or(Usd::ZERO, |point| point.sum)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share, to be drawn")]
fn share(part: i64, whole: i64) -> f64 {
    part as f64 / whole as f64
}

/// The top of an axis that has room for `most`: a round amount whose half is round too.
pub fn axis_top(most: Usd) -> Usd {
    const STEPS: [u128; 6] = [10, 20, 40, 50, 60, 80];
    let mut unit = 1_u128;
    loop {
        for step in STEPS {
            match Usd::of_digits(&(step * unit).to_string(), -3) {
                Ok(top) if top >= most => return top,
                Ok(_) => {}
                Err(_) => return most,
            }
        }
        unit *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(date: &str, spent: &str) -> DailySpend {
        DailySpend { date: date.to_owned(), spent: Usd::parse(spent).unwrap() }
    }

    fn at(text: &str) -> i64 {
        Timestamp::new(text).unix_seconds().unwrap()
    }

    #[test]
    fn days_of_the_month_are_added_up() {
        let days = [day("2026-10-31", "7"), day("2026-11-01", "10"), day("2026-11-02", "0"), day("2026-11-03", "5")];
        let today = day("2026-11-04", "1.50");
        let curve = MonthCurve::of(&days, Some(&today), at("2026-11-04T00:00:00Z") + 43_200).unwrap();
        let points: Vec<_> = curve.points.iter().map(|it| (it.date.as_str(), it.sum.brief(), it.is_today)).collect();
        assert_eq!(
            points,
            [
                ("2026-11-01", "$10.00".to_owned(), false),
                ("2026-11-02", "$10.00".to_owned(), false),
                ("2026-11-03", "$15.00".to_owned(), false),
                ("2026-11-04", "$16.50".to_owned(), true),
            ]
        );
        let shares: Vec<_> = curve.points.iter().map(|it| (it.share * 60.0).round()).collect();
        assert!(shares.iter().zip([2.0, 4.0, 6.0, 7.0]).all(|(is, wanted)| (is - wanted).abs() < 0.01), "{shares:?}");
        // 16.50 in 3.5 of 30 days.
        assert_eq!(curve.by_reset.map(Usd::brief).as_deref(), Some("$141.43"));
        assert_eq!(curve.ends, ["2026-11-01", "2026-11-30"]);
    }

    #[test]
    fn without_the_spend_of_today_there_is_no_forecast() {
        let now = at("2026-11-04T12:00:00Z");
        let curve = MonthCurve::of(&[day("2026-11-03", "5")], None, now).unwrap();
        assert_eq!((curve.points.len(), curve.by_reset, curve.sum().brief().as_str()), (1, None, "$5.00"));
        assert_eq!(MonthCurve::of(&[], None, now).unwrap().sum(), Usd::ZERO);
    }

    #[test]
    fn an_axis_ends_at_a_round_amount() {
        let top = |most: &str| axis_top(Usd::parse(most).unwrap()).table_text();
        assert_eq!(top("15750"), "$20,000");
        assert_eq!(top("42000"), "$50,000");
        assert_eq!(top("999.99"), "$1,000");
        assert_eq!(top("1000"), "$1,000");
        assert_eq!(top("5.01"), "$6.00");
        assert_eq!(top("0.031"), "$0.04");
    }

    proptest! {
        #[test]
        fn an_axis_has_room_for_all_of_it(digits in 1u64.., scale in 0u8..12) {
            let most = Usd::parse(&format!("{digits}e-{scale}")).unwrap();
            let top = axis_top(most);
            prop_assert!(top >= most && (most.ratio(top) > 0.49 || top == Usd::parse("0.01").unwrap()));
        }
    }
}
