//! Workspaces as a file: reading and writing it, and the plan that makes the workspaces as the file says.
//!
//! - [`Document`] is what a file says. [`read`] reads it from YAML, JSON or CSV, and [`write`] writes it, also as HCL.
//! - [`plan`] compares it with the present workspaces. Nothing here knows the API client or a view.
//!
//! Invariant: a file never holds a secret, and two exports differ only where the workspaces do.

mod baseline;
mod clone;
mod document;
mod node;
pub mod plan;
pub mod read;
mod settings;
mod templates;
pub mod write;

pub use baseline::{Baseline, StoredBaseline};
pub use clone::{cloned, names_of_clone};
pub use document::Document;
pub use node::Problem;
pub use settings::Settings;
pub use templates::Template;

#[cfg(test)]
mod tests;
