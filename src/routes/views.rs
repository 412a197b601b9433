//! What the addresses of all arranged tables have in common: their layout and their order, whatever the columns are.

use super::query::{laid_out, layout};
use super::{Route, base};
use crate::search::columns::{TableLayout, TableName};
use crate::search::order::{BudgetSort, Direction, KeysSort, Order, PeopleSort, SortColumn, SortKey, first_direction};

/// A column by its word, and its direction.
pub type SortedBy = (&'static str, Direction);

/// An order by the words of its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortWords {
    pub first: SortedBy,
    pub then: Option<SortedBy>,
}

fn words<S: SortColumn>(order: Order<S>, word: fn(S) -> &'static str) -> SortWords {
    let named = |(column, direction)| (word(column), direction);
    SortWords { first: named((order.column, order.direction)), then: order.then.map(named) }
}

fn order_of<S: SortColumn>(words: SortWords, parse: fn(&str) -> Option<S>) -> Order<S> {
    let SortWords { first: (column, direction), then } = words;
    let order = Order { direction, ..Order::by(parse(column).unwrap_or_default()) };
    order.then_by(then.and_then(|(column, direction)| Some((parse(column)?, direction))))
}

impl Route {
    /// The table of the view, if people can arrange it.
    pub fn table(&self) -> Option<TableName> {
        match self {
            Self::Workspaces(_) => Some(TableName::Workspaces),
            Self::Budgets(_) => Some(TableName::Budgets),
            Self::People(_) => Some(TableName::People),
            Self::Members(..) => Some(TableName::Members),
            Self::Keys(_) => Some(TableName::Keys),
            Self::WorkspaceKeys(..) => Some(TableName::WorkspaceKeys),
            _ => None,
        }
    }

    /// The layout that the address has.
    pub fn layout(&self) -> Option<&TableLayout> {
        match self {
            Self::Workspaces(query) => query.layout.as_ref(),
            Self::Budgets(query) => query.layout.as_ref(),
            Self::People(query) | Self::Members(_, query) => query.layout.as_ref(),
            Self::Keys(query) | Self::WorkspaceKeys(_, query) => query.layout.as_ref(),
            _ => None,
        }
    }

    /// The view with another layout in its address, or without one.
    #[must_use]
    pub fn with_layout(mut self, layout: Option<TableLayout>) -> Self {
        match &mut self {
            Self::Workspaces(query) => query.layout = layout,
            Self::Budgets(query) => query.layout = layout,
            Self::People(query) | Self::Members(_, query) => query.layout = layout,
            Self::Keys(query) | Self::WorkspaceKeys(_, query) => query.layout = layout,
            _ => {}
        }
        self
    }

    /// The order of the table, if the view has one.
    pub fn sort_words(&self) -> Option<SortWords> {
        match self {
            Self::Workspaces(query) => Some(words(query.order, SortKey::word)),
            Self::Budgets(query) => Some(words(query.order, BudgetSort::word)),
            Self::People(query) | Self::Members(_, query) => Some(words(query.order, PeopleSort::word)),
            Self::Keys(query) | Self::WorkspaceKeys(_, query) => Some(words(query.order, KeysSort::word)),
            _ => None,
        }
    }

    /// The view in another order. An unknown column is the default one.
    #[must_use]
    pub fn with_sort(mut self, words: SortWords) -> Self {
        match &mut self {
            Self::Workspaces(query) => query.order = order_of(words, SortKey::parse),
            Self::Budgets(query) => query.order = order_of(words, BudgetSort::parse),
            Self::People(query) | Self::Members(_, query) => query.order = order_of(words, PeopleSort::parse),
            Self::Keys(query) | Self::WorkspaceKeys(_, query) => query.order = order_of(words, KeysSort::parse),
            _ => {}
        }
        self
    }

    /// The direction in which a column is sorted first. `None` if the table can't be sorted by it.
    pub fn first_direction_of(&self, column: &str) -> Option<Direction> {
        match self {
            Self::Workspaces(_) => SortKey::parse(column).map(first_direction),
            Self::Budgets(_) => BudgetSort::parse(column).map(first_direction),
            Self::People(_) | Self::Members(..) => PeopleSort::parse(column).map(first_direction),
            Self::Keys(_) | Self::WorkspaceKeys(..) => KeysSort::parse(column).map(first_direction),
            _ => None,
        }
    }

    /// The view without the panel that is open over its table.
    #[must_use]
    pub fn without_panel(mut self) -> Self {
        match &mut self {
            Self::Budgets(query) => query.is_changing = false,
            Self::People(query) | Self::Members(_, query) => query.panel = None,
            Self::Keys(query) | Self::WorkspaceKeys(_, query) => query.panel = None,
            _ => {}
        }
        self
    }

    /// The path and query of the view, wherever the console is hosted.
    pub fn address(&self) -> String {
        let href = self.href();
        base::below(base::base(), &href).unwrap_or(&href).to_owned()
    }

    /// The view at an [`address`](Self::address).
    pub fn at_address(address: &str) -> Self {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        Self::parse(&[base::base(), path].concat(), query)
    }
}

/// A layout as a text for storage.
pub fn layout_text(stored: &TableLayout) -> String {
    laid_out(Some(stored)).unwrap_or_default()
}

/// Reads what [`layout_text`] wrote. `None` if the text is something else.
pub fn parse_layout(text: &str) -> Option<TableLayout> {
    layout(text)
}

#[cfg(test)]
mod tests;
