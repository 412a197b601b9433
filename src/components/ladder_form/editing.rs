//! A budget form that is being edited: its state, and the problems that its fields show.

use leptos::prelude::*;

use crate::components::FormState;
use crate::domain::{BudgetState, Interval, Usd};
use crate::forms::{LadderField, LadderForm, LadderProblems, LimitInput, RungProblem};
use crate::ui::Bound;

/// The form and its problems.
#[derive(Clone, Copy)]
pub struct LadderEditing {
    /// The form.
    pub state: FormState<LadderForm>,
    /// The switch, as it is shown.
    pub counts_byok: Memo<bool>,
    /// The limit that was edited last.
    last: RwSignal<Interval>,
    problems: Memo<LadderProblems>,
}

impl LadderEditing {
    /// Edits a form whose problems are those for a workspace with the budgets in `base`.
    pub fn new(state: FormState<LadderForm>, base: Signal<BudgetState>) -> Self {
        Self {
            state,
            counts_byok: Memo::new(move |_| state.with(|form| form.counts_byok == Some(true))),
            last: RwSignal::new(Interval::Lifetime),
            problems: Memo::new(move |_| base.with(|base| state.with(|form| form.problems(base)))),
        }
    }

    /// The form; tracked.
    pub fn form(&self) -> LadderForm {
        self.state.get()
    }

    /// Whether a limit is on.
    pub fn is_on(&self, interval: Interval) -> Bound<bool> {
        self.part(interval, |limit| limit.is_on, |limit, is_on| limit.is_on = is_on)
    }

    /// The amount of a limit.
    pub fn amount(&self, interval: Interval) -> Bound<String> {
        self.part(interval, |limit| limit.amount.clone(), |limit, amount| limit.amount = amount)
    }

    fn part<T: Clone + PartialEq + Send + Sync + 'static>(
        &self,
        interval: Interval,
        get: fn(&LimitInput) -> T,
        set: fn(&mut LimitInput, T),
    ) -> Bound<T> {
        let Self { state, last, .. } = *self;
        Bound::new(Memo::new(move |_| state.with(|form| get(&form.limits[interval.index()]))), move |value: T| {
            last.set(interval);
            state.update(|form| set(&mut form.limits[interval.index()], value));
        })
    }

    /// The switch, for a control.
    pub fn byok_switch(&self) -> Bound<bool> {
        let Self { state, counts_byok, .. } = *self;
        Bound::new(counts_byok, move |is_on: bool| state.update(|form| form.counts_byok = Some(is_on)))
    }

    /// The problems of the form; tracked.
    pub fn problems(&self) -> LadderProblems {
        self.problems.get()
    }

    /// The problem that a limit shows: a conflict at once, anything else once the field was left.
    pub fn problem(&self, interval: Interval) -> Signal<Option<String>> {
        let Self { state, problems, .. } = *self;
        Signal::derive(move || {
            let problem = problems.with(|problems| problems.rungs[interval.index()])?;
            let is_shown =
                matches!(problem, RungProblem::Conflict(_)) || state.is_touched(LadderField::Limit(interval));
            is_shown.then(|| problem.to_string())
        })
    }

    /// The amount that would end a limit's conflict; tracked.
    pub fn suggestion(&self, interval: Interval) -> Option<Usd> {
        let is_conflict =
            self.problems.with(|problems| matches!(problems.rungs[interval.index()], Some(RungProblem::Conflict(_))));
        is_conflict.then(|| self.form().ladder().nearest_fit(interval)).flatten()
    }

    /// The limit that was edited last, where no single amount ends all conflicts; tracked.
    pub fn stuck_around(&self) -> Option<(Interval, Usd)> {
        let ladder = self.form().ladder();
        let helps = |interval| {
            ladder.nearest_fit(interval).is_some_and(|fit| ladder.with(interval, Some(fit)).violations().is_empty())
        };
        let is_stuck = !ladder.violations().is_empty() && !Interval::ALL.into_iter().any(helps);
        let last = self.last.get();
        let around = ladder.get(last).map(|limit| (last, limit)).or_else(|| ladder.limits().next());
        around.filter(|_| is_stuck)
    }

    /// Moves all other limits out of the way of the limit that was edited last.
    pub fn fit_others(&self) {
        if let Some((interval, _)) = untrack(|| self.stuck_around()) {
            self.state.update(|form| {
                for (other, limit) in form.ladder().fitted_around(interval).limits() {
                    if other != interval {
                        form.limits[other.index()].amount = limit.input_text();
                    }
                }
            });
        }
    }

    /// Marks a limit's field as left: from then on it shows that its text is no amount.
    pub fn leave(&self, interval: Interval) {
        self.state.touch(LadderField::Limit(interval));
    }
}
