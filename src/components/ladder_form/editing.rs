//! A budget form that is being edited: its state, and the problems that its fields show.

use crate::components::FormState;
use crate::domain::{BudgetState, Interval, Ladder, Usd};
use crate::forms::{Form as _, LadderField, LadderForm, LadderProblems, LimitInput, RungProblem};
use crate::ui::Bound;
use leptos::prelude::*;

/// The form and its problems.
#[derive(Clone, Copy)]
pub struct LadderEditing {
    pub(crate) state: FormState<LadderForm>,
    pub(crate) counts_byok: Bound<bool>,
    last: RwSignal<Interval>,
    problems: Memo<LadderProblems>,
    saved: Memo<LadderForm>,
}

impl LadderEditing {
    /// Edits a form whose problems are those for a workspace with the budgets in `base`.
    pub fn new(state: FormState<LadderForm>, base: Signal<BudgetState>) -> Self {
        Self {
            state,
            counts_byok: state.bind(LadderField::CountsByok),
            last: RwSignal::new(Interval::Lifetime),
            problems: Memo::new(move |_| base.with(|base| state.with(|form| form.problems(base)))),
            saved: Memo::new(move |_| base.with(LadderForm::of)),
        }
    }

    /// Whether a limit differs from what is saved, for a limit that was saved. A new one is seen by itself.
    pub(crate) fn is_changed(&self, interval: Interval) -> Signal<bool> {
        let differs = self.differs(LadderField::Limit(interval));
        let saved = self.saved;
        Signal::derive(move || saved.with(|saved| saved.limits[interval.index()].is_on) && differs.get())
    }

    pub(crate) fn is_byok_changed(&self) -> Signal<bool> {
        let differs = self.differs(LadderField::CountsByok);
        let saved = self.saved;
        Signal::derive(move || saved.with(|saved| saved.ladder().limits().next().is_some()) && differs.get())
    }

    fn differs(&self, field: LadderField) -> Signal<bool> {
        let Self { state, saved, .. } = *self;
        Signal::derive(move || saved.with(|saved| state.with(|form| !form.matches(field, saved))))
    }

    pub(crate) fn is_on(&self, interval: Interval) -> Bound<bool> {
        self.part(interval, |limit| limit.is_on, |limit, is_on| limit.is_on = is_on)
    }

    pub(crate) fn amount(&self, interval: Interval) -> Bound<String> {
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

    pub(crate) fn problems(&self) -> LadderProblems {
        self.problems.get()
    }

    /// The problem that a limit shows: a conflict immediately, anything else once the field was left.
    pub(crate) fn problem(&self, interval: Interval) -> Signal<Option<String>> {
        let Self { state, problems, .. } = *self;
        Signal::derive(move || {
            let problem = problems.with(|problems| problems.rungs[interval.index()])?;
            match problem {
                RungProblem::Conflict(violation) => Some(violation.at(interval)),
                problem => state.is_touched(LadderField::Limit(interval)).then(|| problem.to_string()),
            }
        })
    }

    /// The limits as they are typed; tracked. Text that isn't an amount counts as no limit.
    pub(crate) fn ladder(&self) -> Ladder {
        self.state.with(LadderForm::ladder)
    }

    /// The amount that would end a limit's conflict; tracked.
    pub(crate) fn suggestion(&self, interval: Interval) -> Option<Usd> {
        let is_conflict =
            self.problems.with(|problems| matches!(problems.rungs[interval.index()], Some(RungProblem::Conflict(_))));
        is_conflict.then(|| self.ladder().nearest_fit(interval)).flatten()
    }

    /// The limit that was edited last, if no single change of a limit ends all conflicts; tracked.
    pub(crate) fn stuck_around(&self) -> Option<(Interval, Usd)> {
        let ladder = self.ladder();
        let helps = |interval| {
            ladder.nearest_fit(interval).is_some_and(|fit| ladder.with(interval, Some(fit)).violations().is_empty())
        };
        let is_stuck = !ladder.violations().is_empty() && !Interval::ALL.into_iter().any(helps);
        let last = self.last.get();
        let around = ladder.get(last).map(|limit| (last, limit)).or_else(|| ladder.limits().next());
        around.filter(|_| is_stuck)
    }

    /// Changes all other limits so that they fit the limit that was edited last.
    pub(crate) fn fit_others(&self) {
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

    /// Marks a limit's field as left: from then on it shows that its text isn't an amount.
    pub(crate) fn leave(&self, interval: Interval) {
        self.state.touch(LadderField::Limit(interval));
    }
}
