//! Plans the writes that change a workspace's budgets, in an order in which the server accepts each of them.
//!
//! Invariant: if the ladder is valid at the start, it is valid after every step. Each limit is written at most once, with
//! its final amount.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::plan_text::PlanText;
use super::{Budgets, Interval, Ladder, SetBudget, ValidLadder};
use crate::domain::Usd;

/// A workspace's limits and its BYOK switch (rule 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BudgetState {
    /// The limits.
    pub ladder: Ladder,
    /// Whether BYOK spend counts. `None` if the server does not say.
    pub counts_byok: Option<bool>,
}

/// The budgets that a workspace should have. A plan to them always exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BudgetTarget {
    ladder: ValidLadder,
    counts_byok: Option<bool>,
}

/// The BYOK switch can only be written together with a limit, and there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("Set at least one limit to change this switch")]
pub struct SwitchProblem;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub interval: Interval,
    /// The limit before, in US dollars.
    pub from: Option<Usd>,
    pub change: Change,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Delete,
    /// The limit is set, possibly with the BYOK switch.
    Set(SetBudget),
}

/// The steps from a state to a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "PlanText", into = "PlanText")]
pub struct Plan {
    start: BudgetState,
    target: BudgetTarget,
    steps: Vec<Step>,
}

impl BudgetState {
    pub(crate) fn of(budgets: &Budgets) -> Self {
        Self { ladder: Ladder::of(&budgets.budgets), counts_byok: budgets.include_byok_in_budgets }
    }

    /// The state after a step.
    #[must_use]
    pub fn after(self, step: &Step) -> Self {
        match step.change {
            Change::Delete => Self { ladder: self.ladder.with(step.interval, None), ..self },
            Change::Set(body) => Self {
                ladder: self.ladder.with(step.interval, Some(body.limit_usd)),
                counts_byok: body.include_byok_in_budgets.or(self.counts_byok),
            },
        }
    }

    /// Whether both states have the same limits and the same switch. An unknown switch equals any.
    pub fn is_same(&self, other: &Self) -> bool {
        let differs = matches!((self.counts_byok, other.counts_byok), (Some(this), Some(that)) if this != that);
        self.ladder == other.ladder && !differs
    }
}

impl BudgetTarget {
    /// A target with these limits, and with the BYOK switch unless it is `None`. Fails if the switch would change, but there
    /// is no limit in `start` or in the target to write it with.
    pub fn new(ladder: ValidLadder, counts_byok: Option<bool>, start: &BudgetState) -> Result<Self, SwitchProblem> {
        let is_changed = counts_byok.is_some() && counts_byok != start.counts_byok;
        if is_changed && ladder.ladder().is_empty() && start.ladder.is_empty() {
            return Err(SwitchProblem);
        }
        Ok(Self { ladder, counts_byok })
    }

    /// A target with these limits that leaves the switch unchanged.
    pub fn with_limits(ladder: ValidLadder) -> Self {
        Self { ladder, counts_byok: None }
    }

    pub fn limits(&self) -> &Ladder {
        self.ladder.ladder()
    }

    /// The BYOK switch. `None` leaves it unchanged.
    pub fn counts_byok(&self) -> Option<bool> {
        self.counts_byok
    }
}

impl Plan {
    /// The fewest writes from `start` to `target`: deletions; raises, broadest first; reductions, narrowest first;
    /// additions. A changed switch is sent with one of them, or else with an unchanged limit.
    pub fn new(start: BudgetState, target: BudgetTarget) -> Self {
        let goal = target.limits();
        let (mut deletions, mut raises, mut reductions, mut additions) = (vec![], vec![], vec![], vec![]);
        for interval in Interval::ALL {
            let from = start.ladder.get(interval);
            let step = |change| Step { interval, from, change };
            match (from, goal.get(interval)) {
                (Some(_), None) => deletions.push(step(Change::Delete)),
                (None, Some(to)) => additions.push(step(Change::Set(to.into()))),
                (Some(from), Some(to)) if from < to => raises.push(step(Change::Set(to.into()))),
                (Some(from), Some(to)) if from > to => reductions.push(step(Change::Set(to.into()))),
                _ => {}
            }
        }
        reductions.reverse();
        let mut steps = [deletions, raises, reductions, additions].concat();
        if let Some(switch) = target.counts_byok.filter(|wanted| start.counts_byok != Some(*wanted)) {
            add_switch(&mut steps, goal, &start.ladder, switch);
        }
        Self { start, target, steps }
    }

    /// A new plan from the server's present state to the same target.
    #[must_use]
    pub fn resume(&self, now: BudgetState) -> Self {
        Self::new(now, self.target)
    }

    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The steps as text: `weekly $600 → $300, then monthly $1,000 → $500`.
    pub fn describe(&self) -> String {
        describe_steps(&self.steps)
    }

    /// What the plan changes: the limits, broadest first, then the BYOK switch. Such as `monthly $500.00`, `no daily limit`.
    pub fn changes(&self) -> Vec<String> {
        let ordered =
            Interval::ALL.into_iter().flat_map(|at| self.steps.iter().filter(move |step| step.interval == at));
        let limit = |step: &Step| match step.change {
            Change::Delete => Some(format!("no {} limit", step.interval.as_str())),
            Change::Set(body) if step.from == Some(body.limit_usd) => None,
            Change::Set(body) => Some(format!("{} {}", step.interval.as_str(), body.limit_usd)),
        };
        let switch = |step: &Step| match step.change {
            Change::Set(SetBudget { include_byok_in_budgets: Some(true), .. }) => Some("BYOK spend counts".to_owned()),
            Change::Set(SetBudget { include_byok_in_budgets: Some(false), .. }) => {
                Some("BYOK spend doesn’t count".to_owned())
            }
            _ => None,
        };
        ordered.filter_map(limit).chain(self.steps.iter().filter_map(switch)).collect()
    }

    pub fn start(&self) -> BudgetState {
        self.start
    }

    pub fn target(&self) -> BudgetTarget {
        self.target
    }

    /// The state after the last step, unless someone else writes.
    pub fn end(&self) -> BudgetState {
        self.steps.iter().fold(self.start, BudgetState::after)
    }

    /// The state before each step and after the last, unless someone else writes.
    pub fn states(&self) -> Vec<BudgetState> {
        let mut states = vec![self.start];
        let mut state = self.start;
        for step in &self.steps {
            state = state.after(step);
            states.push(state);
        }
        states
    }
}

pub fn describe_steps(steps: &[Step]) -> String {
    steps.iter().map(ToString::to_string).collect::<Vec<_>>().join(", then ")
}

/// Adds the switch to a step. BYOK spend starts to count with the last limit that is set, and stops to count with the first.
/// So no limit is exceeded between the steps that is not exceeded before or after all of them.
fn add_switch(steps: &mut Vec<Step>, goal: &Ladder, start: &Ladder, switch: bool) {
    let mut bodies = steps.iter_mut().filter_map(|step| match &mut step.change {
        Change::Set(body) => Some(body),
        Change::Delete => None,
    });
    let carrier = if switch { bodies.next_back() } else { bodies.next() };
    let alone = |(interval, limit): (Interval, Usd)| {
        let body = SetBudget { limit_usd: limit, include_byok_in_budgets: Some(switch) };
        Step { interval, from: Some(limit), change: Change::Set(body) }
    };
    if let Some(body) = carrier {
        body.include_byok_in_budgets = Some(switch);
    } else if let Some(kept) = goal.limits().next() {
        steps.push(alone(kept));
    } else if let Some(last) = start.limits().next() {
        // All limits are deleted. The switch is sent with one of them before that.
        steps.insert(0, alone(last));
    }
}

impl From<Usd> for SetBudget {
    fn from(limit_usd: Usd) -> Self {
        Self { limit_usd, include_byok_in_budgets: None }
    }
}

impl std::fmt::Display for Step {
    /// `weekly $600 → $300`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let interval = self.interval.as_str();
        match (self.from, self.change) {
            (Some(from), Change::Delete) => write!(f, "remove {interval} {from}")?,
            (None, Change::Delete) => write!(f, "remove {interval}")?,
            (None, Change::Set(body)) => write!(f, "add {interval} {}", body.limit_usd)?,
            (Some(from), Change::Set(body)) if from == body.limit_usd => write!(f, "{interval} stays {from}")?,
            (Some(from), Change::Set(body)) => write!(f, "{interval} {from} → {}", body.limit_usd)?,
        }
        match self.change {
            Change::Set(SetBudget { include_byok_in_budgets: Some(true), .. }) => f.write_str(", counting BYOK spend"),
            Change::Set(SetBudget { include_byok_in_budgets: Some(false), .. }) => {
                f.write_str(", no longer counting BYOK spend")
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
