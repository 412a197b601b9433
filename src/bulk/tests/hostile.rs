//! Records that somebody else wrote into this browser's storage.
//!
//! Invariant: whatever is restored is a job that ends, with an end for everybody.

use std::collections::HashSet;

use proptest::prelude::*;

use super::super::{Failure, Machine, Next, record};
use super::{Action, order, person};
use crate::testing::{Tree, damage, edit};

/// Carries a job out where every second answer is lost; a list has every second member.
fn carry_out(machine: &mut Machine) {
    let members: HashSet<_> = (0..20).step_by(2).map(person).collect();
    for step in 0..10_000 {
        match machine.decide() {
            Next::Send { lane, .. } if step % 2 == 0 => machine.answered(lane, Err(Failure::Unclear("Lost.".into()))),
            Next::Send { lane, people, .. } => machine.answered(lane, Ok(people.len() as u64)),
            Next::List { place, .. } => machine.listed(place, Ok(members.clone())),
            Next::Wait { round, .. } => machine.waited(round),
            Next::AskKey => machine.key_given(),
            Next::Idle => panic!("it waits for nothing"),
            Next::End => return,
        }
    }
    panic!("it does not end");
}

proptest! {
    #[test]
    fn whatever_a_record_holds_it_is_no_job_or_one_that_ends(
        counts in prop::collection::vec(0usize..20, 0..4),
        letters in "[.?danru]{0,40}",
        words in prop::collection::vec(any::<String>(), 0..40),
        order_edits in prop::collection::vec(edit(), 0..3),
        word_edits in prop::collection::vec(edit(), 0..3),
        (order_damage, state_damage) in (damage(), damage()),
    ) {
        let mut written = Tree::of(&record::order(&Machine::new(order(Action::Add, &counts))));
        order_edits.iter().for_each(|edit| written.edit(edit));
        let mut words = Tree::of(&serde_json::to_string(&words).unwrap());
        word_edits.iter().for_each(|edit| words.edit(edit));
        let (order, state) = (order_damage.to(written.text()), state_damage.to(letters + &words.text()));
        if let Some(mut machine) = record::restore(&order, &state) {
            let again = record::restore(&record::order(&machine), &record::state(&machine)).unwrap();
            prop_assert_eq!(again.items(), machine.items());
            carry_out(&mut machine);
            prop_assert!(machine.items().iter().all(|item| item.status.is_end()));
            prop_assert_eq!(machine.tally().settled(), machine.items().len());
        }
    }

    #[test]
    fn an_asked_wait_is_at_least_a_second_and_at_most_a_day(seconds in prop_oneof![0u64..100_000, any::<u64>()]) {
        let mut machine = Machine::new(order(Action::Add, &[1]));
        let Next::Send { lane, .. } = machine.decide() else { panic!("nothing is sent") };
        machine.answered(lane, Err(Failure::Busy(Some(std::time::Duration::from_secs(seconds)))));
        let Next::Wait { wait, .. } = machine.decide() else { panic!("nothing is waited for") };
        prop_assert_eq!(wait.as_secs(), seconds.clamp(1, 86_400));
    }
}
