//! Money.
//!
//! Invariant: amounts are compared exactly, and are returned with the digits that were sent.

use std::{fmt, str::FromStr};

use rust_decimal::Decimal;
use serde::{Serialize, Serializer, ser::Error as _};
use serde_json::value::RawValue;

/// An amount of US dollars: the text of a JSON number and its exact value.
#[derive(Clone, Debug)]
pub struct Usd {
    text: String,
    value: Decimal,
}

/// A text that is not an amount: not a JSON number, or one with more than 28 digits.
#[derive(Debug)]
pub struct NotAnAmount;

impl Usd {
    /// Whether the amount is more than zero.
    pub fn is_positive(&self) -> bool {
        self.value > Decimal::ZERO
    }

    /// Returns the JSON number as it was sent.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl FromStr for Usd {
    type Err = NotAnAmount;

    fn from_str(text: &str) -> Result<Self, NotAnAmount> {
        let number: &RawValue = serde_json::from_str(text).map_err(|_| NotAnAmount)?;
        let text = number.get();
        let value = match text.split_once(['e', 'E']) {
            None => Decimal::from_str_exact(text),
            Some(_) => Decimal::from_scientific(text),
        };
        Ok(Self { text: text.to_owned(), value: value.map_err(|_| NotAnAmount)? })
    }
}

impl PartialEq for Usd {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl PartialOrd for Usd {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.value.cmp(&other.value))
    }
}

impl fmt::Display for Usd {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "${}", self.value.normalize())
    }
}

impl Serialize for Usd {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::from_string(self.text.clone()).map_err(S::Error::custom)?.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_goes_out_in_the_digits_in_which_it_came() {
        for text in ["500", "500.00", "0.1", "1234567890.123456789", "2.5e3"] {
            let usd: Usd = text.parse().unwrap();
            assert_eq!(serde_json::to_string(&usd).unwrap(), text);
        }
    }

    #[test]
    fn amounts_compare_exactly() {
        let usd = |text: &str| text.parse::<Usd>().unwrap();
        assert_eq!(usd("1e2"), usd("100.00"));
        assert!(usd("0.30000000000000001") > usd("0.3"));
        assert!(usd("9007199254740993") > usd("9007199254740992"));
    }

    #[test]
    fn what_is_no_json_number_is_no_amount() {
        for text in ["", "abc", "\"5\"", "null", "1.", ".5", "01", "1_000", "1e400", "+1"] {
            assert!(text.parse::<Usd>().is_err(), "{text}");
        }
    }
}
