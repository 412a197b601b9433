//! The Workspace Console: a single-page admin console for the Workspaces management API.
//!
//! Modules stand in reading order; each knows only those above it (`tests/architecture.rs` holds the rules).

pub mod domain;

pub mod api;
pub mod routes;

pub mod forms;

#[cfg(target_arch = "wasm32")]
pub mod state;
#[cfg(target_arch = "wasm32")]
pub mod ui;

#[cfg(target_arch = "wasm32")]
pub mod components;

#[cfg(target_arch = "wasm32")]
pub mod pages;

#[cfg(target_arch = "wasm32")]
pub mod app;
#[cfg(target_arch = "wasm32")]
pub mod panic;
