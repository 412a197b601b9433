//! Path segments and query strings, encoded and decoded.

use percent_encoding::{percent_decode_str, utf8_percent_encode};

use crate::api::RESERVED;
use crate::search::order::{Direction, Order, SortColumn};

pub(super) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Decodes once. A percent sign that begins no byte is kept, and bytes that are no UTF-8 become U+FFFD.
pub(super) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The decoded value of a name in a query string. The last one counts.
pub(super) fn value(query: &str, name: &str) -> Option<String> {
    let mut pairs = query.rsplit('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.find(|(found, _)| decode(found) == name).map(|(_, value)| decode(&value.replace('+', " ")))
}

/// The value of a name, if `parse` can read it.
pub(super) fn parsed<T>(query: &str, name: &str, parse: fn(&str) -> Option<T>) -> Option<T> {
    value(query, name).and_then(|value| parse(&value))
}

/// `name=value`, where there is a value.
pub(super) fn part(name: &str, value: Option<&str>) -> Option<String> {
    value.map(|value| [name, "=", value].concat())
}

/// `name=text` with the text encoded, unless it is empty.
pub(super) fn encoded(name: &str, text: &str) -> Option<String> {
    part(name, (!text.is_empty()).then(|| encode(text)).as_deref())
}

/// The order of a table. The direction is the column's first one unless the query says another.
pub(super) fn order<S: SortColumn>(query: &str, parse: fn(&str) -> Option<S>) -> Order<S> {
    let first = Order::by(parsed(query, "sort", parse).unwrap_or_default());
    Order { direction: parsed(query, "dir", Direction::parse).unwrap_or(first.direction), ..first }
}

/// `sort=column` and `dir=direction`, each where it is not the default.
pub(super) fn ordered<S: SortColumn>(
    Order { column, direction }: Order<S>,
    word: fn(S) -> &'static str,
) -> Option<String> {
    let sort = part("sort", (column != S::default()).then(|| word(column)));
    let direction = part("dir", (direction != Order::by(column).direction).then(|| direction.word()));
    Some(join([sort, direction])).filter(|parts| !parts.is_empty())
}

/// Joins the parts of a query string.
pub(super) fn join<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join("&")
}
