//! The columns of the tables that people arrange: which are shown, in which order, and how dense the rows are.
//!
//! Invariant: a layout comes from an address or from storage, so it is only a wish. Unknown columns are left out, and where
//! none is known, the default ones are shown.

use crate::domain::words;

words! {
    /// How high rows are.
    Density { Comfortable = "comfortable", Compact = "compact" }
}

words! {
    /// The tables that people arrange. Members and their API keys are those of one workspace.
    TableName {
        Workspaces = "workspaces",
        Budgets = "budgets",
        People = "people",
        Members = "members",
        Keys = "keys",
        WorkspaceKeys = "workspace-keys",
    }
}

/// A column that can be hidden and moved. The name of a row is always shown, and first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its word in an address and in storage. Where rows can be sorted by it, this is the word of the order too.
    pub word: &'static str,
    pub label: &'static str,
}

const fn column(word: &'static str, label: &'static str) -> Column {
    Column { word, label }
}

const WORKSPACES: &[Column] = &[
    column("slug", "Slug"),
    column("month", "This month"),
    column("created", "Created"),
    column("updated", "Updated"),
];

const BUDGETS: &[Column] = &[
    column("worst", "Most used"),
    column("forecast", "Forecast"),
    column("lifetime", "Lifetime"),
    column("monthly", "Monthly"),
    column("weekly", "Weekly"),
    column("daily", "Daily"),
];

const PEOPLE: &[Column] = &[column("email", "Email"), column("role", "Role"), column("workspaces", "Workspaces")];

const MEMBERS: &[Column] =
    &[column("email", "Email"), column("role", "Role"), column("since", "Added"), column("keys", "Active keys")];

const KEYS: &[Column] = &[
    column("workspace", "Workspace"),
    column("owner", "Owner"),
    column("state", "State"),
    column("limit", "Limit"),
    column("day", "Today"),
    column("week", "Week"),
    column("month", "Month"),
    column("total", "Total"),
    column("used", "Last used"),
    column("expires", "Expires"),
    column("created", "Created"),
];

impl TableName {
    /// Its columns in their default order, without the name.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Workspaces => WORKSPACES,
            Self::Budgets => BUDGETS,
            Self::People => PEOPLE,
            Self::Members => MEMBERS,
            Self::Keys => KEYS,
            // All but the workspace.
            Self::WorkspaceKeys => KEYS.get(1..).unwrap_or_default(),
        }
    }

    /// The label of the column with the name of a row.
    pub fn title(self) -> &'static str {
        if self == Self::Budgets { "Workspace" } else { "Name" }
    }

    /// The columns that a layout shows, in its order.
    pub fn shown(self, layout: &TableLayout) -> Vec<Column> {
        let all = self.columns();
        let Some(words) = &layout.columns else { return all.to_vec() };
        let mut shown: Vec<Column> = Vec::new();
        for column in words.split(',').filter_map(|word| all.iter().find(|column| column.word == word)) {
            if !shown.contains(column) {
                shown.push(*column);
            }
        }
        if shown.is_empty() && !words.is_empty() { all.to_vec() } else { shown }
    }

    /// The columns that a layout shows as a table names them, with their labels. `parse` reads the word of a column.
    pub fn shown_as<S>(self, layout: &TableLayout, parse: fn(&str) -> Option<S>) -> Vec<(S, &'static str)> {
        self.shown(layout).into_iter().filter_map(|it| Some((parse(it.word)?, it.label))).collect()
    }

    /// Whether a layout shows other columns than by default, or another order of them.
    pub fn is_changed(self, layout: &TableLayout) -> bool {
        layout.columns.is_some() && self.shown(layout) != self.columns()
    }
}

/// The columns of a table and its density, as a person chose them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableLayout {
    /// The words of the columns in their order, with commas between them. `None` for the default columns.
    pub columns: Option<String>,
    pub density: Density,
}

/// No layout has longer words together.
const LONGEST: usize = 400;

impl TableLayout {
    /// Reads the words of an address or of storage. `None` if there is neither.
    pub fn parse(columns: Option<String>, density: Option<&str>) -> Option<Self> {
        let is_letter = |it: u8| matches!(it, b'-' | b',' | b'a'..=b'z');
        let columns = columns.filter(|text| text.len() <= LONGEST && text.bytes().all(is_letter));
        let density = density.and_then(Density::parse);
        (columns.is_some() || density.is_some()).then(|| Self { columns, density: density.unwrap_or_default() })
    }

    /// The words of the columns and of the density, each where it is needed to read the layout back.
    pub fn words(&self) -> (Option<&str>, Option<&'static str>) {
        let density = (self.columns.is_none() || self.density != Density::default()).then(|| self.density.word());
        (self.columns.as_deref(), density)
    }
}

/// A layout while it is being changed: all columns of the table in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrangement {
    table: TableName,
    /// Each column, with whether it is shown.
    pub columns: Vec<(Column, bool)>,
    density: Density,
}

impl Arrangement {
    /// A hidden column is after all columns that it follows by default, so that few move when one is hidden.
    pub fn new(table: TableName, layout: &TableLayout) -> Self {
        let mut columns: Vec<(Column, bool)> = table.shown(layout).into_iter().map(|column| (column, true)).collect();
        for (place, column) in table.columns().iter().enumerate() {
            if !columns.iter().any(|(it, _)| it == column) {
                let is_before = |(it, _): &(Column, bool)| table.columns().iter().take(place).any(|other| other == it);
                let at = columns.iter().rposition(is_before).map_or(0, |at| at + 1);
                columns.insert(at, (*column, false));
            }
        }
        Self { table, columns, density: layout.density }
    }

    pub fn show(&mut self, word: &str, is_shown: bool) {
        if let Some((_, shown)) = self.columns.iter_mut().find(|(column, _)| column.word == word) {
            *shown = is_shown;
        }
    }

    /// Moves a column one place up or down. Returns its new place, or `None` if it is at that end.
    pub fn move_by_one(&mut self, word: &str, is_down: bool) -> Option<usize> {
        let at = self.columns.iter().position(|(column, _)| column.word == word)?;
        let to = if is_down { at + 1 } else { at.checked_sub(1)? };
        if to >= self.columns.len() {
            return None;
        }
        self.columns.swap(at, to);
        Some(to)
    }

    /// The layout that shows these columns.
    pub fn layout(&self) -> TableLayout {
        let shown: Vec<Column> = self.columns.iter().filter(|(_, is_shown)| *is_shown).map(|(it, _)| *it).collect();
        let is_changed = shown != self.table.columns();
        let words = || shown.iter().map(|column| column.word).collect::<Vec<_>>().join(",");
        TableLayout { columns: is_changed.then(words), density: self.density }
    }
}

#[cfg(test)]
mod tests;
