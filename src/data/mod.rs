//! The one way in: everything that views show of the API is read, cached, cancelled and refreshed here.
//!
//! A view names what it needs by a key ([`use_data`], [`use_many`]). The [`Cache`] reads each key once for all observers,
//! aborts what no view observes, and reads again what a write has invalidated or what belongs to a day that has ended.

mod cache;
mod directory;
mod hooks;
mod key;
mod listing;
mod overview;
mod read;
mod reads;
mod recovery;
mod remote;
mod spend;
mod table;
mod workspaces;

#[cfg(test)]
mod tests;

pub use cache::{Cache, use_cache};
pub use hooks::{Data, use_data, use_many};
pub use read::{ApiRead, Snapshots, Topic, once};
pub use reads::WorkspaceList;
pub use remote::{Freshness, Remote};

pub(crate) use directory::{Directory, PersonIndex, use_directory, use_directory_after, use_directory_if};
pub(crate) use hooks::{Many, Values};
pub(crate) use listing::Listing;
pub(crate) use overview::{AccountCredits, WorkspaceOverview};
pub(crate) use read::Snapshot;
pub(crate) use reads::{
    Dated, DatedSpend, KeyDetails, MemberCount, ModelList, WorkspaceActivity, WorkspaceBudgetUse, WorkspaceBudgets,
    WorkspaceDetails, WorkspaceKeys, WorkspaceMembers, WorkspaceToday,
};
pub(crate) use remote::{Progress, Shared};
pub(crate) use spend::{AnalyticsSchema, CompletedDays, NamedSpendByDay, SpendByDay, SpendThisMonth, SpendToday};
pub(crate) use workspaces::{Workspaces, use_workspaces};
