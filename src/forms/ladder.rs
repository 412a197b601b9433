//! The budget form: four limits, each on or off, and the switch that belongs to them all.
//!
//! Invariant: limits are compared by value, so a form that says the same in other digits is not an edit.

use thiserror::Error;

use super::{Comparison, Draft};
use crate::domain::budget::SwitchProblem;
use crate::domain::{BudgetState, Interval, Ladder, Usd, UsdProblem, Violation, Wanted};

/// What a person typed or chose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LadderForm {
    /// Which limits are on, broadest first.
    pub is_on: [bool; 4],
    /// What was typed for each, kept while it is off.
    pub limits: [String; 4],
    /// Whether spend through own provider keys shall count; `None` where the server does not say and nobody chose.
    pub counts_byok: Option<bool>,
}

/// What is wrong with a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RungProblem {
    /// Nothing was typed.
    #[error("Enter an amount, or switch the limit off")]
    Empty,
    /// It is no amount.
    #[error("{0}")]
    Amount(UsdProblem),
    /// A limit must be over nothing.
    #[error("A limit must be more than $0. To have none, switch it off")]
    Zero,
    /// It is out of order with another; the nearest one is named.
    #[error("{0}")]
    Conflict(Violation),
}

/// What is wrong with the form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LadderProblems {
    /// Of each limit, broadest first.
    pub rungs: [Option<RungProblem>; 4],
    /// Of the switch.
    pub switch: Option<SwitchProblem>,
}

impl LadderProblems {
    /// Why the form cannot be sent, in one line; `None` where it can.
    pub fn reason(&self) -> Option<String> {
        let conflict = self.rungs.iter().flatten().find(|it| matches!(it, RungProblem::Conflict(_)));
        let other = self.rungs.iter().flatten().find(|it| !matches!(it, RungProblem::Conflict(_)));
        match (other, conflict, self.switch) {
            (Some(_), ..) => Some("A limit is not an amount yet".to_owned()),
            (None, Some(conflict), _) => Some(conflict.to_string()),
            (None, None, Some(_)) => Some("The BYOK switch needs a limit".to_owned()),
            (None, None, None) => None,
        }
    }
}

impl LadderForm {
    /// The form filled with what a workspace has.
    pub fn of(state: &BudgetState) -> Self {
        let limits = Interval::ALL.map(|interval| state.ladder.get(interval));
        Self {
            is_on: limits.map(|limit| limit.is_some()),
            limits: limits.map(|limit| limit.map(Usd::typed).unwrap_or_default()),
            counts_byok: state.counts_byok,
        }
    }

    /// The limits that are on and can be read.
    pub fn ladder(&self) -> Ladder {
        let read = |ladder: Ladder, at: Interval| ladder.with(at, self.limit(at).and_then(Result::ok));
        Interval::ALL.into_iter().fold(Ladder::default(), read)
    }

    /// What is wrong with it, for a workspace that has `base`.
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
        let switch = match ladder.judge() {
            Ok(sound) if self.is_on == [false; 4] => Wanted::new(sound, self.counts_byok, base).err(),
            _ => None,
        };
        LadderProblems { rungs, switch }
    }

    /// What is to be sent, for a workspace that has `base`, or what is wrong.
    pub fn validate(&self, base: &BudgetState) -> Result<Wanted, Box<LadderProblems>> {
        let problems = self.problems(base);
        match self.ladder().judge() {
            Ok(sound) if problems == LadderProblems::default() => Wanted::new(sound, self.counts_byok, base)
                .map_err(|switch| Box::new(LadderProblems { switch: Some(switch), ..problems })),
            _ => Err(Box::new(problems)),
        }
    }

    /// Whether it says something else than `base`.
    pub fn differs_from(&self, base: &BudgetState) -> bool {
        Interval::ALL.into_iter().any(|interval| self.is_edited(interval, base)) || self.is_switch_edited(base)
    }

    /// What changed on the server since `base` was read, beside what this person changed.
    pub fn differences(&self, base: &BudgetState, now: &BudgetState) -> Vec<Comparison> {
        let mut found = Vec::new();
        for interval in Interval::ALL {
            let [was, is] = [base, now].map(|state| state.ladder.get(interval));
            if was != is {
                let is_mine = self.is_edited(interval, base);
                found.push(Comparison {
                    label: interval.label(),
                    loaded: limit_words(was),
                    theirs: limit_words(is),
                    mine: is_mine.then(|| self.words(interval)),
                });
            }
        }
        if !base.is_same(&BudgetState { ladder: base.ladder, ..*now }) {
            let is_mine = self.is_switch_edited(base);
            found.push(Comparison {
                label: "Count BYOK spend",
                loaded: switch_words(base.counts_byok),
                theirs: switch_words(now.counts_byok),
                mine: is_mine.then(|| switch_words(self.counts_byok)),
            });
        }
        found
    }

    /// The form after the server's budgets moved on from `base`: what this person did not touch follows them, and what
    /// the server holds by now is written as it is everywhere.
    #[must_use]
    pub fn rebased(&self, base: &BudgetState, now: &BudgetState) -> Self {
        let (mut form, theirs) = (self.clone(), Self::of(now));
        for interval in Interval::ALL {
            if !self.is_edited(interval, base) || !self.is_edited(interval, now) {
                let at = interval.index();
                form.is_on[at] = theirs.is_on[at];
                form.limits[at].clone_from(&theirs.limits[at]);
            }
        }
        if !self.is_switch_edited(base) {
            form.counts_byok = now.counts_byok;
        }
        form
    }

    /// A limit as read; `None` where it is off.
    fn limit(&self, interval: Interval) -> Option<Result<Usd, RungProblem>> {
        let at = interval.index();
        self.is_on[at].then(|| match Usd::parse(&self.limits[at]) {
            Ok(limit) if limit.is_zero() => Err(RungProblem::Zero),
            Ok(limit) => Ok(limit),
            Err(UsdProblem::Empty) => Err(RungProblem::Empty),
            Err(problem) => Err(RungProblem::Amount(problem)),
        })
    }

    fn is_edited(&self, interval: Interval, base: &BudgetState) -> bool {
        match (self.limit(interval), base.ladder.get(interval)) {
            (None, None) => false,
            (Some(Ok(limit)), Some(base)) => limit != base,
            _ => true,
        }
    }

    fn is_switch_edited(&self, base: &BudgetState) -> bool {
        self.counts_byok.is_some() && self.counts_byok != base.counts_byok
    }

    fn words(&self, interval: Interval) -> String {
        match self.limit(interval) {
            None => limit_words(None),
            Some(Ok(limit)) => limit_words(Some(limit)),
            Some(Err(_)) => self.limits[interval.index()].clone(),
        }
    }
}

impl Draft for LadderForm {
    fn to_texts(&self) -> Vec<String> {
        let switches = self.is_on.map(Some).into_iter().chain([self.counts_byok]);
        let switches = switches.map(switch_words);
        switches.chain(self.limits.iter().cloned()).collect()
    }

    fn from_texts(texts: &mut std::vec::IntoIter<String>) -> Option<Self> {
        let mut form = Self::default();
        for is_on in &mut form.is_on {
            *is_on = texts.next()? == "on";
        }
        form.counts_byok = match texts.next()?.as_str() {
            "on" => Some(true),
            "off" => Some(false),
            _ => None,
        };
        for limit in &mut form.limits {
            *limit = texts.next()?;
        }
        Some(form)
    }
}

fn limit_words(limit: Option<Usd>) -> String {
    limit.map_or_else(|| "no limit".to_owned(), |limit| limit.to_string())
}

fn switch_words(is_on: Option<bool>) -> String {
    match is_on {
        Some(true) => "on",
        Some(false) => "off",
        None => "not told",
    }
    .to_owned()
}

#[cfg(test)]
mod tests;
