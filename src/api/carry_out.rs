//! Carrying out a plan of budget writes, one at a time.
//!
//! Invariant: before each write the budgets are read, and nothing is sent where they are not what the plan expects there:
//! the API has no condition to send along, so the look stands right before the write.

use super::{ApiError, Client, WriteError, WriteResult, budgets};
use crate::domain::{BudgetState, Budgets, Change, Plan, Step, WorkspaceId, WorkspaceRef};

/// How the carrying out of a plan ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanEnd {
    /// Every step was made; with what the server holds now, where that could be read.
    Complete(Option<Budgets>),
    /// The look before a step failed: nothing of that step was sent.
    Unread(ApiError),
    /// Somebody else has written meanwhile; with what the server holds now. Nothing of the step was sent.
    Changed(Budgets),
    /// A write failed.
    Failed(WriteError),
}

/// What was made of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// How many of its steps were made.
    pub done: usize,
    /// How it ended.
    pub end: PlanEnd,
}

/// Makes the steps of a plan in order, up to the first that cannot be made. `on_step` hears of each step when it begins
/// (`None`) and how it went.
pub async fn carry_out(
    client: &Client,
    id: &WorkspaceId,
    plan: &Plan,
    mut on_step: impl FnMut(usize, &Step, Option<&WriteResult<()>>),
) -> Carried {
    let workspace = WorkspaceRef::from(id);
    for (done, (step, expected)) in plan.steps().iter().zip(plan.states()).enumerate() {
        on_step(done, step, None);
        let end = match budgets::list(client, &workspace).await {
            Err(error) => PlanEnd::Unread(error),
            Ok(now) if !BudgetState::of(&now).is_same(&expected) => PlanEnd::Changed(now),
            Ok(_) => {
                let result = write(client, id, step).await;
                on_step(done, step, Some(&result));
                match result {
                    Ok(()) => continue,
                    Err(failure) => PlanEnd::Failed(failure),
                }
            }
        };
        return Carried { done, end };
    }
    let now = budgets::list(client, &workspace).await.ok();
    Carried { done: plan.steps().len(), end: PlanEnd::Complete(now) }
}

async fn write(client: &Client, id: &WorkspaceId, step: &Step) -> WriteResult<()> {
    match step.change {
        Change::Delete => budgets::delete(client, id, step.interval, step.from).await,
        Change::Set(body) => budgets::set(client, id, step.interval, step.from, &body).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::settle::WriteOutcome;
    use crate::api::testing::{ID, Line, answer, closed, run};
    use crate::domain::{Interval, Ladder, Usd, Wanted};

    fn ladder(limits: &[(Interval, &str)]) -> Ladder {
        limits.iter().fold(Ladder::default(), |ladder, (at, limit)| ladder.with(*at, Usd::parse(limit).ok()))
    }

    fn listed(limits: &[(Interval, &str)]) -> Line {
        let budget = |(interval, limit): &(Interval, &str)| {
            let interval = serde_json::to_string(interval).unwrap();
            format!(r#"{{"id":"b","workspace_id":"{ID}","limit_usd":{limit},"reset_interval":{interval}}}"#)
        };
        let rows: Vec<String> = limits.iter().map(budget).collect();
        answer(200, &format!(r#"{{"data":[{}],"include_byok_in_budgets":false}}"#, rows.join(",")))
    }

    /// The answer to a write that was made; what it says of the limit is not looked at.
    fn made() -> Line {
        let data = format!(r#"{{"id":"b","workspace_id":"{ID}","limit_usd":1,"reset_interval":null}}"#);
        answer(200, &format!(r#"{{"data":{data}}}"#))
    }

    const BEFORE: [(Interval, &str); 2] = [(Interval::Monthly, "1000"), (Interval::Weekly, "600")];
    const BETWEEN: [(Interval, &str); 2] = [(Interval::Monthly, "1000"), (Interval::Weekly, "300")];
    const AFTER: [(Interval, &str); 2] = [(Interval::Monthly, "500"), (Interval::Weekly, "300")];

    fn carry(script: Vec<Line>) -> (Carried, Vec<String>, Vec<String>) {
        let wanted = Wanted::ladder(ladder(&AFTER).judge().unwrap());
        let plan = Plan::new(BudgetState { ladder: ladder(&BEFORE), counts_byok: Some(false) }, wanted);
        let id = WorkspaceId::parse(ID).unwrap();
        let mut steps = Vec::new();
        let on_step = |at: usize, _: &Step, result: Option<&WriteResult<()>>| {
            steps.push(format!("{at} {}", result.map_or("begins", |it| if it.is_ok() { "done" } else { "failed" })));
        };
        let (carried, log, _) = run(script, async |client: Client| carry_out(&client, &id, &plan, on_step).await);
        let writes = log.into_iter().filter(|line| !line.starts_with("GET"));
        let writes = writes.map(|line| line.replace(&format!("/WORKSPACES/{}/BUDGETS/", ID.to_uppercase()), ""));
        (carried, writes.collect(), steps)
    }

    #[test]
    fn each_step_is_made_after_a_look_and_the_end_is_read() {
        let script = vec![listed(&BEFORE), made(), listed(&BETWEEN), made(), listed(&AFTER)];
        let (carried, writes, steps) = carry(script);
        assert!(matches!(carried.end, PlanEnd::Complete(Some(now)) if Ladder::of(&now.budgets) == ladder(&AFTER)));
        assert_eq!(carried.done, 2);
        assert_eq!(writes, ["PUT WEEKLY", "PUT MONTHLY"]);
        assert_eq!(steps, ["0 begins", "0 done", "1 begins", "1 done"]);
    }

    #[test]
    fn nothing_is_sent_over_a_change_that_somebody_else_made() {
        let theirs = [(Interval::Monthly, "800"), (Interval::Weekly, "300")];
        let (carried, writes, _) = carry(vec![listed(&theirs)]);
        assert!(matches!(carried, Carried { done: 0, end: PlanEnd::Changed(_) }));
        assert!(writes.is_empty());
        let (carried, writes, _) = carry(vec![listed(&BEFORE), made(), listed(&theirs)]);
        assert!(matches!(carried, Carried { done: 1, end: PlanEnd::Changed(_) }));
        assert_eq!(writes, ["PUT WEEKLY"]);
    }

    #[test]
    fn the_first_failure_ends_it() {
        let (carried, writes, steps) = carry(vec![listed(&BEFORE), answer(403, "")]);
        assert!(
            matches!(carried, Carried { done: 0, end: PlanEnd::Failed(it) } if it.outcome == WriteOutcome::Refused)
        );
        assert_eq!((writes.len(), steps.last().map(String::as_str)), (1, Some("0 failed")));
        let unread = vec![listed(&BEFORE), made(), closed(), closed(), closed()];
        let (carried, writes, _) = carry(unread);
        assert!(matches!(carried, Carried { done: 1, end: PlanEnd::Unread(_) }));
        assert_eq!(writes, ["PUT WEEKLY", "WAIT 250 MS", "WAIT 500 MS"]);
    }

    #[test]
    fn a_write_whose_answer_was_lost_counts_as_made_where_it_was() {
        let weekly = |limit: &str| {
            let data = format!(r#"{{"id":"b","workspace_id":"{ID}","limit_usd":{limit},"reset_interval":"weekly"}}"#);
            answer(200, &format!(r#"{{"data":{data}}}"#))
        };
        let script = vec![listed(&BEFORE), closed(), weekly("300"), listed(&BETWEEN), made(), listed(&AFTER)];
        let (carried, writes, _) = carry(script);
        assert!(matches!(carried, Carried { done: 2, end: PlanEnd::Complete(_) }));
        assert_eq!(writes, ["PUT WEEKLY", "PUT MONTHLY"]);
    }
}
