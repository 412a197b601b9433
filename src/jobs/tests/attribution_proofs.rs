//! What an undo is about, under any faults and with another administrator who changes the same people.

use proptest::prelude::*;

use super::super::engine::OutcomeKind;
use super::super::planners::members::Action;
use super::members::{Tab, fault, job, list_fault, server};
use super::members_model::{Fault, Server};
use super::{person, workspace};

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Someone else adds and removes people while no request is open, also between two requests about the same people.
    #[test]
    fn an_undo_is_about_people_whom_this_job_changed(
        is_adding: bool,
        counts in prop::collection::vec(1usize..130, 1..3),
        blocked in prop::collection::btree_set(0usize..130, 0..6),
        faults in prop::collection::vec(fault(), 0..25),
        list_faults in prop::collection::vec(list_fault(), 0..8),
        closings in prop::collection::vec(1usize..40, 0..3),
        interferences in prop::collection::vec(prop::option::of((0usize..2, 0u16..130)), 0..40),
    ) {
        let action = if is_adding { Action::Add } else { Action::Remove };
        // A removal without an answer is taken for this job's.
        let is_told = |(fault, _): &(Fault, u8)| is_adding || !matches!(fault, Fault::LostBefore | Fault::LostAfter);
        let closings = if is_adding { closings } else { Vec::new() };
        let server = server(action, &counts);
        {
            let mut server = server.borrow_mut();
            server.blocked = blocked.into_iter().map(person).collect();
            server.faults = faults.into_iter().filter(is_told).collect();
            server.list_faults = list_faults.into();
            let place = |(at, person)| (workspace(at % counts.len()), person);
            server.interferences = interferences.into_iter().map(|it| it.map(place)).collect();
        }
        let tab = Tab::new(&server, job(action, &counts)).run_through(closings, Server::forget);
        let (undo, server) = (tab.job.borrow().undo(), server.borrow());
        for item in undo.items {
            let changed = (undo.workspaces[item.workspace].clone(), item.subject);
            prop_assert!(server.changed.contains(&changed), "{:?} was changed by someone else", changed);
        }
    }

    /// Where no one else changes anything, an addition is this job's whatever happens to its answers.
    #[test]
    fn a_lost_answer_of_an_addition_can_be_undone(
        counts in prop::collection::vec(1usize..130, 1..3),
        faults in prop::collection::vec(
            (prop_oneof![Just(Fault::None), Just(Fault::LostAfter), Just(Fault::Busy)], 0u8..6), 0..25),
        closings in prop::collection::vec(1usize..40, 0..3),
    ) {
        let server = server(Action::Add, &counts);
        server.borrow_mut().faults = faults.into();
        let tab = Tab::new(&server, job(Action::Add, &counts)).run_through(closings, Server::forget);
        let total = counts.iter().sum::<usize>();
        prop_assert_eq!(tab.job.borrow().ledger.counts().of(OutcomeKind::Done), total);
    }
}
