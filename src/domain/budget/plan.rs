//! The writes that lead from what the server holds to what is wanted, in an order that the server accepts throughout.
//!
//! Invariant: after every step the ladder is in order (where it was at the start), and no limit is ever outside of what
//! it was and what it will be: each goes straight to where it belongs.

use thiserror::Error;

use super::{Budgets, Interval, Ladder, SetBudget, SoundLadder};
use crate::domain::Usd;

/// What a workspace has: its limits, and the switch that belongs to them all (rule 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BudgetState {
    /// The limits.
    pub ladder: Ladder,
    /// Whether spend through one's own provider keys counts; `None` where the server does not say.
    pub counts_byok: Option<bool>,
}

/// What a workspace shall have. It can always be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    ladder: SoundLadder,
    counts_byok: Option<bool>,
}

/// The switch travels with a limit, and there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("This switch is stored together with a limit: set at least one limit to change it")]
pub struct SwitchProblem;

/// One write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Whose limit is written.
    pub interval: Interval,
    /// The limit before, in US dollars.
    pub from: Option<Usd>,
    /// What becomes of it.
    pub change: Change,
}

/// What becomes of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It goes.
    Delete,
    /// It is set, perhaps with the switch.
    Set(SetBudget),
}

/// The steps to what is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    start: BudgetState,
    wanted: Wanted,
    steps: Vec<Step>,
}

impl BudgetState {
    /// What the server lists.
    pub fn of(budgets: &Budgets) -> Self {
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

    /// Whether this is `other`, by value. A switch that is not told is any.
    pub fn is_same(&self, other: &Self) -> bool {
        let is_told_apart = matches!((self.counts_byok, other.counts_byok), (Some(this), Some(that)) if this != that);
        self.ladder == other.ladder && !is_told_apart
    }
}

impl Wanted {
    /// A ladder, and the switch where it shall be something. From `start` it can be changed only where a limit is or
    /// will be.
    pub fn new(ladder: SoundLadder, counts_byok: Option<bool>, start: &BudgetState) -> Result<Self, SwitchProblem> {
        let is_changed = counts_byok.is_some() && counts_byok != start.counts_byok;
        if is_changed && ladder.ladder().is_empty() && start.ladder.is_empty() {
            return Err(SwitchProblem);
        }
        Ok(Self { ladder, counts_byok })
    }

    /// A ladder, with the switch left as it is.
    pub fn ladder(ladder: SoundLadder) -> Self {
        Self { ladder, counts_byok: None }
    }

    /// The limits that are wanted.
    pub fn limits(&self) -> &Ladder {
        self.ladder.ladder()
    }

    /// What the switch shall be; `None` leaves it.
    pub fn counts_byok(&self) -> Option<bool> {
        self.counts_byok
    }
}

impl Plan {
    /// The fewest writes from `start` to `wanted`: deletions; raises, broadest first; reductions, narrowest first;
    /// additions. A changed switch travels with one of them, or with an unchanged limit where there is none.
    pub fn new(start: BudgetState, wanted: Wanted) -> Self {
        let goal = wanted.limits();
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
        if let Some(switch) = wanted.counts_byok.filter(|wanted| start.counts_byok != Some(*wanted)) {
            carry(&mut steps, goal, &start.ladder, switch);
        }
        Self { start, wanted, steps }
    }

    /// What is left to do, as the server stands now: a plan of its own, to the same goal.
    #[must_use]
    pub fn resume(&self, now: BudgetState) -> Self {
        Self::new(now, self.wanted)
    }

    /// The writes, in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The writes in plain words, in order: `weekly $600 → $300, then monthly $1,000 → $500`.
    pub fn words(&self) -> String {
        words_of(&self.steps)
    }

    /// What it starts from.
    pub fn start(&self) -> BudgetState {
        self.start
    }

    /// What it leads to.
    pub fn wanted(&self) -> Wanted {
        self.wanted
    }

    /// What the server holds after the last step, as long as nobody else writes.
    pub fn end(&self) -> BudgetState {
        self.steps.iter().fold(self.start, BudgetState::after)
    }

    /// What the server holds before each step, and after the last, as long as nobody else writes.
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

/// Steps in plain words, in order.
pub fn words_of(steps: &[Step]) -> String {
    steps.iter().map(ToString::to_string).collect::<Vec<_>>().join(", then ")
}

/// Puts the switch on a write. More spend counts only once the limits are where they shall be, less from the start on:
/// so no limit is hit on the way that would not be hit at either end.
fn carry(steps: &mut Vec<Step>, goal: &Ladder, start: &Ladder, switch: bool) {
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
        // All limits go: the switch travels with one of them before that.
        steps.insert(0, alone(last));
    }
}

impl From<Usd> for SetBudget {
    fn from(limit_usd: Usd) -> Self {
        Self { limit_usd, include_byok_in_budgets: None }
    }
}

impl std::fmt::Display for Step {
    /// In plain words: `weekly $600 → $300`.
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
