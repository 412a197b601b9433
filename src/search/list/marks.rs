//! Marks that people put on the lines of a list: struck out, commented out, quoted, ticked.

use super::apart::has_exception;
use super::text::has_letters;

const STRUCK: [char; 8] = ['❌', '✗', '✘', '✖', '🚫', '⛔', '❎', '☒'];
const COMMENTS: [&str; 5] = ["//", "<!--", "/*", "-- ", "--\t"];

/// Whether a line or cell is struck or commented out.
pub(super) fn is_out(line: &str) -> bool {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || "*•|".contains(c));
    // `#1` is a number.
    let is_hash = line.strip_prefix('#').is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    is_hash || line.contains("~~") || line.contains(STRUCK) || COMMENTS.iter().any(|mark| line.starts_with(mark))
}

/// Whether a heading such as `## Remove` takes the people below out of the list.
pub(super) fn has_exception_heading<'t>(mut lines: impl Iterator<Item = &'t str>) -> bool {
    lines.any(|line| line.starts_with('#') && !line.contains('@') && has_exception(line))
}

fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// Whether some lines are quoted and others are not.
pub(super) fn are_some_quoted<'t>(lines: impl Iterator<Item = &'t str>) -> bool {
    let kinds: Vec<bool> = lines.filter(|line| has_letters(line)).map(is_quoted).collect();
    kinds.contains(&true) && kinds.contains(&false)
}

/// Whether the line is of those that a list quotes from elsewhere, or takes back.
pub(super) fn is_apart(line: &str, are_some_quoted: bool) -> bool {
    is_out(line) || are_some_quoted && is_quoted(line)
}

/// What a list says of an item by a mark before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Empty,
    Ticked,
    Plus,
    Minus,
}

/// The mark, and the line after it.
fn mark(line: &str) -> Option<(Mark, &str)> {
    let line = line.trim_start();
    let plain = line.trim_start_matches(|c: char| c.is_whitespace() || "-*•+".contains(c));
    let boxes = [
        (Mark::Empty, ["[ ]", "[]", "☐", "□", "⬜"]),
        (Mark::Ticked, ["[x]", "[X]", "☑", "✅", "✓"]),
        (Mark::Ticked, ["[✓]", "[✔]", "✔", "🗹", "[v]"]),
    ];
    let ticked = boxes.iter().find_map(|(mark, texts)| {
        let rest = texts.iter().find_map(|text| plain.strip_prefix(text))?;
        Some((*mark, rest))
    });
    let sign = || match line.split_at_checked(1) {
        Some(("+", rest)) if rest.starts_with(' ') => Some((Mark::Plus, line)),
        Some(("-", rest)) if rest.starts_with(' ') => Some((Mark::Minus, line)),
        _ => None,
    };
    ticked.or_else(sign)
}

/// Whether the marks of a list tell two kinds of items apart. Which of them is meant is not known.
pub(super) fn are_mixed<'t>(lines: impl Iterator<Item = &'t str>) -> bool {
    let mut marks = lines.filter_map(|line| mark(line).map(|(mark, _)| mark));
    let first = marks.next();
    marks.any(|it| Some(it) != first)
}

/// The line without a box to tick before it.
pub(super) fn without_box(line: &str) -> &str {
    match mark(line) {
        Some((Mark::Empty | Mark::Ticked, rest)) => rest,
        _ => line,
    }
}
