//! Jobs for API keys against a model of the server, under any faults and any cuts.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::time::Duration;

use futures::future::LocalBoxFuture;
use proptest::prelude::*;

use super::super::engine::{Command, Failure, Item, Job, Outcome, Planner as _};
use super::super::planners::keys::{KeyChange, KeyItem, KeyLimit, KeyWrite, Keys, KeysAction, spec};
use super::{After, Model, workspace};
use crate::domain::{ApiKey, KeyHash, LimitReset, Usd, WorkspaceId};

type Tab = super::Tab<Keys, Server>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    LostBefore,
    LostAfter,
    Refused,
    Busy,
    Unauthorized,
    /// Someone else sets the limit first.
    Meddled,
}

#[derive(Default)]
struct Server {
    keys: BTreeMap<KeyHash, ApiKey>,
    read_faults: VecDeque<(Fault, u8)>,
    write_faults: VecDeque<(Fault, u8)>,
    writes: usize,
    meddled: Vec<KeyHash>,
}

fn refused(words: &str) -> Failure {
    Failure::Refused { words: words.into(), mentions: String::new() }
}

impl Server {
    fn read(&mut self, key: &KeyHash, fault: Fault) -> Result<ApiKey, Failure> {
        match fault {
            Fault::Busy => Err(Failure::Busy(None)),
            Fault::Unauthorized => Err(Failure::Unauthorized),
            Fault::Refused => Err(refused("Not today.")),
            Fault::LostBefore | Fault::LostAfter => Err(Failure::Unclear("No connection.".into())),
            Fault::None | Fault::Meddled => {
                if fault == Fault::Meddled
                    && let Some(found) = self.keys.get_mut(key)
                {
                    found.limit = Usd::parse("3.33").ok();
                    self.meddled.push(key.clone());
                }
                self.keys.get(key).cloned().ok_or(Failure::Gone("No such key.".into()))
            }
        }
    }

    fn write(&mut self, KeyWrite { key, .. }: &KeyWrite, fault: Fault) -> Result<(), Failure> {
        match fault {
            Fault::Busy => return Err(Failure::Busy(Some(Duration::from_secs(1)))),
            Fault::Unauthorized => return Err(Failure::Unauthorized),
            Fault::LostBefore => return Err(Failure::Unclear("The connection was closed.".into())),
            Fault::Refused => return Err(refused("Not today.")),
            Fault::None | Fault::LostAfter | Fault::Meddled => self.writes += 1,
        }
        if key.change == KeyChange::Delete {
            self.keys.remove(&key.hash);
        } else {
            let found = self.keys.get_mut(&key.hash).ok_or(Failure::Gone("No such key.".into()))?;
            match &key.change {
                KeyChange::Disable => found.disabled = true,
                KeyChange::Enable => found.disabled = false,
                KeyChange::Limit { to, .. } => (found.limit, found.limit_reset) = (to.limit, to.reset.clone()),
                KeyChange::Move { to } => found.workspace_id = Some(to.clone()),
                KeyChange::Delete => {}
            }
        }
        if fault == Fault::LostAfter { Err(Failure::Unclear("The connection was closed.".into())) } else { Ok(()) }
    }
}

impl Model<Keys> for Server {
    fn answer_read(tab: &Tab, key: &KeyHash) -> LocalBoxFuture<'static, Result<ApiKey, Failure>> {
        let (server, key) = (tab.server.clone(), key.clone());
        let (fault, delay) = server.borrow_mut().read_faults.pop_front().unwrap_or((Fault::None, 1));
        Box::pin(async move {
            After(delay).await;
            server.borrow_mut().read(&key, fault)
        })
    }

    fn answer_write(tab: &Tab, write: &KeyWrite) -> LocalBoxFuture<'static, Result<(), Failure>> {
        let (server, write) = (tab.server.clone(), write.clone());
        let (fault, delay) = server.borrow_mut().write_faults.pop_front().unwrap_or((Fault::None, 1));
        tab.expect_written(|item| item.subject.hash == write.key.hash && item.was_sent);
        Box::pin(async move {
            After(delay).await;
            server.borrow_mut().write(&write, fault)
        })
    }
}

fn change(action: KeysAction) -> KeyChange {
    let limit = KeyLimit { limit: Usd::parse("25").ok(), reset: Some(LimitReset::Weekly) };
    match action {
        KeysAction::Disable => KeyChange::Disable,
        KeysAction::Enable => KeyChange::Enable,
        KeysAction::Limit => KeyChange::Limit { from: KeyLimit::default(), to: limit },
        KeysAction::Move => KeyChange::Move { to: workspace(9) },
        KeysAction::Delete => KeyChange::Delete,
    }
}

/// Keys in three workspaces, by turns.
fn items(action: KeysAction, count: usize) -> Vec<(WorkspaceId, KeyItem)> {
    let item = |at: usize| {
        let hash = KeyHash::parse(&format!("{at:02}")).unwrap();
        let key = KeyItem { hash, name: "CI".to_owned(), label: "sk-or-v1-a...z".to_owned(), change: change(action) };
        (workspace(at % 3), key)
    };
    (0..count).map(item).collect()
}

fn tab(action: KeysAction, count: usize) -> Tab {
    let items = items(action, count);
    let key = |(workspace, item): &(WorkspaceId, KeyItem)| {
        let is_disabled = action == KeysAction::Enable;
        let json = format!(r#"{{"hash":"{}","workspace_id":"{workspace}","disabled":{is_disabled}}}"#, item.hash);
        (item.hash.clone(), serde_json::from_str(&json).unwrap())
    };
    let server = Server { keys: items.iter().map(key).collect(), ..Server::default() };
    Tab::new(&Rc::new(RefCell::new(server)), Job::new(spec(action, items)))
}

fn is_reached(item: &KeyItem, now: Option<&ApiKey>) -> bool {
    match (&item.change, now) {
        (KeyChange::Delete, now) => now.is_none(),
        (KeyChange::Disable, Some(key)) => key.disabled,
        (KeyChange::Enable, Some(key)) => !key.disabled,
        (KeyChange::Limit { to, .. }, Some(key)) => KeyLimit::of(key) == *to,
        (KeyChange::Move { to }, Some(key)) => key.workspace_id.as_ref() == Some(to),
        (_, None) => false,
    }
}

/// Each outcome agrees with what the server holds.
fn check(tab: &Tab) {
    let (job, server) = (tab.job.borrow(), tab.server.borrow());
    assert!(!tab.is_ahead.get(), "something was sent before it was written down");
    for Item { outcome, subject, .. } in job.ledger.items() {
        let is_reached = is_reached(subject, server.keys.get(&subject.hash));
        let is_meddled = server.meddled.contains(&subject.hash);
        match outcome {
            Outcome::Done | Outcome::Unchanged => assert!(is_reached || is_meddled, "{outcome:?} {subject:?}"),
            Outcome::ChangedElsewhere => assert!(is_meddled, "{subject:?}"),
            Outcome::Unknown(_) => {}
            Outcome::Refused(_) | Outcome::NotTried => assert!(!is_reached, "{outcome:?} {subject:?}"),
            other => panic!("{other:?} is not final"),
        }
    }
}

const ALL: [KeysAction; 5] =
    [KeysAction::Disable, KeysAction::Enable, KeysAction::Limit, KeysAction::Move, KeysAction::Delete];

#[test]
fn every_key_is_changed_once_and_undo_takes_it_back() {
    for action in ALL {
        let tab = tab(action, 12);
        let before = tab.server.borrow().keys.clone();
        tab.run(None);
        assert_eq!(tab.letters(), "d".repeat(12), "{action:?}");
        check(&tab);
        let undo = Keys::undo(&action, &tab.job.borrow().ledger);
        if action == KeysAction::Delete {
            assert!(undo.items.is_empty() && tab.server.borrow().keys.is_empty());
            continue;
        }
        let undone = Tab::new(&tab.server, Job::new(undo));
        undone.run(None);
        assert_eq!(undone.letters(), "d".repeat(12), "{action:?}");
        assert_eq!(undone.server.borrow().keys, before, "{action:?}");
        assert_eq!(undone.server.borrow().writes, 24);
    }
}

#[test]
fn a_key_that_someone_else_changed_or_deleted_is_left_alone() {
    let tab = tab(KeysAction::Limit, 3);
    let hash = |at: usize| KeyHash::parse(&format!("{at:02}")).unwrap();
    tab.server.borrow_mut().keys.get_mut(&hash(0)).unwrap().limit = Usd::parse("7").ok();
    tab.server.borrow_mut().meddled.push(hash(0));
    tab.server.borrow_mut().keys.remove(&hash(1));
    tab.run(None);
    assert_eq!(tab.server.borrow().writes, 1);
    check(&tab);
    // The items are ordered by workspace.
    assert_eq!(tab.letters(), "erd");
}

fn fault(meddles: bool) -> impl Strategy<Value = (Fault, u8)> {
    let fault = prop_oneof![
        8 => Just(Fault::None),
        1 => Just(Fault::LostBefore),
        1 => Just(Fault::LostAfter),
        1 => Just(Fault::Refused),
        1 => Just(Fault::Busy),
        1 => Just(Fault::Unauthorized),
        1 => Just(if meddles { Fault::Meddled } else { Fault::None }),
    ];
    (fault, 0u8..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn every_outcome_agrees_with_the_server_and_a_retry_reaches_the_goal(
        action in prop::sample::select(ALL.to_vec()),
        count in 1usize..14,
        read_faults in prop::collection::vec(fault(true), 0..20),
        write_faults in prop::collection::vec(fault(false), 0..20),
        closings in prop::collection::vec(1usize..40, 0..3),
    ) {
        let tab = tab(action, count);
        tab.server.borrow_mut().read_faults = read_faults.into();
        tab.server.borrow_mut().write_faults = write_faults.into();
        let tab = tab.run_through(closings, |_| ());
        check(&tab);
        tab.server.borrow_mut().read_faults.clear();
        tab.server.borrow_mut().write_faults.clear();
        tab.job.borrow_mut().command(Command::Retry);
        tab.run(None);
        check(&tab);
        if tab.server.borrow().meddled.is_empty() {
            prop_assert!(tab.letters().chars().all(|letter| "da".contains(letter)), "{}", tab.letters());
        }
    }
}
