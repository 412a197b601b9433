//! Searching, filtering and sorting API keys, fast enough for thousands of them while someone types.
//!
//! Invariant: the order is total. A search keeps it, so that only a change of order sorts again.

use std::cmp::Ordering;
use std::sync::Arc;

use super::order::{Direction, KeysFilter, KeysSort, Order, missing_last};
use super::roster::Entry;
use super::sorting::positions;
use crate::domain::{ApiKey, Interval, KeyState, Pressure, Timestamp, Usd, WorkspaceId};
use crate::unicode::{Collation, without_accents};

/// A key with its workspace and owner, and the text that it is searched in.
#[derive(Debug, PartialEq, Eq)]
pub struct KeyRow {
    pub key: ApiKey,
    pub workspace: WorkspaceId,
    pub workspace_name: Arc<str>,
    pub owner: Option<Arc<Entry>>,
    /// Name, label, hash, workspace and owner in lowercase without accents, separated by line breaks.
    haystack: String,
    name_key: String,
}

impl KeyRow {
    pub fn new(
        key: ApiKey,
        workspace: WorkspaceId,
        workspace_name: Arc<str>,
        owner: Option<Arc<Entry>>,
        is_across: bool,
    ) -> Self {
        let mut texts = vec![key.name.as_str(), key.label.as_str(), key.hash.as_str()];
        texts.extend(is_across.then_some(&*workspace_name));
        texts.extend(owner.iter().flat_map(|it| [it.name.as_str(), it.email.as_str(), it.id.as_str()]));
        let haystack = plain(&texts.join("\n"));
        let name_key = key.title().to_lowercase();
        Self { key, workspace, workspace_name, owner, haystack, name_key }
    }
}

fn plain(text: &str) -> String {
    without_accents(&text.to_lowercase())
}

/// The rows that pass the filter at `now` (Unix seconds) and contain every word of the search, in the order given.
/// `has_owner_left` says whether the owner of a key is certainly no member of its workspace.
pub fn matching(
    rows: &[Arc<KeyRow>],
    search: &str,
    filter: KeysFilter,
    now: i64,
    has_owner_left: impl Fn(&KeyRow) -> bool,
) -> Vec<Arc<KeyRow>> {
    let search = plain(search);
    let words: Vec<&str> = search.split_whitespace().collect();
    let is_shown = |row: &&Arc<KeyRow>| {
        words.iter().all(|word| row.haystack.contains(word))
            && match filter {
                KeysFilter::All => true,
                KeysFilter::Active => row.key.state(now) == KeyState::Active,
                KeysFilter::Disabled => row.key.state(now) == KeyState::Disabled,
                KeysFilter::Expired => row.key.state(now) == KeyState::Expired,
                KeysFilter::Dormant => row.key.is_dormant(now),
                KeysFilter::Unlimited => row.key.limit.is_none(),
                KeysFilter::Near => {
                    row.key.limit_use().is_some_and(|(spent, limit)| Pressure::of(spent, limit) >= Pressure::Near)
                }
                KeysFilter::OwnerLeft => has_owner_left(row),
            }
    };
    rows.iter().filter(is_shown).cloned().collect()
}

/// What a row is sorted by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum SortValue<'a> {
    State(KeyState),
    Amount(Usd),
    Time(&'a Timestamp),
}

fn value(row: &KeyRow, sort: KeysSort, now: i64) -> Option<SortValue<'_>> {
    let spend = |interval| Some(SortValue::Amount(row.key.spend(interval)));
    match sort {
        KeysSort::Name | KeysSort::Workspace | KeysSort::Owner => None,
        KeysSort::State => Some(SortValue::State(row.key.state(now))),
        KeysSort::Limit => row.key.limit.map(SortValue::Amount),
        KeysSort::Day => spend(Interval::Daily),
        KeysSort::Week => spend(Interval::Weekly),
        KeysSort::Month => spend(Interval::Monthly),
        KeysSort::Total => spend(Interval::Lifetime),
        KeysSort::LastUsed => row.key.last_used_at.as_ref().map(SortValue::Time),
        KeysSort::Expires => row.key.expires_at.as_ref().map(SortValue::Time),
        KeysSort::Created => row.key.created_at.as_ref().map(SortValue::Time),
    }
}

/// A text of each row, in the order of the person's language. None unless the rows are sorted by it.
fn texts_of(
    rows: &[Arc<KeyRow>],
    is_needed: bool,
    text: impl Fn(&KeyRow) -> Option<String>,
) -> (Vec<Option<String>>, Collation) {
    let texts: Vec<Option<String>> = rows.iter().filter(|_| is_needed).map(|row| text(row)).collect();
    let collated = Collation::new(texts.iter().map(|text| text.as_deref().unwrap_or_default()));
    (texts, collated)
}

/// The rows in order. Those without a value come last in both directions, and equal ones are in the order of their names.
pub fn sort(rows: &[Arc<KeyRow>], order: Order<KeysSort>, now: i64) -> Vec<Arc<KeyRow>> {
    // In the order of the person's language.
    let names = Collation::new(rows.iter().map(|row| row.name_key.as_str()));
    let workspaces = texts_of(rows, order.has(KeysSort::Workspace), |row| Some(row.workspace_name.to_lowercase()));
    let owners = texts_of(rows, order.has(KeysSort::Owner), |row| Some(row.owner.as_ref()?.name_key().to_owned()));
    let sorted = positions(rows.len(), &|at, other| {
        let (Some(left), Some(right)) = (rows.get(at), rows.get(other)) else { return Ordering::Equal };
        let by_text = |(texts, collated): &(Vec<Option<String>>, Collation), direction: Direction| {
            let has = |at: usize| texts.get(at).is_some_and(Option::is_some);
            match (has(at), has(other)) {
                (true, true) => direction.apply(collated.compare(at, other)),
                (left, right) => right.cmp(&left),
            }
        };
        let by_column = |column: KeysSort, direction: Direction| match column {
            KeysSort::Name => direction.apply(names.compare(at, other)),
            KeysSort::Workspace => by_text(&workspaces, direction),
            KeysSort::Owner => by_text(&owners, direction),
            column => missing_last(value(left, column, now), value(right, column, now), direction),
        };
        let by_hash = || left.key.hash.cmp(&right.key.hash);
        order.compare(&by_column).then_with(|| names.compare(at, other)).then_with(by_hash)
    });
    sorted.into_iter().filter_map(|at| rows.get(at as usize).cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::UserId;

    const NOW: i64 = 1_795_910_400;

    fn row(json: &str) -> Arc<KeyRow> {
        let key: ApiKey = serde_json::from_str(json).unwrap();
        let owner = key.creator_user_id.as_ref().map(|id| Arc::new(Entry::unknown(id)));
        Arc::new(KeyRow::new(key, WorkspaceId::parse("w").unwrap(), "Läb".into(), owner, true))
    }

    fn rows() -> Vec<Arc<KeyRow>> {
        [
            r#"{"hash":"1","name":"beta","limit":10,"usage":9,"created_at":"2026-11-20T00:00:00Z"}"#,
            r#"{"hash":"2","name":"Alpha","label":"sk-or-v1-a1f","disabled":true,"usage":20,"creator_user_id":"jane"}"#,
            r#"{"hash":"3","name":"gamma","expires_at":"2020-01-01T00:00:00Z","limit":5,"creator_user_id":"rick"}"#,
            r#"{"hash":"4","name":"delta","last_used_at":"2026-01-01T00:00:00Z","limit":5,"limit_reset":"daily"}"#,
        ]
        .map(row)
        .to_vec()
    }

    fn hashes(rows: &[Arc<KeyRow>]) -> String {
        rows.iter().map(|row| row.key.hash.as_str()).collect()
    }

    #[test]
    fn a_filter_shows_the_keys_in_that_state() {
        let shown = |filter| {
            let has_left = |row: &KeyRow| row.key.creator_user_id == UserId::parse("rick").ok();
            hashes(&matching(&rows(), "", filter, NOW, has_left))
        };
        assert_eq!(shown(KeysFilter::All), "1234");
        assert_eq!(shown(KeysFilter::Active), "14");
        assert_eq!(shown(KeysFilter::Disabled), "2");
        assert_eq!(shown(KeysFilter::Expired), "3");
        assert_eq!(shown(KeysFilter::Dormant), "4");
        assert_eq!(shown(KeysFilter::Unlimited), "2");
        assert_eq!(shown(KeysFilter::Near), "1");
        assert_eq!(shown(KeysFilter::OwnerLeft), "3");
    }

    #[test]
    fn every_word_is_found_in_name_label_workspace_or_owner() {
        let shown = |search| hashes(&matching(&rows(), search, KeysFilter::All, NOW, |_| false));
        assert_eq!(shown("ALPHA"), "2");
        assert_eq!(shown("a1f"), "2");
        assert_eq!(shown("lab beta"), "1");
        assert_eq!(shown("rick"), "3");
        assert_eq!(shown("rick beta"), "");
    }

    #[test]
    fn keys_without_a_value_come_last_in_both_directions() {
        use Direction::{Ascending, Descending};
        let shown = |column, direction| hashes(&sort(&rows(), Order { column, direction, then: None }, NOW));
        assert_eq!(shown(KeysSort::Name, Ascending), "2143");
        assert_eq!(shown(KeysSort::Name, Descending), "3412");
        assert_eq!(shown(KeysSort::Limit, Ascending), "4312");
        assert_eq!(shown(KeysSort::Limit, Descending), "1432");
        assert_eq!(shown(KeysSort::Total, Descending), "2143");
        assert_eq!(shown(KeysSort::Owner, Ascending), "2314");
        assert_eq!(shown(KeysSort::Owner, Descending), "3214");
        assert_eq!(shown(KeysSort::LastUsed, Ascending), "4213");
        assert_eq!(shown(KeysSort::State, Ascending), "1423");
    }

    #[test]
    fn a_second_column_sorts_keys_that_are_equal_by_the_first() {
        use Direction::{Ascending, Descending};
        let shown = |order: Order<KeysSort>| hashes(&sort(&rows(), order, NOW));
        let by_limit = Order { column: KeysSort::Limit, direction: Ascending, then: None };
        assert_eq!(shown(by_limit.then_by(Some((KeysSort::Owner, Ascending)))), "3412");
        assert_eq!(shown(by_limit.then_by(Some((KeysSort::Name, Descending)))), "3412");
        let by_owner = Order { column: KeysSort::Owner, direction: Descending, then: None };
        assert_eq!(shown(by_owner.then_by(Some((KeysSort::Limit, Descending)))), "3214");
        assert_eq!(shown(by_owner.then_by(Some((KeysSort::Limit, Ascending)))), "3241");
    }
}
