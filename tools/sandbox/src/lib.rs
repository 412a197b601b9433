//! The Workspaces management API on loopback, over SQLite: a stand-in for the real one, for trying
//! the console out and for testing it.
//!
//! Invariant: nothing here comes from the console. The two meet only on the wire, so that each
//! checks the other.

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
pub mod request_log;
pub mod seed;
pub mod server;
pub mod statics;
pub mod store;
pub mod wire;
