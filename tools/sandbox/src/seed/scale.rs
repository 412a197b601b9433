//! An organization of any size.

use rusqlite::Transaction;

use super::{chance::Chance, empty, people};
use crate::{
    args::ScaleSize,
    store::{budgets, members, organization, workspaces},
    wire::{Interval, Usd},
};

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

/// `default`, then `scale-members` with the members, then as many as asked for.
pub fn fill(transaction: &Transaction<'_>, size: ScaleSize) -> rusqlite::Result<()> {
    let mut chance = Chance::new(2);
    let mut people = people::make(&mut chance, size.people as usize);
    for person in &mut people {
        let days = chance.below(700);
        person.joined_at = chance.days_ago(i64::try_from(days).unwrap_or(0));
        organization::insert(transaction, person)?;
    }
    for number in 0..size.workspaces {
        let (name, slug) = name(number);
        let creator = &people[chance.below(people.len())];
        let age = i64::from(720 * (size.workspaces - number) / size.workspaces);
        let created_at = chance.days_ago(age);
        let mut workspace = empty::workspace(chance.uuid(), &name, &slug, Some(creator.id.clone()), created_at);
        if number % 3 == 0 {
            let days = chance.below(usize::try_from(age).unwrap_or(0));
            workspace.updated_at = Some(chance.days_ago(i64::try_from(days).unwrap_or(0)));
            workspace.description = Some(format!("Requests of {name}"));
        }
        workspaces::insert(transaction, &workspace)?;
        if number % 4 == 1 {
            let limit = 50 * (1 + chance.below(200));
            if let Ok(limit) = limit.to_string().parse::<Usd>() {
                budgets::insert(transaction, &workspace.id, Interval::Monthly, &limit, &workspace.created_at)?;
            }
        }
        if number == 1 {
            for person in people.iter().take(size.members as usize) {
                members::insert(transaction, &workspace.id, &person.id, person.role, &workspace.created_at)?;
            }
        }
    }
    Ok(())
}

/// The name and slug of a workspace: slugs are unique, names are not.
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
