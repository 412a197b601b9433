//! The columns of a table that name people.

use super::apart::{is_of_actions, is_of_others};
use super::headings::Heading;
use super::mentions::is_address;
use crate::csv::Row;

/// A part of a table, below one row of headings.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Section {
    /// Where people are named.
    pub columns: Columns,
    /// The columns with names, shown where a row has no address.
    pub names: Vec<usize>,
    /// The columns of other people, such as managers.
    pub others: Vec<usize>,
    /// The columns of what is to be done with the person of a row, such as `remove`.
    pub actions: Vec<usize>,
    /// How many cells a row has.
    pub width: usize,
}

/// The columns in which the rows of a section name people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Columns {
    /// These, the most certain kind first. A row names a person in the first kind in which it has an address or id.
    Addresses(Vec<Vec<usize>>),
    /// Any. A row that names two people is a question.
    Any,
    Names(Names),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Names {
    Full(Vec<usize>),
    FirstAndLast(usize, usize),
}

/// What each cell of a row is as a heading.
pub(super) fn headings(row: &Row) -> Vec<Option<Heading>> {
    row.cells.iter().map(|cell| Heading::of(cell)).collect()
}

/// The columns whose heading is of other people.
pub(super) fn others(row: &Row) -> Vec<usize> {
    (0..row.cells.len()).filter(|at| Heading::of(&row.cells[*at]).is_none() && is_of_others(&row.cells[*at])).collect()
}

/// How many cells of a column are an address or id.
pub(super) fn count(rows: &[Row], column: usize) -> usize {
    rows.iter().filter(|row| row.cells.get(column).is_some_and(|cell| is_address(cell))).count()
}

impl Section {
    /// The section below a row of headings. `choice` is the heading of the column to read.
    pub(super) fn of(headings_row: &Row, below: &[Row], choice: Option<&str>) -> Self {
        let found = headings(headings_row);
        let with = |heading: Heading| -> Vec<usize> {
            (0..found.len()).filter(|column| found[*column] == Some(heading)).collect()
        };
        let [full, first, last] = [Heading::FullName, Heading::FirstName, Heading::LastName].map(with);
        let names = [first.clone(), last.clone(), full.clone()].concat();
        let by_name = match (&first[..], &last[..]) {
            ([first], [last]) if full.is_empty() => Columns::Names(Names::FirstAndLast(*first, *last)),
            _ if !full.is_empty() => Columns::Names(Names::Full(full)),
            // `Nom` and `Nombre` are also the headings of whole names.
            ([column], []) | ([], [column]) => Columns::Names(Names::Full(vec![*column])),
            _ => Columns::Any,
        };
        let of_choice: Vec<usize> = match choice {
            Some(choice) => (0..found.len()).filter(|at| headings_row.cells[*at].trim() == choice).collect(),
            None => Vec::new(),
        };
        let is_full_name = of_choice.iter().any(|column| found[*column] == Some(Heading::FullName));
        let kinds = [Heading::UserId, Heading::Email, Heading::SignIn, Heading::Id].map(with).into_iter();
        // An id may be one of something else, and a sign-in name no address: they count where cells look like it.
        let (mut kinds, empty): (Vec<_>, Vec<_>) = kinds
            .filter(|columns| !columns.is_empty())
            .partition(|columns| columns.iter().any(|column| count(below, *column) > 0));
        let is_certain = |columns: &Vec<usize>| found[columns[0]] != Some(Heading::Id);
        kinds.extend(empty.into_iter().filter(is_certain));
        let columns = match (of_choice.is_empty(), kinds.is_empty()) {
            (false, _) if is_full_name => Columns::Names(Names::Full(of_choice)),
            (false, _) => Columns::Addresses(vec![of_choice]),
            (true, false) => Columns::Addresses(kinds),
            (true, true) => by_name,
        };
        let actions = (0..found.len()).filter(|column| is_of_actions(&headings_row.cells[*column])).collect();
        Self { columns, names, others: others(headings_row), actions, width: headings_row.cells.len() }
    }

    /// The heading of the columns that are read, if they have one.
    pub(super) fn label(&self, labels: &[String]) -> Option<String> {
        let columns = match &self.columns {
            Columns::Addresses(kinds) => kinds.first()?,
            Columns::Names(Names::Full(columns)) => columns,
            Columns::Names(Names::FirstAndLast(first, last)) => {
                return Some(format!("{} + {}", labels.get(*first)?, labels.get(*last)?));
            }
            Columns::Any => return None,
        };
        labels.get(*columns.first()?).cloned()
    }
}
