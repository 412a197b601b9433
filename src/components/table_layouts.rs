//! How tables are laid out: as the address says, or else as this browser remembers, or else by default.
//!
//! Invariant: what an address shows is not remembered. Only a choice of the person is.

use crate::browser::storage::Storage;
use crate::routes::{layout_text, parse_layout};
use crate::search::columns::{Density, TableLayout, TableName};
use leptos::prelude::*;

/// The layouts that this browser remembers. Where the workspaces or the members have one, `boot.js` draws none of their rows.
#[derive(Clone, Copy)]
pub(crate) struct TableLayouts {
    /// Counts the changes, because storage tells none in this tab.
    changes: RwSignal<u32>,
}

/// Provides the layouts of all tables.
pub(crate) fn provide_table_layouts() {
    provide_context(TableLayouts { changes: RwSignal::new(0) });
}

fn name(table: TableName) -> String {
    ["workspace-console.table.", table.word()].concat()
}

impl TableLayouts {
    /// The layout that is remembered, or else the default one. Tracked.
    pub fn remembered(self, table: TableName) -> TableLayout {
        self.changes.track();
        Storage::Browser.read(&name(table)).as_deref().and_then(parse_layout).unwrap_or_default()
    }

    /// Remembers a layout. Without storage it lasts as long as the page.
    pub fn remember(self, table: TableName, layout: &TableLayout) {
        match *layout == TableLayout::default() {
            true => Storage::Browser.remove(&name(table)),
            false => drop(Storage::Browser.write(&name(table), &layout_text(layout))),
        }
        self.changes.update(|changes| *changes += 1);
    }
}

/// The layout of a table whose address may have one.
pub(crate) fn use_table_layout(
    table: TableName,
    in_address: impl Fn() -> Option<TableLayout> + Send + Sync + 'static,
) -> Memo<TableLayout> {
    let layouts = use_context::<TableLayouts>();
    Memo::new(move |_| in_address().or_else(|| layouts.map(|layouts| layouts.remembered(table))).unwrap_or_default())
}

/// The classes of a table with a layout. Cards of the default columns have a form of their own.
pub(crate) fn laid_out_class(class: &str, table: TableName, layout: &TableLayout) -> String {
    let density = if layout.density == Density::Compact { " is-compact" } else { "" };
    let columns = if table.is_changed(layout) { " is-arranged" } else { "" };
    [class, density, columns].concat()
}

/// The height of a row until it is measured, in px, where it is `comfortable` by default.
pub(crate) fn row_height(layout: &TableLayout, comfortable: f64) -> f64 {
    if layout.density == Density::Compact { 33.0 } else { comfortable }
}
