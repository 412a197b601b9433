//! API keys as a CSV file, with exact amounts and times.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;

use super::list::{KeysList, owner_text};
use crate::browser::now;
use crate::components::TableExport;
use crate::domain::{Interval, Timestamp, Usd};
use crate::search::columns::Column;
use crate::search::keys::KeyRow;
use crate::search::order::KeysSort;

/// The export of the selected keys, also of those that a search hides, or else of those that are shown.
pub(super) fn export(list: KeysList) -> TableExport {
    let rows = Callback::new(move |columns: Vec<Column>| {
        let at = now();
        let line = |row: &Arc<KeyRow>| {
            let cells = columns.iter().map(|column| KeysSort::parse(column.word).map(|it| cell(row, it, at)));
            let cells = cells.map(Option::unwrap_or_default);
            std::iter::once(row.key.title()).chain(cells).chain([row.key.hash.to_string()]).collect()
        };
        exported(list).iter().map(line).collect()
    });
    TableExport { noun: "API keys", is_loading: list.is_loading.into(), rows }
}

fn exported(list: KeysList) -> Vec<Arc<KeyRow>> {
    let selected = list.row_selection.selected_ids();
    if selected.is_empty() {
        return list.shown.get().to_vec();
    }
    list.all.with(|all| {
        let by_hash: HashMap<_, _> = all.iter().map(|row| (&row.key.hash, row)).collect();
        selected.iter().filter_map(|hash| by_hash.get(hash).copied().cloned()).collect()
    })
}

fn cell(row: &KeyRow, column: KeysSort, now: i64) -> String {
    let key = &row.key;
    let spend = |interval| key.spend(interval).plain();
    let time = |at: Option<&Timestamp>| at.map(|at| at.as_str().to_owned()).unwrap_or_default();
    match column {
        KeysSort::Name => key.title(),
        KeysSort::Workspace => row.workspace_name.to_string(),
        KeysSort::Owner => owner_text(row.owner.as_ref()),
        KeysSort::State => key.state(now).label().to_owned(),
        KeysSort::Limit => key.limit.map(Usd::plain).unwrap_or_default(),
        KeysSort::Day => spend(Interval::Daily),
        KeysSort::Week => spend(Interval::Weekly),
        KeysSort::Month => spend(Interval::Monthly),
        KeysSort::Total => spend(Interval::Lifetime),
        KeysSort::LastUsed => time(key.last_used_at.as_ref()),
        KeysSort::Expires => time(key.expires_at.as_ref()),
        KeysSort::Created => time(key.created_at.as_ref()),
    }
}
