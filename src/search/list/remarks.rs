//! What a line says about the people in it.

use super::apart::has_exception;
use super::headings::is_label;
use super::mentions::Mention;
use super::text::{has_letters, words};
use crate::search::fold;

/// Names before an address have departments, companies and the like in them.
const MOST_OF_PHRASE: usize = 7;

/// Whether the second address says something about the first, as in `a -> b`, `a: b` and `a (b)`.
pub(super) fn is_remark(part: &str, first: &Mention, second: &Mention) -> bool {
    let is_same = first.people == second.people && !first.people.is_empty();
    if is_same || first.text.eq_ignore_ascii_case(&second.text) || first.span.end > second.span.start {
        return false;
    }
    let between = &part[first.span.end..second.span.start];
    let after = between.trim_start_matches(|c: char| c.is_whitespace() || "\"'>)]".contains(c));
    // A bracket that is closed between them is about the first, and one that is open holds the second.
    let is_arrow = between.contains('>') && !between.contains('<') && !first.is_in_brackets;
    let is_within = after.starts_with('(') && !after.contains(')');
    is_arrow || is_within || after.starts_with(['-', '–', '—', '→', '⇒', '➜', '➔', '=', ':', '~', '≠'])
}

/// Whether the text before an address in brackets is a name, and not a remark such as `not Jane` and `Manager: Jane`. `names` are
/// the keys of the person.
pub(super) fn is_name(phrase: &str, names: &str) -> bool {
    let phrase = without_label(phrase);
    let first = words(phrase).next().unwrap_or_default();
    let is_lowercase = first.starts_with(char::is_lowercase) && !names.contains(&fold::key(first));
    !is_lowercase && !phrase.contains([':', '：']) && !has_exception(phrase) && words(phrase).count() <= MOST_OF_PHRASE
}

/// A part without a label such as `To:` before it.
pub(super) fn without_label(part: &str) -> &str {
    part.split_once(':').filter(|(label, rest)| is_label(label) && has_letters(rest)).map_or(part, |(_, rest)| rest)
}
