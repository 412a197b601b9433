//! The addresses and ids in a text, and whose they are.
//!
//! Invariant: an address is found as it stands, or without what cannot be part of it. It is never cut to someone else's.

use std::borrow::Cow;
use std::slice;

use percent_encoding::percent_decode_str;

use super::text::has_letters;
use crate::domain::UserId;
use crate::search::People;

/// An address or an id in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention<'d> {
    /// As written, decoded.
    pub text: String,
    /// Where it stands, in bytes.
    pub span: std::ops::Range<usize>,
    pub is_id: bool,
    /// Whether it stands in brackets, like the address after a name.
    pub is_in_brackets: bool,
    /// Whether it stands in a web address.
    pub is_in_url: bool,
    pub people: &'d [UserId],
}

/// The addresses and ids in the text, in its order.
pub(super) fn mentions<'d>(text: &str, people: &'d People) -> Vec<Mention<'d>> {
    let mut found = Vec::new();
    let (mut start, mut is_in_brackets) = (0, false);
    for piece in text.split_inclusive(ends_word) {
        let word = piece.trim_end_matches(ends_word);
        let before = found.len();
        if !word.is_empty() {
            read_word(word, start, people, &mut found);
        }
        found[before..].iter_mut().for_each(|mention| mention.is_in_brackets = is_in_brackets);
        is_in_brackets = match piece.chars().next_back() {
            Some('<' | '(') => true,
            Some('>' | ')') => false,
            _ => is_in_brackets,
        };
        start += piece.len();
    }
    found
}

/// Whether the character is in no address.
fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '、' | ';' | '|' | '<' | '>' | '(' | ')' | '[' | ']' | '{' | '}' | '"')
}

fn read_word<'d>(word: &str, start: usize, people: &'d People, found: &mut Vec<Mention<'d>>) {
    let mention = |text: &str, is_id, people| Mention {
        text: text.to_owned(),
        span: start..start + word.len(),
        is_id,
        is_in_brackets: false,
        is_in_url: false,
        people,
    };
    if let Some(id) = people.id(word) {
        found.push(mention(word, true, slice::from_ref(id)));
        return;
    }
    if word.contains("://") {
        let parts = decoded(word);
        for part in parts.split(['/', '?', '&', '=', '#']) {
            let (is_id, people) = match people.id(part) {
                Some(id) => (true, slice::from_ref(id)),
                None => (false, people.by_email(part)),
            };
            if is_id || part.contains('@') {
                found.push(Mention { is_in_url: true, ..mention(part, is_id, people) });
            }
        }
        return;
    }
    let (core, place) = core(word);
    // Where it stands, without the label that may be before it.
    let of_core = start + place..start + place + core.len();
    match people.id(core) {
        Some(id) => return found.push(Mention { span: of_core, ..mention(core, true, slice::from_ref(id)) }),
        None if looks_like_id(core) => return found.push(Mention { span: of_core, ..mention(core, true, &[]) }),
        None => {}
    }
    let plain = without_scheme(word);
    // A decoded word has other places.
    let is_as_written = plain.len() == word.len();
    let mut place = 0;
    while let Some(range) = next_address(&plain, place) {
        place = range.end;
        let address = plain[range.clone()].trim_end_matches(|c: char| !c.is_alphanumeric());
        let (text, people) = by_address(address, people);
        let mention = mention(text, false, people);
        let span = if is_as_written { start + range.start..start + range.end } else { mention.span.clone() };
        found.push(Mention { span, ..mention });
    }
}

/// The address of a `mailto:` link, decoded, without its query. Other words are returned as they are.
fn without_scheme(word: &str) -> Cow<'_, str> {
    let lead = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_link = lead.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    match lead.get(7..) {
        Some(address) if is_link => decoded(address.split('?').next().unwrap_or_default()),
        _ if !word.contains('@') && word.contains("%40") => decoded(word),
        _ => Cow::Borrowed(word),
    }
}

fn decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

/// Where the next address in a word stands.
fn next_address(word: &str, mut place: usize) -> Option<std::ops::Range<usize>> {
    loop {
        let text = &word[place..];
        let at = text.find('@')?;
        let domain = &text[at + 1..];
        let length = domain.find(|c: char| !is_of_domain(c)).unwrap_or(domain.len());
        if domain[length..].starts_with('@') {
            // `a@b@c` is neither one address nor two. It is returned as a whole.
            return has_letters(text).then_some(place..word.len());
        }
        // An address has no colon: the text before one is a label.
        let local = &text[..at];
        let start = local.rfind(':').map_or(0, |colon| colon + 1);
        let (start, end) = (place + start, place + at + 1 + length);
        if has_letters(&word[start..place + at]) && has_letters(&domain[..length]) {
            return Some(start..end);
        }
        place = end;
    }
}

fn is_of_domain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-' | '_') || is_mark(c)
}

/// Whether the character is a combining mark, as of a decomposed letter.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The people with an address: as written, or without what cannot be part of it around it.
fn by_address<'a, 'd>(address: &'a str, people: &'d People) -> (&'a str, &'d [UserId]) {
    let whole = people.by_email(address);
    if !whole.is_empty() {
        return (address, whole);
    }
    let address = address.trim_start_matches(|c| "*.=~/#'`‘’‚‹›•·–—‣▪◦●○■☐□☑✓✔✅❌✗✘".contains(c));
    for text in [address, address.trim_end_matches(is_unspaced)] {
        let found = people.by_email(text);
        if !found.is_empty() {
            return (text, found);
        }
    }
    (address, &[])
}

/// Whether the letter belongs to a script that puts no spaces between words, so that text may touch an address.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{edf}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{30ff}')
        || matches!(c, '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A word without the punctuation around it, and without a label such as `id:` or a path before it, and where it begins.
fn core(word: &str) -> (&str, usize) {
    let is_punctuation = |c: char| !c.is_alphanumeric();
    let whole = word.trim_end_matches(is_punctuation);
    let core = whole.rfind([':', '=', '/']).map_or(whole, |at| &whole[at + 1..]).trim_start_matches(is_punctuation);
    (core, whole.len() - core.len())
}

/// Whether a word has the shape of a user id.
pub(super) fn looks_like_id(word: &str) -> bool {
    let rest = word.strip_prefix("user_");
    // `user_id` is a heading.
    rest.is_some_and(|rest| rest.len() > 2 && rest.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Whether a cell is one address or id and nothing else, by its shape alone.
pub(super) fn is_address(cell: &str) -> bool {
    let cell = cell.trim();
    let is_email = || {
        let (local, domain) = cell.split_once('@')?;
        Some(has_letters(local) && has_letters(domain) && !domain.contains('@') && domain.chars().all(is_of_domain))
    };
    !cell.contains(char::is_whitespace) && (looks_like_id(cell) || is_email() == Some(true))
}
