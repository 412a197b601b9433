//! A workspace's name, description and sampling rate within the API's limits, and counts as text.
//!
//! Invariant: lengths are counted in characters (Unicode scalar values), like the API does.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::decimal::Decimal;

pub const MAX_NAME: usize = 100;
pub const MAX_DESCRIPTION: usize = 500;
/// The lowest sampling rate that the API accepts. The highest is 1.
pub const MIN_SAMPLING_RATE: &str = "0.0001";

/// A workspace's name: 1–100 characters, trimmed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct WorkspaceName(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NameProblem {
    #[error("Enter a name")]
    Empty,
    /// More than 100 characters. Holds their number.
    #[error("Use at most {MAX_NAME} characters. This has {0}")]
    TooLong(usize),
}

impl WorkspaceName {
    /// Reads a typed name and trims it.
    pub fn parse(text: &str) -> Result<Self, NameProblem> {
        let text = text.trim();
        match text.chars().count() {
            0 => Err(NameProblem::Empty),
            1..=MAX_NAME => Ok(Self(text.to_owned())),
            length => Err(NameProblem::TooLong(length)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// More than 500 characters. Holds their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("Use at most {MAX_DESCRIPTION} characters. This has {0}")]
pub struct DescriptionTooLong(pub usize);

/// Reads a typed description of a workspace and trims it. `None` if it is empty.
pub fn parse_description(text: &str) -> Result<Option<String>, DescriptionTooLong> {
    let text = text.trim();
    match text.chars().count() {
        0 => Ok(None),
        1..=MAX_DESCRIPTION => Ok(Some(text.to_owned())),
        length => Err(DescriptionTooLong(length)),
    }
}

/// The fraction of requests whose input and output are logged: 0.0001 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SamplingRate(Decimal);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SamplingRateProblem {
    #[error("Enter a percentage from 0.01 to 100, such as 25")]
    NotNumber,
    #[error("Use a rate from 0.01% to 100%. A rate of 100% logs every request")]
    OutOfRange,
}

impl SamplingRate {
    /// Reads a typed rate, as a fraction (`0.25`) or a percentage (`25 %`).
    pub fn parse(text: &str) -> Result<Self, SamplingRateProblem> {
        let text = text.trim();
        let (digits, exponent) = match text.strip_suffix('%') {
            Some(percent) => (percent.trim_end(), -2),
            None => (text, 0),
        };
        let number = |digits, exponent| Decimal::new(digits, exponent).map_err(|_| SamplingRateProblem::NotNumber);
        let rate = number(digits, exponent)?;
        // 100% is 1, not 1.00.
        let rate = if exponent == 0 { rate } else { rate.shortest() };
        let limits = number(MIN_SAMPLING_RATE, 0)?..=number("1", 0)?;
        if limits.contains(&rate) { Ok(Self(rate)) } else { Err(SamplingRateProblem::OutOfRange) }
    }

    /// Reads a typed percentage, with or without its sign: `25`, `0.5%`.
    pub fn parse_percent(text: &str) -> Result<Self, SamplingRateProblem> {
        Self::parse(&format!("{}%", text.trim().trim_end_matches('%')))
    }

    /// The digits of the percentage: `25`, `0.01`.
    pub fn percent_digits(self) -> String {
        Decimal::new(&self.to_string(), 2).map(|percent| percent.shortest().to_string()).unwrap_or_default()
    }
}

impl std::fmt::Display for SamplingRate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A count as text: `1,234`.
pub fn format_count(count: usize) -> String {
    grouped(&count.to_string())
}

/// A number with its noun: `1 person`, `1,200 people`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{} {many}", format_count(count)) }
}

/// A verb with a number and its noun: `Add 3 members`, or `Add members` if there is none.
pub fn verb_counted(verb: &str, count: usize, one: &str, many: &str) -> String {
    if count == 0 { format!("{verb} {many}") } else { format!("{verb} {}", counted(count, one, many)) }
}

/// Digits with a comma between thousands: `12,345`.
pub fn grouped(digits: &str) -> String {
    let groups = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
    groups.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_count_characters_not_bytes() {
        assert!(WorkspaceName::parse(&"研".repeat(100)).is_ok());
        assert_eq!(WorkspaceName::parse(&"研".repeat(101)), Err(NameProblem::TooLong(101)));
        assert_eq!(WorkspaceName::parse("   "), Err(NameProblem::Empty));
        assert_eq!(WorkspaceName::parse("  Lab ").map(|n| n.as_str().to_owned()), Ok("Lab".to_owned()));
        assert_eq!(parse_description(" \n "), Ok(None));
        assert_eq!(parse_description(&"x".repeat(501)), Err(DescriptionTooLong(501)));
    }

    #[test]
    fn a_button_names_its_number_only_if_there_is_one() {
        let label = |count| verb_counted("Add", count, "member", "members");
        assert_eq!([0, 1, 1200].map(label), ["Add members", "Add 1 member", "Add 1,200 members"]);
    }

    #[test]
    fn sampling_rates_are_fractions_or_percentages_within_the_limits() {
        let rate = |text: &str| SamplingRate::parse(text).map(|rate| rate.to_string());
        assert_eq!(rate("0.25").as_deref(), Ok("0.25"));
        assert_eq!(rate("25 %").as_deref(), Ok("0.25"));
        assert_eq!(SamplingRate::parse("25 %"), SamplingRate::parse("0.250"));
        assert_eq!(rate("1").as_deref(), Ok("1"));
        assert_eq!(rate("0.0001").as_deref(), Ok("0.0001"));
        assert_eq!(rate("0"), Err(SamplingRateProblem::OutOfRange));
        assert_eq!(rate("0.00009"), Err(SamplingRateProblem::OutOfRange));
        assert_eq!(rate("1.5"), Err(SamplingRateProblem::OutOfRange));
        for text in ["", "x", "1e-2", "-0.5", "NaN", "inf", "0,5", "."] {
            assert_eq!(rate(text), Err(SamplingRateProblem::NotNumber), "{text}");
        }
    }

    #[test]
    fn a_percentage_reads_as_the_rate_that_it_was_written_from() {
        let rate = |text: &str| SamplingRate::parse_percent(text).map(|rate| rate.to_string());
        assert_eq!(
            ["25", "25%", "25 %", " 12.5 ", "100"].map(rate),
            ["0.25", "0.25", "0.25", "0.125", "1"].map(|it| Ok(it.to_owned()))
        );
        assert_eq!(["0", "0.009", "100.01"].map(rate), [const { Err(SamplingRateProblem::OutOfRange) }; 3]);
        assert_eq!(["", "%", "a quarter"].map(rate), [const { Err(SamplingRateProblem::NotNumber) }; 3]);
        let digits = |text: &str| SamplingRate::parse(text).map(SamplingRate::percent_digits).unwrap_or_default();
        assert_eq!(
            ["0.25", "0.250", "0.1", "1", "0.0001", "0.125"].map(digits),
            ["25", "25", "10", "100", "0.01", "12.5"]
        );
    }
}
