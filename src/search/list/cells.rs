//! Reads a cell that is to name one person.

use super::mentions::{Mention, mentions};
use super::{Found, lines, marks, names, text};
use crate::domain::UserId;
use crate::search::People;

/// The entry of a cell of addresses or ids. It names someone if it begins with their address, and says nothing else.
pub(super) fn by_cell(cell: &str, people: &People) -> (String, Found) {
    let found = mentions(cell, people);
    let known = found.iter().find(|mention| !mention.people.is_empty()).or(found.first());
    let shown = known.map_or_else(|| text::bare(cell).replace('\n', " "), |mention| mention.text.clone());
    if found.is_empty() {
        return (shown, Found::Unknown);
    }
    let read = lines::read(&cell.replace('\n', "; "), people);
    let everyone = read.people();
    let is_first = matches!(read.entries.first(), Some((_, Found::One(_) | Found::OneOf(_))));
    let is_plain = is_first && !read.is_prose && !marks::is_out(cell);
    let question = if is_plain { Found::of(&everyone) } else { asked(everyone) };
    (shown, question)
}

/// The entry of a cell of names, which may have an address instead.
pub(super) fn by_name(cell: &str, people: &People) -> (String, Found) {
    if !mentions(cell, people).is_empty() {
        return by_cell(cell, people);
    }
    let found = names::by_name(cell, people);
    let found = match found {
        Found::One(id) if marks::is_out(cell) => Found::OneOf(vec![id]),
        Found::Unknown if marks::is_out(cell) => {
            asked(names::mentioned(&cell.replace('~', " "), people).into_iter().map(|(_, id)| id).collect())
        }
        found => found,
    };
    (text::bare(cell).to_owned(), found)
}

/// The people as a question, also if it is one.
pub(super) fn asked(people: Vec<UserId>) -> Found {
    if people.is_empty() { Found::Unknown } else { Found::OneOf(people) }
}

/// Everyone mentioned.
pub(super) fn everyone(found: &[Mention]) -> Vec<UserId> {
    let mut seen = rustc_hash::FxHashSet::default();
    found.iter().flat_map(|mention| mention.people).filter(|id| seen.insert(*id)).cloned().collect()
}
