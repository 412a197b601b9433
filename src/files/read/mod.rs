//! Reads a file from YAML, JSON or CSV. Errors name the line, the column and what is expected.

mod fields;
mod json;
mod table;
mod yaml;

pub(super) use table::{NONE, headings};

use super::document::Document;
use super::node::{Place, Problem};

/// The format of a text, as it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Yaml,
    Json,
    Csv,
}

impl Format {
    pub fn label(self) -> &'static str {
        match self {
            Self::Yaml => "YAML",
            Self::Json => "JSON",
            Self::Csv => "CSV",
        }
    }

    /// Decides by how the text begins.
    pub fn of(text: &str) -> Self {
        let text = without_mark(text);
        match text.trim_start().chars().next() {
            Some('{' | '[') => Self::Json,
            _ if table::is_table(text) => Self::Csv,
            _ => Self::Yaml,
        }
    }
}

/// The most problems that are worth reading.
const MOST_PROBLEMS: usize = 100;

/// The most bytes of a file.
const MOST_BYTES: usize = 5_000_000;

/// Reads a file of any format.
///
/// # Errors
/// All problems that were found, in the order of the file.
pub fn read(text: &str) -> Result<Document, Vec<Problem>> {
    let text = without_mark(text);
    let first = Place { line: 1, column: 1 };
    if text.len() > MOST_BYTES {
        return Err(vec![Problem::new(first, "The file is larger than 5 MB. Split it")]);
    }
    if text.contains("resource \"openrouter_") {
        return Err(vec![Problem::new(first, "This is HCL for Terraform. Import YAML, JSON or CSV instead")]);
    }
    let mut problems = Vec::new();
    let document = match Format::of(text) {
        Format::Json => json::parse(text).map(|node| fields::document(&node, &mut problems)),
        Format::Yaml => yaml::parse(text).map(|node| fields::document(&node, &mut problems)),
        Format::Csv => Ok(table::document(text, &mut problems)),
    };
    match document {
        Ok(document) if problems.is_empty() => Ok(document),
        Ok(_) => {
            problems.sort_by_key(|problem| problem.place);
            problems.truncate(MOST_PROBLEMS);
            Err(problems)
        }
        Err(problem) => Err(vec![problem]),
    }
}

/// Without the byte order mark.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}
