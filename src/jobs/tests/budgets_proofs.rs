//! Jobs for budgets under any faults, any cuts and any interleaving.

use proptest::prelude::*;

use super::super::engine::{Command, Job, OutcomeKind};
use super::super::planners::budgets::spec;
use super::budgets::{Limits, Tab, check, plan, server, state};
use super::budgets_model::{Fault, Server};
use super::workspace;
use crate::domain::{Interval, Plan, WorkspaceId};

/// Any limits in order.
fn limits() -> impl Strategy<Value = Limits> {
    let parts = (prop::collection::btree_set(1u32..60, 4), prop::array::uniform4(any::<bool>()));
    parts.prop_map(|(amounts, is_set)| {
        let mut amounts = amounts.into_iter().rev().zip(is_set).map(|(amount, is_set)| is_set.then_some(amount));
        std::array::from_fn(|_| amounts.next().flatten())
    })
}

fn any_plans() -> impl Strategy<Value = Vec<(WorkspaceId, Plan)>> {
    let of = |(at, (from, to)): (usize, (Limits, Limits))| (workspace(at), plan(state(from), to));
    let pairs = prop::collection::vec((limits(), limits()), 1..14);
    pairs.prop_map(move |pairs| {
        let plans = pairs.into_iter().enumerate().map(of);
        plans.filter(|(_, plan): &(_, Plan)| !plan.steps().is_empty()).collect()
    })
}

fn fault(meddles: bool) -> impl Strategy<Value = (Fault, u8)> {
    let meddled = (0usize..4, 1u32..60).prop_map(|(at, limit)| Fault::Meddled(Interval::ALL[at], limit));
    let fault = prop_oneof![
        8 => Just(Fault::None),
        1 => Just(Fault::LostBefore),
        1 => Just(Fault::LostAfter),
        1 => Just(Fault::Refused),
        1 => Just(Fault::Busy),
        1 => Just(Fault::Unauthorized),
        1 => meddled.prop_map(move |fault| if meddles { fault } else { Fault::None }),
    ];
    (fault, 0u8..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn every_workspace_has_one_outcome_that_agrees_with_the_server(
        plans in any_plans(),
        read_faults in prop::collection::vec(fault(true), 0..25),
        write_faults in prop::collection::vec(fault(false), 0..25),
        closings in prop::collection::vec(1usize..40, 0..3),
    ) {
        let server = server(&plans);
        server.borrow_mut().read_faults = read_faults.into();
        server.borrow_mut().write_faults = write_faults.into();
        let tab = Tab::new(&server, Job::new(spec(plans.clone()))).run_through(closings, Server::forget);
        check(&tab, &plans);
        prop_assert_eq!(server.borrow().unexpected, 0);
        prop_assert_eq!(tab.job.borrow().ledger.counts().of(OutcomeKind::NotTried), 0);
    }

    #[test]
    fn a_job_that_is_cut_off_anywhere_reaches_its_goal_when_it_is_resumed(
        plans in any_plans(),
        write_faults in prop::collection::vec(fault(false), 0..12),
        closings in prop::collection::vec(1usize..30, 1..5),
    ) {
        let server = server(&plans);
        server.borrow_mut().write_faults = write_faults.into();
        let tab = Tab::new(&server, Job::new(spec(plans.clone()))).run_through(closings, Server::forget);
        server.borrow_mut().write_faults.clear();
        tab.job.borrow_mut().command(Command::Retry);
        tab.run(None);
        check(&tab, &plans);
        prop_assert_eq!(tab.letters(), "d".repeat(plans.len()));
        prop_assert_eq!(server.borrow().out_of_order + server.borrow().unexpected, 0);
    }

    #[test]
    fn a_plan_survives_its_text(from in limits(), to in limits()) {
        let change = plan(state(from), to);
        let text = serde_json::to_string(&change).unwrap();
        prop_assert_eq!(serde_json::from_str::<crate::domain::Plan>(&text).unwrap(), change);
    }
}
