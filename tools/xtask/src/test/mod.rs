//! Runs the test stages, and adds up the counts of their runners.
//!
//! Invariant: the last line is `N passed, M failed`. M is 0 only if every selected stage ran a test and none failed.

mod advisories;
mod browser;
mod contract;
mod e2e;
mod engines;
mod hosting;
mod native;
mod supply;
mod tally;

use std::{
    env,
    ffi::OsString,
    process::{Command, ExitCode, Stdio},
    time::Instant,
};

use anyhow::{Result, anyhow};
use clap::{Args, ValueEnum};

use crate::{
    build,
    process::{self, Running},
    progress::{note, seconds, step},
    project::Project,
};
use tally::Tally;

/// The tests to run.
#[derive(Args)]
pub struct Options {
    /// The stages to run, in the order below. Default: all
    stages: Vec<Stage>,
    /// Arguments for the stages' test runners, such as the name of a test
    #[arg(last = true)]
    arguments: Vec<OsString>,
}

/// A part of the tests with its own runner.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Stage {
    /// Tests without a browser: the pure code, the sandbox, the chores
    Native,
    /// The dependencies: licenses, duplicates, sources, known vulnerabilities
    Supply,
    /// Components and the client, in Chromium, Firefox and WebKit
    Browser,
    /// The API's official clients against the sandbox
    Contract,
    /// Journeys through the release build
    E2e,
    /// The main journeys, and writes through both proxies, in Chromium, Firefox and WebKit
    Engines,
    /// The shipped configurations for nginx and Caddy, and check-hosting
    Hosting,
}

impl Stage {
    fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Supply => "supply",
            Self::Browser => "browser",
            Self::Contract => "contract",
            Self::E2e => "e2e",
            Self::Engines => "engines",
            Self::Hosting => "hosting",
        }
    }

    /// Whether it runs on the built site.
    fn needs_site(self) -> bool {
        matches!(self, Self::E2e | Self::Engines | Self::Hosting)
    }

    fn run(self, project: &Project, arguments: &[OsString]) -> Result<Tally> {
        match self {
            Self::Native => native::run(project, arguments),
            Self::Supply => supply::run_checks(project),
            Self::Browser => browser::run(project, arguments),
            Self::Contract => contract::run(project),
            Self::E2e => e2e::run(project, arguments),
            Self::Engines => engines::run(project, arguments),
            Self::Hosting => hosting::run(project, arguments),
        }
    }
}

/// Runs the selected stages one after another, also after one has failed.
pub fn test(project: &Project, options: &Options) -> ExitCode {
    let is_selected = |stage: &Stage| options.stages.is_empty() || options.stages.contains(stage);
    let stages: Vec<_> = Stage::value_variants().iter().filter(|stage| is_selected(stage)).collect();
    let mut site = build_beside(project, &stages);
    let mut summary = Vec::new();
    let mut total = Tally::default();
    for stage in stages {
        let name = stage.name();
        println!("── {name} ──");
        if stage.needs_site() {
            site.take().into_iter().for_each(wait_for_site);
        }
        let started = Instant::now();
        let result = stage.run(project, &options.arguments).and_then(|tally| at_least_one(tally, name));
        process::defer_to_interruption();
        let tally = result.unwrap_or_else(|error| Tally::of_error(&error));
        summary.push(format!("{name:<10}{tally} ({})", seconds(started.elapsed())));
        summary.extend(tally.notes.iter().map(|note| format!("  {note}")));
        total += tally;
    }
    println!("── summary ──\n{}\n{total}", summary.join("\n"));
    if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Begins to build the site where other stages come first. For most of the time that takes one thread, so those stages run
/// beside it. A build that fails is made again, and reported, by the first stage that needs the site.
fn build_beside(project: &Project, stages: &[&Stage]) -> Option<Running> {
    let is_later = stages.first().is_some_and(|first| !first.needs_site()) && stages.iter().any(|it| it.needs_site());
    if !is_later || build::is_fresh(project).unwrap_or(false) {
        return None;
    }
    let mut command = Command::new(env::current_exe().ok()?);
    command.arg("build").current_dir(&project.root).stdout(Stdio::null()).stderr(Stdio::null());
    note("the site is built beside the first stages");
    Running::spawn(&mut command).ok()
}

fn wait_for_site(mut site: Running) {
    // The stage looks at what was built, whatever the status is.
    let _ = step("wait for the site", || site.wait());
}

/// Returns an error if no test ran.
fn at_least_one(tally: Tally, place: &str) -> Result<Tally> {
    if tally == Tally::default() {
        return Err(anyhow!("no test ran: {place}"));
    }
    Ok(tally)
}
