//! Reads the rows of a table, each of which names at most one person.

use rustc_hash::FxHashSet;

use super::mentions::{Mention, mentions};
use super::table::{Columns, Names, Section};
use super::{Found, headings, names, text};
use crate::csv::Row;
use crate::domain::UserId;
use crate::search::People;

/// The entry of a row, if it names anyone.
pub(super) fn read_row(row: &Row, section: &Section, people: &People) -> Option<(String, Found)> {
    let cell = |column: &usize| row.cells.get(*column).map_or("", |cell| cell.trim());
    let by_names = |names: &Names| {
        let name = match names {
            Names::Full(columns) => columns.iter().map(cell).find(|it| text::has_letters(it))?.to_owned(),
            Names::FirstAndLast(first, last) => [cell(first), cell(last)].join(" "),
        };
        text::has_letters(&name).then(|| (text::bare(&name).to_owned(), names::by_name(&name, people)))
    };
    match &section.columns {
        Columns::Names(names) => by_names(names),
        Columns::Addresses(columns) => {
            let cells: Vec<&str> = columns.iter().map(cell).filter(|cell| text::has_letters(cell)).collect();
            if cells.is_empty() {
                // A person without an address. A name beside it is no address: it is only shown.
                let name =
                    section.names.iter().map(cell).filter(|it| text::has_letters(it)).collect::<Vec<_>>().join(" ");
                let is_row = row.cells.iter().filter(|cell| text::has_letters(cell)).count() > 1;
                return (is_row && !name.is_empty()).then(|| (text::bare(&name).to_owned(), Found::Unknown));
            }
            let whole = cells.join(" ");
            (!headings::is_example(&whole)).then(|| (shown(&whole, people), by_cell(&whole, people)))
        }
        Columns::Any => {
            let whole = row.cells.join("\n");
            let found = mentions(&whole, people);
            let texts: Vec<&Mention> = found.iter().collect();
            let first = texts.first()?;
            let is_one = texts.iter().all(|it| {
                it.text.eq_ignore_ascii_case(&first.text) || it.people.len() == 1 && it.people == first.people
            });
            let everyone = everyone(&found);
            Some((
                first.text.clone(),
                if is_one || everyone.is_empty() { Found::of(&everyone) } else { Found::OneOf(everyone) },
            ))
        }
    }
}

/// The people of a cell that is to name one: a single one of them, or a question.
pub(super) fn by_cell(cell: &str, people: &People) -> Found {
    Found::of(&everyone(&mentions(cell, people)))
}

/// The text of an entry: its address or id, or else the cell.
fn shown(cell: &str, people: &People) -> String {
    let found = mentions(cell, people);
    let known = found.iter().find(|mention| !mention.people.is_empty()).or(found.first());
    known.map_or_else(|| text::bare(cell).replace('\n', " "), |mention| mention.text.clone())
}

fn everyone(found: &[Mention]) -> Vec<UserId> {
    let mut seen = FxHashSet::default();
    found.iter().flat_map(|mention| mention.people).filter(|id| seen.insert(*id)).cloned().collect()
}
