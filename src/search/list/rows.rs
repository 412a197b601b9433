//! Reads the rows of a table, each of which names at most one person.

use super::apart::has_exception;
use super::cells::{asked, by_cell, by_name, everyone};
use super::mentions::{Mention, is_address, mentions};
use super::section::{Columns, Names, Section};
use super::{Found, headings, lines, marks, text};
use crate::csv::Row;
use crate::domain::UserId;
use crate::search::People;

/// The entry of a row, if it names anyone.
pub(super) fn read_row(row: &Row, section: &Section, people: &People) -> Option<(String, Found)> {
    let is_struck = row.cells.iter().find(|cell| text::has_letters(cell)).is_some_and(|cell| marks::is_out(cell));
    let is_out = is_struck || section.actions.iter().any(|at| row.cells.get(*at).is_some_and(|it| has_exception(it)));
    // A separator within a cell without quotes has moved the cells after it.
    let is_wide = row.cells.iter().skip(section.width).any(|cell| text::has_letters(cell));
    let read = if is_wide { question(row, people) } else { read_cells(row, section, people) };
    match read {
        Some((text, Found::One(id))) if is_out => Some((text, Found::OneOf(vec![id]))),
        read => read,
    }
}

fn read_cells(row: &Row, section: &Section, people: &People) -> Option<(String, Found)> {
    let cell = |column: &usize| row.cells.get(*column).map_or("", |cell| cell.trim());
    match &section.columns {
        Columns::Names(Names::Full(columns)) => {
            Some(by_name(columns.iter().map(cell).find(|it| text::has_letters(it))?, people))
        }
        Columns::Names(Names::FirstAndLast(first, last)) => {
            let name = [cell(first), cell(last)].join(" ");
            text::has_letters(&name).then(|| by_name(&name, people))
        }
        Columns::Addresses(kinds) => by_addresses(row, section, kinds, people),
        Columns::Any => any(row, section, people),
    }
}

/// The entry of a row with columns of addresses or ids, the most certain kind first.
fn by_addresses(row: &Row, section: &Section, kinds: &[Vec<usize>], people: &People) -> Option<(String, Found)> {
    let cell = |column: &usize| row.cells.get(*column).map_or("", |cell| cell.trim());
    let filled = |columns: &[usize]| -> Vec<String> {
        columns.iter().map(cell).filter(|cell| text::has_letters(cell)).map(str::to_owned).collect()
    };
    let has_address = |cells: &[String]| cells.iter().any(|cell| !mentions(cell, people).is_empty());
    let mut kinds_of_row = kinds.iter().map(|columns| filled(columns)).filter(|cells| has_address(cells));
    let Some(cells) = kinds_of_row.next() else {
        if row.cells.len() == 1 {
            // A line below the table.
            return question(row, people);
        }
        let is_row = row.cells.iter().filter(|cell| text::has_letters(cell)).count() > 1;
        if !is_row {
            return None;
        }
        // A person without an address. A name beside it is no address: it is only shown.
        let written = kinds.iter().flat_map(|columns| filled(columns)).next();
        let name = section.names.iter().map(cell).filter(|it| text::has_letters(it)).collect::<Vec<_>>().join(" ");
        let shown = if name.is_empty() { written? } else { name };
        return (!headings::is_example(&shown)).then(|| (text::bare(&shown).replace('\n', " "), Found::Unknown));
    };
    if headings::is_example(&cells.join(" ")) {
        return None;
    }
    let mut read = cells.iter().filter(|cell| !mentions(cell, people).is_empty()).map(|cell| by_cell(cell, people));
    let first = read.next()?;
    // An id and an address of different people are a question too. An address that no one has says nothing.
    let is_id = cells.iter().flat_map(|cell| mentions(cell, people)).any(|mention| mention.is_id);
    let of_kinds = kinds_of_row.flatten().filter(|_| is_id).map(|cell| by_cell(&cell, people));
    let others: Vec<(String, Found)> = read.chain(of_kinds.filter(|(_, found)| *found != Found::Unknown)).collect();
    if others.iter().all(|(_, found)| *found == first.1 && matches!(found, Found::One(_))) {
        return Some(first);
    }
    // Two columns of one kind that differ: whose is the second?
    let all = std::iter::once(&first).chain(&others).flat_map(|(_, found)| found.people().to_vec()).collect();
    Some((first.0.clone(), asked(distinct(all))))
}

/// The entry of a row in which any column may name the person.
fn any(row: &Row, section: &Section, people: &People) -> Option<(String, Found)> {
    let is_own = |column: usize| !section.others.contains(&column);
    let own: Vec<&str> =
        row.cells.iter().enumerate().filter(|(column, _)| is_own(*column)).map(|(_, cell)| &**cell).collect();
    let whole = own.join("\n");
    let found = mentions(&whole, people);
    let Some(first) = found.first() else { return question(row, people) };
    let is_same =
        |it: &Mention| it.text.eq_ignore_ascii_case(&first.text) || it.people.len() == 1 && it.people == first.people;
    let mut everyone = everyone(&found);
    // Someone else may be named in another column.
    for cell in own.iter().filter(|cell| !is_address(cell)) {
        everyone.extend(super::names::by_name(cell, people).people().iter().cloned());
    }
    let named = distinct(everyone);
    let is_one = found.iter().all(is_same) && (named.len() == 1 || first.people.len() > 1);
    let plain = own.iter().find(|cell| cell.contains(&first.text)).map(|cell| by_cell(cell, people));
    let is_plain = matches!(plain, Some((_, Found::One(_) | Found::OneOf(_))));
    Some((first.text.clone(), if is_one && is_plain { Found::of(&named) } else { asked(named) }))
}

/// The people of a row as a question, if it mentions anyone.
fn question(row: &Row, people: &People) -> Option<(String, Found)> {
    let found: Vec<(String, Found)> = row.cells.iter().flat_map(|cell| lines::everyone(cell, people)).collect();
    let text = found.first()?.0.clone();
    Some((text, asked(distinct(found.iter().flat_map(|(_, found)| found.people().to_vec()).collect()))))
}

fn distinct(mut people: Vec<UserId>) -> Vec<UserId> {
    let mut seen = rustc_hash::FxHashSet::default();
    people.retain(|id| seen.insert(id.clone()));
    people
}
