//! Path segments and query strings, encoded and decoded.

use std::borrow::Cow;

use percent_encoding::{percent_decode_str, utf8_percent_encode};

use crate::api::RESERVED;
use crate::search::columns::TableLayout;
use crate::search::order::{Direction, Order, SortColumn, first_direction};

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

/// What a query says of two columns: their words and their directions. Not generic, so that it is compiled once.
type OrderWords<'a> = [(Option<Cow<'a, str>>, Option<Direction>); 2];

fn order_words(query: &str) -> OrderWords<'static> {
    [("sort", "dir"), ("then", "then_dir")]
        .map(|(column, direction)| (value(query, column).map(Into::into), parsed(query, direction, Direction::parse)))
}

fn write_order([(sort, direction), (then, then_direction)]: OrderWords<'_>) -> Option<String> {
    let parts = [
        part("sort", sort.as_deref()),
        part("dir", direction.map(Direction::word)),
        part("then", then.as_deref()),
        part("then_dir", then_direction.map(Direction::word)),
    ];
    Some(join(parts)).filter(|parts| !parts.is_empty())
}

/// The order of a table. A direction is the column's first one unless the query says another.
pub(super) fn order<S: SortColumn>(query: &str, parse: fn(&str) -> Option<S>) -> Order<S> {
    let [first, then] = order_words(query).map(|(word, direction)| (word.and_then(|word| parse(&word)), direction));
    let column = first.0.unwrap_or_default();
    let directed = |column, direction: Option<Direction>| direction.unwrap_or_else(|| first_direction(column));
    let then = then.0.map(|column| (column, directed(column, then.1)));
    Order { column, direction: directed(column, first.1), then: None }.then_by(then)
}

/// `sort=column` and `dir=direction`, and the same of the second column, each where it is not the default.
pub(super) fn ordered<S: SortColumn>(
    Order { column, direction, then }: Order<S>,
    word: fn(S) -> &'static str,
) -> Option<String> {
    let turned = |column, direction: Direction| (direction != first_direction(column)).then_some(direction);
    let first = ((column != S::default()).then(|| word(column).into()), turned(column, direction));
    let second =
        then.map_or((None, None), |(column, direction)| (Some(word(column).into()), turned(column, direction)));
    write_order([first, second])
}

/// The columns and the density of a table, if the query has either.
pub(super) fn layout(query: &str) -> Option<TableLayout> {
    TableLayout::parse(value(query, "cols"), value(query, "density").as_deref())
}

/// `cols=columns` and `density=density`, each where it is needed. Their letters need no encoding.
pub(super) fn laid_out(layout: Option<&TableLayout>) -> Option<String> {
    let (columns, density) = layout?.words();
    Some(join([part("cols", columns), part("density", density)]))
}

/// Joins the parts of a query string.
pub(super) fn join<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join("&")
}
