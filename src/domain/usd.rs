//! Amounts of money in US dollars, exact to the last digit.
//!
//! Invariant: an amount is a decimal, never a binary fraction: what was typed or received is what is sent and shown.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Percent;
use super::decimal::{Decimal, DecimalProblem, MAX_DIGITS};
use super::text::grouped;

/// An amount in US dollars, zero or more.
///
/// Equality and order are by value: `0.10` equals `0.1`, yet each is shown and sent as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Usd(Decimal);

/// What is wrong with a typed amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UsdProblem {
    /// Nothing was typed.
    #[error("Enter an amount")]
    Empty,
    /// Not an amount.
    #[error("Enter an amount in dollars, such as 250 or 99.50")]
    NotAmount,
    /// A decimal comma, or separators that could be read in two ways.
    #[error("Use a point for cents and commas only between thousands, such as 1,234.56")]
    Separator,
    /// Less than zero.
    #[error("An amount cannot be negative")]
    Negative,
    /// Over 28 digits.
    #[error("Use at most {MAX_DIGITS} digits")]
    TooLong,
}

impl Usd {
    /// Nothing at all.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Reads a typed or pasted amount: `250`, `$1,234.56`, `.5`, `1e3`.
    pub fn parse(text: &str) -> Result<Self, UsdProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(UsdProblem::Empty);
        }
        if text.starts_with(['-', '−']) {
            return Err(UsdProblem::Negative);
        }
        let text = text.strip_prefix('$').map_or(text, str::trim_start);
        let text = text.strip_prefix('+').unwrap_or(text);
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().map_err(|_| UsdProblem::NotAmount)?),
            None => (text, 0),
        };
        if mantissa.contains(['\'', '’', '\u{a0}', '\u{202f}', ' ']) {
            return Err(UsdProblem::Separator);
        }
        Ok(Self(Decimal::new(&without_thousands(mantissa)?, exponent)?))
    }

    /// Whether this is nothing: no limit may be.
    pub fn is_zero(self) -> bool {
        self == Self::ZERO
    }

    /// The exact sum; `None` where it would need more digits than an amount can have.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The least amount over this one with at most so many decimals.
    pub fn next_above(self, decimals: u8) -> Option<Self> {
        self.0.next_above(decimals).map(Self)
    }

    /// The greatest amount under this one with at most so many decimals.
    pub fn next_below(self, decimals: u8) -> Option<Self> {
        self.0.next_below(decimals).map(Self)
    }

    /// This many per cent of the amount, rounded half up to the cent, or to as many decimals as the amount has where
    /// those are more; `None` where that is too large for an amount.
    pub fn percent(self, percent: Percent) -> Option<Self> {
        self.0.percent(percent.decimal()).map(Self)
    }

    /// How many times `limit` this is: for drawing. Decide by [`Self::reaches`].
    pub fn ratio(self, limit: Self) -> f64 {
        self.0.ratio(limit.0)
    }

    /// The share of `limit` in whole per cents, rounded down: `92 %`; what is something is never nothing.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share, rounded down to be shown")]
    pub fn share_words(self, limit: Self) -> String {
        let percent = (self.ratio(limit) * 100.0 + 1e-9).floor() as u64;
        if percent == 0 && !self.is_zero() {
            "under 1 %".to_owned()
        } else {
            format!("{} %", grouped(&percent.to_string()))
        }
    }

    /// Whether this is at least so many per cent of `limit`, exactly.
    pub fn reaches(self, percent: u32, limit: Self) -> bool {
        match (self.0.times(100), limit.0.times(percent)) {
            (Some(this), Some(that)) => this >= that,
            // Beyond 128 bits no two amounts are close.
            _ => self >= limit,
        }
    }

    /// The amount without a sign of currency: `1234.50`. This is also how it is sent.
    pub fn plain(self) -> String {
        self.0.to_string()
    }
}

impl Usd {
    /// The amount as a field shows it before somebody edits it: all of its digits, with commas between thousands.
    pub fn typed(self) -> String {
        let plain = self.plain();
        match plain.split_once('.') {
            Some((whole, fraction)) => [&grouped(whole), ".", fraction].concat(),
            None => grouped(&plain),
        }
    }

    /// The amount for a glance: from a dollar on whole cents, what is finer cut off; below, every digit.
    pub fn brief(self) -> String {
        let plain = self.plain();
        match plain.split_once('.') {
            Some((whole, fraction)) if whole != "0" && fraction.len() > 2 => {
                format!("${}.{}", grouped(whole), &fraction[..2])
            }
            _ => self.to_string(),
        }
    }
}

impl From<DecimalProblem> for UsdProblem {
    fn from(problem: DecimalProblem) -> Self {
        match problem {
            DecimalProblem::NotNumber => Self::NotAmount,
            DecimalProblem::TooLong => Self::TooLong,
        }
    }
}

/// Drops the commas between thousands, and refuses any other use of a comma.
fn without_thousands(text: &str) -> Result<String, UsdProblem> {
    if !text.contains(',') {
        return Ok(text.to_owned());
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let grouped = (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
    // `1,234` alone could be a thousand or a decimal comma; with `0,…` it can only be the latter.
    if !grouped || rest.is_empty() || first.starts_with('0') || fraction.contains(',') {
        return Err(UsdProblem::Separator);
    }
    Ok(text.replace(',', ""))
}

impl std::fmt::Display for Usd {
    /// `$1,234.50`: at least two decimals where there are any cents, and every digit that there is.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let plain = self.plain();
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let grouped = grouped(whole);
        match fraction.len() {
            0 => write!(f, "${grouped}"),
            1 => write!(f, "${grouped}.{fraction}0"),
            _ => write!(f, "${grouped}.{fraction}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(text: &str) -> Result<String, UsdProblem> {
        Usd::parse(text).map(Usd::plain)
    }

    #[test]
    fn what_was_typed_is_what_is_sent() {
        for text in ["0.1", "10.10", "250", "0.000001", "99999999.99"] {
            assert_eq!(plain(text).as_deref(), Ok(text));
        }
        assert_eq!(plain("1,234.56").as_deref(), Ok("1234.56"));
        assert_eq!(plain(" $ 1,000 ").as_deref(), Ok("1000"));
        assert_eq!(plain("1e3").as_deref(), Ok("1000"));
        assert_eq!(plain("1.5E2").as_deref(), Ok("150"));
        assert_eq!(plain("2.5e-1").as_deref(), Ok("0.25"));
        assert_eq!(plain(".5").as_deref(), Ok("0.5"));
        assert_eq!(plain("007").as_deref(), Ok("7"));
    }

    #[test]
    fn other_decimal_marks_are_refused_clearly() {
        for text in ["0,5", "1.234,56", "12,34", "1,2345", "1 000", "1'000", "1,23,456"] {
            assert_eq!(plain(text), Err(UsdProblem::Separator), "{text}");
        }
        for text in ["abc", "1.2.3", "$", "1e", "e3", "0x10", "NaN", "∞"] {
            assert_eq!(plain(text), Err(UsdProblem::NotAmount), "{text}");
        }
        assert_eq!(plain("-5"), Err(UsdProblem::Negative));
        assert_eq!(plain(""), Err(UsdProblem::Empty));
        assert_eq!(plain("1e99"), Err(UsdProblem::TooLong));
        assert_eq!(plain("1e-99"), Err(UsdProblem::TooLong));
    }

    #[test]
    fn amounts_are_shown_with_thousands_and_cents() {
        let shown = |text: &str| Usd::parse(text).map(|usd| usd.to_string()).unwrap_or_default();
        assert_eq!(shown("1234567"), "$1,234,567");
        assert_eq!(shown("0.5"), "$0.50");
        assert_eq!(shown("1000.125"), "$1,000.125");
        assert_eq!(shown("0"), "$0");
        let usd = |text: &str| Usd::parse(text).unwrap();
        assert_eq!(["1500000", "1234.5", "0.10"].map(|it| usd(it).typed()), ["1,500,000", "1,234.5", "0.10"]);
        let briefly = ["371367.5399", "99.99999", "0.0001", "5"].map(|it| usd(it).brief());
        assert_eq!(briefly, ["$371,367.53", "$99.99", "$0.0001", "$5"]);
    }

    #[test]
    fn the_dust_of_binary_fractions_costs_no_amount() {
        let read = |json: &str| serde_json::from_str::<Usd>(json).map(Usd::plain).ok();
        assert_eq!(read("3.469446951953614e-18").as_deref(), Some("0.0000000000000000034694469519"));
        assert_eq!(read("0.30000000000000004440892098500626").as_deref(), Some("0.3000000000000000444089209850"));
        assert_eq!(read("123.4567890123456789012345678901").as_deref(), Some("123.4567890123456789012345678"));
        assert_eq!(
            ["1e-400", "0e-400", "0.0e+400"].map(read),
            [const { Some("0") }; 3].map(|it| it.map(str::to_owned))
        );
        for json in ["1e29", "1e400", "-1", "-1e-40", "12345678901234567890123456789.5", "1e99999999999"] {
            assert_eq!(read(json), None, "{json}");
        }
    }

    #[test]
    fn comparison_is_exact() {
        let usd = |text: &str| Usd::parse(text).unwrap();
        assert_eq!(usd("0.10"), usd("0.1"));
        assert!(usd("0.30") > usd("0.29999999999999999999"));
        assert!(usd("1e27") > usd("1.000000000000000000000000001"));
        assert_eq!(usd("0.1").checked_add(usd("0.2")), Some(usd("0.3")));
        assert!(usd("0.8").reaches(80, usd("1")) && !usd("0.79999999").reaches(80, usd("1")));
        assert!(usd("1e27").reaches(100, usd("1e27")) && !usd("1").reaches(1, usd("1e27")));
    }

    proptest! {
        #[test]
        fn a_number_from_the_server_comes_back_the_same(digits in 0u64.., scale in 0usize..12) {
            let text = format!("{:0>width$}", digits, width = scale + 1);
            let (whole, fraction) = text.split_at(text.len() - scale);
            let json = if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") };
            let usd: Usd = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(serde_json::to_string(&usd).unwrap(), json);
        }

        #[test]
        fn a_field_filled_with_an_amount_reads_as_that_amount(digits in 0u64.., scale in 0u8..12) {
            let usd = Usd::parse(&format!("{digits}e-{scale}")).unwrap();
            prop_assert_eq!(Usd::parse(&usd.typed()).map(Usd::plain), Ok(usd.plain()));
        }

        #[test]
        fn any_text_is_judged_without_a_panic(text in ".{0,60}") {
            let _ = Usd::parse(&text);
        }
    }
}
