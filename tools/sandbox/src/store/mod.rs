//! The organization in the database, and its rules.
//!
//! Invariant: a rule is checked in the transaction that writes.

pub mod activity;
pub mod analytics;
pub mod budgets;
pub mod keys;
pub mod members;
pub mod organization;
pub mod settings;
pub mod workspaces;

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Returns a random UUID.
pub fn new_id() -> String {
    Uuid::new_v4().to_string()
}

/// Returns a UUID that is derived from `parts`, for objects that are not stored.
pub fn derived_id(parts: &[&str]) -> String {
    let digest = Sha256::digest(parts.join("\n").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}
