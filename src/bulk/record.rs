//! A job as text, so that a closed tab can go on with the rest: who and where once, and how it stands as often as it
//! changes.
//!
//! Invariant: it holds ids, statuses and the server's words, and nothing else; what cannot be read is no job.

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::machine::Machine;
use super::order::{Action, Item, Status};
use crate::domain::{UserId, WorkspaceId};

#[derive(Serialize)]
struct Written<'a> {
    action: &'static str,
    places: Vec<Place<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    workspace: &'a WorkspaceId,
    people: Vec<&'a UserId>,
}

fn word(action: Action) -> &'static str {
    match action {
        Action::Add => "add",
        Action::Remove => "remove",
    }
}

/// Who and where: what stays the same for the whole job.
pub fn order(machine: &Machine) -> String {
    let mut places: Vec<Place> =
        machine.workspaces().iter().map(|workspace| Place { workspace, people: Vec::new() }).collect();
    for item in machine.items() {
        places[item.place].people.push(&item.person);
    }
    serde_json::to_string(&Written { action: word(machine.action()), places }).unwrap_or_default()
}

/// How it stands with everybody: one letter each, then the words that some have.
pub fn state(machine: &Machine) -> String {
    let mut letters = String::with_capacity(machine.items().len());
    let mut words: Vec<&str> = Vec::new();
    for item in machine.items() {
        letters.push(match &item.status {
            Status::Waiting => '.',
            Status::Sent => '?',
            Status::Done => 'd',
            Status::AlreadySo => 'a',
            Status::NotTried => 'n',
            Status::Refused(why) => {
                words.push(why);
                'r'
            }
            Status::Unknown(why) => {
                words.push(why);
                'u'
            }
        });
    }
    let words = serde_json::to_string(&words).unwrap_or_default();
    letters + &words
}

/// The job of which these are the texts.
pub fn restore(order: &str, state: &str) -> Option<Machine> {
    let order: Value = serde_json::from_str(order).ok()?;
    let action = match order.get("action")?.as_str()? {
        "add" => Action::Add,
        "remove" => Action::Remove,
        _ => return None,
    };
    let (letters, words) = state.split_at_checked(state.find('[')?)?;
    let mut words = serde_json::from_str::<Vec<Value>>(words).ok()?.into_iter();
    let mut letters = letters.chars();
    let mut next_words = || -> Option<Arc<str>> { Some(words.next()?.as_str()?.into()) };
    let (mut workspaces, mut items) = (Vec::new(), Vec::new());
    for (place, target) in order.get("places")?.as_array()?.iter().enumerate() {
        workspaces.push(WorkspaceId::parse(target.get("workspace")?.as_str()?).ok()?);
        for person in target.get("people")?.as_array()? {
            let status = match letters.next()? {
                '.' => Status::Waiting,
                '?' => Status::Sent,
                'd' => Status::Done,
                'a' => Status::AlreadySo,
                'n' => Status::NotTried,
                'r' => Status::Refused(next_words()?),
                'u' => Status::Unknown(next_words()?),
                _ => return None,
            };
            items.push(Item { place, person: UserId::parse(person.as_str()?).ok()?, status });
        }
    }
    Some(Machine::with(action, workspaces, items))
}
