//! Finds the table in a text: its separator, its headings, and the columns that name people.

use std::sync::Arc;

use super::headings::Heading;
use super::mentions::is_address;
use super::text::has_letters;
use crate::csv::{self, Row};

/// A part of a table, below one row of headings.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Section {
    /// Where people are named.
    pub columns: Columns,
    /// The columns with names, read where a row has no address.
    pub names: Vec<usize>,
}

/// The columns in which the rows of a section name people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Columns {
    /// These, of which each row names one person. They have the same heading, or the person at the screen chose them.
    Addresses(Vec<usize>),
    /// Any. A row that names two people is a question.
    Any,
    Names(Names),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Names {
    Full(Vec<usize>),
    FirstAndLast(usize, usize),
}

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
    let tables: Vec<Vec<Row>> = separators.into_iter().map(|separator| csv::rows(text, separator)).collect();
    let best = tables.iter().filter_map(|rows| Some((headings_at(rows)?, rows)));
    let best = best.max_by_key(|((_, count), rows)| (*count, rows.iter().map(|row| row.cells.len()).max()));
    match best {
        Some(((at, _), rows)) => Some(with_headings(rows, at, choice)),
        None => tables.iter().find_map(|rows| without_headings(rows, choice)),
    }
}

/// The first row of headings, and how many of its cells are known headings.
fn headings_at(rows: &[Row]) -> Option<(usize, usize)> {
    let found = rows.iter().take(MOST_ABOVE).position(is_headings)?;
    let is_alone = || {
        let mut cells = rows[..=found].iter().flat_map(|row| &row.cells).filter(|cell| has_letters(cell));
        cells.all(|cell| Heading::of(cell).is_some())
    };
    let is_followed = rows[found + 1..].iter().any(|row| row.cells.iter().any(|cell| has_letters(cell)));
    (is_followed || is_alone()).then(|| (found, headings(&rows[found]).flatten().count()))
}

fn headings(row: &Row) -> impl Iterator<Item = Option<Heading>> {
    row.cells.iter().map(|cell| Heading::of(cell))
}

fn is_headings(row: &Row) -> bool {
    let has_person = || row.cells.iter().any(|cell| is_address(cell));
    headings(row).any(|it| it.is_some()) && !has_person()
}

fn with_headings(rows: &[Row], at: usize, choice: Option<&str>) -> Table {
    let mut section: Option<Arc<Section>> = None;
    let mut read = Vec::with_capacity(rows.len());
    for (place, row) in rows.iter().enumerate() {
        let is_new = place == at || place > at && row.cells.len() > 1 && is_headings(row);
        if is_new {
            section = Some(Arc::new(Section::of(row, &rows[place + 1..], choice)));
        }
        read.push(match &section {
            Some(section) if !is_new => TableRow::Person(row.clone(), section.clone()),
            _ => TableRow::Other(row.clone()),
        });
    }
    let labels: Vec<String> = rows[at].cells.iter().map(|cell| cell.trim().to_owned()).collect();
    let below = &rows[at + 1..];
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
    let chosen = Section::of(&rows[at], below, choice).label(&labels);
    Table { has_headings: true, choices, chosen, rows: read }
}

/// How many cells of a column are an address or id.
fn count(rows: &[Row], column: usize) -> usize {
    rows.iter().filter(|row| row.cells.get(column).is_some_and(|cell| is_address(cell))).count()
}

impl Section {
    fn of(headings_row: &Row, below: &[Row], choice: Option<&str>) -> Self {
        let found: Vec<Option<Heading>> = headings(headings_row).collect();
        let with = |heading: Heading| -> Vec<usize> {
            (0..found.len()).filter(|column| found[*column] == Some(heading)).collect()
        };
        let [full, first, last] = [Heading::FullName, Heading::FirstName, Heading::LastName].map(with);
        let names = [first.clone(), last.clone(), full.clone()].concat();
        let by_name = match (&first[..], &last[..]) {
            ([first], [last]) if full.is_empty() => Columns::Names(Names::FirstAndLast(*first, *last)),
            _ if !full.is_empty() => Columns::Names(Names::Full(full)),
            _ => Columns::Any,
        };
        let of_choice: Vec<usize> = match choice {
            Some(choice) => (0..found.len()).filter(|at| headings_row.cells[*at].trim() == choice).collect(),
            None => Vec::new(),
        };
        let is_full_name = of_choice.iter().any(|column| found[*column] == Some(Heading::FullName));
        let best = [Heading::UserId, Heading::Email, Heading::SignIn, Heading::Id].map(with).into_iter();
        // An id may be one of something else: it counts where cells look like the ids of people.
        let is_id = |columns: &Vec<usize>| found[columns[0]] != Some(Heading::Id) || count(below, columns[0]) > 0;
        let best = best.filter(|columns| !columns.is_empty()).find(is_id);
        let columns = match (of_choice.is_empty(), best) {
            (false, _) if is_full_name => Columns::Names(Names::Full(of_choice)),
            (false, _) => Columns::Addresses(of_choice),
            (true, Some(columns)) => Columns::Addresses(columns),
            (true, None) => by_name,
        };
        Self { columns, names }
    }

    /// The heading of the columns that are read, if they have one.
    fn label(&self, labels: &[String]) -> Option<String> {
        match &self.columns {
            Columns::Addresses(columns) | Columns::Names(Names::Full(columns)) => {
                labels.get(*columns.first()?).cloned()
            }
            Columns::Names(Names::FirstAndLast(first, last)) => {
                Some(format!("{} + {}", labels.get(*first)?, labels.get(*last)?))
            }
            Columns::Any => None,
        }
    }
}

/// Rows of the same width, of which one column or more hold an address or id, and another does not.
fn without_headings(rows: &[Row], choice: Option<&str>) -> Option<Table> {
    let full: Vec<&Row> = rows.iter().filter(|row| row.cells.iter().any(|cell| has_letters(cell))).collect();
    let width = full.first()?.cells.len();
    let is_even = full.iter().filter(|row| row.cells.len() == width).count() * 5 >= full.len() * 4;
    let is_held = |column: usize| {
        let filled = full.iter().filter(|row| row.cells.get(column).is_some_and(|cell| has_letters(cell))).count();
        filled > 0 && count(rows, column) * 5 >= filled * 3
    };
    let held: Vec<usize> = (0..width).filter(|column| is_held(*column)).collect();
    let is_text = |column: usize| {
        let mut cells = full.iter().filter_map(|row| row.cells.get(column)).filter(|cell| has_letters(cell)).peekable();
        !held.contains(&column) && cells.peek().is_some() && cells.all(|cell| !cell.contains('@'))
    };
    if full.len() < 2 || width < 2 || !is_even || held.is_empty() || !(0..width).any(is_text) {
        return None;
    }
    let label = |column: &usize| format!("Column {}", column + 1);
    let chosen = held.iter().find(|column| choice == Some(&*label(column)));
    let columns = chosen.map_or(Columns::Any, |column| Columns::Addresses(vec![*column]));
    let section = Arc::new(Section { columns, names: Vec::new() });
    let only = held.first().filter(|_| held.len() == 1);
    Some(Table {
        has_headings: false,
        choices: held.iter().map(label).collect(),
        chosen: chosen.or(only).map(label),
        rows: rows.iter().map(|row| TableRow::Person(row.clone(), section.clone())).collect(),
    })
}
