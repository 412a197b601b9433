//! Letters as a search compares them: lowercase, without accents.

use std::ops::Range;

use crate::search::fold::is_invisible;
use crate::unicode::nfkd;

/// A text in lowercase, without accents and invisible characters.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    nfkd(text).chars().for_each(|c| push_plain(&mut plain, c));
    plain
}

/// Like [`plain`], with the bytes of the text that each letter comes from.
pub(super) fn with_origins(text: &str) -> (String, Vec<Range<usize>>) {
    let (mut letters, mut origins) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
    let mut count = 0;
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        let before = letters.len();
        if c.is_ascii() {
            push_plain(&mut letters, c);
        } else {
            nfkd(c.encode_utf8(&mut [0; 4])).chars().for_each(|c| push_plain(&mut letters, c));
        }
        let added = letters.get(before..).map_or(0, |added| added.chars().count());
        if added == 0 {
            // An accent of its own belongs to the letter before it.
            if let Some(last) = origins.last_mut() {
                *last = Range { end, ..Range::clone(last) };
            }
        }
        origins.resize(count + added, start..end);
        count += added;
    }
    (letters, origins)
}

fn push_plain(plain: &mut String, c: char) {
    if c.is_ascii() {
        plain.push(c.to_ascii_lowercase());
        return;
    }
    for c in c.to_lowercase().filter(|c| !is_accent(*c) && !is_invisible(*c)) {
        match c {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            'ς' => plain.push('σ'),
            other => plain.push(other),
        }
    }
}

/// The blocks of combining marks.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}')
        || matches!(c, '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}
