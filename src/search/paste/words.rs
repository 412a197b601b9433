//! Splits a pasted text into lines, fields and words, and strips punctuation from them.
//!
//! Invariant: each function takes time in proportion to the text.

use std::borrow::Cow;

/// Headings that exports put over the columns that name people, without punctuation and spaces.
const HEADINGS: &str = "email emails emailaddress emailaddresses mail primaryemail workemail useremail memberemail id ids \
                        userid userids memberid user users username members people name names fullname displayname \
                        firstname lastname givenname familyname surname userprincipalname";

/// Characters that a list puts before its items.
const BULLETS: [char; 16] = ['-', '*', '•', '·', '–', '—', '‣', '▪', '◦', '●', '○', '■', '+', '#', '>', '\u{2043}'];
/// Characters that surround an address, an id or a name.
const AROUND: [char; 24] = [
    '"', '\'', '`', '“', '”', '„', '‘', '’', '‚', '«', '»', '‹', '›', '(', ')', '[', ']', '{', '}', '<', '>', '|', ',',
    ';',
];

/// Byte order marks, direction marks, joiners and soft hyphens.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The text without invisible characters.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if text.contains(is_invisible) {
        Cow::Owned(text.chars().filter(|c| !is_invisible(*c)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// The text without invisible characters, its words joined by single spaces.
pub(in crate::search) fn plain(text: &str) -> String {
    visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether there is a letter or a digit in it.
pub(super) fn has_letters(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

/// The lines, with any kind of line ending.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let ends = ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
    text.split('\n').flat_map(move |line| line.strip_suffix('\r').unwrap_or(line).split(ends))
}

/// Whether the character separates two columns, and is in no name.
pub(super) fn is_column_end(c: char) -> bool {
    matches!(c, ';' | '\t' | '|' | '；')
}

/// Whether the character is a comma, which may separate two names or be within one.
pub(super) fn is_comma(c: char) -> bool {
    matches!(c, ',' | '，' | '、')
}

/// The parts between separators outside of quotation marks, without empty ones.
pub(super) fn fields(text: &str, is_end: fn(char) -> bool) -> Vec<&str> {
    let is_balanced = text.matches('"').count().is_multiple_of(2);
    let mut is_quoted = false;
    let ends_here = |c: char| {
        is_quoted ^= is_balanced && c == '"';
        !is_quoted && is_end(c)
    };
    text.split(ends_here).filter(|field| has_letters(field)).collect()
}

/// Whether one of the fields is a heading of a column that names people.
pub(super) fn has_heading(line: &str) -> bool {
    let is_heading = |field: &str| {
        let letters: String = field.chars().filter(|c| c.is_alphanumeric()).collect();
        HEADINGS.split(' ').any(|heading| heading == letters.to_ascii_lowercase())
    };
    fields(line, |c| is_column_end(c) || is_comma(c)).into_iter().any(is_heading)
}

/// A name without the number or bullet before it, and without the quotation marks and brackets around it.
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

/// A text between separators, which may contain an address or an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub text: &'a str,
    /// Whether it is in brackets, like the address after a name.
    pub is_in_brackets: bool,
}

/// The words of a line, split at every character that is in no address.
pub(super) fn words(line: &str) -> impl Iterator<Item = Word<'_>> {
    let is_end = |c: char| {
        let is_bracket = matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | '{' | '}' | '"' | '“' | '”' | '„' | '«' | '»');
        c.is_whitespace() || is_column_end(c) || is_comma(c) || is_bracket
    };
    let mut is_in_brackets = false;
    line.split_inclusive(is_end).filter_map(move |piece| {
        let word = Word { text: piece.trim_end_matches(is_end), is_in_brackets };
        is_in_brackets = match piece.chars().next_back() {
            Some('<' | '(') => true,
            Some('>' | ')') => false,
            _ => is_in_brackets,
        };
        (!word.text.is_empty()).then_some(word)
    })
}

/// The next address in a word, and the text after it.
pub(super) fn next_address(mut text: &str) -> Option<(&str, &str)> {
    loop {
        let at = text.find('@')?;
        let domain = &text[at + 1..];
        let length = domain.find(|c: char| !is_of_domain(c)).unwrap_or(domain.len());
        if domain[length..].starts_with('@') {
            // `a@b@c` is neither one address nor two. It is returned as a whole.
            return has_letters(text).then_some((text, ""));
        }
        // An address has no colon: the text before one is `mailto:` or a label.
        let (local, domain, after) = (&text[..at], &domain[..length], &domain[length..]);
        let start = local.rfind(':').map_or(0, |colon| colon + 1);
        if has_letters(&local[start..]) && has_letters(domain) {
            return Some((text[start..at + 1 + length].trim_end_matches(is_punctuation), after));
        }
        text = after;
    }
}

fn is_of_domain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-' | '_')
}

fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric()
}

/// An address without the punctuation before it.
pub(super) fn without_lead(address: &str) -> &str {
    address.trim_start_matches(|c| matches!(c, '.' | '=' | '~' | '/') || AROUND.contains(&c) || BULLETS.contains(&c))
}

/// A word without the punctuation around it, and without a label such as `id:` or a path before it.
pub(super) fn core(word: &str) -> &str {
    let word = word.trim_matches(is_punctuation);
    word.rfind([':', '=', '/']).map_or(word, |at| &word[at + 1..]).trim_start_matches(is_punctuation)
}

/// Whether a word has the shape of a user id.
pub(super) fn looks_like_id(word: &str) -> bool {
    let rest = word.strip_prefix("user_");
    rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphanumeric()))
}
