//! JSON read in place: a value is a slice of the text that it came in.
//!
//! Invariant: a [`Json`] is one well-formed value, and its numbers stay text, so that no amount loses a digit.
//!
//! Requests are written by `serde_json`. Answers are read here, because an error has to name its place in the
//! answer, an amount its last digit, and one bad row must not cost the others; and because a reader without binary
//! fractions and their tables is a fifth of the page lighter.

mod decode;
mod scan;

pub use decode::{ReadError, from_str, number};

use std::borrow::Cow;

use scan::Scanner;

/// One well-formed value, without white space around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Json<'a>(&'a str);

impl<'a> Json<'a> {
    /// Takes a whole text, which is checked to its end.
    ///
    /// # Errors
    /// Where the text is not JSON, with the position of the fault.
    pub fn parse(text: &'a str) -> Result<Self, ReadError> {
        scan::whole(text).map(Self).map_err(|at| ReadError::new(format!("not JSON from byte {at} on")))
    }

    /// The value's own text.
    pub fn as_str(self) -> &'a str {
        self.0
    }

    /// Whether it is `null`.
    pub fn is_null(self) -> bool {
        self.0 == "null"
    }

    /// What a string holds, unescaped; `None` for every other kind.
    pub fn string(self) -> Option<Cow<'a, str>> {
        let quoted = self.0.strip_prefix('"')?.strip_suffix('"')?;
        Some(scan::unescape(quoted))
    }

    /// The elements of an array; `None` for every other kind.
    pub fn elements(self) -> Option<Vec<Self>> {
        self.0.starts_with('[').then(|| self.members().into_iter().map(|(_, value)| value).collect())
    }

    /// The names and values of an object, in their order; `None` for every other kind.
    pub fn entries(self) -> Option<Vec<(Cow<'a, str>, Self)>> {
        self.0.starts_with('{').then(|| self.members())
    }

    /// The first value of that name in an object.
    pub fn get(self, name: &str) -> Option<Self> {
        self.entries()?.into_iter().find_map(|(at, value)| (at == name).then_some(value))
    }

    fn members(self) -> Vec<(Cow<'a, str>, Self)> {
        let mut members = Vec::new();
        // The text was checked when the outermost value was made.
        let _ = Scanner::new(self.0).value(0, &mut |name, value| {
            members.push((Json(name).string().unwrap_or_default(), Json(value)));
        });
        members
    }

    /// What kind of value it is, for a message.
    fn kind(self) -> &'static str {
        match self.0.as_bytes().first() {
            Some(b'"') => "a string",
            Some(b'[') => "an array",
            Some(b'{') => "an object",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            _ => "a number",
        }
    }
}

#[cfg(test)]
pub mod mutation;
#[cfg(test)]
mod tests;
