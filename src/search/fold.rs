//! The forms in which names and addresses are compared.

use crate::unicode::{ascii_domain, nfkc};

/// Byte order marks, direction marks, joiners, soft hyphens and variation selectors.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

/// A text as names are compared: NFKC, case folded, with plain apostrophes and hyphens, its words joined by single spaces.
pub fn key(text: &str) -> String {
    if is_plain(text) { text.to_ascii_lowercase() } else { folded(text) }
}

/// Whether only capitals of the text change: it is printable ASCII, with single spaces between words. Most are, and a list of
/// 20,000 people has 60,000 of them.
fn is_plain(text: &str) -> bool {
    let mut before = b' ';
    for byte in text.bytes() {
        if !(b' '..=b'~').contains(&byte) || byte == b'`' || (byte == b' ' && before == b' ') {
            return false;
        }
        before = byte;
    }
    text.is_empty() || before != b' '
}

fn folded(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    // NFKC makes a space and an accent of a lone acute accent, which people type as an apostrophe.
    let text = nfkc(&text.replace('\u{b4}', "'"));
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        let before = key.len();
        for c in word.chars().filter(|c| !is_invisible(*c)).flat_map(char::to_lowercase) {
            match c {
                'ß' => key.push_str("ss"),
                'ς' => key.push('σ'),
                '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2bc}' | '`' => key.push('\''),
                '\u{2010}'..='\u{2015}' | '\u{2212}' => key.push('-'),
                other => key.push(other),
            }
        }
        if key.len() > before {
            key.push(' ');
        }
    }
    key.pop();
    key
}

/// An address as addresses are compared: like a name, and the domain in one form.
pub fn address_key(address: &str) -> String {
    let key = key(address);
    let Some((local, domain)) = key.rsplit_once('@') else { return key };
    let domain = domain.trim_end_matches('.');
    match ascii_domain(domain) {
        Some(domain) => [local, "@", &domain].concat(),
        None => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_compared_as_people_read_them() {
        for (text, expected) in [
            ("Rene\u{301}e  Exemplaire", "renée exemplaire"),
            ("O’Tester", "o'tester"),
            ("O´Tester", "o'tester"),
            ("Anne‑Marie", "anne-marie"),
            ("Anne–Marie", "anne-marie"),
            ("ﬁona\u{a0}Figura", "fiona figura"),
            ("JÜRGEN GROSSMUSTER", "jürgen grossmuster"),
            ("Jürgen Großmuster", "jürgen grossmuster"),
            ("Yıldız", "yıldız"),
            ("ΠΑΡΑΔΕΙΓΜΆΤΗΣ", "παραδειγμάτησ"),
            (" \u{200b}Jane\u{200b} ", "jane"),
            ("", ""),
        ] {
            assert_eq!(key(text), expected, "{text:?}");
        }
        // A Cyrillic letter is another letter.
        assert_ne!(key("J\u{430}ne Doe"), key("Jane Doe"));
    }

    #[test]
    fn a_domain_is_compared_in_one_form() {
        for address in [
            "juergen@bücher.example",
            "juergen@xn--bcher-kva.example",
            "JUERGEN@XN--BCHER-KVA.EXAMPLE",
            "juergen@BÜCHER.example.",
        ] {
            assert_eq!(address_key(address), "juergen@xn--bcher-kva.example");
        }
        assert_eq!(address_key("Jane@X.com"), "jane@x.com");
        assert_eq!(address_key("no address"), "no address");
    }

    proptest! {
        #[test]
        fn a_plain_text_has_the_key_of_any_other(text in "[ -~]{0,12}") {
            prop_assert_eq!(key(&text), folded(&text));
        }

        #[test]
        fn a_key_is_its_own_key(text in ".{0,20}") {
            let once = key(&text);
            prop_assert_eq!(key(&once), once);
        }
    }
}
