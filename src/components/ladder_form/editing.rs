//! A budget form that is being edited: its values, what was touched, and what is wrong.
//!
//! Invariant: the values are signals only here; everything else works on a plain [`LadderForm`].

use leptos::prelude::*;

use crate::domain::{BudgetState, Interval, Usd};
use crate::forms::{LadderForm, LadderProblems, RungProblem};

/// The form's signals; those of limits broadest first.
#[derive(Clone, Copy)]
pub struct LadderEditing {
    /// Which limits are on.
    pub is_on: [RwSignal<bool>; 4],
    /// What was typed.
    pub limits: [RwSignal<String>; 4],
    /// The switch as it is shown.
    pub counts_byok: RwSignal<bool>,
    is_switch_told: RwSignal<bool>,
    left: [RwSignal<bool>; 4],
    last: RwSignal<Interval>,
    problems: Memo<LadderProblems>,
}

impl LadderEditing {
    /// Starts from a form, judged for a workspace that has `base`.
    pub fn new(form: &LadderForm, base: Signal<BudgetState>) -> Self {
        let is_on = form.is_on.map(RwSignal::new);
        let limits = form.limits.clone().map(RwSignal::new);
        let counts_byok = RwSignal::new(form.counts_byok == Some(true));
        let is_switch_told = RwSignal::new(form.counts_byok.is_some());
        let read = move || read(is_on, limits, is_switch_told, counts_byok);
        Self {
            is_on,
            limits,
            counts_byok,
            is_switch_told,
            left: [false; 4].map(RwSignal::new),
            last: RwSignal::new(Interval::Lifetime),
            problems: Memo::new(move |_| base.with(|base| read().problems(base))),
        }
    }

    /// The values as they stand; read reactively.
    pub fn form(&self) -> LadderForm {
        read(self.is_on, self.limits, self.is_switch_told, self.counts_byok)
    }

    /// Puts other values in; nothing counts as touched afterwards.
    pub fn fill(&self, form: &LadderForm) {
        for at in 0..4 {
            self.left[at].set(false);
            self.is_on[at].set(form.is_on[at]);
            self.limits[at].set(form.limits[at].clone());
        }
        self.is_switch_told.set(form.counts_byok.is_some());
        self.counts_byok.set(form.counts_byok == Some(true));
    }

    /// What is wrong; read reactively.
    pub fn problems(&self) -> LadderProblems {
        self.problems.get()
    }

    /// The problem that a limit shows.
    pub fn problem(&self, interval: Interval) -> Signal<Option<String>> {
        let (problems, left) = (self.problems, self.left[interval.index()]);
        Signal::derive(move || {
            let problem = problems.with(|problems| problems.rungs[interval.index()])?;
            let is_shown = matches!(problem, RungProblem::Conflict(_)) || left.get();
            is_shown.then(|| problem.to_string())
        })
    }

    /// The amount that would end the limit's conflict.
    pub fn suggestion(&self, interval: Interval) -> Option<Usd> {
        let is_conflict =
            self.problems.with(|problems| matches!(problems.rungs[interval.index()], Some(RungProblem::Conflict(_))));
        is_conflict.then(|| self.form().ladder().nearest_fit(interval)).flatten()
    }

    /// The limit that was edited last, where there are conflicts and no single amount ends them all.
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

    /// Moves all other limits out of the way of the one that was edited last.
    pub fn fit_others(&self) {
        if let Some((interval, _)) = untrack(|| self.stuck_around()) {
            let fitted = untrack(|| self.form()).ladder().fitted_around(interval);
            for (other, limit) in fitted.limits() {
                if other != interval {
                    self.limits[other.index()].set(limit.typed());
                }
            }
        }
    }

    /// Says that a limit was edited by hand.
    pub fn edited(&self, interval: Interval) {
        self.last.set(interval);
    }

    /// Says that a limit's field was left: from then on it shows that it is no amount.
    pub fn leave(&self, interval: Interval) {
        self.left[interval.index()].set(true);
    }

    /// Says that the person chose the switch.
    pub fn switched(&self) {
        self.is_switch_told.set(true);
    }

    /// Shows every problem, as a try to save does.
    pub fn touch_all(&self) {
        for left in self.left {
            left.set(true);
        }
    }
}

fn read(
    is_on: [RwSignal<bool>; 4],
    limits: [RwSignal<String>; 4],
    is_told: RwSignal<bool>,
    counts_byok: RwSignal<bool>,
) -> LadderForm {
    let counts_byok = counts_byok.get();
    LadderForm {
        is_on: is_on.map(|it| it.get()),
        limits: limits.map(|it| it.get()),
        counts_byok: is_told.get().then_some(counts_byok),
    }
}
