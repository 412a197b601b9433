//! Offers people whose address is nearly the text of an entry. They are never taken unasked.

use crate::domain::UserId;
use crate::search::{People, fold};

/// The most typing errors in an address that is offered.
const MOST_ERRORS: usize = 2;
const MOST_OFFERED: usize = 5;

/// The people whose address or name is nearest to a text, the nearest first.
pub fn nearest(text: &str, people: &People) -> Vec<UserId> {
    let is_address = text.contains('@');
    let wanted = if is_address { fold::address_key(text) } else { fold::key(text) };
    if wanted.chars().count() < 5 {
        return Vec::new();
    }
    let mut found: Vec<(usize, &str, UserId)> = Vec::new();
    for person in people.iter() {
        let key = if is_address { person.email_key() } else { person.name_key() };
        if let Some(errors) = distance(&wanted, key) {
            found.push((errors, person.name_key(), person.id.clone()));
        }
    }
    found.sort();
    found.into_iter().take(MOST_OFFERED).map(|(.., id)| id).collect()
}

/// How many letters are to be changed, left out, inserted or exchanged with the next, if at most [`MOST_ERRORS`].
fn distance(one: &str, other: &str) -> Option<usize> {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > MOST_ERRORS {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut now = vec![row + 1];
        for (column, wanted) in other.iter().enumerate() {
            let changed = last[column] + usize::from(letter != wanted);
            let mut least = changed.min(last[column + 1] + 1).min(now[column] + 1);
            let is_exchanged = row > 0 && column > 0 && *letter == other[column - 1] && one[row - 1] == *wanted;
            if is_exchanged {
                least = least.min(before[column - 1] + 1);
            }
            now.push(least);
        }
        if now.iter().all(|errors| *errors > MOST_ERRORS) {
            return None;
        }
        before = std::mem::replace(&mut last, now);
    }
    last.last().copied().filter(|errors| *errors <= MOST_ERRORS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_is_at_most_two_errors() {
        for (one, other, expected) in [
            ("jane@x.com", "jane@x.com", Some(0)),
            ("jnae@x.com", "jane@x.com", Some(1)),
            ("jan@x.con", "jane@x.com", Some(2)),
            ("jne@x.co", "jane@x.comm", None),
            ("rick@x.com", "jane@x.com", None),
        ] {
            assert_eq!(distance(one, other), expected, "{one} {other}");
        }
    }
}
