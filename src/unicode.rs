//! Unicode's own tables: the browser's in WebAssembly, those of crates elsewhere.

/// The text under NFKC: one spelling for letters that look and mean the same.
pub fn nfkc(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { platform::nfkc(text) }
}

/// A domain as DNS has it: lowercase, with each international label as `xn--…`. Returns `None` for what is no domain.
pub fn ascii_domain(domain: &str) -> Option<String> {
    let is_plain = domain.is_ascii() && !domain.to_ascii_lowercase().contains("xn--");
    if is_plain { Some(domain.to_ascii_lowercase()) } else { platform::ascii_domain(domain) }
}

#[cfg(target_family = "wasm")]
mod platform {
    use js_sys::JsString;

    pub(super) fn nfkc(text: &str) -> String {
        JsString::from(text).normalize("NFKC").into()
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
    pub(super) fn nfkc(text: &str) -> String {
        icu_normalizer::ComposingNormalizerBorrowed::new_nfkc().normalize(text).into_owned()
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
    fn a_domain_has_one_form() {
        for domain in ["bücher.example", "BÜCHER.example", "xn--bcher-kva.example", "XN--BCHER-KVA.EXAMPLE"] {
            assert_eq!(ascii_domain(domain).as_deref(), Some("xn--bcher-kva.example"));
        }
        assert_eq!(ascii_domain("Example.COM").as_deref(), Some("example.com"));
    }
}
