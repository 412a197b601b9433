//! Reads amounts of money as people write them.
//!
//! Invariant: a text that could mean two amounts is never decided. Both are offered.

use super::usd::{Usd, UsdProblem};

/// Reads a typed or pasted amount in US dollars: `250`, `$1,234.56`, `1.234,56`, `1 234,56`, `99,50`, `500 USD`, `1e3`.
///
/// A comma before three last digits separates thousands, as the console itself writes them. A point there could be either:
/// `1.000` is [`UsdProblem::Ambiguous`].
pub(super) fn parse(text: &str) -> Result<Usd, UsdProblem> {
    let text: String = text.chars().filter_map(plain).collect();
    let text = text.trim();
    if text.is_empty() {
        return Err(UsdProblem::Empty);
    }
    let is_negative = |text: &str| text.starts_with('-') || text.starts_with('(') && text.ends_with(')');
    if is_negative(text) {
        return Err(UsdProblem::Negative);
    }
    let text = without_currency(text)?;
    match text.chars().next_back() {
        _ if is_negative(text) => return Err(UsdProblem::Negative),
        Some('%') => return Err(UsdProblem::Percentage),
        Some('k' | 'K' | 'm' | 'M') if text.starts_with(|c: char| c.is_ascii_digit()) => {
            return Err(UsdProblem::Abbreviated);
        }
        _ => {}
    }
    let text = text.strip_prefix('+').unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().map_err(|_| UsdProblem::NotAmount)?),
        None => (text, 0),
    };
    match digits(mantissa)? {
        Digits::One(digits) => Usd::of_digits(&digits, exponent),
        Digits::Two(decimal, whole) => {
            let [one, other] = [decimal, whole].map(|digits| Usd::of_digits(&digits, exponent));
            Err(UsdProblem::Ambiguous(one?, other?))
        }
    }
}

/// The plain form of a character: ASCII digits and signs, `'` between thousands. Marks that are not seen are dropped.
fn plain(c: char) -> Option<char> {
    let digit = |zero: u32| char::from_digit(u32::from(c).wrapping_sub(zero), 10);
    let digit = [0x0660, 0x06f0, 0xff10].into_iter().find_map(digit);
    Some(match c {
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{61c}' | '\u{feff}' => {
            return None;
        }
        '−' | '－' | '–' => '-',
        '＋' => '+',
        '．' | '٫' => '.',
        '，' => ',',
        '＄' => '$',
        '％' | '٪' => '%',
        '’' | '٬' | '＇' => '\'',
        '（' => '(',
        '）' => ')',
        c if c.is_whitespace() => ' ',
        c => digit.unwrap_or(c),
    })
}

/// The text without the signs and names of US dollars around it.
fn without_currency(text: &str) -> Result<&str, UsdProblem> {
    /// The longest first.
    const NAMES: [&str; 6] = ["dollars", "dollar", "us$", "$us", "usd", "$"];
    let mut text = text.trim();
    // `$500 USD` has both.
    for _ in 0..2 {
        for name in NAMES {
            if let Some((before, end)) = text.len().checked_sub(name.len()).and_then(|at| text.split_at_checked(at)) {
                text = if end.eq_ignore_ascii_case(name) { before.trim_end() } else { text };
            }
            if let Some((start, after)) = text.split_at_checked(name.len()) {
                text = if start.eq_ignore_ascii_case(name) { after.trim_start() } else { text };
            }
        }
    }
    let is_other = |c: char| matches!(c, '€' | '£' | '¥' | '₹' | '元' | '円');
    let letters: String = text.chars().filter(|c| c.is_ascii_alphabetic()).collect();
    let is_code = ["EUR", "GBP", "CHF", "JPY", "CNY", "INR", "CAD", "AUD"].contains(&&*letters.to_ascii_uppercase());
    if is_code || text.contains(is_other) { Err(UsdProblem::OtherCurrency) } else { Ok(text) }
}

/// Digits with a point before the decimals.
enum Digits {
    One(String),
    /// What the text means if its only separator is a decimal point, and if it separates thousands.
    Two(String, String),
}

fn digits(text: &str) -> Result<Digits, UsdProblem> {
    if !text.contains(|c: char| c.is_ascii_digit())
        || text.contains(|c: char| !c.is_ascii_digit() && !" '.,".contains(c))
    {
        return Err(UsdProblem::NotAmount);
    }
    let last = text.rfind(['.', ',']);
    let count = |separator| text.matches(separator).count();
    let Some((at, separator)) = last.and_then(|at| Some((at, text[at..].chars().next()?))) else {
        return whole(text).map(Digits::One);
    };
    let (before, after) = (&text[..at], &text[at + 1..]);
    let others = before.contains([' ', '\'', '.', ',']);
    if count(separator) > 1 {
        // `1,234,567`: only thousands. The other separator would have to be the last.
        let is_mixed = before.contains(|c| " '.,".contains(c) && c != separator);
        return if is_mixed { Err(UsdProblem::Separator) } else { whole(text).map(Digits::One) };
    }
    let is_decimals = !after.is_empty() && after.bytes().all(|b| b.is_ascii_digit());
    let decimal =
        |whole: String| if is_decimals { Ok([&whole, ".", after].concat()) } else { Err(UsdProblem::Separator) };
    if others {
        return decimal(whole(before)?).map(Digits::One);
    }
    let could_be_thousands = after.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0');
    match (could_be_thousands, separator) {
        (true, ',') => whole(text).map(Digits::One),
        (true, _) => Ok(Digits::Two(decimal(before.to_owned())?, [before, after].concat())),
        // `500.` is written on the way to the cents.
        (false, '.') if after.is_empty() => Ok(Digits::One(before.to_owned())),
        (false, _) => decimal(if before.is_empty() { "0".to_owned() } else { before.to_owned() }).map(Digits::One),
    }
}

/// A number without decimals: the digits, in groups of three if there are separators.
fn whole(text: &str) -> Result<String, UsdProblem> {
    let groups: Vec<&str> = text.split([' ', '\'', '.', ',']).collect();
    let is_grouped = match &groups[..] {
        [_] => true,
        [first, rest @ ..] => (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3),
        [] => false,
    };
    if is_grouped { Ok(groups.concat()) } else { Err(UsdProblem::Separator) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<String, UsdProblem> {
        parse(text).map(Usd::plain)
    }

    #[test]
    fn an_amount_is_read_in_the_persons_way_of_writing() {
        for (text, expected) in [
            ("1,234.56", "1234.56"),
            ("1.234,56", "1234.56"),
            ("1 234,56", "1234.56"),
            ("1\u{202f}234,50\u{a0}$", "1234.50"),
            ("1’234.50", "1234.50"),
            ("99,50", "99.50"),
            ("0,5", "0.5"),
            ("1,234,567", "1234567"),
            ("1.234.567", "1234567"),
            ("12,345", "12345"),
            ("0.125", "0.125"),
            ("1234.567", "1234.567"),
            ("1,2345", "1.2345"),
            ("$500", "500"),
            ("500$", "500"),
            ("500 USD", "500"),
            ("US$500", "500"),
            ("US$ 500", "500"),
            ("usd 1,000", "1000"),
            ("$500 USD", "500"),
            ("500 dollars", "500"),
            ("５００", "500"),
            ("١٬٢٣٤٫٥٠", "1234.50"),
            ("$1,234.56\t", "1234.56"),
            ("\u{200e}250\u{200f}", "250"),
            ("500.", "500"),
            (".5", "0.5"),
            (",50", "0.50"),
            ("+5", "5"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(expected), "{text:?}");
        }
    }

    #[test]
    fn what_could_mean_two_amounts_is_not_decided() {
        let usd = |digits: &str| Usd::of_digits(digits, 0).unwrap();
        for (text, small, large) in
            [("1.000", "1.000", "1000"), ("10.000", "10.000", "10000"), ("$1.234", "1.234", "1234")]
        {
            assert_eq!(parse(text), Err(UsdProblem::Ambiguous(usd(small), usd(large))), "{text}");
        }
        assert_eq!(UsdProblem::Ambiguous(usd("1.000"), usd("1000")).to_string(), "Do you mean $1.00 or $1,000.00?");
    }

    #[test]
    fn what_is_refused_has_its_own_reason() {
        for (text, expected) in [
            ("", UsdProblem::Empty),
            ("500k", UsdProblem::Abbreviated),
            ("$1.5M", UsdProblem::Abbreviated),
            ("(500)", UsdProblem::Negative),
            ("$(500)", UsdProblem::Negative),
            ("-5", UsdProblem::Negative),
            ("$-5", UsdProblem::Negative),
            ("50%", UsdProblem::Percentage),
            ("50 %", UsdProblem::Percentage),
            ("500 €", UsdProblem::OtherCurrency),
            ("EUR 500", UsdProblem::OtherCurrency),
            ("1,23,456", UsdProblem::Separator),
            ("1 23", UsdProblem::Separator),
            ("1.234,567,890", UsdProblem::Separator),
            ("1,234.", UsdProblem::Separator),
            ("abc", UsdProblem::NotAmount),
            ("$", UsdProblem::NotAmount),
            ("0x10", UsdProblem::NotAmount),
            ("1e", UsdProblem::NotAmount),
            ("1e99", UsdProblem::TooLong),
        ] {
            assert_eq!(read(text), Err(expected), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,12}") {
            let _ = parse(&text);
        }

        #[test]
        fn every_way_of_writing_means_the_same(cents in 0u64..10_000_000_000) {
            let (whole, rest) = (cents / 100, cents % 100);
            let plain = whole.to_string();
            let grouped = |separator: &str| {
                let digits: Vec<String> = plain.as_bytes().rchunks(3).rev().map(|it| String::from_utf8_lossy(it).into_owned()).collect();
                digits.join(separator)
            };
            let expected = Ok(format!("{whole}.{rest:02}"));
            for text in [
                format!("{plain}.{rest:02}"), format!("{plain},{rest:02}"), format!("{}.{rest:02}", grouped(",")),
                format!("{},{rest:02}", grouped(".")), format!("{},{rest:02} $", grouped(" ")), format!("{}.{rest:02}", grouped("'")),
            ] {
                prop_assert_eq!(read(&text), expected.clone(), "{}", text);
            }
        }
    }
}
