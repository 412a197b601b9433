//! The Workspaces management API on loopback, with SQLite. It replaces the real API for trying out and testing the
//! console.
//!
//! Invariant: the sandbox shares no code with the console, so that each checks the other.

pub mod access;
pub mod api;
pub mod app;
pub mod args;
pub mod body;
pub mod clock;
pub mod database;
pub mod error;
pub mod faults;
pub mod frame;
pub mod paging;
pub mod ration;
pub mod request_log;
pub mod seed;
pub mod server;
pub mod statics;
pub mod store;
pub mod visitors;
pub mod wire;
