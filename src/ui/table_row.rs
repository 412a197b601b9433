//! How a table draws a row: the cells at a position, which changes when rows are added, removed or sorted.

use std::sync::Arc;

use leptos::prelude::*;

use super::dynamic;

/// Builds the cells of the row at a position. `None` for a row that is about to be removed.
#[derive(Clone, Copy)]
pub struct TableRow(Callback<Signal<Option<usize>>, AnyView>);

impl TableRow {
    pub(super) fn cells(self, position: Signal<Option<usize>>) -> AnyView {
        self.0.run(position)
    }
}

/// Builds the cells again whenever a signal changes that they read.
impl<F: Fn(usize) -> AnyView + Send + Sync + 'static> From<F> for TableRow {
    fn from(cells: F) -> Self {
        let cells = Arc::new(cells);
        Self(Callback::new(move |position: Signal<Option<usize>>| {
            let cells = cells.clone();
            dynamic(move || position.get().map(|at| cells(at)))
        }))
    }
}

/// The same, but the value of a row may be looked up again without building its cells again: in a list that is still being
/// read, most rows stay as they are.
pub(crate) fn row_of<T: Clone + PartialEq + Send + Sync + 'static>(
    value: impl Fn(usize) -> Option<T> + Send + Sync + 'static,
    cells: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> TableRow {
    let (value, cells) = (Arc::new(value), Arc::new(cells));
    TableRow(Callback::new(move |position: Signal<Option<usize>>| {
        let (value, cells) = (value.clone(), cells.clone());
        let value = Memo::new(move |_| position.get().and_then(|at| value(at)));
        dynamic(move || value.get().map(|value| cells(value)))
    }))
}
