//! Rotations of API keys against a model of the server, under any faults and any cuts.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::time::Duration;

use futures::future::LocalBoxFuture;
use proptest::prelude::*;

use super::super::engine::{Command, Failure, Item, Job, Outcome, record};
use super::super::planners::rotation::{RotatedKey, Rotation, RotationFound, RotationRead, RotationWrite, spec};
use super::{After, Model, workspace};
use crate::api::CreatedKey;
use crate::domain::{ApiKey, CreateKey, KeyHash, LimitReset, Timestamp, Usd, WorkspaceId};

type Tab = super::Tab<Rotation, Server>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    /// The request does not arrive, and reading back shows that.
    LostBefore,
    /// The answer does not arrive, and reading back finds the key.
    LostAfter,
    /// Neither the answer nor the list of keys arrives.
    Silent,
    Refused,
    Busy,
    Unauthorized,
    /// Someone else disables the key first.
    Meddled,
}

#[derive(Default)]
struct Server {
    keys: BTreeMap<KeyHash, ApiKey>,
    /// By the hash of the old key.
    successors: BTreeMap<KeyHash, Vec<KeyHash>>,
    read_faults: VecDeque<(Fault, u8)>,
    write_faults: VecDeque<(Fault, u8)>,
    meddled: Vec<KeyHash>,
    clock: i64,
    has_clock: bool,
    bodies: Vec<CreateKey>,
}

fn refused(words: &str) -> Failure {
    Failure::Refused { words: words.into(), mentions: String::new() }
}

fn unclear() -> Failure {
    Failure::Unclear("The connection was closed.".into())
}

impl Server {
    fn read(&mut self, read: &RotationRead, fault: Fault) -> Result<RotationFound, Failure> {
        self.clock += 1;
        match fault {
            Fault::Busy => return Err(Failure::Busy(None)),
            Fault::Unauthorized => return Err(Failure::Unauthorized),
            Fault::Refused => return Err(refused("Not today.")),
            Fault::LostBefore | Fault::LostAfter | Fault::Silent => return Err(unclear()),
            Fault::Meddled => {
                self.keys.get_mut(&read.key).unwrap().disabled = true;
                self.meddled.push(read.key.clone());
            }
            Fault::None => {}
        }
        let old = self.keys.get(&read.key).cloned().ok_or(Failure::Gone("No such key.".into()))?;
        let new = self.successors.get(&read.key).and_then(|all| all.last()).filter(|_| read.sent.is_some());
        Ok(RotationFound { old, successor: new.and_then(|hash| self.keys.get(hash).cloned()) })
    }

    fn write(&mut self, write: &RotationWrite, fault: Fault) -> Result<CreatedKey, Failure> {
        self.clock += 1;
        match fault {
            Fault::Busy => return Err(Failure::Busy(Some(Duration::from_secs(1)))),
            Fault::Unauthorized => return Err(Failure::Unauthorized),
            Fault::LostBefore => return Err(refused("No connection. We checked: nothing was changed.")),
            Fault::Refused => return Err(refused("Not today.")),
            Fault::None | Fault::LostAfter | Fault::Silent | Fault::Meddled => {}
        }
        let key: ApiKey = serde_json::from_str(&format!(
            r#"{{"hash":"new-{}","name":"{}","label":"sk-or-v1-n...w"}}"#,
            self.clock,
            write.body.name.as_str()
        ))
        .unwrap();
        self.bodies.push(write.body.clone());
        self.successors.entry(write.old.hash.clone()).or_default().push(key.hash.clone());
        self.keys.insert(key.hash.clone(), key.clone());
        match fault {
            Fault::LostAfter => Ok(CreatedKey::SecretLost(vec![key])),
            Fault::Silent => Err(unclear()),
            _ => Ok(CreatedKey::Issued(Box::new(key), serde_json::from_str(r#""sk-or-v1-canary""#).unwrap())),
        }
    }
}

impl Model<Rotation> for Server {
    fn answer_read(tab: &Tab, read: &RotationRead) -> LocalBoxFuture<'static, Result<RotationFound, Failure>> {
        let (server, read) = (tab.server.clone(), read.clone());
        let (fault, delay) = server.borrow_mut().read_faults.pop_front().unwrap_or((Fault::None, 1));
        Box::pin(async move {
            After(delay).await;
            server.borrow_mut().read(&read, fault)
        })
    }

    fn answer_write(tab: &Tab, write: &RotationWrite) -> LocalBoxFuture<'static, Result<CreatedKey, Failure>> {
        let (server, write) = (tab.server.clone(), write.clone());
        let (fault, delay) = server.borrow_mut().write_faults.pop_front().unwrap_or((Fault::None, 1));
        tab.expect_written(|item| item.subject.hash == write.old.hash && item.was_sent);
        Box::pin(async move {
            After(delay).await;
            server.borrow_mut().write(&write, fault)
        })
    }

    fn now(tab: &Tab) -> Option<i64> {
        let server = tab.server.borrow();
        server.has_clock.then_some(server.clock)
    }

    fn check(job: &Job<Rotation>) {
        let (spec, state) = (record::spec(job), record::state(job));
        assert!(!spec.contains("canary") && !state.contains("canary"), "a record has a secret");
    }
}

fn expiry() -> Timestamp {
    Timestamp::new("2027-02-28T23:59:59Z")
}

/// Keys in three workspaces, by turns.
fn tab(count: usize) -> Tab {
    let hash = |at: usize| KeyHash::parse(&format!("{at:02}")).unwrap();
    let item = |at: usize| {
        let key = RotatedKey { hash: hash(at), name: format!("Key {at}"), label: "sk-or-v1-a...z".to_owned() };
        (workspace(at % 3), key)
    };
    let key = |(place, item): &(WorkspaceId, RotatedKey)| {
        let json = format!(
            r#"{{"hash":"{}","name":"{}","workspace_id":"{place}","limit":7.5,"limit_reset":"weekly","include_byok_in_limit":true,"creator_user_id":"jane"}}"#,
            item.hash, item.name
        );
        (item.hash.clone(), serde_json::from_str(&json).unwrap())
    };
    let items: Vec<_> = (0..count).map(item).collect();
    let server = Server { keys: items.iter().map(key).collect(), has_clock: true, ..Server::default() };
    Tab::new(&Rc::new(RefCell::new(server)), Job::new(spec(expiry(), items)))
}

/// Each outcome agrees with what the server holds, and no key has two successors.
fn check(tab: &Tab) {
    let (job, server) = (tab.job.borrow(), tab.server.borrow());
    assert!(!tab.is_ahead.get(), "something was sent before it was written down");
    for Item { outcome, subject, .. } in job.ledger.items() {
        let created = server.successors.get(&subject.hash).map_or(0, Vec::len);
        assert!(created <= 1, "{subject:?} has {created} successors");
        assert!(server.keys.contains_key(&subject.hash), "the old key stays");
        match outcome {
            Outcome::Done => assert_eq!(created, 1, "{subject:?}"),
            Outcome::ChangedElsewhere => assert!(created == 0 && server.meddled.contains(&subject.hash)),
            Outcome::Refused(_) | Outcome::NotTried => assert_eq!(created, 0, "{outcome:?} {subject:?}"),
            Outcome::Unknown(_) => {}
            other => panic!("{other:?} is not final"),
        }
    }
}

#[test]
fn a_successor_has_the_settings_of_its_key_and_the_expiry() {
    let tab = tab(6);
    tab.run(None);
    check(&tab);
    assert_eq!(tab.letters(), "dddddd");
    let issued = tab.job.borrow_mut().take_issued();
    assert_eq!(issued.len(), 6);
    assert!(tab.job.borrow_mut().take_issued().is_empty(), "secrets are given away once");
    let server = tab.server.borrow();
    let body = server.bodies.iter().find(|body| body.name.as_str() == "Key 4").unwrap();
    assert_eq!((&body.workspace_id, body.expires_at.as_ref()), (&workspace(1), Some(&expiry())));
    assert_eq!((body.limit, body.limit_reset.as_ref()), (Usd::parse("7.5").ok(), Some(&LimitReset::Weekly)));
    assert!(body.include_byok_in_limit && body.creator_user_id.as_ref().is_some_and(|owner| owner.as_str() == "jane"));
}

#[test]
fn a_lost_secret_is_told_and_nothing_is_created_again_before_that_key_is_deleted() {
    let tab = tab(1);
    tab.server.borrow_mut().write_faults = [(Fault::LostAfter, 1)].into();
    tab.run(None);
    check(&tab);
    assert_eq!(tab.letters(), "u");
    tab.job.borrow_mut().command(Command::Retry);
    tab.run(None);
    check(&tab);
    assert_eq!(tab.letters(), "u");
    let reason = tab.job.borrow().ledger.items()[0].outcome.reason().unwrap().to_string();
    assert!(reason.contains("sk-or-v1-n...w") && reason.contains("secret is lost"), "{reason}");
    {
        let mut server = tab.server.borrow_mut();
        let lost = server.successors.remove(&KeyHash::parse("00").unwrap()).unwrap();
        server.keys.remove(&lost[0]);
    }
    tab.job.borrow_mut().command(Command::Retry);
    tab.run(None);
    check(&tab);
    assert_eq!(tab.letters(), "d");
}

fn fault(meddles: bool) -> impl Strategy<Value = (Fault, u8)> {
    let fault = prop_oneof![
        8 => Just(Fault::None),
        1 => Just(Fault::LostBefore),
        1 => Just(Fault::LostAfter),
        1 => Just(Fault::Silent),
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
    fn no_key_gets_two_successors_and_every_outcome_agrees_with_the_server(
        count in 1usize..14,
        has_clock in any::<bool>(),
        read_faults in prop::collection::vec(fault(true), 0..20),
        write_faults in prop::collection::vec(fault(false), 0..20),
        closings in prop::collection::vec(1usize..40, 0..3),
    ) {
        let tab = tab(count);
        tab.server.borrow_mut().has_clock = has_clock;
        tab.server.borrow_mut().read_faults = read_faults.into();
        tab.server.borrow_mut().write_faults = write_faults.into();
        let tab = tab.run_through(closings, |_| ());
        check(&tab);
        tab.server.borrow_mut().read_faults.clear();
        tab.server.borrow_mut().write_faults.clear();
        tab.job.borrow_mut().command(Command::Retry);
        tab.run(None);
        check(&tab);
        // What is left is known: successors without a secret, and keys that someone else changed.
        prop_assert!(tab.letters().chars().all(|letter| "due".contains(letter)), "{}", tab.letters());
    }
}
