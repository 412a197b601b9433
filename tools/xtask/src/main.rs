//! Chores of the project: `serve`, `test`, `build`, `bench`.
//!
//! Invariant: whatever a chore needs it installs or names; it never assumes a prepared machine.

mod bench;
mod build;
mod check_hosting;
mod compress;
mod imports;
mod licenses;
mod minify;
mod npm;
mod origin;
mod place;
mod prerequisites;
mod process;
mod progress;
mod project;
mod sandbox;
mod seal;
mod serve;
mod snippets;
mod split;
mod styles;
mod test;
mod tools;
mod weight;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use project::Project;

/// Chores of the Workspace Console.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Serve the console beside the sandbox, or in front of a real account
    Serve(serve::Options),
    /// Run the tests: all of them, or the named stages
    Test(test::Options),
    /// Build the deployable site into dist/, and what proxies have to send with it into target/hosting/
    Build(place::Place),
    /// Measure the release build in a real browser
    Bench {
        /// The benches to run, by their file names in tests/bench/benches; all if none is named
        names: Vec<String>,
    },
    /// Check a deployed console from outside: headers, caching, leaks, refusals
    CheckHosting(check_hosting::Options),
    /// Bundle the stylesheets (Trunk calls this before each build)
    Styles,
}

fn main() -> ExitCode {
    run().unwrap_or_else(|error| {
        process::defer_to_interruption();
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn run() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    process::stop_children_when_interrupted()?;
    let project = Project::locate()?;
    match arguments.chore {
        Chore::Serve(options) => serve::serve(&project, &options)?,
        Chore::Test(options) => return Ok(test::test(&project, &options)),
        Chore::Build(place) => {
            build::build_for(&project, &place)?;
            weight::check(&project.dist())?;
        }
        Chore::Bench { names } => bench::bench(&project, &names)?,
        Chore::CheckHosting(options) => check_hosting::check(&options)?,
        Chore::Styles => styles::bundle(&project)?,
    }
    Ok(ExitCode::SUCCESS)
}
