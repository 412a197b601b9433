//! Checks the dependencies: licenses, duplicates, sources, known vulnerabilities.
//!
//! Invariant: each check counts as one test. A check that cannot run is reported, and does not count.

use anyhow::Result;

use super::tally::Tally;
use crate::{
    licenses,
    process::run,
    progress::{note, step},
    project::Project,
    tools,
};

/// Checks that only need `Cargo.lock` and its crates.
const CHECKS: [&str; 3] = ["licenses", "bans", "sources"];

/// Runs `cargo deny`, and lists the licenses of the packages in the page.
pub fn run_checks(project: &Project) -> Result<Tally> {
    let deny = tools::cargo_deny()?;
    let deny = deny.to_string_lossy();
    let check = |check: &str, arguments: &[&str]| {
        let mut command = project.command(&deny);
        command.args(["--workspace", "--locked", "check", "--hide-inclusion-graph"]).args(arguments).arg(check);
        step(&format!("cargo deny: {check}"), || run(&mut command))
    };
    let mut tally = Tally::default();
    for name in CHECKS {
        tally += Tally::of_check(check(name, &[]));
    }
    // The advisory database is a git repository, which some machines cannot reach.
    let fetched = step("fetch the advisory database", || run(project.command(&deny).args(["fetch", "db"])));
    match fetched {
        Ok(()) => tally += Tally::of_check(check("advisories", &["--disable-fetch"])),
        Err(_) => note("advisories: NOT CHECKED, because their database cannot be reached"),
    }
    tally += Tally::of_check(step("the licenses of the packages in the page", || licenses::text(project).map(drop)));
    Ok(tally)
}
