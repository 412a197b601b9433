//! Decimal numbers, zero or more.
//!
//! Invariant: a number is shown and sent as it was written, up to its 28th decimal. It never becomes a float.

use std::cmp::Ordering;

use serde::de::{Error as _, Unexpected};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// The most digits of a number. No price has as many, and the limit keeps arithmetic within 128 bits.
pub const MAX_DIGITS: usize = 28;

/// `digits × 10^-scale`. Equality and order are by value: `0.10` equals `0.1`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Decimal {
    digits: u128,
    scale: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalProblem {
    /// Something else than digits and at most one point.
    NotNumber,
    /// More than [`MAX_DIGITS`] before or after the point.
    TooLong,
}

impl Decimal {
    pub const ZERO: Self = Self { digits: 0, scale: 0 };
    pub const HUNDRED: Self = Self { digits: 100, scale: 0 };

    /// `mantissa × 10^exponent`. The mantissa is digits with at most one point.
    pub fn new(mantissa: &str, exponent: i32) -> Result<Self, DecimalProblem> {
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = [whole, fraction].concat();
        if all.is_empty() || !all.bytes().all(|b| b.is_ascii_digit()) {
            return Err(DecimalProblem::NotNumber);
        }
        let mut digits = all.trim_start_matches('0').to_owned();
        let scale = i32::try_from(fraction.len()).ok().and_then(|scale| scale.checked_sub(exponent));
        let scale = scale.ok_or(DecimalProblem::TooLong)?;
        if scale < 0 && !digits.is_empty() {
            let zeros = usize::try_from(-scale).map_err(|_| DecimalProblem::TooLong)?;
            if zeros > MAX_DIGITS {
                return Err(DecimalProblem::TooLong);
            }
            digits.push_str(&"0".repeat(zeros));
        }
        let scale = u8::try_from(scale.max(0)).map_err(|_| DecimalProblem::TooLong)?;
        if digits.len() > MAX_DIGITS || usize::from(scale) > MAX_DIGITS {
            return Err(DecimalProblem::TooLong);
        }
        let digits = if digits.is_empty() { 0 } else { digits.parse().map_err(|_| DecimalProblem::TooLong)? };
        Ok(Self { digits, scale })
    }

    /// The same value without zeros at the end of its decimals.
    #[must_use]
    pub fn shortest(mut self) -> Self {
        while self.scale > 0 && self.digits.is_multiple_of(10) {
            self.digits /= 10;
            self.scale -= 1;
        }
        self
    }

    /// Reads a JSON number: `12`, `0.5`, `1.5e3`. Truncates decimals beyond [`MAX_DIGITS`]: a server that sums floats
    /// sends numbers such as `3.469446951953614e-18`.
    fn from_json(text: &str) -> Option<Self> {
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let exponent: i32 = exponent.parse().ok()?;
        match Self::new(mantissa, exponent) {
            Ok(number) => Some(number),
            Err(DecimalProblem::TooLong) => Self::truncated(mantissa, exponent),
            Err(DecimalProblem::NotNumber) => None,
        }
    }

    /// `mantissa × 10^exponent` without the decimals beyond [`MAX_DIGITS`].
    fn truncated(mantissa: &str, exponent: i32) -> Option<Self> {
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let scale = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        let scale = usize::try_from(scale).ok()?;
        let all = [whole, fraction].concat();
        let digits = all.trim_start_matches('0');
        let excess = digits.len().max(scale).saturating_sub(MAX_DIGITS);
        let Some(kept) = digits.get(..digits.len().saturating_sub(excess)).filter(|kept| !kept.is_empty()) else {
            return (digits.len() <= scale).then_some(Self::ZERO);
        };
        let scale = i32::try_from(scale.checked_sub(excess)?).ok()?;
        Self::new(kept, -scale).ok()
    }

    /// The exact sum. `None` if it needs more than 128 bits.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let digits = self.at_scale(scale)?.checked_add(other.at_scale(scale)?)?;
        Some(Self { digits, scale })
    }

    /// The exact difference. `None` if it is negative.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let digits = self.at_scale(scale)?.checked_sub(other.at_scale(scale)?)?;
        Some(Self { digits, scale })
    }

    /// The next number above with at most `scale` decimals. `None` beyond [`MAX_DIGITS`].
    pub fn next_above(self, scale: u8) -> Option<Self> {
        Self::bounded(self.floor(scale)?.checked_add(1)?, scale)
    }

    /// The next number below with at most `scale` decimals. `None` if it would be negative.
    pub fn next_below(self, scale: u8) -> Option<Self> {
        let floor = self.floor(scale)?;
        let is_exact = Self { digits: floor, scale } == self;
        Self::bounded(if is_exact { floor.checked_sub(1)? } else { floor }, scale)
    }

    /// `percent` percent of the number, rounded half up to two decimals, or to its own number of decimals if that is
    /// larger.
    pub fn percent(self, percent: Self) -> Option<Self> {
        let digits = self.digits.checked_mul(percent.digits)?;
        let scale = self.scale.max(2);
        let unit = 10u128.checked_pow(u32::from(self.scale) + u32::from(percent.scale) + 2 - u32::from(scale))?;
        let rounded = digits.checked_add(unit / 2)? / unit;
        let one = 10u128.checked_pow(u32::from(scale))?;
        // A whole number is written as one.
        if rounded % one == 0 { Self::bounded(rounded / one, 0) } else { Self::bounded(rounded, scale) }
    }

    /// The number times `by / of`, rounded half up to two decimals. `None` beyond [`MAX_DIGITS`] or if `of` is zero.
    pub fn scaled(self, by: u32, of: u32) -> Option<Self> {
        let unit = u128::from(of).checked_mul(10u128.checked_pow(u32::from(self.scale))?)?;
        let cents = self.digits.checked_mul(u128::from(by))?.checked_mul(100)?;
        Self::bounded(cents.checked_add(unit / 2)?.checked_div(unit)?, 2)
    }

    /// The exact product. `None` if it needs more than 128 bits.
    pub fn times(self, factor: u32) -> Option<Self> {
        Some(Self { digits: self.digits.checked_mul(u128::from(factor))?, ..self })
    }

    /// Approximate `self / other`, for drawing only. Returns 0 if `other` is zero.
    #[expect(clippy::cast_precision_loss, reason = "an approximate ratio")]
    pub fn ratio(self, other: Self) -> f64 {
        let value = |number: Self| number.digits as f64 / 10f64.powi(i32::from(number.scale));
        if other.digits == 0 { 0.0 } else { value(self) / value(other) }
    }

    fn floor(self, scale: u8) -> Option<u128> {
        if scale >= self.scale {
            return self.at_scale(scale);
        }
        Some(self.digits / 10u128.checked_pow(u32::from(self.scale - scale))?)
    }

    fn bounded(digits: u128, scale: u8) -> Option<Self> {
        (digits < 10u128.pow(MAX_DIGITS as u32)).then_some(Self { digits, scale })
    }

    fn at_scale(self, scale: u8) -> Option<u128> {
        10u128.checked_pow(u32::from(scale - self.scale)).and_then(|factor| self.digits.checked_mul(factor))
    }
}

impl std::fmt::Display for Decimal {
    /// `1234.50`, as it is also sent.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let scale = usize::from(self.scale);
        let digits = format!("{:0>width$}", self.digits, width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        f.write_str(whole)?;
        if fraction.is_empty() { Ok(()) } else { write!(f, ".{fraction}") }
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let scale = self.scale.max(other.scale);
        match (self.at_scale(scale), other.at_scale(scale)) {
            (Some(this), Some(that)) => this.cmp(&that),
            // The one that overflows at this scale has the larger whole part.
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (None, None) => self.digits.cmp(&other.digits),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::from_string(self.to_string()).map_err(S::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    /// Reads from JSON text only, not from a parsed `serde_json::Value`: the number's own digits are needed.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <&RawValue>::deserialize(deserializer)?.get();
        let expected = &"a decimal number, zero or more";
        let problem = || match text.as_bytes().first() {
            Some(b'[') => D::Error::invalid_type(Unexpected::Seq, expected),
            Some(b'{') => D::Error::invalid_type(Unexpected::Map, expected),
            _ => D::Error::custom(format_args!("expected {expected}, found {text:.40}")),
        };
        Self::from_json(text).ok_or_else(problem)
    }
}
