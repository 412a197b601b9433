//! One change of budgets for many workspaces, and what it would do to each of them.
//!
//! Invariant: a plan is offered only if it ends with limits that the server accepts.

use crate::domain::{
    BudgetState, BudgetTarget, Interval, Ladder, Percent, Plan, Pressure, Usd, UsdProblem, Violation, words,
};
use crate::search::BudgetUse;

words! {
    /// What to do with one limit.
    RungChoice { Keep = "keep", Set = "set", Remove = "remove" }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BulkForm {
    /// The same limits for all: choices and amounts, broadest first.
    Ladder([(RungChoice, String); 4]),
    /// An increase in percent, of the limits of these intervals, broadest first.
    Raise(String, [bool; 4]),
    Cut(String, [bool; 4]),
}

/// A valid change, which can be applied to any workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BulkChange {
    /// For each interval: `None` keeps it, `Some` holds its new limit.
    Ladder([Option<Option<Usd>>; 4]),
    /// A percentage of each limit, for these intervals.
    Share(Percent, [bool; 4]),
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BulkProblem {
    #[error("Choose what to change")]
    Nothing,
    #[error("{}: {problem}", .interval.label())]
    Amount { interval: Interval, problem: UsdProblem },
    #[error("{}: enter more than $0", .0.label())]
    Zero(Interval),
    #[error("{0}")]
    Conflict(Violation),
    #[error("Enter a percentage, such as 10 or 12.5")]
    Percent,
    #[error("Decrease by less than 100%. To remove limits, set the same limits")]
    TooMuch,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Skipped {
    Unchanged,
    Conflict(Violation),
    /// A limit would be rounded down to zero, or have too many digits.
    OutOfRange(Interval),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Preview {
    /// These writes. Also holds the intervals whose spend has used up the new limit already.
    Change(Box<Plan>, Vec<Interval>),
    Skip(Skipped),
}

impl BulkForm {
    pub fn validate(&self) -> Result<BulkChange, BulkProblem> {
        match self {
            Self::Ladder(choices) => ladder_change(choices),
            Self::Raise(typed, intervals) => {
                share_change(typed, *intervals, |percent| percent.increased().ok_or(BulkProblem::Percent))
            }
            Self::Cut(typed, intervals) => share_change(typed, *intervals, |percent| {
                percent.decreased().filter(|left| !left.is_zero()).ok_or(BulkProblem::TooMuch)
            }),
        }
    }
}

fn ladder_change(choices: &[(RungChoice, String); 4]) -> Result<BulkChange, BulkProblem> {
    if choices.iter().all(|(choice, _)| *choice == RungChoice::Keep) {
        return Err(BulkProblem::Nothing);
    }
    let mut rungs = [None; 4];
    for (interval, (choice, typed)) in Interval::ALL.into_iter().zip(choices) {
        rungs[interval.index()] = match choice {
            RungChoice::Keep => None,
            RungChoice::Remove => Some(None),
            RungChoice::Set => {
                let limit = Usd::parse(typed).map_err(|problem| BulkProblem::Amount { interval, problem })?;
                if limit.is_zero() {
                    return Err(BulkProblem::Zero(interval));
                }
                Some(Some(limit))
            }
        };
    }
    match Ladder::new(rungs.map(Option::flatten)).violations().first() {
        Some(violation) => Err(BulkProblem::Conflict(*violation)),
        None => Ok(BulkChange::Ladder(rungs)),
    }
}

fn share_change(
    typed: &str,
    intervals: [bool; 4],
    share_of: fn(Percent) -> Result<Percent, BulkProblem>,
) -> Result<BulkChange, BulkProblem> {
    let percent = Percent::parse(typed).ok_or(BulkProblem::Percent)?;
    let share = share_of(percent)?;
    let is_nothing = percent.is_zero() || intervals == [false; 4];
    if is_nothing { Err(BulkProblem::Nothing) } else { Ok(BulkChange::Share(share, intervals)) }
}

impl BulkChange {
    pub fn preview(&self, now: &BudgetUse) -> Preview {
        let (goal, plan) = match self.plan(now) {
            Ok(planned) => planned,
            Err(skipped) => return Preview::Skip(skipped),
        };
        let after = BudgetUse { state: BudgetState { ladder: goal, ..now.state }, ..now.clone() };
        let is_used_up = |interval: &Interval| {
            let used = after.used(*interval);
            let is_new = goal.get(*interval) != now.state.ladder.get(*interval);
            is_new && used.is_some_and(|used| used.pressure() == Pressure::Over)
        };
        Preview::Change(Box::new(plan), Interval::ALL.into_iter().filter(is_used_up).collect())
    }

    fn plan(&self, now: &BudgetUse) -> Result<(Ladder, Plan), Skipped> {
        let goal = self.goal(&now.state.ladder)?;
        let conflict =
            |violations: Vec<Violation>| violations.first().copied().map_or(Skipped::Unchanged, Skipped::Conflict);
        let plan = Plan::new(now.state, BudgetTarget::with_limits(goal.validate().map_err(conflict)?));
        if plan.steps().is_empty() { Err(Skipped::Unchanged) } else { Ok((goal, plan)) }
    }

    fn goal(&self, now: &Ladder) -> Result<Ladder, Skipped> {
        let mut goal = *now;
        for interval in Interval::ALL {
            match self {
                Self::Ladder(rungs) => {
                    if let Some(limit) = rungs[interval.index()] {
                        goal = goal.with(interval, limit);
                    }
                }
                Self::Share(share, intervals) => {
                    if let Some(limit) = now.get(interval).filter(|_| intervals[interval.index()]) {
                        let limit = limit.percent(*share).filter(|limit| !limit.is_zero());
                        goal = goal.with(interval, Some(limit.ok_or(Skipped::OutOfRange(interval))?));
                    }
                }
            }
        }
        Ok(goal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ApiKey, Spend};
    use crate::search::SpendReading;
    use proptest::prelude::*;

    fn ladder(limits: [&str; 4]) -> Ladder {
        Ladder::new(limits.map(|limit| Usd::parse(limit).ok()))
    }

    fn budgets(limits: [&str; 4], spent: &str) -> BudgetUse {
        let key: ApiKey = serde_json::from_str(&format!(r#"{{"hash":"a","usage_monthly":{spent}}}"#)).unwrap();
        let spend = SpendReading::Known(Box::new(Spend::of([&key]).unwrap()));
        BudgetUse {
            state: BudgetState { ladder: ladder(limits), counts_byok: Some(false) },
            spend,
            records: None,
            at: 0,
        }
    }

    fn rungs(words: [&str; 4]) -> BulkForm {
        BulkForm::Ladder(words.map(|word| match word {
            "keep" => (RungChoice::Keep, String::new()),
            "none" => (RungChoice::Remove, String::new()),
            amount => (RungChoice::Set, amount.to_owned()),
        }))
    }

    fn words(form: &BulkForm, now: &BudgetUse) -> String {
        match form.validate().unwrap().preview(now) {
            Preview::Change(plan, used_up) => {
                let steps: Vec<String> = plan.steps().iter().map(ToString::to_string).collect();
                let used_up: Vec<&str> = used_up.into_iter().map(Interval::as_str).collect();
                format!("{} | {}", steps.join(", "), used_up.join(", "))
            }
            Preview::Skip(skipped) => format!("{skipped:?}").split(['(', ' ']).next().unwrap_or_default().to_owned(),
        }
    }

    #[test]
    fn one_ladder_sets_removes_and_keeps() {
        let has = budgets(["1000", "500", "", "5"], "300");
        assert_eq!(
            words(&rungs(["none", "200", "keep", "keep"]), &has),
            "remove lifetime $1,000.00, monthly $500.00 → $200.00 | monthly"
        );
        assert_eq!(words(&rungs(["keep", "500.00", "keep", "keep"]), &has), "Unchanged");
        assert_eq!(words(&rungs(["keep", "keep", "600", "keep"]), &has), "Conflict");
        assert_eq!(rungs(["keep", "keep", "keep", "keep"]).validate(), Err(BulkProblem::Nothing));
        assert_eq!(rungs(["keep", "0", "keep", "keep"]).validate(), Err(BulkProblem::Zero(Interval::Monthly)));
        assert!(matches!(rungs(["keep", "5", "6", "keep"]).validate(), Err(BulkProblem::Conflict(_))));
        assert!(matches!(rungs(["keep", "1,23,4", "keep", "keep"]).validate(), Err(BulkProblem::Amount { .. })));
    }

    #[test]
    fn limits_are_raised_and_cut_by_a_share() {
        let has = budgets(["1000", "500", "", "5"], "300");
        let all = [true; 4];
        assert_eq!(
            words(&BulkForm::Raise("10".to_owned(), all), &has),
            "lifetime $1,000.00 → $1,100.00, monthly $500.00 → $550.00, daily $5.00 → $5.50 | "
        );
        let daily = [false, false, false, true];
        assert_eq!(words(&BulkForm::Raise("10".to_owned(), daily), &has), "daily $5.00 → $5.50 | ");
        assert_eq!(
            words(&BulkForm::Cut("50 %".to_owned(), all), &has),
            "daily $5.00 → $2.50, monthly $500.00 → $250.00, lifetime $1,000.00 → $500.00 | monthly"
        );
        let close = budgets(["", "0.02", "0.01", ""], "0");
        assert_eq!(words(&BulkForm::Cut("30".to_owned(), all), &close), "Conflict");
        assert_eq!(words(&BulkForm::Cut("99".to_owned(), all), &close), "OutOfRange");
        assert_eq!(words(&BulkForm::Raise("10".to_owned(), all), &budgets(["", "", "", ""], "0")), "Unchanged");
        for (form, problem) in [
            (BulkForm::Raise("ten".to_owned(), all), BulkProblem::Percent),
            (BulkForm::Cut("".to_owned(), all), BulkProblem::Percent),
            (BulkForm::Cut("100".to_owned(), all), BulkProblem::TooMuch),
            (BulkForm::Raise("0".to_owned(), all), BulkProblem::Nothing),
            (BulkForm::Raise("5".to_owned(), [false; 4]), BulkProblem::Nothing),
        ] {
            assert_eq!(form.validate(), Err(problem), "{form:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_offered_ends_in_order(
            amounts in prop::array::uniform4(prop::option::of(1u32..300)),
            percent in 1u32..400,
            is_cut: bool,
            intervals in prop::array::uniform4(any::<bool>()),
        ) {
            let now = Ladder::new(amounts.map(|cents| cents.and_then(|cents| Usd::parse(&format!("{cents}e-2")).ok())));
            prop_assume!(now.violations().is_empty());
            let has = BudgetUse {
                state: BudgetState { ladder: now, counts_byok: None },
                spend: SpendReading::NotNeeded,
                records: None,
                at: 0,
            };
            let form = if is_cut { BulkForm::Cut } else { BulkForm::Raise };
            if let Ok(change) = form(percent.to_string(), intervals).validate()
                && let Preview::Change(plan, _) = change.preview(&has)
            {
                for state in plan.states() {
                    prop_assert!(state.ladder.violations().is_empty());
                }
                for (at, limit) in plan.target().limits().limits() {
                    let is_fair = if is_cut { Some(limit) <= now.get(at) } else { Some(limit) >= now.get(at) };
                    prop_assert!(is_fair && !limit.is_zero());
                }
            }
        }
    }
}
