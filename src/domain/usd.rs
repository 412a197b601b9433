//! Amounts of money in US dollars.
//!
//! Invariant: an amount is an exact decimal, never a float. It is sent and shown as it was typed or received.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Percent;
use super::decimal::{Decimal, DecimalProblem, MAX_DIGITS};
use super::text::grouped;

/// An amount in US dollars, zero or more.
///
/// Equality and order are by value: `0.10` equals `0.1`, but each is shown and sent as it was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Usd(Decimal);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UsdProblem {
    #[error("Enter an amount")]
    Empty,
    #[error("Enter an amount in dollars, such as 250 or 99.50")]
    NotAmount,
    /// Separators that are neither of thousands nor of cents.
    #[error("Check the separators. Write it as 1,234.56 or 1234.56")]
    Separator,
    /// The text could mean either of these.
    #[error("Do you mean {} or {}?", .0, .1)]
    Ambiguous(Usd, Usd),
    #[error("Write the amount in full, such as 500,000")]
    Abbreviated,
    #[error("Enter an amount in dollars, not a percentage")]
    Percentage,
    #[error("Amounts are in US dollars")]
    OtherCurrency,
    #[error("An amount can’t be negative")]
    Negative,
    #[error("Use at most {MAX_DIGITS} digits")]
    TooLong,
}

impl Usd {
    /// Zero.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Reads a typed or pasted amount, in the person's way of writing: `250`, `$1,234.56`, `1.234,56`, `99,50`, `500 USD`.
    pub fn parse(text: &str) -> Result<Self, UsdProblem> {
        super::amount::parse(text)
    }

    /// An amount of these digits, with a point before the decimals, and ten to the power of `exponent`.
    pub(super) fn of_digits(digits: &str, exponent: i32) -> Result<Self, UsdProblem> {
        Ok(Self(Decimal::new(digits, exponent)?))
    }

    /// Whether this is zero, which a limit cannot be.
    pub fn is_zero(self) -> bool {
        self == Self::ZERO
    }

    /// The exact sum. `None` if it has more digits than an amount can have.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The exact difference. `None` if `other` is more.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        (other <= self).then(|| self.0.checked_sub(other.0)).flatten().map(Self)
    }

    /// The next amount above with at most this many decimals.
    pub fn next_above(self, decimals: u8) -> Option<Self> {
        self.0.next_above(decimals).map(Self)
    }

    /// The next amount below with at most this many decimals.
    pub fn next_below(self, decimals: u8) -> Option<Self> {
        self.0.next_below(decimals).map(Self)
    }

    /// This percentage of the amount, rounded half up to the cent, or to the amount's own number of decimals if that is
    /// larger. `None` if it has more digits than an amount can have.
    pub fn percent(self, percent: Percent) -> Option<Self> {
        self.0.percent(percent.0).map(Self)
    }

    /// The amount times `by / of`, rounded half up to the cent. `None` if it has more digits than an amount can have.
    pub fn scaled(self, by: u32, of: u32) -> Option<Self> {
        self.0.scaled(by, of).map(Self)
    }

    /// Approximate `self / limit`, for drawing only. Use [`Self::reaches`] for decisions.
    pub fn ratio(self, limit: Self) -> f64 {
        self.0.ratio(limit.0)
    }

    /// The percentage of `limit`, rounded down: `92%`. Less than one percent is `<1%`.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an approximate percentage")]
    pub fn format_share(self, limit: Self) -> String {
        let percent = (self.ratio(limit) * 100.0 + 1e-9).floor() as u64;
        if percent == 0 && !self.is_zero() { "<1%".to_owned() } else { format!("{}%", grouped(&percent.to_string())) }
    }

    /// Whether this is at least `percent` percent of `limit`, exactly.
    pub fn reaches(self, percent: u32, limit: Self) -> bool {
        match (self.0.times(100), limit.0.times(percent)) {
            (Some(this), Some(that)) => this >= that,
            // Amounts that overflow 128 bits are not close to each other.
            _ => self >= limit,
        }
    }

    /// The digits alone, as they are also sent: `1234.50`.
    pub fn plain(self) -> String {
        self.0.to_string()
    }

    /// The text for an input field, which [`Self::parse`] reads as the same amount: all digits, with commas between thousands
    /// and at least two decimals. Three decimals are written as four, because a point before three digits is ambiguous.
    pub fn input_text(self) -> String {
        let plain = self.plain();
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let width = if fraction.len() == 3 { 4 } else { 2 };
        format!("{}.{fraction:0<width$}", grouped(whole))
    }

    /// A short text, truncated to whole cents: `$281.21`. Less than a cent is `<$0.01`.
    pub fn brief(self) -> String {
        let plain = self.plain();
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let cents: String = fraction.chars().chain("00".chars()).take(2).collect();
        if whole == "0" && cents == "00" && !self.is_zero() {
            "<$0.01".to_owned()
        } else {
            format!("${}.{cents}", grouped(whole))
        }
    }

    /// The text for a table: like [`Self::brief`], but truncated to whole dollars from $1,000 on.
    pub fn table_text(self) -> String {
        let brief = self.brief();
        match brief.split_once('.') {
            Some((whole, _)) if whole.contains(',') => whole.to_owned(),
            _ => brief,
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

impl std::fmt::Display for Usd {
    /// `$1,234.50`: all digits but zeros at the end, and at least two decimals.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let plain = self.plain();
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        write!(f, "${}.{:0<2}", grouped(whole), fraction.trim_end_matches('0'))
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
        assert_eq!(plain("1e3").as_deref(), Ok("1000"));
        assert_eq!(plain("1.5E2").as_deref(), Ok("150"));
        assert_eq!(plain("2.5e-1").as_deref(), Ok("0.25"));
        assert_eq!(plain("007").as_deref(), Ok("7"));
        assert_eq!(plain("1e-99"), Err(UsdProblem::TooLong));
    }

    #[test]
    fn amounts_are_shown_with_thousands_and_cents() {
        let shown = |text: &str| Usd::parse(text).map(|usd| usd.to_string()).unwrap_or_default();
        assert_eq!(shown("1234567"), "$1,234,567.00");
        assert_eq!(shown("0.5"), "$0.50");
        assert_eq!(shown("1000.125"), "$1,000.125");
        assert_eq!(shown("0"), "$0.00");
        assert_eq!(shown("1.0000"), "$1.00");
        let usd = |text: &str| Usd::parse(text).unwrap();
        assert_eq!(["1500000", "1234.5", "0.10"].map(|it| usd(it).input_text()), ["1,500,000.00", "1,234.50", "0.10"]);
        assert_eq!(Usd::of_digits("1.125", 0).map(Usd::input_text).as_deref(), Ok("1.1250"));
        let briefly = ["371367.5399", "281.2199", "99.99999", "0.01", "0.0099", "0", "5"].map(|it| usd(it).brief());
        assert_eq!(briefly, ["$371,367.53", "$281.21", "$99.99", "$0.01", "<$0.01", "$0.00", "$5.00"]);
        let in_tables = ["1234567.99", "1000", "999.9999", "12.5", "0.001"].map(|it| usd(it).table_text());
        assert_eq!(in_tables, ["$1,234,567", "$1,000", "$999.99", "$12.50", "<$0.01"]);
    }

    #[test]
    fn shares_are_whole_percentages_rounded_down() {
        let share = |spent: &str, limit: &str| Usd::parse(spent).unwrap().format_share(Usd::parse(limit).unwrap());
        assert_eq!(share("85.99", "100"), "85%");
        assert_eq!(share("0.99", "100"), "<1%");
        assert_eq!(share("1", "100"), "1%");
        assert_eq!(share("0", "100"), "0%");
        assert_eq!(share("1234", "100"), "1,234%");
    }

    #[test]
    fn tiny_remainders_of_floats_are_truncated() {
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
        fn the_text_of_an_input_field_reads_as_the_same_amount(digits in 0u64.., scale in 0u8..12) {
            let usd = Usd::parse(&format!("{digits}e-{scale}")).unwrap();
            prop_assert_eq!(Usd::parse(&usd.input_text()), Ok(usd));
        }

        #[test]
        fn no_text_panics(text in ".{0,60}") {
            let _ = Usd::parse(&text);
        }
    }
}
