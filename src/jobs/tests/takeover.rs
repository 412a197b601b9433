//! A tab that was frozen wakes up after another tab has taken its job over.

use super::super::engine::{Command, Job, Outcome, Stage};
use super::super::planners::members::{Action, Members};
use super::Tab;
use super::members::{job, server};
use super::members_model::Server;

/// A tab that has sent some requests, and one that continues from its record to the end.
fn frozen_and_done(publications: usize) -> (Tab<Members, Server>, Tab<Members, Server>) {
    let server = server(Action::Add, &[700]);
    let frozen = Tab::new(&server, job(Action::Add, &[700]));
    frozen.run(Some(publications));
    server.borrow_mut().forget();
    let other = Tab::new(&server, frozen.restored());
    other.run(None);
    frozen.is_taken.set(true);
    (frozen, other)
}

#[test]
fn a_tab_that_lost_its_claim_sends_nothing_and_ends() {
    for publications in [1, 2, 5, 9] {
        let (frozen, other) = frozen_and_done(publications);
        assert!(other.letters().chars().all(|it| it == 'd'), "{}", other.letters());
        let sent = other.server.borrow().sent.len();
        frozen.run(None);
        assert_eq!(other.server.borrow().sent.len(), sent);
        assert_eq!(frozen.job.borrow().stage(), Stage::TakenOver);
        assert!(Stage::TakenOver.is_over());
    }
}

#[test]
fn no_command_revives_a_job_that_was_taken_over() {
    let (frozen, _) = frozen_and_done(3);
    frozen.run(None);
    for command in [Command::Pause, Command::Resume, Command::Stop, Command::Retry] {
        frozen.job.borrow_mut().command(command);
        assert_eq!(frozen.job.borrow().stage(), Stage::TakenOver, "{command:?}");
    }
}

#[test]
fn what_was_in_flight_stays_so_for_the_tab_that_reads_it_back() {
    let server = server(Action::Add, &[700]);
    let tab = Tab::new(&server, job(Action::Add, &[700]));
    tab.run(Some(5));
    tab.job.borrow_mut().hand_over();
    let restored: Job<Members> = tab.restored();
    assert!(restored.ledger.items().iter().any(|item| item.outcome == Outcome::InFlight));
}
