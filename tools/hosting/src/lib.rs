//! The headers and the policy that a host sends with the console's files. The sandbox sends them, the build writes them
//! down for proxies, and `check-hosting` compares a deployed console with them. `nginx/` and `caddy/` hold the
//! configurations to deploy.
//!
//! Invariant: this crate knows names and values, but no server.

pub mod cache;
pub mod headers;
pub mod page;
pub mod policy;
