//! API keys as a CSV file, with exact amounts and times.

use std::sync::Arc;

use leptos::prelude::*;

use super::list::{KeysList, owner_text};
use crate::browser::now;
use crate::components::{TableExport, exact_time};
use crate::domain::{Interval, Usd};
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
            let reset = row.key.limit_reset.as_ref().map(|it| it.as_str().to_owned()).unwrap_or_default();
            std::iter::once(row.key.title()).chain(cells).chain([reset, row.key.hash.to_string()]).collect()
        };
        exported(list).iter().map(line).collect()
    });
    TableExport { noun: "API keys", is_loading: list.is_loading.into(), details: &["Limit reset"], rows }
}

fn exported(list: KeysList) -> Vec<Arc<KeyRow>> {
    let selected = list.all.with(|all| list.row_selection.selected_rows(all, |row| &row.key.hash));
    selected.unwrap_or_else(|| list.shown.get().to_vec())
}

fn cell(row: &KeyRow, column: KeysSort, now: i64) -> String {
    let key = &row.key;
    let spend = |interval| key.spend(interval).plain();
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
        KeysSort::LastUsed => exact_time(key.last_used_at.as_ref()),
        KeysSort::Expires => exact_time(key.expires_at.as_ref()),
        KeysSort::Created => exact_time(key.created_at.as_ref()),
    }
}
