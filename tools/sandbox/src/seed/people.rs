//! The people of a seed.
//!
//! Invariant: email addresses are unique.

use std::collections::HashSet;

use super::{names::NAMES, random::Random};
use crate::{store::organization::Person, wire::Role};

const DOMAIN: &str = "meridian-labs.example";

/// Creates people with names of all scripts. Every thirtieth is an admin, beginning with the first. A few have no name,
/// or only a given name.
pub fn make(random: &mut Random, count: usize) -> Vec<Person> {
    let mut taken = HashSet::new();
    (0..count).map(|index| person(random, index, &mut taken)).collect()
}

fn person(random: &mut Random, index: usize, taken: &mut HashSet<String>) -> Person {
    let names = &NAMES[random.below(NAMES.len())];
    let (given, family) = (random.pick(names.given), random.pick(names.family));
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
        id: format!("user_{}", random.word(27)),
        email,
        first_name: has_given.then(|| given.0.to_owned()),
        last_name: has_family.then(|| family.0.to_owned()),
        role: if index.is_multiple_of(30) { Role::Admin } else { Role::Member },
        is_scim: false,
        joined_at: String::new(),
    }
}
