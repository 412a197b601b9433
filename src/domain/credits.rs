//! The credits of an account.

use serde::Deserialize;

use super::Usd;

/// What an account has bought and used, in US dollars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Credits {
    pub total_credits: Usd,
    pub total_usage: Usd,
}

impl Credits {
    /// What is left, in US dollars. `None` if more was used than was bought.
    pub fn left(self) -> Option<Usd> {
        self.total_credits.checked_sub(self.total_usage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_is_exact_and_never_negative() {
        let left = |json| serde_json::from_str::<Credits>(json).unwrap().left().map(Usd::plain);
        assert_eq!(left(r#"{"total_credits":100.5,"total_usage":25.75,"more":1}"#).as_deref(), Some("74.75"));
        assert_eq!(left(r#"{"total_credits":10,"total_usage":10}"#).as_deref(), Some("0"));
        assert_eq!(left(r#"{"total_credits":10,"total_usage":10.01}"#), None);
    }

    #[test]
    fn both_amounts_are_needed() {
        for bad in [r#"{"total_credits":1}"#, r#"{"total_usage":1}"#, r#"{"total_credits":-1,"total_usage":0}"#] {
            assert!(serde_json::from_str::<Credits>(bad).is_err(), "{bad}");
        }
    }
}
