//! Records that something else wrote into this browser's storage: each is no job, or one that ends.

use std::fmt::Debug;

use proptest::prelude::*;

use super::super::engine::job::Next;
use super::super::engine::{Call, Failure, Job, Planner, record};
use super::super::planners::budgets::{self, Budgets};
use super::super::planners::members::{Action, Members};
use super::budgets::plans;
use super::members::targets;
use super::person;
use crate::api::members::Acknowledged;
use crate::domain::BudgetState;
use crate::testing::{Tree, damage, edit};

/// Restores a job and runs it while every second write is lost, and every read finds the same. Checks that the job is the
/// same after another reload, and that it ends with an outcome for each item.
fn check<P: Planner>(spec: &str, state: &str, found: &P::Found, written: fn(&P::Write) -> P::Written)
where
    P::Found: Clone,
    P::Subject: PartialEq + Debug,
{
    let Some(mut job) = record::restore::<P>(spec, state) else { return };
    let again = record::restore::<P>(&record::spec(&job), &record::state(&job)).unwrap();
    assert_eq!(again.ledger.items(), job.ledger.items());
    let mut steps = 0..10_000;
    loop {
        let step = steps.next().expect("it does not end");
        match job.decide() {
            Next::Send(Call::Write(at, _)) if step % 2 == 0 => {
                job.apply_write(at, Err(Failure::Unclear("Lost.".into())));
            }
            Next::Send(Call::Write(at, write)) => job.apply_write(at, Ok(written(&write))),
            Next::Send(Call::Read(at, _)) => job.apply_read(at, Ok(found.clone())),
            Next::Wait(_, round) => job.end_wait(round),
            Next::AskKey => job.accept_key(),
            Next::Idle => panic!("it waits for nothing"),
            Next::End => break,
        }
    }
    assert!(job.ledger.items().iter().all(|item| item.outcome.kind().is_some()));
    assert_eq!(job.ledger.counts().settled(), job.ledger.items().len());
}

proptest! {
    #[test]
    fn whatever_a_record_holds_it_is_no_job_or_one_that_ends(
        counts in prop::collection::vec(0usize..20, 0..4),
        letters in "[wfdoarueWFDOARUEnN]{0,40}",
        words in prop::collection::vec(any::<String>(), 0..40),
        spec_edits in prop::collection::vec(edit(), 0..3),
        word_edits in prop::collection::vec(edit(), 0..3),
        (spec_damage, state_damage) in (damage(), damage()),
        is_about_budgets: bool,
    ) {
        let written = match is_about_budgets {
            true => record::spec(&Job::<Budgets>::new(budgets::spec(plans(counts.len())))),
            false => record::spec(&Job::<Members>::new(targets(Action::Add, &counts))),
        };
        let mut written = Tree::of(&written);
        spec_edits.iter().for_each(|edit| written.edit(edit));
        let mut words = Tree::of(&serde_json::to_string(&words).unwrap());
        word_edits.iter().for_each(|edit| words.edit(edit));
        let (spec, state) = (spec_damage.to(written.text()), state_damage.to(letters + &words.text()));
        let every_second = (0..20).step_by(2).map(|at| (person(at), Some(at as i64))).collect();
        check::<Members>(&spec, &state, &every_second, |write| Acknowledged::of(write.people.len() as u64));
        check::<Budgets>(&spec, &state, &BudgetState::default(), |_| ());
    }

    #[test]
    fn an_asked_wait_is_at_least_a_second_and_at_most_a_day(seconds in prop_oneof![0u64..100_000, any::<u64>()]) {
        let mut job = Job::<Members>::new(targets(Action::Add, &[1]));
        let Next::Send(Call::Write(at, _)) = job.decide() else { panic!("nothing is sent") };
        job.apply_write(at, Err(Failure::Busy(Some(std::time::Duration::from_secs(seconds)))));
        let Next::Wait(wait, _) = job.decide() else { panic!("nothing is waited for") };
        prop_assert_eq!(wait.as_secs(), seconds.clamp(1, 86_400));
    }
}

#[test]
fn a_record_of_another_version_or_kind_is_no_job() {
    let job = Job::<Members>::new(targets(Action::Add, &[2]));
    let (spec, state) = (record::spec(&job), record::state(&job));
    assert!(record::restore::<Members>(&spec, &state).is_some());
    assert!(record::restore::<Members>(&spec.replace("\"version\":2", "\"version\":3"), &state).is_none());
    assert!(record::restore::<Budgets>(&spec, &state).is_none());
    // The format before kinds and versions.
    let old = r#"{"action":"add","places":[{"workspace":"0f8fad5b-d9cb-469f-a165-708677289500","people":["user_0"]}]}"#;
    assert!(record::restore::<Members>(old, ".[]").is_none());
    // A record whose outcomes do not fit its items.
    assert!(record::restore::<Members>(&spec, "www[]").is_none());
    assert!(record::restore::<Members>(&spec, "w[]").is_none());
}
