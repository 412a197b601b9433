//! The parts of addresses that say which rows a table shows, and in which order.

use super::Route;
use super::query::{encoded, join, laid_out, layout, order, ordered, parsed, part, value};
use crate::domain::{ActivityState, KindFilter, WorkspaceRef, words};
use crate::search::columns::TableLayout;
use crate::search::order::{BudgetFilter, BudgetSort, KeysFilter, KeysSort, Order, PeopleSort, RoleFilter, SortKey};

/// Which workspaces the list shows, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListQuery {
    /// Searched for in name, slug, description and ID.
    pub search: String,
    pub order: Order<SortKey>,
    /// The columns and the density, where the address has its own.
    pub layout: Option<TableLayout>,
}

impl ListQuery {
    /// Reads a query string. Unknown parts are ignored.
    pub fn parse(query: &str) -> Self {
        let order = order(query, SortKey::parse);
        Self { search: value(query, "q").unwrap_or_default(), order, layout: layout(query) }
    }

    /// Writes the query string, without defaults and without the question mark.
    pub(super) fn write(&self) -> String {
        join([encoded("q", &self.search), ordered(self.order, SortKey::word), laid_out(self.layout.as_ref())])
    }
}

/// Which workspaces the budgets page shows, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BudgetsQuery {
    /// Searched for in name, slug, description and ID.
    pub search: String,
    pub filter: BudgetFilter,
    pub order: Order<BudgetSort>,
    /// The columns and the density, where the address has its own.
    pub layout: Option<TableLayout>,
    pub is_changing: bool,
}

impl BudgetsQuery {
    /// Reads a query string. Unknown parts are ignored.
    pub fn parse(query: &str) -> Self {
        let order = order(query, BudgetSort::parse);
        let filter = parsed(query, "show", BudgetFilter::parse).unwrap_or_default();
        let is_changing = value(query, "panel").as_deref() == Some("change");
        Self { search: value(query, "q").unwrap_or_default(), filter, order, layout: layout(query), is_changing }
    }

    pub fn route(&self) -> Route {
        Route::Budgets(self.clone())
    }

    /// Writes the query string, without defaults and without the question mark.
    pub(super) fn write(&self) -> String {
        join([
            encoded("q", &self.search),
            part("show", (self.filter != BudgetFilter::All).then(|| self.filter.word())),
            ordered(self.order, BudgetSort::word),
            laid_out(self.layout.as_ref()),
            part("panel", self.is_changing.then_some("change")),
        ])
    }
}

/// Which records of activity are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActivityQuery {
    /// Searched for in what was done, to whom, and by whom.
    pub search: String,
    pub kind: KindFilter,
    /// Only those in this state.
    pub state: Option<ActivityState>,
}

impl ActivityQuery {
    /// Reads a query string. Unknown parts are ignored.
    pub fn parse(query: &str) -> Self {
        Self {
            search: value(query, "q").unwrap_or_default(),
            kind: parsed(query, "kind", KindFilter::parse).unwrap_or_default(),
            state: parsed(query, "state", ActivityState::parse),
        }
    }

    pub fn route(&self) -> Route {
        Route::Activity(self.clone())
    }

    /// Writes the query string, without defaults and without the question mark.
    pub(super) fn write(&self) -> String {
        join([
            encoded("q", &self.search),
            part("kind", (self.kind != KindFilter::All).then(|| self.kind.word())),
            part("state", self.state.map(ActivityState::word)),
        ])
    }
}

/// Which people are shown, of one workspace or of the organization, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PeopleQuery {
    /// Searched for in names, email addresses and IDs.
    pub search: String,
    pub role: RoleFilter,
    pub order: Order<PeopleSort>,
    /// The columns and the density, where the address has its own.
    pub layout: Option<TableLayout>,
    pub panel: Option<PeoplePanel>,
}

words! {
    /// A panel over a table of people.
    PeoplePanel { Add = "add", Remove = "remove", Offboard = "offboard" }
}

impl PeopleQuery {
    /// Reads a query string. Unknown parts are ignored.
    pub fn parse(query: &str) -> Self {
        let order = order(query, PeopleSort::parse);
        let role = parsed(query, "role", RoleFilter::parse).unwrap_or_default();
        let panel = parsed(query, "panel", PeoplePanel::parse);
        Self { search: value(query, "q").unwrap_or_default(), role, order, layout: layout(query), panel }
    }

    pub fn on_members(&self, workspace: &WorkspaceRef) -> Route {
        Route::Members(workspace.clone(), self.clone())
    }

    pub fn on_people(&self) -> Route {
        Route::People(self.clone())
    }

    /// Writes the query string, without defaults and without the question mark.
    pub(super) fn write(&self) -> String {
        join([
            encoded("q", &self.search),
            part("role", (self.role != RoleFilter::All).then(|| self.role.word())),
            ordered(self.order, PeopleSort::word),
            laid_out(self.layout.as_ref()),
            part("panel", self.panel.map(PeoplePanel::word)),
        ])
    }
}

/// Which API keys are shown, of one workspace or of all, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeysQuery {
    /// Searched for in names, labels, hashes, workspaces and owners.
    pub search: String,
    pub filter: KeysFilter,
    pub order: Order<KeysSort>,
    /// The columns and the density, where the address has its own.
    pub layout: Option<TableLayout>,
    pub panel: Option<KeysPanel>,
}

words! {
    /// A panel over a table of API keys.
    KeysPanel {
        Create = "create",
        Disable = "disable",
        Enable = "enable",
        Limit = "limit",
        Move = "move",
        Delete = "delete",
        Expiry = "expiry",
    }
}

impl KeysQuery {
    /// Reads a query string. Unknown parts are ignored.
    pub fn parse(query: &str) -> Self {
        Self {
            search: value(query, "q").unwrap_or_default(),
            filter: parsed(query, "show", KeysFilter::parse).unwrap_or_default(),
            order: order(query, KeysSort::parse),
            layout: layout(query),
            panel: parsed(query, "panel", KeysPanel::parse),
        }
    }

    pub fn on_workspace(&self, workspace: &WorkspaceRef) -> Route {
        Route::WorkspaceKeys(workspace.clone(), self.clone())
    }

    pub fn on_all(&self) -> Route {
        Route::Keys(self.clone())
    }

    /// Writes the query string, without defaults and without the question mark.
    pub(super) fn write(&self) -> String {
        join([
            encoded("q", &self.search),
            part("show", (self.filter != KeysFilter::All).then(|| self.filter.word())),
            ordered(self.order, KeysSort::word),
            laid_out(self.layout.as_ref()),
            part("panel", self.panel.map(KeysPanel::word)),
        ])
    }
}
