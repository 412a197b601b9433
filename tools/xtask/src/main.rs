//! The project's chores: `serve`, `test`, `build`, `bench`.
//!
//! Invariant: a chore installs what it needs, or names it. It never assumes a prepared machine.

mod assets;
mod bench;
mod build;
mod check_hosting;
mod compress;
mod engines;
mod imports;
mod licenses;
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
mod similarity;
mod snippets;
mod split;
mod streams;
mod test;
mod tools;
mod wasm;
mod weight;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use project::Project;
use tools::Tools;

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
    /// Build the deployable site into dist/, and its policy for proxies into target/hosting/
    Build(place::Place),
    /// Measure the release build in a real browser
    Bench {
        /// The benches to run, by their file names in tests/bench/benches. Default: all
        names: Vec<String>,
    },
    /// Check a deployed console from outside: headers, caching, leaks, refusals
    CheckHosting(check_hosting::Options),
    /// Bundle the stylesheets and the first script (Trunk calls this before each build)
    Assets,
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
        Chore::Assets => assets::bundle(&project, &Tools::for_assets(&project)?)?,
    }
    Ok(ExitCode::SUCCESS)
}
