//! Finds the table in a text: its separator, its headings, and the columns that name people.

use std::sync::Arc;

use super::headings::Heading;
use super::mentions::is_address;
use super::section::{Columns, Section, count, headings, others};
use super::text::{has_letters, plain_quotes};
use crate::csv::{self, Row};

/// One row of a table, as it is read.
#[derive(Debug)]
pub(super) enum TableRow {
    Person(Row, Arc<Section>),
    /// Headings, titles, directives and what else stands around the rows. People in it are merely mentioned.
    Other(Row),
}

/// A table with its columns.
#[derive(Debug)]
pub(super) struct Table {
    pub has_headings: bool,
    /// The columns that people may be read from, in the table's order.
    pub choices: Vec<String>,
    /// The one that is read, if it is one.
    pub chosen: Option<String>,
    pub rows: Vec<TableRow>,
}

const SEPARATORS: [char; 4] = ['\t', ';', ',', '|'];
/// How many rows may stand above the headings.
const MOST_ABOVE: usize = 30;

/// The table in a text, if it is one. `choice` is the column to read, as in [`Table::choices`].
pub(super) fn find(text: &str, choice: Option<&str>) -> Option<Table> {
    let first = text.lines().next().unwrap_or_default().trim();
    let directive = first.get(..4).filter(|it| it.eq_ignore_ascii_case("sep=")).and_then(|_| first[4..].chars().next());
    let separators = SEPARATORS.into_iter().filter(|it| directive.is_none_or(|given| given == *it));
    let separators: Vec<char> = directive.into_iter().filter(|it| !SEPARATORS.contains(it)).chain(separators).collect();
    let tables: Vec<(char, Vec<Row>)> = separators.into_iter().map(|it| (it, rows(text, it))).collect();
    let best = tables.iter().filter_map(|(_, rows)| Some((headings_at(rows)?, rows)));
    match best.max_by_key(|(at, rows)| fit(rows, *at)) {
        Some((at, rows)) => Some(with_headings(rows, at, choice)),
        None => tables.iter().find_map(|(separator, rows)| without_headings(rows, *separator, choice)),
    }
}

/// The rows, with plain quotation marks in their cells.
fn rows(text: &str, separator: char) -> Vec<Row> {
    let mut rows = csv::rows(text, separator);
    let cells = rows.iter_mut().flat_map(|row| &mut row.cells).filter(|cell| !cell.is_ascii());
    cells.for_each(|cell| *cell = plain_quotes(cell));
    rows
}

/// How well rows below headings are a table: by the headings, which are not half a name, by how few rows are wider, and by
/// the width.
fn fit(rows: &[Row], at: usize) -> (usize, bool, usize, usize) {
    let width = rows[at].cells.len();
    let is_wide = |row: &&Row| row.cells.iter().skip(width).any(|cell| has_letters(cell));
    let wide = rows[at + 1..].iter().filter(is_wide).count();
    let most = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    let found: Vec<Heading> = headings(&rows[at]).into_iter().flatten().collect();
    let is_whole = found.iter().any(|it| *it <= Heading::FullName);
    (found.len(), is_whole, (rows.len() - wide) * 100 / rows.len(), most)
}

/// The row of headings: the first with an address or with two kinds of headings, or else with one.
fn headings_at(rows: &[Row]) -> Option<usize> {
    let above = || rows.iter().take(MOST_ABOVE).enumerate().filter(|(_, row)| is_headings(row));
    let is_followed = |at: usize| {
        let below = rows[at + 1..].iter().find(|row| row.cells.iter().any(|cell| has_letters(cell)));
        below.is_some_and(|row| {
            kinds(&rows[at]) > 1 || row.cells.len() == rows[at].cells.len() || rows[at].cells.len() == 1
        })
    };
    let is_alone = |at: usize| {
        let mut cells = rows.iter().flat_map(|row| &row.cells).filter(|cell| has_letters(cell));
        at == 0 && cells.all(|cell| Heading::of(cell).is_some())
    };
    let is_certain = |row: &Row| kinds(row) > 1 || headings(row).iter().flatten().any(|it| it.is_address());
    let found = above().find(|(_, row)| is_certain(row)).or_else(|| {
        // A word such as `Members` may also be a part of a sentence.
        above().find(|(_, row)| row.cells.iter().all(|cell| has_letters(cell) || cell.len() == row.cells[0].len()))
    });
    let (at, _) = found?;
    // A list with one entry a line has its heading before the people.
    let has_people_above = rows[at].cells.len() == 1 && rows[..at].iter().any(has_person);
    ((is_followed(at) || is_alone(at)) && !has_people_above).then_some(at)
}

/// How many kinds of headings are in a row.
fn kinds(row: &Row) -> usize {
    let mut found: Vec<Heading> = headings(row).into_iter().flatten().collect();
    found.sort();
    found.dedup();
    found.len()
}

fn has_person(row: &Row) -> bool {
    row.cells.iter().any(|cell| is_address(cell))
}

fn is_headings(row: &Row) -> bool {
    let filled = || row.cells.iter().filter(|cell| has_letters(cell));
    let is_sentence = || {
        let last = filled().next_back().map_or("", |cell| cell.trim());
        filled().count() > 1 && last.contains(' ') && last.ends_with(['.', '!', '?', ':'])
    };
    !has_person(row) && headings(row).iter().any(Option::is_some) && !is_sentence()
}

fn with_headings(rows: &[Row], at: usize, choice: Option<&str>) -> Table {
    let below = &rows[at + 1..];
    let first = Section::of(&rows[at], below, choice);
    let labels: Vec<String> = rows[at].cells.iter().map(|cell| cell.trim().to_owned()).collect();
    let chosen = first.label(&labels);
    let mut section = Arc::new(first);
    let mut read: Vec<TableRow> = rows[..=at].iter().cloned().map(TableRow::Other).collect();
    for (place, row) in rows.iter().enumerate().skip(at + 1) {
        if is_next_headings(row, &rows[place - 1], &rows[at]) {
            drop_summary(&mut read);
            section = Arc::new(Section::of(row, &rows[place + 1..], choice));
            read.push(TableRow::Other(row.clone()));
        } else {
            read.push(TableRow::Person(row.clone(), section.clone()));
        }
    }
    let has_people = |column: &usize| {
        let heading = Heading::of(&labels[*column]);
        heading.is_some_and(|it| it.is_address() || it == Heading::FullName) || count(below, *column) > 0
    };
    let mut choices: Vec<String> = (0..labels.len())
        .filter(has_people)
        .map(|column| labels[column].clone())
        .filter(|it| has_letters(it))
        .collect();
    let mut seen = std::collections::HashSet::new();
    choices.retain(|it| seen.insert(it.clone()));
    Table { has_headings: true, choices, chosen, rows: read }
}

/// Whether a row below the headings has headings of its own. A cell such as `Member` alone may be one of a person.
fn is_next_headings(row: &Row, before: &Row, first: &Row) -> bool {
    let is_apart = || !before.cells.iter().any(|cell| has_letters(cell)) && row.cells.len() > 1;
    is_headings(row) && (kinds(row) > 1 || row.cells.len() > 1 && row.cells == first.cells || is_apart())
}

/// A single row between two rows of headings is about a meeting or a group, and the people in it are not those of the list.
fn drop_summary(read: &mut [TableRow]) {
    let is_filled = |row: &Row| row.cells.iter().any(|cell| has_letters(cell));
    let mut rows = read.iter_mut().filter(|row| matches!(row, TableRow::Person(row, _) if is_filled(row)));
    if let (Some(only), None) = (rows.next(), rows.next())
        && let TableRow::Person(row, _) = only
    {
        *only = TableRow::Other(row.clone());
    }
}

/// Rows of the same width, of which one column or more hold an address or id.
fn without_headings(rows: &[Row], separator: char, choice: Option<&str>) -> Option<Table> {
    let full: Vec<&Row> = rows.iter().filter(|row| row.cells.iter().any(|cell| has_letters(cell))).collect();
    let width = full.first()?.cells.len();
    if full.len() < 2 || width < 2 {
        return None;
    }
    let is_even = full.iter().filter(|row| row.cells.len() == width).count() * 5 >= full.len() * 4;
    // A mail program puts no tabs between the people of a line.
    let is_person = |cell: &str| is_address(cell) || "\t|".contains(separator) && has_brackets(cell);
    let held: Vec<usize> = (0..width)
        .filter(|column| {
            let cells = || full.iter().filter_map(|row| row.cells.get(*column)).filter(|cell| has_letters(cell));
            let count = cells().filter(|cell| is_person(cell)).count();
            count > 0 && count * 5 >= cells().count() * 3
        })
        .collect();
    let is_text = |column: usize| {
        let mut cells = full.iter().filter_map(|row| row.cells.get(column)).filter(|cell| has_letters(cell)).peekable();
        !held.contains(&column) && cells.peek().is_some() && cells.all(|cell| !cell.contains('@'))
    };
    // Two people in each row, and no separator that ends a line of a longer list.
    let is_full = || full.iter().all(|row| row.cells.len() == width && row.cells.iter().all(|cell| is_person(cell)));
    if !is_even || held.is_empty() || !(0..width).any(is_text) && !is_full() {
        return None;
    }
    // The first row may have headings that are not known.
    let titles =
        full.first().filter(|row| held.iter().all(|at| row.cells.get(*at).is_some_and(|it| !it.contains('@'))));
    let others = titles.map(|row| others(row)).unwrap_or_default();
    let label = |column: &usize| format!("Column {}", column + 1);
    let chosen = held.iter().find(|column| choice == Some(&*label(column)));
    let columns = chosen.map_or(Columns::Any, |column| Columns::Addresses(vec![vec![*column]]));
    let only = held.first().filter(|column| held.len() == 1 && !others.contains(column));
    let section = Arc::new(Section { columns, names: Vec::new(), others, actions: Vec::new(), width });
    Some(Table {
        has_headings: false,
        choices: held.iter().map(label).collect(),
        chosen: chosen.or(only).map(label),
        rows: rows.iter().map(|row| TableRow::Person(row.clone(), section.clone())).collect(),
    })
}

/// Whether a cell is a name and an address in brackets.
fn has_brackets(cell: &str) -> bool {
    let within = cell.trim().strip_suffix('>').and_then(|cell| cell.rsplit_once('<'));
    within.is_some_and(|(_, address)| is_address(address))
}
