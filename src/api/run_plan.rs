//! Runs a plan of budget writes, one at a time.
//!
//! Invariant: the budgets are read right before each write, and nothing is sent unless they are what the plan expects. The API
//! has no conditional writes.

use super::{ApiError, Client, WriteError, WriteResult, budgets};
use crate::domain::{BudgetState, Budgets, Plan, Step, WorkspaceId, WorkspaceRef};

/// How the run of a plan ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanEnd {
    /// Every step was applied. Holds the budgets afterwards, if they could be read.
    Complete(Option<Budgets>),
    /// The budgets could not be read before a step. The step was not sent.
    Unread(ApiError),
    /// Someone else changed the budgets, which it holds, before a step. The step was not sent.
    Changed(Budgets),
    /// The write of a step failed.
    Failed(WriteError),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRun {
    /// How many of its steps were applied.
    pub done: usize,
    pub end: PlanEnd,
}

/// Runs the steps of a plan in order until one fails. `send` writes a step. Calls `on_step` before each step (`None`), and
/// after it with whether it was applied.
pub async fn run_plan(
    client: &Client,
    id: &WorkspaceId,
    plan: &Plan,
    mut on_step: impl FnMut(usize, Option<bool>),
    mut send: impl AsyncFnMut(&Step) -> WriteResult<()>,
) -> PlanRun {
    let workspace = WorkspaceRef::from(id);
    for (done, (step, expected)) in plan.steps().iter().zip(plan.states()).enumerate() {
        on_step(done, None);
        let end = match budgets::list(client, &workspace).await {
            Err(error) => PlanEnd::Unread(error),
            Ok(now) if !BudgetState::of(&now).is_same(&expected) => PlanEnd::Changed(now),
            Ok(_) => {
                let result = send(step).await;
                on_step(done, Some(result.is_ok()));
                match result {
                    Ok(()) => continue,
                    Err(failure) => PlanEnd::Failed(failure),
                }
            }
        };
        return PlanRun { done, end };
    }
    let now = budgets::list(client, &workspace).await.ok();
    PlanRun { done: plan.steps().len(), end: PlanEnd::Complete(now) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::settle::WriteOutcome;
    use crate::api::testing::{ID, Line, answer, closed, refused, run};
    use crate::domain::{BudgetTarget, Interval, Ladder, Usd};

    fn ladder(limits: &[(Interval, &str)]) -> Ladder {
        limits.iter().fold(Ladder::default(), |ladder, (at, limit)| ladder.with(*at, Usd::parse(limit).ok()))
    }

    fn listed(limits: &[(Interval, &str)]) -> Line {
        let budget = |(interval, limit): &(Interval, &str)| {
            let interval = interval.as_str();
            format!(r#"{{"id":"b","workspace_id":"{ID}","limit_usd":{limit},"reset_interval":"{interval}"}}"#)
        };
        let rows: Vec<String> = limits.iter().map(budget).collect();
        answer(200, &format!(r#"{{"data":[{}],"include_byok_in_budgets":false}}"#, rows.join(",")))
    }

    /// The response to an applied write. Its limit is not read.
    fn applied() -> Line {
        let data = format!(r#"{{"id":"b","workspace_id":"{ID}","limit_usd":1,"reset_interval":null}}"#);
        answer(200, &format!(r#"{{"data":{data}}}"#))
    }

    const BEFORE: [(Interval, &str); 2] = [(Interval::Monthly, "1000"), (Interval::Weekly, "600")];
    const BETWEEN: [(Interval, &str); 2] = [(Interval::Monthly, "1000"), (Interval::Weekly, "300")];
    const AFTER: [(Interval, &str); 2] = [(Interval::Monthly, "500"), (Interval::Weekly, "300")];

    fn run_script(script: Vec<Line>) -> (PlanRun, Vec<String>, Vec<String>) {
        let target = BudgetTarget::with_limits(ladder(&AFTER).validate().unwrap());
        let plan = Plan::new(BudgetState { ladder: ladder(&BEFORE), counts_byok: Some(false) }, target);
        let id = WorkspaceId::parse(ID).unwrap();
        let mut steps = Vec::new();
        let on_step = |at: usize, is_applied: Option<bool>| {
            steps.push(format!("{at} {}", is_applied.map_or("begins", |it| if it { "done" } else { "failed" })));
        };
        let (result, log, _) = run(script, async |client: Client| {
            let send = async |step: &Step| budgets::apply(&client, &id, step).await;
            run_plan(&client, &id, &plan, on_step, send).await
        });
        let writes = log.into_iter().filter(|line| !line.starts_with("GET"));
        let writes = writes.map(|line| line.replace(&format!("/WORKSPACES/{}/BUDGETS/", ID.to_uppercase()), ""));
        (result, writes.collect(), steps)
    }

    #[test]
    fn the_budgets_are_read_before_each_step_and_after_the_last() {
        let script = vec![listed(&BEFORE), applied(), listed(&BETWEEN), applied(), listed(&AFTER)];
        let (result, writes, steps) = run_script(script);
        assert!(matches!(result.end, PlanEnd::Complete(Some(now)) if Ladder::of(&now.budgets) == ladder(&AFTER)));
        assert_eq!(result.done, 2);
        assert_eq!(writes, ["PUT WEEKLY", "PUT MONTHLY"]);
        assert_eq!(steps, ["0 begins", "0 done", "1 begins", "1 done"]);
    }

    #[test]
    fn nothing_is_sent_over_a_change_by_someone_else() {
        let theirs = [(Interval::Monthly, "800"), (Interval::Weekly, "300")];
        let (result, writes, _) = run_script(vec![listed(&theirs)]);
        assert!(matches!(result, PlanRun { done: 0, end: PlanEnd::Changed(_) }));
        assert!(writes.is_empty());
        let (result, writes, _) = run_script(vec![listed(&BEFORE), applied(), listed(&theirs)]);
        assert!(matches!(result, PlanRun { done: 1, end: PlanEnd::Changed(_) }));
        assert_eq!(writes, ["PUT WEEKLY"]);
    }

    #[test]
    fn the_first_failure_ends_the_run() {
        let (result, writes, steps) = run_script(vec![listed(&BEFORE), refused(403)]);
        assert!(matches!(result, PlanRun { done: 0, end: PlanEnd::Failed(it) } if it.outcome == WriteOutcome::Refused));
        assert_eq!((writes.len(), steps.last().map(String::as_str)), (1, Some("0 failed")));
        let unread = vec![listed(&BEFORE), applied(), closed(), closed(), closed()];
        let (result, writes, _) = run_script(unread);
        assert!(matches!(result, PlanRun { done: 1, end: PlanEnd::Unread(_) }));
        assert_eq!(writes, ["PUT WEEKLY", "WAIT 250 MS", "WAIT 500 MS"]);
    }

    #[test]
    fn a_write_whose_response_was_lost_counts_if_it_was_applied() {
        let weekly = |limit: &str| {
            let data = format!(r#"{{"id":"b","workspace_id":"{ID}","limit_usd":{limit},"reset_interval":"weekly"}}"#);
            answer(200, &format!(r#"{{"data":{data}}}"#))
        };
        let script = vec![listed(&BEFORE), closed(), weekly("300"), listed(&BETWEEN), applied(), listed(&AFTER)];
        let (result, writes, _) = run_script(script);
        assert!(matches!(result, PlanRun { done: 2, end: PlanEnd::Complete(_) }));
        assert_eq!(writes, ["PUT WEEKLY", "PUT MONTHLY"]);
    }
}
