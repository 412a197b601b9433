//! What views say about figures of spend: what they add up, as of when, and what they leave out.

use crate::domain::{Interval, SpendFigure, SpendSource, Timestamp, Usd};

/// Why the keys are counted.
pub(crate) const ONLY_KEYS: &str = "Couldn’t load the API’s records, so only API keys are counted.";
pub(crate) const NO_DELETED_KEYS: &str = "Deleted keys are not included.";

/// What records are, as of a time in Unix seconds.
pub(crate) fn by_records(at: i64) -> String {
    format!("Spend as of {}, by the API’s records, with spend outside of API keys.", as_of(at))
}

/// What a lifetime figure is. `keys` are those that it adds up.
pub(crate) fn lower_bound(keys: &str) -> String {
    format!("Lifetime spend is a lower bound: it includes {keys}. Deleted keys are not included in it.")
}

/// A time in Unix seconds, as text.
pub(crate) fn as_of(at: i64) -> String {
    Timestamp::from_unix_seconds(at).map(|at| at.exact()).unwrap_or_default()
}

/// An amount as text. Of a lifetime, keys that were deleted or moved away are not known, so it is a lower bound.
pub(crate) fn amount_text(interval: Interval, figure: SpendFigure) -> String {
    let is_bound = interval == Interval::Lifetime && !figure.spent.is_zero();
    format!("{}{}", if is_bound { "At least " } else { "" }, figure.spent.brief())
}

/// What the API keys add up to, where that is not what the API has recorded.
pub(crate) fn difference_text(figure: SpendFigure) -> Option<String> {
    Some(format!("The API keys add up to {}.", figure.by_keys?.brief()))
}

/// A figure in full: the amount, the limit, what it adds up, as of when, and the difference. `at` is in Unix seconds.
pub(crate) fn figure_text(interval: Interval, figure: SpendFigure, limit: Usd, at: i64) -> String {
    let by = match figure.source {
        SpendSource::Records => "by the API’s records",
        SpendSource::Keys => "by API keys only",
    };
    let difference = difference_text(figure).map(|text| format!(" {text}")).unwrap_or_default();
    format!("{} of {limit} spent, {by} as of {}.{difference}", amount_text(interval, figure), as_of(at))
}
