//! Unicode's own tables: the browser's in WebAssembly, those of crates elsewhere.

use std::cmp::Ordering;

/// The text under NFKC: one spelling for letters that look and mean the same.
pub fn nfkc(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { platform::nfkc(text) }
}

/// The text under NFKD: letters and their accents apart.
pub fn nfkd(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { platform::nfkd(text) }
}

/// A text in lowercase, as it is searched: without accents, so that `muller` finds `Müller`.
pub fn without_accents(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    for c in platform::nfd(text).chars() {
        match c {
            '\u{300}'..='\u{36f}' => {}
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            'ß' => plain.push_str("ss"),
            other => plain.push(other),
        }
    }
    plain
}

/// Texts that are compared by the order of the person's language.
pub struct Collation(platform::Collation);

impl Collation {
    pub fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        Self(platform::Collation::new(texts))
    }

    /// Compares the texts at two positions.
    pub fn compare(&self, left: usize, right: usize) -> Ordering {
        self.0.compare(left, right)
    }
}

/// A domain as DNS has it: lowercase, with each international label as `xn--…`. Returns `None` for what is no domain.
pub fn ascii_domain(domain: &str) -> Option<String> {
    let is_plain = domain.is_ascii() && !domain.to_ascii_lowercase().contains("xn--");
    if is_plain { Some(domain.to_ascii_lowercase()) } else { platform::ascii_domain(domain) }
}

#[cfg(target_family = "wasm")]
mod platform {
    use std::cmp::Ordering;

    use js_sys::{Array, Function, Intl::Collator, JsString, Object, Reflect};
    use rustc_hash::FxHashMap;
    use wasm_bindgen::{JsCast as _, JsValue};

    pub(super) fn nfkc(text: &str) -> String {
        JsString::from(text).normalize("NFKC").into()
    }

    pub(super) fn nfkd(text: &str) -> String {
        JsString::from(text).normalize("NFKD").into()
    }

    pub(super) fn nfd(text: &str) -> String {
        JsString::from(text).normalize("NFD").into()
    }

    /// The rank of each text. JavaScript sorts them: a call from here for each comparison would take several times as long.
    pub(super) struct Collation(Vec<u32>);

    impl Collation {
        pub(super) fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
            let texts: Vec<&str> = texts.collect();
            let sorted: Array = texts.iter().map(|text| JsValue::from_str(text)).collect();
            let compare = Collator::new(&Array::new(), &Object::new()).compare();
            let sort = Reflect::get(&sorted, &"sort".into()).and_then(|sort| sort.dyn_into::<Function>());
            // Neither throws for strings.
            let _ = sort.and_then(|sort| sort.call1(&sorted, &compare));
            let mut rank_of = FxHashMap::default();
            for (rank, text) in (0..).zip(sorted.iter()) {
                rank_of.entry(text.as_string().unwrap_or_default()).or_insert(rank);
            }
            Self(texts.iter().map(|text| rank_of.get(*text).copied().unwrap_or_default()).collect())
        }

        pub(super) fn compare(&self, left: usize, right: usize) -> Ordering {
            self.0.get(left).cmp(&self.0.get(right))
        }
    }

    pub(super) fn ascii_domain(domain: &str) -> Option<String> {
        // A path or a port would be cut off in silence.
        if domain.contains(['/', '?', '#', ':', '@', '\\']) {
            return None;
        }
        web_sys::Url::new(&["https://", domain].concat()).ok().map(|url| url.hostname())
    }
}

#[cfg(not(target_family = "wasm"))]
mod platform {
    use std::cmp::Ordering;

    pub(super) fn nfkc(text: &str) -> String {
        icu_normalizer::ComposingNormalizerBorrowed::new_nfkc().normalize(text).into_owned()
    }

    pub(super) fn nfkd(text: &str) -> String {
        icu_normalizer::DecomposingNormalizerBorrowed::new_nfkd().normalize(text).into_owned()
    }

    pub(super) fn nfd(text: &str) -> String {
        icu_normalizer::DecomposingNormalizerBorrowed::new_nfd().normalize(text).into_owned()
    }

    /// Nearly the order of most languages: accents count last.
    pub(super) struct Collation(Vec<(String, String)>);

    impl Collation {
        pub(super) fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
            Self(texts.map(|text| (super::without_accents(text), text.to_owned())).collect())
        }

        pub(super) fn compare(&self, left: usize, right: usize) -> Ordering {
            self.0.get(left).cmp(&self.0.get(right))
        }
    }

    pub(super) fn ascii_domain(domain: &str) -> Option<String> {
        idna::domain_to_ascii(domain).ok().filter(|domain| !domain.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_mean_the_same_have_one_spelling() {
        for (text, expected) in [("e\u{301}", "é"), ("ﬁ＠", "fi@"), ("Jane", "Jane"), ("Å", "Å")] {
            assert_eq!(nfkc(text), expected);
        }
    }

    #[test]
    fn names_with_accents_are_between_those_without() {
        let names = ["zoë", "åsa", "anna", "šárka", "bob"];
        let collation = Collation::new(names.into_iter());
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_by(|left, right| collation.compare(*left, *right));
        assert_eq!(order.into_iter().map(|at| names[at]).collect::<Vec<_>>(), ["anna", "åsa", "bob", "šárka", "zoë"]);
    }

    #[test]
    fn a_search_needs_no_accents() {
        for (text, expected) in [
            ("jürgen müller", "jurgen muller"),
            ("åsa lefèvre", "asa lefevre"),
            ("šárka", "sarka"),
            ("søren łuczak", "soren luczak"),
            ("großmuster", "grossmuster"),
            ("лев", "лев"),
            ("plain", "plain"),
        ] {
            assert_eq!(without_accents(text), expected);
        }
    }

    #[test]
    fn a_domain_has_one_form() {
        for domain in ["bücher.example", "BÜCHER.example", "xn--bcher-kva.example", "XN--BCHER-KVA.EXAMPLE"] {
            assert_eq!(ascii_domain(domain).as_deref(), Some("xn--bcher-kva.example"));
        }
        assert_eq!(ascii_domain("Example.COM").as_deref(), Some("example.com"));
    }
}
