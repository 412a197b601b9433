//! What a host of the console has to send with its files: the one place that says so, for the sandbox, which does it,
//! for the build, which writes it down for proxies, and for the check of a deployed console.
//!
//! Invariant: it knows names and values and nothing of any server.

pub mod cache;
pub mod headers;
pub mod policy;
