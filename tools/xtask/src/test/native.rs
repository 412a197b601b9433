//! Runs all tests that need no browser.
//!
//! Invariant: it tests every package of the workspace.

use std::ffi::OsString;

use anyhow::Result;

use super::tally::{Tally, of_cargo, run_and_count};
use crate::project::Project;

/// Runs `cargo test` on the console, the sandbox and the chores.
pub fn run(project: &Project, arguments: &[OsString]) -> Result<Tally> {
    let mut cargo = project.command("cargo");
    cargo.args(["test", "--workspace", "--no-fail-fast"]).args(arguments);
    run_and_count(&mut cargo, of_cargo)
}
