//! Checks the dependencies: licenses, duplicates, sources, known vulnerabilities.
//!
//! Invariant: each check counts as one test. A check that cannot run is named in the summary, and does not count.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use super::{advisories, tally::Tally};
use crate::{licenses, process::run, progress::step, project::Project, tools};

/// Checks that only need `Cargo.lock` and its crates.
const CHECKS: [&str; 3] = ["licenses", "bans", "sources"];

/// The line of the summary for a database that cannot be fetched.
pub const NOT_CHECKED: &str = "known vulnerabilities: NOT CHECKED, because their database cannot be fetched";

/// Runs `cargo deny`, and lists the licenses of the packages in the page.
pub fn run_checks(project: &Project) -> Result<Tally> {
    let deny = CargoDeny { project, program: tools::cargo_deny()? };
    let config = project.root.join("deny.toml");
    let mut tally = Tally::default();
    for name in CHECKS {
        let check = step(&format!("cargo deny: {name}"), || run(&mut deny.check(&config, name)));
        tally += Tally::of_check(check);
    }
    let works = step("cargo deny: advisories of a local database", || advisories::expect_found(&deny, &config));
    tally += Tally::of_check(works);
    tally += check_advisories(&deny, &config, run);
    tally += Tally::of_check(step("the licenses of the packages in the page", || licenses::text(project).map(drop)));
    Ok(tally)
}

/// Fetches the advisory database, and checks the dependencies against it. Runs each command with `run`.
pub fn check_advisories(deny: &CargoDeny, config: &Path, run: impl Fn(&mut Command) -> Result<()>) -> Tally {
    // The advisory database is a git repository, which some machines cannot reach.
    match step("fetch the advisory database", || run(&mut deny.fetch_advisories(config))) {
        Ok(()) => Tally::of_check(step("cargo deny: advisories", || run(&mut deny.check_advisories(config)))),
        Err(error) => Tally { notes: vec![format!("{NOT_CHECKED}: {error:#}")], ..Tally::default() },
    }
}

/// The commands of cargo-deny for this project.
pub struct CargoDeny<'a> {
    /// The project to check.
    pub project: &'a Project,
    /// The installed program.
    pub program: PathBuf,
}

impl CargoDeny<'_> {
    /// Returns the command that fetches the advisory database.
    pub fn fetch_advisories(&self, config: &Path) -> Command {
        self.command(config, &["fetch", "db"])
    }

    /// Returns the command that checks the advisories of the fetched database. Without `--offline` it would fetch again.
    pub fn check_advisories(&self, config: &Path) -> Command {
        self.command(config, &["--offline", "check", "--hide-inclusion-graph", "advisories"])
    }

    fn check(&self, config: &Path, name: &str) -> Command {
        self.command(config, &["check", "--hide-inclusion-graph", name])
    }

    fn command(&self, config: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(&self.project.root).args(["--workspace", "--locked", "--config"]).arg(config);
        command.args(arguments);
        command
    }
}
