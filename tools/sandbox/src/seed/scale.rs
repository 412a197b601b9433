//! An organization of any size.
//!
//! Invariant: the members of `scale-members` that cannot be removed have the same indexes in every size.

use rusqlite::Transaction;

use super::{empty, people, random::Random};
use crate::{
    args::ScaleSize,
    clock,
    store::{budgets, keys, members, organization, organization::Person, workspaces},
    wire::{Interval, Key, Usage, Usd},
};

/// Indexes of members of `scale-members`: a first one, and the distance to the next.
struct Every {
    first: usize,
    step: usize,
}

/// Members with an active key there.
const WITH_KEY: Every = Every { first: 48, step: 97 };
/// Members with a disabled key there.
const WITH_DISABLED_KEY: Every = Every { first: 100, step: 211 };
/// Members whose memberships the identity provider manages.
const MANAGED: Every = Every { first: 250, step: 499 };

impl Every {
    fn has(&self, index: usize) -> bool {
        index % self.step == self.first
    }
}

const WHAT: [&str; 16] = [
    "Atlas", "Beacon", "Cascade", "Delta", "Ember", "Fjord", "Granite", "Harbor", "Iris", "Juniper", "Kestrel",
    "Lumen", "Meridian", "Nimbus", "Onyx", "Polaris",
];
const WHO: [&str; 14] = [
    "Analytics",
    "Billing",
    "Checkout",
    "Data Platform",
    "Evaluation",
    "Fraud",
    "Growth",
    "Hiring",
    "Inference",
    "Localization",
    "Moderation",
    "Onboarding",
    "Research",
    "Search",
];
const WHERE: [&str; 12] =
    ["", "", " EU", " APAC", " São Paulo", " Zürich", " 東京", " Canada", " Labs", " Staging", " Sandbox", " Ops"];

/// Creates `default`, then `scale-members` with the members and their keys, then the other workspaces.
pub fn fill(transaction: &Transaction<'_>, size: ScaleSize) -> rusqlite::Result<()> {
    let mut random = Random::new(2);
    let mut people = people::make(&mut random, size.people as usize);
    let member_count = size.members as usize;
    for (index, person) in people.iter_mut().enumerate() {
        person.is_scim = index < member_count && MANAGED.has(index);
        let days = random.below(700);
        person.joined_at = random.days_ago(i64::try_from(days).unwrap_or(0));
        organization::insert(transaction, person)?;
    }
    let (mut of_members, mut first) = (String::new(), String::new());
    for number in 0..size.workspaces {
        let (name, slug) = name(number);
        let creator = &people[random.below(people.len())];
        let age = i64::from(720 * (size.workspaces - number) / size.workspaces);
        let created_at = random.days_ago(age);
        let mut workspace = empty::workspace(random.uuid(), &name, &slug, Some(creator.id.clone()), created_at);
        if number % 3 == 0 {
            let days = random.below(usize::try_from(age).unwrap_or(0));
            workspace.updated_at = Some(random.days_ago(i64::try_from(days).unwrap_or(0)));
            workspace.description = Some(format!("Requests of {name}"));
        }
        workspaces::insert(transaction, &workspace)?;
        if number % 4 == 1 {
            let limit = 50 * (1 + random.below(200));
            if let Ok(limit) = limit.to_string().parse::<Usd>() {
                budgets::insert(transaction, &workspace.id, Interval::Monthly, &limit, &workspace.created_at)?;
            }
        }
        if number == 0 {
            first.clone_from(&workspace.id);
        }
        if number == 1 {
            for person in people.iter().take(member_count) {
                members::insert(transaction, &workspace.id, &person.id, person.role, &workspace.created_at)?;
            }
            of_members = workspace.id;
        }
    }
    // Last, so that keys do not change the random values before.
    fill_keys(transaction, &mut random, &of_members, &people[..member_count])?;
    for number in 0..size.keys {
        let person = &people[random.below(people.len())];
        keys::insert(transaction, &varied_key(&mut random, &first, person, number))?;
    }
    Ok(())
}

/// Returns a key in one of the states that keys have: with and without a limit, dormant, disabled, expired.
fn varied_key(random: &mut Random, workspace_id: &str, person: &Person, number: u32) -> Key {
    let disabled = number % 7 == 3;
    let mut key = key(random, workspace_id, person, disabled);
    let (what, who) = (random.pick(&WHAT), random.pick(&WHO));
    key.name = format!("{what} {who} {number}");
    key.limit = (!number.is_multiple_of(3)).then(|| f64::from(5 * (1 + number % 40)));
    key.limit_reset = (number % 3 == 1).then(|| "monthly".to_owned());
    let is_dormant = number % 5 == 2;
    if is_dormant {
        key.last_used_at = number.is_multiple_of(2).then(|| random.days_ago(60));
        key.usage = Usage { usage: key.usage.usage, ..Usage::default() };
    }
    key.expires_at = match number % 11 {
        4 => Some(random.days_ago(20)),
        8 => Some(random.days_ago(-30)),
        _ => None,
    };
    key
}

fn fill_keys(
    transaction: &Transaction<'_>,
    random: &mut Random,
    workspace_id: &str,
    members: &[Person],
) -> rusqlite::Result<()> {
    for (index, person) in members.iter().enumerate() {
        for (every, disabled) in [(WITH_KEY, false), (WITH_DISABLED_KEY, true)] {
            if every.has(index) {
                keys::insert(transaction, &key(random, workspace_id, person, disabled))?;
            }
        }
    }
    Ok(())
}

/// Returns a key that is older than a month. A disabled one was disabled more than a month ago.
fn key(random: &mut Random, workspace_id: &str, person: &Person, disabled: bool) -> Key {
    let age = 40 + i64::try_from(random.below(300)).unwrap_or(0);
    Key {
        hash: random.hex(64),
        name: format!("{} {}", if disabled { "Old key of" } else { "Key of" }, person.email),
        label: format!("sk-or-v1-{}...{}", random.hex(3), random.hex(3)),
        disabled,
        creator_user_id: Some(person.id.clone()),
        external_user: None,
        workspace_id: workspace_id.to_owned(),
        limit: None,
        limit_remaining: None,
        limit_reset: None,
        include_byok_in_limit: false,
        usage: usage(random, disabled),
        expires_at: None,
        last_used_at: (!disabled).then(|| clock::timestamp(random.now())),
        created_at: random.days_ago(age),
        updated_at: disabled.then(|| random.days_ago(35)),
    }
}

/// Returns a spend of a few cents a day, in whole cents.
fn usage(random: &mut Random, disabled: bool) -> Usage {
    let mut sum = 0;
    let [usage_daily, usage_weekly, usage_monthly, usage] = [20, 100, 300, 2_000].map(|most| {
        sum += 1 + u32::try_from(random.below(most)).unwrap_or(0);
        f64::from(sum) / 100.0
    });
    match disabled {
        true => Usage { usage, ..Usage::default() },
        false => Usage { usage, usage_daily, usage_weekly, usage_monthly, ..Usage::default() },
    }
}

/// Returns the name and slug of a workspace. Slugs are unique, names are not.
fn name(number: u32) -> (String, String) {
    let number = number as usize;
    match number {
        0 => ("Default Workspace".to_owned(), "default".to_owned()),
        1 => ("Everybody of Scale".to_owned(), "scale-members".to_owned()),
        _ => {
            let (what, who) = (WHAT[number * 7 % WHAT.len()], WHO[number * 5 % WHO.len()]);
            let slug = format!("{what} {who}").to_lowercase().replace(' ', "-");
            (format!("{what} {who}{}", WHERE[number / 3 % WHERE.len()]), format!("{slug}-{number}"))
        }
    }
}
