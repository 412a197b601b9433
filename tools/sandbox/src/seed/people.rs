//! People.
//!
//! Invariant: no two have the same address.

use std::collections::HashSet;

use super::{chance::Chance, names::NAMES};
use crate::{store::organization::Person, wire::Role};

const DOMAIN: &str = "meridian-labs.example";

/// Makes people of all scripts. The first is an admin, as is every thirtieth; a few never told
/// their name, or have but one.
pub fn make(chance: &mut Chance, count: usize) -> Vec<Person> {
    let mut taken = HashSet::new();
    (0..count).map(|index| person(chance, index, &mut taken)).collect()
}

fn person(chance: &mut Chance, index: usize, taken: &mut HashSet<String>) -> Person {
    let names = &NAMES[chance.below(NAMES.len())];
    let (given, family) = (chance.pick(names.given), chance.pick(names.family));
    let mut email = format!("{}.{}@{DOMAIN}", given.1, family.1);
    let mut number = 1;
    while !taken.insert(email.clone()) {
        number += 1;
        email = format!("{}.{}{number}@{DOMAIN}", given.1, family.1);
    }
    let (has_given, has_family) = match index % 31 {
        17 => (false, false),
        23 => (true, false),
        _ => (true, true),
    };
    Person {
        id: format!("user_{}", chance.word(27)),
        email,
        first_name: has_given.then(|| given.0.to_owned()),
        last_name: has_family.then(|| family.0.to_owned()),
        role: if index.is_multiple_of(30) { Role::Admin } else { Role::Member },
        is_scim: false,
        joined_at: String::new(),
    }
}
