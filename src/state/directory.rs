//! The directory of the organization, under the names that it had before [`crate::data`].

pub use crate::data::{Directory, use_directory};
