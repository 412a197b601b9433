//! The types of the API's domain: workspaces, budgets, members, keys, people, spend.
//!
//! Invariant: everything here is pure, without fetches, clock or browser. A value that exists is valid: it was parsed from
//! what a person typed (`parse`) or what the server sent (`Deserialize`).

pub mod activity;
pub mod budget;
pub mod decimal;
pub mod display;
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

pub use activity::{ActivityDay, DailySpend};
pub use budget::{
    Budget, BudgetState, BudgetTarget, Budgets, Change, Interval, Ladder, Plan, SetBudget, Step, ValidLadder, Violation,
};
pub use display::{inline_message, inline_text, is_visible, without_direction_marks};
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
