//! Splits a text into the parts that are read one by one.

use std::sync::Arc;

use super::json::Named;
use super::section::Section;
use super::table::TableRow;
use super::{Kind, SkippedLine, headings, json, marks, table, text};
use crate::csv::Row;

/// A part of the text that is read in one step.
#[derive(Debug)]
pub(super) enum Item {
    Row(Row, Arc<Section>),
    /// A line in which people are merely mentioned.
    Mentions(SkippedLine),
    Line(SkippedLine),
    Json(Named),
}

/// What kind of text it is, and its parts.
pub(super) fn items(text: &str, column: Option<&str>) -> (Kind, Vec<Item>) {
    if !text::has_letters(text) {
        return (Kind::Empty, Vec::new());
    }
    let lines = || {
        let lines = (1..).zip(text.lines()).filter(|(_, line)| text::has_letters(line));
        lines.map(|(line, text)| SkippedLine { line, text: text::plain_quotes(text.trim()) })
    };
    if let Some(named) = json::read(text) {
        let is_empty = named.is_empty();
        let items = named.into_iter().map(Item::Json);
        return (Kind::Json, if is_empty { lines().map(Item::Mentions).collect() } else { items.collect() });
    }
    if headings::is_mail(text.lines()) {
        return (Kind::Mail, lines().map(Item::Mentions).collect());
    }
    match table::find(text, column) {
        Some(table) => {
            let kind = Kind::Table { has_headings: table.has_headings, choices: table.choices, chosen: table.chosen };
            (kind, table.rows.into_iter().flat_map(row_items).collect())
        }
        // Of two kinds of marks, or of what is quoted, it is not known who is meant.
        None if marks::are_mixed(text.lines()) || marks::has_exception_heading(text.lines()) => {
            (Kind::Prose, lines().map(Item::Mentions).collect())
        }
        None => {
            let are_some_quoted = marks::are_some_quoted(text.lines());
            (Kind::Lines, lines().map(|line| line_item(line, are_some_quoted)).collect())
        }
    }
}

fn line_item(line: SkippedLine, are_some_quoted: bool) -> Item {
    if marks::is_apart(&line.text, are_some_quoted) {
        return Item::Mentions(line);
    }
    Item::Line(SkippedLine { text: marks::without_box(&line.text).to_owned(), ..line })
}

fn row_items(row: TableRow) -> Vec<Item> {
    match row {
        TableRow::Person(row, _) if !row.cells.iter().any(|cell| text::has_letters(cell)) => Vec::new(),
        // The lines below a single heading are a list.
        TableRow::Person(row, section) if section.width == 1 && row.cells.len() == 1 => {
            let is_example = headings::is_example(&row.cells[0]);
            skipped(&row)
                .into_iter()
                .map(|line| if is_example { Item::Mentions(line) } else { line_item(line, false) })
                .collect()
        }
        TableRow::Person(row, section) => vec![Item::Row(row, section)],
        TableRow::Other(row) => skipped(&row).into_iter().map(Item::Mentions).collect(),
    }
}

/// The lines of a row.
pub(super) fn skipped(row: &Row) -> Vec<SkippedLine> {
    let text = row.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" · ");
    let is_any = text::has_letters(&text);
    is_any.then(|| SkippedLine { line: row.first_line, text: text.replace('\n', " ") }).into_iter().collect()
}
