//! Jobs that apply a file, against a model of the server.

use std::cell::RefCell;
use std::rc::Rc;

use proptest::prelude::*;

use super::super::engine::{Command, Job, Outcome, record};
use super::super::planners::files::{Files, spec};
use super::budgets_model::Fault;
use super::files_model::Server;
use super::person;
use crate::domain::{BudgetState, BudgetTarget, Ladder, Plan, Usd, WorkspaceId};
use crate::files::Settings;
use crate::files::plan::Part;

type Tab = super::Tab<Files, Server>;
type Parts = Vec<(WorkspaceId, Vec<Part>)>;

fn settings(text: &str) -> Settings {
    serde_json::from_str(text).unwrap()
}

fn budgets(from: Option<u32>, to: u32) -> Part {
    let ladder = |limit: Option<u32>| {
        Ladder::new([None, limit.and_then(|limit| Usd::parse(&limit.to_string()).ok()), None, None])
    };
    let start = BudgetState { ladder: ladder(from), counts_byok: None };
    Part::Budgets(Box::new(Plan::new(start, BudgetTarget::with_limits(ladder(Some(to)).validate().unwrap()))))
}

fn rename(from: &str, to: &str) -> Part {
    let name = |name: &str| settings(&format!(r#"{{"name":{{"Text":"{name}"}}}}"#));
    Part::Settings { before: name(from), after: name(to) }
}

fn create(slug: &str) -> Part {
    Part::Create(settings(&format!(r#"{{"slug":{{"Text":"{slug}"}},"name":{{"Text":"New"}}}}"#)))
}

fn people(at: std::ops::Range<usize>) -> Vec<crate::domain::UserId> {
    at.map(person).collect()
}

/// Two workspaces: one to change, one to delete. A third is created.
fn world() -> (Rc<RefCell<Server>>, Parts) {
    let mut server = Server::default();
    let alpha = server.add("alpha", "Alpha");
    let old = server.add("old", "Old");
    server.find(&alpha).unwrap().members.extend(people(0..2));
    let delete = Part::Delete(settings(r#"{"slug":{"Text":"old"},"name":{"Text":"Old"}}"#));
    let new = WorkspaceId::parse("new").unwrap();
    let parts = vec![
        (old, vec![delete]),
        (alpha, vec![rename("Alpha", "Beta"), budgets(None, 500), Part::Add(people(3..5)), Part::Remove(people(0..1))]),
        (new, vec![create("new"), budgets(None, 20), Part::Add(people(0..1))]),
    ];
    (Rc::new(RefCell::new(server)), parts)
}

fn outcomes(tab: &Tab) -> Vec<Outcome> {
    tab.job.borrow().ledger.items().iter().map(|item| item.outcome.clone()).collect()
}

#[test]
fn workspaces_come_first_and_deletions_last() {
    let (server, parts) = world();
    let tab = Tab::new(&server, Job::new(spec(parts)));
    tab.run(None);
    assert_eq!(tab.letters(), "d".repeat(8));
    let log = server.borrow().log.clone();
    assert_eq!((log[0], log[1], *log.last().unwrap()), ("create", "settings", "delete"));
    let members = log.iter().position(|it| *it == "add" || *it == "remove").unwrap();
    assert!(log[members..].iter().all(|it| *it != "budget"), "{log:?}");
}

#[test]
fn what_has_moved_is_left_alone_and_the_rest_is_applied() {
    let (server, parts) = world();
    let alpha = parts[1].0.clone();
    server.borrow_mut().find(&alpha).unwrap().workspace.name = "Theirs".to_owned();
    server.borrow_mut().find(&alpha).unwrap().members.extend(people(3..4));
    server.borrow_mut().add("new", "Taken");
    let tab = Tab::new(&server, Job::new(spec(parts)));
    tab.run(None);
    // The deletion; name, limits, added, removed; the new workspace and what depends on it.
    assert_eq!(tab.letters(), "dededrrr");
    let mut server = server.borrow_mut();
    let held = server.find(&alpha).unwrap();
    assert_eq!(held.workspace.name, "Theirs");
    assert!(!held.members.contains(&person(4)), "the people are sent together or not");
}

#[test]
fn an_undo_takes_back_each_change_and_deletes_what_was_created() {
    let (server, parts) = world();
    let alpha = parts[1].0.clone();
    let tab = Tab::new(&server, Job::new(spec(parts)));
    tab.run(None);
    let undo = tab.job.borrow().undo();
    assert_eq!(undo.items.len(), 5, "a deletion can’t be taken back");
    let undo = record::unstarted::<Files>(&record::spec(&Job::<Files>::new(undo))).unwrap();
    let tab = Tab::new(&server, undo);
    tab.run(None);
    assert_eq!(tab.letters(), "ddddd");
    let mut server = server.borrow_mut();
    let held = server.find(&alpha).unwrap();
    assert_eq!((held.workspace.name.as_str(), held.budget.ladder), ("Alpha", Ladder::default()));
    assert_eq!(held.members, people(0..2).into_iter().collect());
    assert_eq!(server.held.len(), 1);
}

#[test]
fn a_lost_answer_is_looked_up_and_a_retry_makes_the_rest() {
    let (server, parts) = world();
    server.borrow_mut().write_faults.extend([Fault::LostAfter, Fault::LostBefore]);
    let tab = Tab::new(&server, Job::new(spec(parts)));
    tab.run(None);
    assert!(matches!(outcomes(&tab)[1], Outcome::Unknown(_)), "the name");
    assert!(matches!(outcomes(&tab)[5], Outcome::Unknown(_)), "the new workspace");
    assert!(matches!(outcomes(&tab)[6], Outcome::Refused(_)), "what depends on it");
    tab.job.borrow_mut().command(Command::Retry);
    tab.run(None);
    assert_eq!(outcomes(&tab)[5], Outcome::Unattributed, "it is there, maybe by someone else");
    assert_eq!(tab.letters().replace('o', "d"), "d".repeat(8));
}

#[test]
fn people_of_an_unclear_request_are_looked_up() {
    let (server, parts) = world();
    let adding = vec![(parts[1].0.clone(), vec![Part::Add(people(3..5))])];
    server.borrow_mut().write_faults.push_back(Fault::LostAfter);
    let tab = Tab::new(&server, Job::new(spec(adding.clone())));
    tab.run(None);
    assert_eq!(tab.letters(), "o");
    let (server, _) = world();
    server.borrow_mut().write_faults.extend([Fault::LostBefore, Fault::LostBefore]);
    let tab = Tab::new(&server, Job::new(spec(adding)));
    tab.run(None);
    assert_eq!(tab.letters(), "r");
}

#[test]
fn a_change_between_the_phases_stops_what_comes_after_it() {
    let (server, parts) = world();
    // The first reads are those of the creation, then of the settings; the third is that of limits.
    server.borrow_mut().meddled = Some((3, |server: &mut Server| {
        for held in server.held.values_mut() {
            held.members.clear();
        }
    }));
    let tab = Tab::new(&server, Job::new(spec(parts)));
    tab.run(None);
    assert_eq!(outcomes(&tab)[4], Outcome::Unchanged, "the person is no longer there");
    assert_eq!(outcomes(&tab)[3], Outcome::Done);
}

fn any_faults() -> impl Strategy<Value = Vec<Fault>> {
    let fault = prop_oneof![
        4 => Just(Fault::None),
        1 => Just(Fault::LostBefore),
        1 => Just(Fault::LostAfter),
        1 => Just(Fault::Refused),
        1 => Just(Fault::Busy),
        1 => Just(Fault::Unauthorized),
    ];
    prop::collection::vec(fault, 0..20)
}

proptest! {
    #[test]
    fn every_item_ends_and_what_is_done_is_so(
        reads in any_faults(),
        writes in any_faults(),
        closings in prop::collection::vec(1usize..14, 0..4),
    ) {
        let (server, parts) = world();
        server.borrow_mut().read_faults.extend(reads);
        server.borrow_mut().write_faults.extend(writes);
        let alpha = parts[1].0.clone();
        let tab = Tab::new(&server, Job::new(spec(parts))).run_through(closings, |_| ());
        let outcomes = outcomes(&tab);
        prop_assert!(outcomes.iter().all(|outcome| outcome.kind().is_some()), "{:?}", outcomes);
        let mut server = server.borrow_mut();
        let is_met = |at: usize| matches!(outcomes[at], Outcome::Done | Outcome::Unattributed | Outcome::Unchanged);
        let has_new = server.held.values().any(|held| held.workspace.slug.as_str() == "new");
        prop_assert!(!is_met(0) || server.held.values().all(|held| held.workspace.slug.as_str() != "old"));
        prop_assert!(!is_met(5) || has_new);
        let held = server.find(&alpha).unwrap();
        prop_assert!(!is_met(1) || held.workspace.name == "Beta");
        prop_assert!(!is_met(2) || !held.budget.ladder.is_empty());
        prop_assert!(!is_met(3) || held.members.contains(&person(3)) && held.members.contains(&person(4)));
        prop_assert!(!is_met(4) || !held.members.contains(&person(0)));
    }
}
