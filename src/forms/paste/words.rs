//! Taking a pasted text apart: into lines, fields and words, and out of what surrounds them.
//!
//! Invariant: every part is a piece of the text as it stands there, and each is found in one walk over the text.

use std::borrow::Cow;

/// Headings over columns by which exports name people, without signs and spaces.
const HEADINGS: [&str; 29] = [
    "email",
    "emails",
    "emailaddress",
    "emailaddresses",
    "mail",
    "primaryemail",
    "workemail",
    "useremail",
    "memberemail",
    "id",
    "ids",
    "userid",
    "userids",
    "memberid",
    "user",
    "users",
    "username",
    "members",
    "people",
    "name",
    "names",
    "fullname",
    "displayname",
    "firstname",
    "lastname",
    "givenname",
    "familyname",
    "surname",
    "userprincipalname",
];

/// Signs that a list puts before its items.
const BULLETS: [char; 16] = ['-', '*', '•', '·', '–', '—', '‣', '▪', '◦', '●', '○', '■', '+', '#', '>', '\u{2043}'];
/// Signs that stand around an address, an id or a name.
const AROUND: [char; 24] = [
    '"', '\'', '`', '“', '”', '„', '‘', '’', '‚', '«', '»', '‹', '›', '(', ')', '[', ']', '{', '}', '<', '>', '|', ',',
    ';',
];

/// Characters that nobody sees: marks of byte order, direction and joining, and soft hyphens.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The text without what nobody sees.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if text.contains(is_invisible) {
        Cow::Owned(text.chars().filter(|c| !is_invisible(*c)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// The text without what nobody sees, words joined by single spaces.
pub(in crate::forms) fn plain(text: &str) -> String {
    visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether there is more to it than signs.
pub(super) fn says_something(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

/// The lines, whichever way they end.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let ends = ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
    text.split('\n').flat_map(move |line| line.strip_suffix('\r').unwrap_or(line).split(ends))
}

/// What keeps two columns apart, and is in no name.
pub(super) fn is_column_end(c: char) -> bool {
    matches!(c, ';' | '\t' | '|' | '；')
}

/// A comma, which may stand between two names and within one.
pub(super) fn is_comma(c: char) -> bool {
    matches!(c, ',' | '，' | '、')
}

/// The parts between separators that do not stand within quotation marks, without those that say nothing.
pub(super) fn fields(text: &str, is_end: fn(char) -> bool) -> Vec<&str> {
    let is_balanced = text.matches('"').count().is_multiple_of(2);
    let mut is_quoted = false;
    let ends_here = |c: char| {
        is_quoted ^= is_balanced && c == '"';
        !is_quoted && is_end(c)
    };
    text.split(ends_here).filter(|field| says_something(field)).collect()
}

/// Whether one of the fields is a heading over a column of people.
pub(super) fn has_heading(line: &str) -> bool {
    let is_heading = |field: &str| {
        let letters: String = field.chars().filter(|c| c.is_alphanumeric()).collect();
        HEADINGS.contains(&letters.to_ascii_lowercase().as_str())
    };
    fields(line, |c| is_column_end(c) || is_comma(c)).into_iter().any(is_heading)
}

/// A name without the number or the sign before it and the quotation marks and brackets around it.
pub(super) fn bare(text: &str) -> &str {
    let is_edge = |c: char| c.is_whitespace() || AROUND.contains(&c);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || BULLETS.contains(&c));
    without_number(text).trim_start_matches(is_edge).trim_end_matches(|c| is_edge(c) || c == ':')
}

fn without_number(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = rest.len() < text.len();
    rest.strip_prefix(['.', ')']).filter(|_| is_number).unwrap_or(text)
}

/// Something between separators, in which an address or an id may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub text: &'a str,
    /// Whether it stands in brackets, as the address does behind a name.
    pub is_aside: bool,
}

/// The words of a line, by every separator that is in no address.
pub(super) fn words(line: &str) -> impl Iterator<Item = Word<'_>> {
    let is_end = |c: char| {
        let is_bracket = matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | '{' | '}' | '"' | '“' | '”' | '„' | '«' | '»');
        c.is_whitespace() || is_column_end(c) || is_comma(c) || is_bracket
    };
    let mut is_aside = false;
    line.split_inclusive(is_end).filter_map(move |piece| {
        let word = Word { text: piece.trim_end_matches(is_end), is_aside };
        is_aside = match piece.chars().next_back() {
            Some('<' | '(') => true,
            Some('>' | ')') => false,
            _ => is_aside,
        };
        (!word.text.is_empty()).then_some(word)
    })
}

/// The next address in a text without separators, and what comes after it.
pub(super) fn next_address(mut text: &str) -> Option<(&str, &str)> {
    loop {
        let at = text.find('@')?;
        let domain = &text[at + 1..];
        let length = domain.find(|c: char| !is_of_domain(c)).unwrap_or(domain.len());
        if domain[length..].starts_with('@') {
            // Two of them in a row are no address and not two: it is told as it stands.
            return says_something(text).then_some((text, ""));
        }
        // No colon stands in an address: what is before it is `mailto:` or a label.
        let (local, domain, after) = (&text[..at], &domain[..length], &domain[length..]);
        let start = local.rfind(':').map_or(0, |colon| colon + 1);
        if says_something(&local[start..]) && says_something(domain) {
            return Some((text[start..at + 1 + length].trim_end_matches(is_sign), after));
        }
        text = after;
    }
}

fn is_of_domain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-' | '_')
}

fn is_sign(c: char) -> bool {
    !c.is_alphanumeric()
}

/// An address without the signs before it.
pub(super) fn without_lead(address: &str) -> &str {
    address.trim_start_matches(|c| matches!(c, '.' | '=' | '~' | '/') || AROUND.contains(&c) || BULLETS.contains(&c))
}

/// A word without the signs around it, and without a label such as `id:` or a path before it.
pub(super) fn core(word: &str) -> &str {
    let word = word.trim_matches(is_sign);
    word.rfind([':', '=', '/']).map_or(word, |at| &word[at + 1..]).trim_start_matches(is_sign)
}

/// Whether a word has the shape of a user id.
pub(super) fn looks_like_id(word: &str) -> bool {
    let rest = word.strip_prefix("user_");
    rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphanumeric()))
}
