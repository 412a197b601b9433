//! The rows of a table as a CSV file: the selected ones, or else those that are shown, with the shown columns.

use leptos::prelude::*;

use super::ArrangedTable;
use crate::components::{Action, offer_actions, save_table};
use crate::domain::Timestamp;
use crate::search::columns::Column;
use crate::ui::{Button, Icon};
use crate::write::Notices;

/// What a table exports.
#[derive(Clone, Copy)]
pub(crate) struct TableExport {
    /// What the rows are, such as `members`.
    pub noun: &'static str,
    /// Whether some of them are still being loaded.
    pub is_loading: Signal<bool>,
    /// Further columns of the file, for what the table shows inside of another column.
    pub details: &'static [&'static str],
    /// The selected rows, or else those that are shown: the name, a text for each of these columns and details, and the ID.
    pub rows: Callback<Vec<Column>, Vec<Vec<String>>>,
}

/// A time as files have it: as the API wrote it, or empty.
pub(crate) fn exact_time(at: Option<&Timestamp>) -> String {
    at.map(|at| at.as_str().to_owned()).unwrap_or_default()
}

/// Saves the file, from the menu and from the command palette.
pub(super) fn saving(table: ArrangedTable, export: TableExport) -> Callback<()> {
    let notices: Notices = expect_context();
    let save = Callback::new(move |()| {
        let columns = table.layout.with_untracked(|layout| table.name.shown(layout));
        let labels = columns.iter().map(|column| column.label);
        let labels = std::iter::once(table.name.title()).chain(labels).chain(export.details.iter().copied());
        let head = labels.chain(["ID"]).map(str::to_owned).collect();
        let rows = untrack(|| export.rows.run(columns));
        save_table(notices, table.name.word(), std::iter::once(head).chain(rows));
    });
    offer_actions(move || {
        let label = || ["Export ", export.noun, " as CSV"].concat();
        (!export.is_loading.get()).then(|| Action::run(Icon::External, label(), save)).into_iter().collect()
    });
    save
}

#[component]
pub(super) fn ExportButton(export: TableExport, save: Callback<()>) -> impl IntoView {
    let reason =
        Signal::derive(move || export.is_loading.get().then(|| ["The ", export.noun, " are still loading"].concat()));
    view! { <Button icon=Icon::External disabled_reason=reason on_click=save>"Export CSV"</Button> }
}
