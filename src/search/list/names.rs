//! Finds people by their whole names.
//!
//! Invariant: half of a name finds no one. A name of one word may be half of one, so it is only a question.

use std::collections::HashSet;

use super::Found;
use super::text::{bare, is_comma, parts};
use crate::domain::UserId;
use crate::search::People;

/// No name has more words.
const MOST_WORDS: usize = 6;

/// Who has the name: as written, or with the words of its two parts exchanged, as in `Doe, Jane` and `Doe Jane`.
pub(super) fn by_name(text: &str, people: &People) -> Found {
    let (whole, text) = (text, bare(text));
    for spelling in [text, text.trim_end_matches(['.', '!'])] {
        let found = people.by_name(spelling);
        if !found.is_empty() {
            let is_half = !spelling.contains(|c: char| c.is_whitespace());
            return if is_half { Found::OneOf(found.to_vec()) } else { Found::of(found) };
        }
    }
    let halves = parts(whole, is_comma);
    // Both within one pair of quotation marks.
    let halves = if halves.len() == 1 { parts(text, is_comma) } else { halves };
    if let [last, first] = halves[..] {
        // Both orders are written with a comma.
        let orders = [format!("{} {}", bare(first), bare(last)), format!("{} {}", bare(last), bare(first))];
        return of_all(orders.iter().map(String::as_str), people);
    }
    if halves.len() > 2 {
        return Found::Unknown;
    }
    let words: Vec<&str> = text.split_whitespace().take(MOST_WORDS + 1).collect();
    if words.len() > MOST_WORDS {
        return Found::Unknown;
    }
    let turned = (1..words.len()).map(|at| [&words[at..], &words[..at]].concat().join(" "));
    of_all(turned.collect::<Vec<_>>().iter().map(String::as_str), people)
}

fn of_all<'t>(names: impl Iterator<Item = &'t str>, people: &People) -> Found {
    let mut seen: HashSet<&UserId> = HashSet::new();
    let found: Vec<UserId> =
        names.flat_map(|name| people.by_name(name)).filter(|id| seen.insert(id)).cloned().collect();
    Found::of(&found)
}

/// The people whose whole names of two words or more stand in a text.
pub(super) fn mentioned(text: &str, people: &People) -> Vec<(String, UserId)> {
    let edge = |c: char| !c.is_alphanumeric();
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let longest = (2..=MOST_WORDS.min(words.len() - at)).rev().find_map(|count| {
            let name = words[at..at + count].join(" ");
            let name = name.trim_matches(edge);
            match people.by_name(name) {
                // A dash is no word of a name.
                [id] if name.contains(' ') => Some((count, name.to_owned(), id.clone())),
                _ => None,
            }
        });
        at += longest.as_ref().map_or(1, |(count, ..)| *count);
        found.extend(longest.map(|(_, name, id)| (name, id)));
    }
    found
}
