//! Segments and query strings, encoded and decoded.
//!
//! Invariant: what [`encode`] wrote, [`decode`] reads back; a query string is held without its mark.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

pub(super) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

pub(super) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

pub(super) fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(&value.replace('+', " ")))
    })
}

/// One part of a query string; nothing where the value is at its default.
pub(super) fn part(name: &str, value: Option<&str>) -> Option<String> {
    value.map(|value| [name, "=", value].concat())
}

/// The query string of a page whose code comes later, as the address has it: only that page's code reads it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QueryText(pub(super) String);

impl QueryText {
    /// The parts that are written, in their order.
    pub(super) fn of<const N: usize>(parts: [Option<String>; N]) -> Self {
        Self(parts.into_iter().flatten().collect::<Vec<_>>().join("&"))
    }
}

impl From<&str> for QueryText {
    /// A query string with or without its mark.
    fn from(text: &str) -> Self {
        Self(text.trim_start_matches('?').to_owned())
    }
}
