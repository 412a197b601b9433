//! Prepares a pasted text, and splits it at separators outside of quotation marks and angle brackets.
//!
//! Invariant: each function takes time in proportion to the text.

use crate::search::fold::is_invisible;
use crate::unicode::nfkc;

/// Characters that a list puts before its items.
const BULLETS: [char; 20] =
    ['-', '*', '•', '·', '–', '—', '‣', '▪', '◦', '●', '○', '■', '□', '➤', '►', '→', '+', '#', '>', '\u{2043}'];

/// The text under NFKC, with plain line ends, and without invisible and control characters and the queries of `mailto:` links.
pub(super) fn clean(text: &str) -> String {
    // NFKC makes a space and an accent of it.
    let text = nfkc(&text.replace("\r\n", "\n").replace('\u{b4}', "'"));
    let plain = |c: char| match c {
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\t' | '\n' => c,
        c if c.is_control() => ' ',
        c => c,
    };
    let text: String = text.chars().filter(|c| !is_invisible(*c)).map(plain).collect();
    // The quotation marks around cells are plain ones, if there are any: others are text in a cell.
    let text = if text.contains('"') { text } else { plain_quotes(&text) };
    without_link_queries(&text)
}

const QUOTES: [char; 6] = ['“', '”', '„', '‟', '«', '»'];

/// The text with plain quotation marks.
pub(super) fn plain_quotes(text: &str) -> String {
    text.replace(QUOTES, "\"")
}

/// Leaves out `?cc=…` of `mailto:` links: the people in it are no entries.
fn without_link_queries(text: &str) -> String {
    let ends_link = |c: char| c.is_whitespace() || "<>()[]\"".contains(c);
    let mut kept = String::with_capacity(text.len());
    for word in text.split_inclusive(ends_link) {
        let query = word.find('?').filter(|at| word[..*at].to_ascii_lowercase().contains("mailto:"));
        match query {
            Some(at) => {
                let end = word.trim_end_matches(ends_link).len();
                kept.push_str(&word[..at]);
                kept.push_str(&word[end..]);
            }
            None => kept.push_str(word),
        }
    }
    kept
}

/// Whether there is a letter or a digit in it.
pub(super) fn has_letters(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

/// The parts between separators that are neither in quotation marks nor in angle brackets, without parts that have no letters.
pub(super) fn parts(text: &str, is_separator: fn(char) -> bool) -> Vec<&str> {
    let is_balanced = text.matches('"').count().is_multiple_of(2);
    let (mut is_quoted, mut is_bracketed) = (false, false);
    let ends_here = |c: char| {
        is_quoted ^= is_balanced && c == '"';
        match c {
            '<' => is_bracketed = true,
            '>' => is_bracketed = false,
            _ => {}
        }
        !is_quoted && !is_bracketed && is_separator(c)
    };
    text.split(ends_here).filter(|part| has_letters(part)).collect()
}

/// Whether the character separates entries, and is in no name.
pub(super) fn is_separator(c: char) -> bool {
    c == ';'
}

/// Whether the character may separate two names or be within one: a comma, or the end of a cell. NFKC has made `，` a comma.
pub(super) fn is_comma(c: char) -> bool {
    matches!(c, ',' | '、' | '\t' | '|')
}

/// A name without the number or bullet before it, and without the quotation marks and brackets around it.
pub(super) fn bare(text: &str) -> &str {
    let is_edge = |c: char| c.is_whitespace() || "\"'`‘’‚‹›()[]{}<>|,;*_".contains(c);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || BULLETS.contains(&c));
    without_number(text).trim_start_matches(is_edge).trim_end_matches(|c| is_edge(c) || c == ':')
}

fn without_number(text: &str) -> &str {
    let digits = text.strip_prefix('(').unwrap_or(text);
    let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = rest.len() < digits.len();
    let after = rest.strip_prefix(['.', ')']).or_else(|| rest.strip_prefix(" - ").or(rest.strip_prefix(" – ")));
    after.filter(|_| is_number).unwrap_or(text)
}

/// The words with a letter, without the punctuation around them. Numbers, as of a list, are no words.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| c.is_whitespace() || "\"()[]{}<>|,;:/".contains(c));
    words
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.contains(char::is_alphabetic))
}
