//! Lists of every kind, each with the people it adds and the people it only asks about.

mod forms;
mod headings;
mod json;
mod lines;
mod more;
mod prose;
mod tables;

use std::collections::HashSet;

use super::cases::{people, short_id};
use super::*;

/// A text, whom it adds, whom it asks about, and how many entries are unknown.
type Row<'t> = (&'t str, &'t str, &'t str, usize);

fn ask(text: &str) -> (String, String, usize) {
    let list = read(text, None, &people());
    let entries = decide(&list, &Corrections::new(), &HashSet::new());
    let added = entries.iter().filter(|it| it.decision == Decision::Selected).filter_map(|it| it.person.as_ref());
    let asked = entries.iter().flat_map(|it| match (it.decision, &it.entry.found) {
        (Decision::Mentioned, Found::One(id)) => vec![id],
        (Decision::Ambiguous, Found::OneOf(ids)) => ids.iter().collect(),
        _ => Vec::new(),
    });
    let join = |ids: Vec<&UserId>| {
        let mut names: Vec<String> = ids.into_iter().map(short_id).collect();
        let mut seen = HashSet::new();
        names.retain(|name| seen.insert(name.clone()));
        names.join(" ")
    };
    let unknown = entries.iter().filter(|it| it.decision == Decision::Unknown).count();
    (join(added.collect()), join(asked.collect()), unknown)
}

fn check(rows: &[Row]) {
    let mut wrong = Vec::new();
    for (text, added, asked, unknown) in rows {
        let found = ask(text);
        let expected = ((*added).to_owned(), (*asked).to_owned(), *unknown);
        if found != expected {
            wrong.push(format!("{text:?}\n  is {found:?}\n  not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} are wrong:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}
