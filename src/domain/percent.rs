//! Exact percentages.

use super::decimal::Decimal;

/// A percentage, zero or more: `12.5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(pub(super) Decimal);

impl Percent {
    /// Reads a typed percentage: `10`, `12.5`, `10%`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Decimal::new(text.strip_suffix('%').unwrap_or(text).trim_end(), 0).ok().map(Self)
    }

    /// 100% plus this: the factor of an increase.
    pub fn increased(self) -> Option<Self> {
        Decimal::HUNDRED.checked_add(self.0).map(Self)
    }

    /// 100% minus this: the factor of a decrease. `None` above 100%.
    pub fn decreased(self) -> Option<Self> {
        Decimal::HUNDRED.checked_sub(self.0).map(Self)
    }

    pub fn is_zero(self) -> bool {
        self.0 == Decimal::ZERO
    }
}

impl std::fmt::Display for Percent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}%", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Usd;

    #[test]
    fn a_percentage_is_rounded_half_up_to_the_cent_or_finer() {
        let share = |amount: &str, percent: Option<Percent>| {
            percent.and_then(|percent| Usd::parse(amount).unwrap().percent(percent)).map(Usd::plain)
        };
        let more = |text| Percent::parse(text).and_then(Percent::increased);
        let less = |text| Percent::parse(text).and_then(Percent::decreased);
        assert_eq!(share("100", more("10")).as_deref(), Some("110"));
        assert_eq!(share("99.99", more("10 %")).as_deref(), Some("109.99"));
        assert_eq!(share("0.05", less("10")).as_deref(), Some("0.05"));
        assert_eq!(share("0.001", less("50")).as_deref(), Some("0.001"));
        assert_eq!(share("200", less("12.5")).as_deref(), Some("175"));
        assert_eq!(share("10.10", less("0")).as_deref(), Some("10.10"));
        assert_eq!(share("1", less("100")).as_deref(), Some("0"));
        assert_eq!(less("101"), None);
        assert_eq!(Percent::parse("ten"), None);
        assert_eq!(Percent::parse("-5"), None);
    }
}
