//! What goes over the wire, as the API writes it.
//!
//! Invariant: these types are the sandbox's own, read off the API's description.

mod activity;
mod budget;
mod current_key;
mod key;
mod member;
mod model;
mod usd;
mod workspace;

use serde::Serialize;

pub use activity::ActivityItem;
pub use budget::{Budget, Interval, UnknownInterval};
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
    /// All rows, on whatever page.
    pub total_count: u32,
}

/// `{"deleted": true}`.
#[derive(Debug, Serialize)]
pub struct Deleted {
    deleted: bool,
}

impl Deleted {
    /// The answer to a deletion.
    pub const DONE: Self = Self { deleted: true };
}
