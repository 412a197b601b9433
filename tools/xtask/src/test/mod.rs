//! Runs the test stages and sums up what their runners counted.
//!
//! Invariant: the last line is `N passed, M failed`, and M is 0 only if every selected stage ran at
//! least one test and none failed.

mod browser;
mod contract;
mod e2e;
mod hosting;
mod native;
mod supply;
mod tally;

use std::{ffi::OsString, process::ExitCode, time::Instant};

use anyhow::{Result, anyhow};
use clap::{Args, ValueEnum};

use crate::{process, progress::seconds, project::Project};
use tally::Tally;

/// Which tests to run.
#[derive(Args)]
pub struct Options {
    /// The stages to run, in the order below; all of them if none is named
    stages: Vec<Stage>,
    /// Arguments for the stages' own runners, such as a test's name
    #[arg(last = true)]
    arguments: Vec<OsString>,
}

/// A part of the tests with a runner of its own.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Stage {
    /// What runs without a browser: the pure code, the sandbox, the chores
    Native,
    /// What is depended on: licences, duplicates, sources, known faults
    Supply,
    /// Components and the client, in headless Chromium and Firefox
    Browser,
    /// The API's official clients against the sandbox
    Contract,
    /// Journeys through the release build
    E2e,
    /// The shipped configurations for nginx and Caddy, and the check of deployed consoles
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
            Self::Hosting => "hosting",
        }
    }

    fn run(self, project: &Project, arguments: &[OsString]) -> Result<Tally> {
        match self {
            Self::Native => native::run(project, arguments),
            Self::Supply => supply::run_checks(project),
            Self::Browser => browser::run(project, arguments),
            Self::Contract => contract::run(project),
            Self::E2e => e2e::run(project, arguments),
            Self::Hosting => hosting::run(project, arguments),
        }
    }
}

/// Runs the selected stages one after the other, each of them whether or not another has failed.
pub fn test(project: &Project, options: &Options) -> ExitCode {
    let is_selected = |stage: &Stage| options.stages.is_empty() || options.stages.contains(stage);
    let stages = Stage::value_variants().iter().filter(|stage| is_selected(stage));
    let mut summary = Vec::new();
    let mut total = Tally::default();
    for stage in stages {
        let name = stage.name();
        println!("── {name} ──");
        let started = Instant::now();
        let result = stage.run(project, &options.arguments).and_then(|tally| at_least_one(tally, name));
        process::defer_to_interruption();
        let tally = result.unwrap_or_else(|error| {
            eprintln!("error: {error:#}");
            Tally { passed: 0, failed: 1 }
        });
        total += tally;
        summary.push(format!("{name:<10}{tally} ({})", seconds(started.elapsed())));
    }
    println!("── summary ──\n{}\n{total}", summary.join("\n"));
    if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// That nothing ran is a failure.
fn at_least_one(tally: Tally, place: &str) -> Result<Tally> {
    if tally == Tally::default() {
        return Err(anyhow!("not a single test ran: {place}"));
    }
    Ok(tally)
}
