//! The budget form: four limits, each on or off, and the switch that belongs to all of them.
//!
//! Invariant: limits are compared by value, so the same amount in other digits is not an edit.

use thiserror::Error;

use super::{FieldType as _, Form, FormField, LimitInput, Value};
use crate::domain::budget::SwitchProblem;
use crate::domain::{BudgetState, BudgetTarget, Interval, Ladder, Usd, UsdProblem, Violation};

/// What a person entered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LadderForm {
    /// The limits, broadest first.
    pub limits: [LimitInput; 4],
    /// Whether spend through the organization's own provider keys counts; `None` where the server does not say and the
    /// person did not choose.
    pub counts_byok: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LadderField {
    Limit(Interval),
    CountsByok,
}

impl FormField for LadderField {
    const ALL: &'static [Self] = &[
        Self::Limit(Interval::Lifetime),
        Self::Limit(Interval::Monthly),
        Self::Limit(Interval::Weekly),
        Self::Limit(Interval::Daily),
        Self::CountsByok,
    ];

    fn label(self) -> &'static str {
        match self {
            Self::Limit(interval) => interval.label(),
            Self::CountsByok => "Count BYOK spend",
        }
    }

    fn wire_name(self) -> &'static str {
        match self {
            Self::Limit(interval) => interval.as_str(),
            Self::CountsByok => "include_byok_in_budgets",
        }
    }
}

impl Form for LadderForm {
    type Field = LadderField;
    type Server = BudgetState;

    fn of(state: &BudgetState) -> Self {
        let limits = Interval::ALL.map(|interval| state.ladder.get(interval));
        let input = |limit: Option<Usd>| LimitInput {
            is_on: limit.is_some(),
            amount: limit.map(Usd::input_text).unwrap_or_default(),
        };
        Self { limits: limits.map(input), counts_byok: state.counts_byok }
    }

    fn get(&self, field: LadderField) -> Value {
        match field {
            LadderField::Limit(interval) => self.limits[interval.index()].to_value(),
            LadderField::CountsByok => Value::Switch(self.counts_byok),
        }
    }

    fn set(&mut self, field: LadderField, value: Value) {
        match (field, value) {
            (LadderField::Limit(interval), Value::Limit(limit)) => self.limits[interval.index()] = limit,
            (LadderField::CountsByok, Value::Switch(is_on)) => self.counts_byok = is_on,
            _ => {}
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RungProblem {
    #[error("Enter an amount, or remove the limit")]
    Empty,
    #[error("{0}")]
    Amount(UsdProblem),
    #[error("Enter more than $0, or remove the limit")]
    Zero,
    /// The limit is out of order with another; holds the nearest one.
    #[error("{0}")]
    Conflict(Violation),
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LadderProblems {
    /// Of each limit, broadest first.
    pub rungs: [Option<RungProblem>; 4],
    pub switch: Option<SwitchProblem>,
}

impl LadderProblems {
    /// Why the form cannot be sent, in one line.
    pub fn reason(&self) -> Option<String> {
        let mut rungs = self.rungs.iter().flatten();
        if rungs.clone().any(|problem| !matches!(problem, RungProblem::Conflict(_))) {
            return Some("Enter an amount, such as 500 or 29.99".to_owned());
        }
        let conflict = rungs.next().map(ToString::to_string);
        conflict.or_else(|| self.switch.map(|_| "Set at least one limit to change the BYOK switch".to_owned()))
    }
}

impl LadderForm {
    /// The limits that are on and have a valid amount.
    pub fn ladder(&self) -> Ladder {
        Ladder::new(Interval::ALL.map(|interval| self.limit(interval)?.ok()))
    }

    /// The problems of the form, for a workspace with these budgets.
    pub fn problems(&self, base: &BudgetState) -> LadderProblems {
        let ladder = self.ladder();
        let violations = ladder.violations();
        let rungs = Interval::ALL.map(|interval| match self.limit(interval)? {
            Err(problem) => Some(problem),
            Ok(_) => {
                let conflicts = violations.iter().filter(|violation| violation.concerns(interval));
                conflicts.min_by_key(|violation| violation.distance()).copied().map(RungProblem::Conflict)
            }
        });
        let is_empty = self.limits.iter().all(|limit| !limit.is_on);
        let switch = match ladder.validate() {
            Ok(ladder) if is_empty => BudgetTarget::new(ladder, self.counts_byok, base).err(),
            _ => None,
        };
        LadderProblems { rungs, switch }
    }

    /// The budgets to reach, for a workspace with these budgets, or the problems of the form.
    pub fn validate(&self, base: &BudgetState) -> Result<BudgetTarget, Box<LadderProblems>> {
        let problems = self.problems(base);
        let ladder = self.ladder().validate().ok().filter(|_| problems == LadderProblems::default());
        let target = ladder.and_then(|ladder| BudgetTarget::new(ladder, self.counts_byok, base).ok());
        target.ok_or_else(|| Box::new(problems))
    }

    /// A parsed limit; `None` where it is off.
    fn limit(&self, interval: Interval) -> Option<Result<Usd, RungProblem>> {
        let limit = &self.limits[interval.index()];
        limit.is_on.then(|| match Usd::parse(&limit.amount) {
            Ok(amount) if amount.is_zero() => Err(RungProblem::Zero),
            Ok(amount) => Ok(amount),
            Err(UsdProblem::Empty) => Err(RungProblem::Empty),
            Err(problem) => Err(RungProblem::Amount(problem)),
        })
    }
}

#[cfg(test)]
mod tests;
