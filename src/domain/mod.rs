//! The organization's things as the API speaks of them: workspaces, budgets, members, keys, people, spend.
//!
//! Invariant: everything here is pure. No fetch, no clock, no browser; a value that exists is valid, because each
//! type is parsed at the edge (`parse` for what a person typed, `Deserialize` for what the server sent).

pub mod activity;
pub mod budget;
pub mod decimal;
pub mod foreign;
pub mod ids;
pub mod key;
pub mod member;
pub mod model;
pub mod page;
pub mod patch;
pub mod percent;
pub mod person;
pub mod slug;
pub mod spend;
pub mod text;
pub mod timestamp;
pub mod usd;
pub mod workspace;

pub use activity::{ActivityDay, DayOfSpend};
pub use budget::{
    Budget, BudgetState, Budgets, Change, Interval, Ladder, Plan, SetBudget, SoundLadder, Step, Violation, Wanted,
};
pub use foreign::{in_order, in_words, is_visible, message_in_words};
pub use ids::{KeyHash, MembershipId, UserId, WorkspaceId, WorkspaceRef};
pub use key::{ApiKey, CurrentKey};
pub use member::{Member, MemberRole, RemovedMembers, UserIds};
pub use model::Model;
pub use page::{BadRow, Page, PageRequest};
pub use patch::Patch;
pub use percent::Percent;
pub use person::{OrganizationRole, Person};
pub use slug::{Slug, SlugProblem};
pub use spend::{Pressure, Spend};
pub use text::{Description, SamplingRate, WorkspaceName};
pub use timestamp::Timestamp;
pub use usd::{Usd, UsdProblem};
pub use workspace::{CreateWorkspace, ProviderSort, UpdateWorkspace, Workspace};
