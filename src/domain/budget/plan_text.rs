//! A plan as a record of a job has it.

use serde::{Deserialize, Serialize};

use super::{BudgetState, BudgetTarget, Interval, Ladder, Plan};
use crate::domain::Usd;

/// Limits broadest first, as text, so that no amount loses a digit.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PlanText {
    from: [Option<String>; 4],
    counted_byok: Option<bool>,
    to: [Option<String>; 4],
    counts_byok: Option<bool>,
}

impl From<Plan> for PlanText {
    fn from(plan: Plan) -> Self {
        let text = |ladder: &Ladder| Interval::ALL.map(|interval| ladder.get(interval).map(Usd::plain));
        Self {
            from: text(&plan.start().ladder),
            counted_byok: plan.start().counts_byok,
            to: text(plan.target().limits()),
            counts_byok: plan.target().counts_byok(),
        }
    }
}

impl TryFrom<PlanText> for Plan {
    type Error = &'static str;

    fn try_from(text: PlanText) -> Result<Self, Self::Error> {
        let ladder = |limits: [Option<String>; 4]| {
            Interval::ALL.into_iter().zip(limits).try_fold(Ladder::default(), |ladder, (interval, limit)| {
                let limit =
                    limit.map(|limit| Usd::of_digits(&limit, 0)).transpose().map_err(|_| "a limit is not an amount")?;
                Ok::<_, Self::Error>(ladder.with(interval, limit))
            })
        };
        let start = BudgetState { ladder: ladder(text.from)?, counts_byok: text.counted_byok };
        let to = ladder(text.to)?.validate().map_err(|_| "the limits are out of order")?;
        let wanted =
            BudgetTarget::new(to, text.counts_byok, &start).map_err(|_| "the switch has no limit to travel with")?;
        Ok(Self::new(start, wanted))
    }
}
