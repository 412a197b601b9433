//! The types of the API's domain: workspaces, budgets, members, keys, people, spend.
//!
//! Invariant: everything here is pure, without fetches, clock or browser. A value that exists is valid: it was parsed from
//! what a person typed (`parse`) or what the server sent (`Deserialize`).

pub(crate) mod activity;
mod activity_kind;
mod amount;
pub(crate) mod analytics;
pub(crate) mod budget;
mod credits;
mod decimal;
mod display;
pub(crate) mod ids;
mod key;
mod key_change;
pub(crate) mod member;
mod model;
pub(crate) mod month_curve;
mod open_enum;
pub(crate) mod pace;
pub(crate) mod page;
mod patch;
mod percent;
mod person;
mod recorded_spend;
pub(crate) mod slug;
mod spend;
mod steady;
pub(crate) mod text;
pub(crate) mod timestamp;
mod usd;
mod words;
mod workspace;

pub use activity_kind::ActivityKind;
pub use budget::{BudgetState, Interval, SetBudget};
pub use ids::{UserId, WorkspaceId, WorkspaceRef};
pub use member::UserIds;
pub use page::PageRequest;
pub use patch::Patch;
pub use slug::Slug;
pub use timestamp::Timestamp;
pub use usd::Usd;
pub use workspace::{CreateWorkspace, UpdateWorkspace};

pub(crate) use activity::{ActivityDay, DailySpend, WorkspaceDay};
pub(crate) use activity_kind::{ActivityState, KindFilter};
pub(crate) use analytics::{AnalyticsMeta, NamedDay, SpendBy};
pub(crate) use budget::{Budget, BudgetTarget, Budgets, Change, Ladder, Plan, Step, Violation};
pub(crate) use credits::Credits;
pub(crate) use display::{inline_message, inline_text, is_visible, without_direction_marks};
pub(crate) use ids::KeyHash;
pub(crate) use key::{ApiKey, CurrentKey, KeyState};
pub(crate) use key_change::{CreateKey, KeyName, LimitReset, UpdateKey};
pub(crate) use member::{Member, MemberRole};
pub(crate) use model::Model;
pub(crate) use month_curve::MonthCurve;
pub(crate) use pace::Forecast;
pub(crate) use page::{BadRow, Page};
pub(crate) use percent::Percent;
pub(crate) use person::{OrganizationRole, Person};
pub(crate) use recorded_spend::{NamedSpend, RecordedSpend, SpendFigure, SpendRecords, SpendSource};
pub(crate) use spend::{Pressure, Spend};
pub(crate) use steady::SteadyClock;
pub(crate) use text::{SamplingRate, WorkspaceName};
pub(crate) use usd::UsdProblem;
pub(crate) use words::words;
pub(crate) use workspace::{ProviderSort, Workspace};
