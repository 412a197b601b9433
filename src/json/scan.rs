//! Walking over JSON text (RFC 8259).
//!
//! Invariant: what is passed over is well-formed; nesting is bounded, so that no answer can exhaust the stack.

use std::borrow::Cow;

/// Deeper than any answer, far from the end of the stack.
const MAX_DEPTH: usize = 100;

/// Where the text is no JSON any more, in bytes.
type Fault = usize;

pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

/// The one value that the text holds, without white space around it.
pub(super) fn whole(text: &str) -> Result<&str, Fault> {
    let mut scanner = Scanner::new(text);
    scanner.space();
    let start = scanner.at;
    scanner.value(0, &mut |_, _| ())?;
    let end = scanner.at;
    scanner.space();
    if scanner.at == text.len() { Ok(&text[start..end]) } else { Err(scanner.at) }
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Result<(), Fault> {
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(self.at)
        }
    }

    fn skip(&mut self, set: impl Fn(u8) -> bool) -> usize {
        let start = self.at;
        while self.peek().is_some_and(&set) {
            self.at += 1;
        }
        self.at - start
    }

    pub(super) fn space(&mut self) {
        self.skip(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    }

    /// Passes over one value. `each` gets the members of this very value: the quoted name (empty in an array) and the
    /// value's text.
    pub(super) fn value(&mut self, depth: usize, each: &mut dyn FnMut(&'a str, &'a str)) -> Result<(), Fault> {
        match self.peek() {
            Some(open @ (b'{' | b'[')) if depth < MAX_DEPTH => self.members(open, depth, each),
            Some(b'"') => self.string(),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => self.word(),
        }
    }

    fn members(&mut self, open: u8, depth: usize, each: &mut dyn FnMut(&'a str, &'a str)) -> Result<(), Fault> {
        let (text, close) = (self.text, if open == b'{' { b'}' } else { b']' });
        self.at += 1;
        self.space();
        if self.take(close).is_ok() {
            return Ok(());
        }
        loop {
            let name = self.at;
            let mut name_end = name;
            if open == b'{' {
                self.string()?;
                name_end = self.at;
                self.space();
                self.take(b':')?;
                self.space();
            }
            let value = self.at;
            self.value(depth + 1, &mut |_, _| ())?;
            each(&text[name..name_end], &text[value..self.at]);
            self.space();
            if self.take(close).is_ok() {
                return Ok(());
            }
            self.take(b',')?;
            self.space();
        }
    }

    fn string(&mut self) -> Result<(), Fault> {
        self.take(b'"')?;
        loop {
            self.skip(|byte| byte >= b' ' && byte != b'"' && byte != b'\\');
            if self.take(b'"').is_ok() {
                return Ok(());
            }
            self.take(b'\\')?;
            match self.peek() {
                Some(b'u') => {
                    let digits = self.text.as_bytes().get(self.at + 1..self.at + 5);
                    if !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
                        return Err(self.at);
                    }
                    self.at += 5;
                }
                Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
                _ => return Err(self.at),
            }
        }
    }

    fn number(&mut self) -> Result<(), Fault> {
        let _ = self.take(b'-');
        if self.take(b'0').is_err() {
            self.digits()?;
        }
        if self.take(b'.').is_ok() {
            self.digits()?;
        }
        if self.skip(|byte| matches!(byte, b'e' | b'E')) == 1 {
            let _ = self.take(b'+').or_else(|_| self.take(b'-'));
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Fault> {
        if self.skip(|byte| byte.is_ascii_digit()) == 0 { Err(self.at) } else { Ok(()) }
    }

    fn word(&mut self) -> Result<(), Fault> {
        let rest = &self.text[self.at..];
        let word = ["true", "false", "null"].into_iter().find(|word| rest.starts_with(word));
        self.at += word.ok_or(self.at)?.len();
        Ok(())
    }
}

/// What stands between the quotes of a well-formed string. Half of a surrogate pair becomes U+FFFD.
pub(super) fn unescape(quoted: &str) -> Cow<'_, str> {
    let mut parts = quoted.split('\\');
    let first = parts.next().unwrap_or_default();
    if first.len() == quoted.len() {
        return Cow::Borrowed(quoted);
    }
    let mut units: Vec<u16> = first.encode_utf16().collect();
    while let Some(part) = parts.next() {
        let (escape, rest) = part.split_at_checked(1).unwrap_or_default();
        let (unit, rest) = match escape {
            // A backslash that was escaped: the part after it begins with no escape.
            "" => (u16::from(b'\\'), parts.next().unwrap_or_default()),
            "u" => (u16::from_str_radix(&rest[..4], 16).unwrap_or_default(), &rest[4..]),
            "b" => (0x08, rest),
            "f" => (0x0C, rest),
            "n" => (0x0A, rest),
            "r" => (0x0D, rest),
            "t" => (0x09, rest),
            other => (u16::from(other.as_bytes()[0]), rest),
        };
        units.push(unit);
        units.extend(rest.encode_utf16());
    }
    Cow::Owned(String::from_utf16_lossy(&units))
}
