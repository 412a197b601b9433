//! The JSON of the API.
//!
//! Invariant: these types follow the API's documentation, and share no code with the console.

mod activity;
mod budget;
mod credits;
mod current_key;
mod key;
mod member;
mod model;
mod usd;
mod workspace;

use serde::Serialize;

pub use activity::ActivityItem;
pub use budget::{Budget, Interval, UnknownInterval};
pub use credits::Credits;
pub use current_key::CurrentKey;
pub use key::{Key, Usage};
pub use member::{Member, OrganizationMember, Role};
pub use model::{Architecture, Links, Model, Pricing, TopProvider};
pub use usd::{NotAnAmount, Usd};
pub use workspace::Workspace;

/// One object, or a list without a count: `{"data": …}`.
#[derive(Debug, Serialize)]
pub struct Data<T> {
    /// The object or list.
    pub data: T,
}

/// A page of a list.
#[derive(Debug, Serialize)]
pub struct Listing<T> {
    /// The rows of the page.
    pub data: Vec<T>,
    /// The number of all rows.
    pub total_count: u32,
}

/// `{"deleted": true}`.
#[derive(Debug, Serialize)]
pub struct Deleted {
    deleted: bool,
}

impl Deleted {
    /// The response to a deletion.
    pub const DONE: Self = Self { deleted: true };
}
