//! What is depended on: licences, duplicates, sources, known faults.
//!
//! Invariant: each check counts as one test; one that cannot be made counts as none, and is said.

use anyhow::Result;

use super::tally::Tally;
use crate::{
    licenses,
    process::run,
    progress::{note, step},
    project::Project,
    tools,
};

/// Checks that need nothing but `Cargo.lock` and the crates that it names.
const CHECKS: [&str; 3] = ["licenses", "bans", "sources"];

/// Runs `cargo deny`, and lists the licences of what is in the page.
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
        tally += of(check(name, &[]));
    }
    // The database of known faults is a git repository: not every machine reaches it.
    let fetched = step("fetch the database of advisories", || run(project.command(&deny).args(["fetch", "db"])));
    match fetched {
        Ok(()) => tally += of(check("advisories", &["--disable-fetch"])),
        Err(_) => note("advisories: NOT CHECKED, their database cannot be reached from here"),
    }
    tally += of(step("the licences of what is in the page", || licenses::text(project).map(drop)));
    Ok(tally)
}

fn of(result: Result<()>) -> Tally {
    match result {
        Ok(()) => Tally { passed: 1, failed: 0 },
        Err(error) => {
            eprintln!("error: {error:#}");
            Tally { passed: 0, failed: 1 }
        }
    }
}
