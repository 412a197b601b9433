//! Rows of a spreadsheet as a document: one row a workspace with its limits, or one row a membership.
//!
//! An empty cell says nothing. `none` is no limit, or a cleared setting.

use std::collections::HashMap;

use crate::csv::{self, Row};
use crate::domain::{Interval, Patch, SamplingRate, Usd, UserId, WorkspaceId};
use crate::files::document::{BYOK, BudgetEntry, Document, Entry, MemberEntry};
use crate::files::node::{Place, Problem};
use crate::files::settings::{Setting, Shape, Value};

type Problems = Vec<Problem>;

/// What a cell of a column that is cleared says.
pub const NONE: &str = "none";

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Id,
    Setting(Setting),
    Limit(Interval),
    Byok,
    Email,
    UserId,
    /// Known from exports, and not read.
    Ignored,
}

impl Column {
    fn of(heading: &str) -> Option<Self> {
        let word: String = heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let plain = |text: &str| text.replace(['_', ' '], "").to_lowercase();
        let limits = ["", "limit", "limitusd", "limitus", "budget"];
        let interval =
            |interval: &Interval| word.strip_prefix(interval.as_str()).is_some_and(|rest| limits.contains(&rest));
        if let Some(interval) = Interval::ALL.into_iter().find(interval) {
            return Some(Self::Limit(interval));
        }
        Some(match word.as_str() {
            "workspaceid" | "id" => Self::Id,
            "workspaceslug" => Self::Setting(Setting::Slug),
            "workspace" | "workspacename" => Self::Setting(Setting::Name),
            "byok" | "byokcounts" | "includebyokinbudgets" => Self::Byok,
            "email" | "mail" | "member" | "memberemail" => Self::Email,
            "userid" | "memberid" => Self::UserId,
            "role" | "note" | "forecast" | "createdat" | "updatedat" => Self::Ignored,
            spent if spent.ends_with("spentusd") => Self::Ignored,
            _ => {
                let is_meant = |setting: &Setting| plain(setting.key()) == word || plain(setting.label()) == word;
                Self::Setting(Setting::ALL.into_iter().find(is_meant)?)
            }
        })
    }

    fn is_of_member(self) -> bool {
        matches!(self, Self::Email | Self::UserId)
    }
}

/// The separator by which the first line has most cells.
fn separator(first: &str) -> char {
    let count = |separator: &char| first.matches(*separator).count();
    [',', ';', '\t'].into_iter().max_by_key(count).unwrap_or(',')
}

/// The line of headings. Some spreadsheets write a line such as `sep=;` before it.
fn heading_line(text: &str) -> &str {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty() && !is_separator_line(line));
    lines.next().unwrap_or_default()
}

fn is_separator_line(line: &str) -> bool {
    let sign = line.trim().strip_prefix("sep=");
    sign.is_some_and(|sign| sign.chars().count() <= 1)
}

/// Whether the first line has headings of a table of workspaces.
pub fn is_table(text: &str) -> bool {
    let first = heading_line(text);
    let rows = csv::rows(first, separator(first));
    let cells = rows.first().map(|row| row.cells.as_slice()).unwrap_or_default();
    let known = cells.iter().filter(|cell| Column::of(cell).is_some()).count();
    known != 0 && (cells.len() > 1 || known == cells.len()) && !first.contains(": ")
}

pub fn document(text: &str, problems: &mut Problems) -> Document {
    let separator = separator(heading_line(text));
    let rows = csv::rows(text, separator).into_iter();
    let mut rows = rows
        .filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()))
        .skip_while(|row| is_separator_line(&row.cells.join(&separator.to_string())));
    let Some(headings) = rows.next() else { return Document::default() };
    let columns = columns(&headings, problems);
    let rows: Vec<Row> = rows.collect();
    for row in &rows {
        // An amount such as 1,000 without quotes would be cut in two.
        let more = row.cells.iter().enumerate().skip(columns.len()).find(|(_, cell)| !cell.trim().is_empty());
        if let Some((at, _)) = more {
            let cells = columns.len();
            let text =
                format!("Expected at most {cells} cells in this row. Put quotes around a value with a separator in it");
            problems.push(Problem::new(place(row, at), text));
        }
    }
    let rows = rows.into_iter();
    let mut document = Document::default();
    if columns.iter().flatten().any(|column| column.is_of_member()) {
        memberships(&columns, rows, &mut document, problems);
    } else {
        document.workspaces = rows.map(|row| entry(&columns, &row, problems)).collect();
    }
    document
}

fn columns(headings: &Row, problems: &mut Problems) -> Vec<Option<Column>> {
    let mut seen = Vec::new();
    let mut read = |(at, heading): (usize, &String)| {
        if heading.trim().is_empty() {
            return None;
        }
        let column = Column::of(heading);
        let problem = match column {
            None => {
                let heading = crate::domain::inline_text(&heading.chars().take(40).collect::<String>());
                Some(format!(
                    "Unknown column “{heading}”. Expected columns such as name, slug, monthly, weekly, daily or email"
                ))
            }
            Some(column) if column != Column::Ignored && seen.contains(&column) => {
                Some("This column is there twice".to_owned())
            }
            Some(_) => None,
        };
        problems.extend(problem.map(|text| Problem::new(place(headings, at), text)));
        seen.extend(column);
        column
    };
    headings.cells.iter().enumerate().map(&mut read).collect()
}

/// The columns of a table are those of its places.
fn place(row: &Row, at: usize) -> Place {
    Place { line: row.first_line, column: at + 1 }
}

fn entry(columns: &[Option<Column>], row: &Row, problems: &mut Problems) -> Entry {
    let mut entry = Entry { place: place(row, 0), is_table: true, ..Entry::default() };
    let mut budget = BudgetEntry { place: place(row, 0), ..BudgetEntry::default() };
    for (at, cell, column) in cells(columns, row) {
        let place = place(row, at);
        let mut wrong = |expected: &str| problems.push(Problem::new(place, format!("Expected {expected}")));
        match column {
            Column::Id => match WorkspaceId::parse(&cell.trim().to_ascii_lowercase()) {
                Ok(id) if WorkspaceId::looks_like(id.as_str()) => entry.id = Some(id),
                _ => wrong("the UUID of a workspace"),
            },
            Column::Setting(setting) => match setting_value(setting, cell) {
                Ok(value) => {
                    entry.settings.0.insert(setting, value);
                    entry.places.insert(setting, place);
                }
                Err(expected) => wrong(expected),
            },
            Column::Limit(interval) => match limit(cell) {
                Ok(limit) => budget.limits[interval.index()] = limit,
                Err(why) => problems.push(Problem::new(place, why)),
            },
            Column::Byok => match switch(cell) {
                Some(counts) => budget.counts_byok = Some(counts),
                None => wrong("yes or no for BYOK"),
            },
            Column::Email | Column::UserId | Column::Ignored => {}
        }
    }
    check_named(&entry, problems);
    entry.budget = Some(budget).filter(|budget| !budget.is_empty());
    entry
}

fn check_named(entry: &Entry, problems: &mut Problems) {
    let is_named = [Setting::Slug, Setting::Name].iter().any(|setting| entry.settings.get(*setting).is_some());
    if !is_named && entry.id.is_none() {
        problems.push(Problem::new(entry.place, "Expected a name or a slug in this row"));
    }
}

/// The cells that say something, with their columns.
fn cells<'a>(columns: &'a [Option<Column>], row: &'a Row) -> impl Iterator<Item = (usize, &'a str, Column)> {
    let cells = row.cells.iter().enumerate().zip(columns);
    cells
        .filter_map(|((at, cell), column)| Some((at, cell.as_str(), (*column)?)))
        .filter(|(_, cell, _)| !cell.trim().is_empty())
}

fn setting_value(setting: Setting, cell: &str) -> Result<Value, &'static str> {
    if setting.is_clearable() && is_none(cell) {
        return Ok(Value::None);
    }
    match setting.shape() {
        Shape::Text => Ok(Value::Text(cell.to_owned())),
        Shape::Switch => switch(cell).map(Value::Switch).ok_or("yes or no"),
        Shape::Rate => SamplingRate::parse(cell).map(Value::Rate).map_err(|_| "a number from 0.0001 to 1"),
        Shape::Texts => Ok(Value::Texts(cell.split_whitespace().map(str::to_owned).collect())),
        Shape::Numbers => {
            let numbers = cell.split_whitespace().map(|number| number.parse().ok());
            numbers.collect::<Option<_>>().map(Value::Numbers).ok_or("numbers with spaces between them")
        }
    }
}

fn limit(cell: &str) -> Result<Patch<Usd>, String> {
    if is_none(cell) {
        return Ok(Patch::Clear);
    }
    match Usd::parse(cell) {
        Ok(amount) if !amount.is_zero() => Ok(Patch::Set(amount)),
        Ok(_) => Err("Expected an amount above 0, or none for no limit".to_owned()),
        Err(why) => Err(format!("Expected an amount such as 500, or none for no limit. {why}")),
    }
}

fn is_none(cell: &str) -> bool {
    cell.trim().eq_ignore_ascii_case(NONE)
}

fn switch(cell: &str) -> Option<bool> {
    match cell.trim().to_ascii_lowercase().as_str() {
        "yes" | "true" | "on" | "1" => Some(true),
        "no" | "false" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// Collects the rows of each workspace.
fn memberships(
    columns: &[Option<Column>],
    rows: impl Iterator<Item = Row>,
    document: &mut Document,
    problems: &mut Problems,
) {
    let mut known: HashMap<String, usize> = HashMap::new();
    for row in rows {
        let mut named = entry(columns, &row, problems);
        // The name is only for people, where the slug or the ID says which workspace it is.
        let slug = named.settings.text(Setting::Slug).map(str::to_owned);
        if slug.is_some() || named.id.is_some() {
            named.settings.0.remove(&Setting::Name);
        }
        let name = named.settings.text(Setting::Name).map(str::to_owned);
        let Some(key) = slug.or(named.id.as_ref().map(ToString::to_string)).or(name) else { continue };
        let Some(member) = member(columns, &row, problems) else { continue };
        let at = *known.entry(key).or_insert_with(|| {
            document.workspaces.push(named);
            document.workspaces.len() - 1
        });
        document.workspaces[at].members.get_or_insert_default().push(member);
    }
}

/// The member of a row. Without one the row has a problem: otherwise an empty cell would mean that a workspace has no members.
fn member(columns: &[Option<Column>], row: &Row, problems: &mut Problems) -> Option<MemberEntry> {
    let mut member = MemberEntry { place: place(row, 0), ..MemberEntry::default() };
    for (at, cell, column) in cells(columns, row) {
        match column {
            Column::Email => (member.email, member.place) = (Some(cell.trim().to_owned()), place(row, at)),
            Column::UserId => {
                member.id = UserId::parse(cell.trim()).ok();
                if member.id.is_none() {
                    problems.push(Problem::new(place(row, at), "Expected a user ID such as user_abc123"));
                    return None;
                }
            }
            _ => {}
        }
    }
    if member.email.is_none() && member.id.is_none() {
        problems.push(Problem::new(member.place, "Expected an email or a user ID in this row"));
        return None;
    }
    Some(member)
}

/// The headings of a table of workspaces, in their order.
pub fn headings() -> Vec<(String, Option<Setting>)> {
    let settings = Setting::ALL.into_iter().filter(|setting| setting.shape() != Shape::Numbers);
    let settings = settings.map(|setting| (setting.key().to_owned(), Some(setting)));
    let limits = Interval::ALL.into_iter().map(|interval| (format!("{}_limit_usd", interval.as_str()), None));
    settings.chain(limits).chain([(BYOK.to_owned(), None)]).collect()
}
