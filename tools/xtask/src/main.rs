//! Chores of the project: `serve`, `test`, `build`, `bench`.
//!
//! Invariant: whatever a chore needs it installs or names; it never assumes a prepared machine.

mod build;
mod compress;
mod origin;
mod prerequisites;
mod process;
mod progress;
mod project;
mod sandbox;
mod serve;
mod styles;
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
    /// Build the deployable site into dist/
    Build,
    /// Bundle the stylesheets (Trunk calls this before each build)
    Styles,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            process::defer_to_interruption();
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let arguments = Arguments::parse();
    process::stop_children_when_interrupted()?;
    let project = Project::locate()?;
    match arguments.chore {
        Chore::Serve(options) => serve::serve(&project, &options),
        Chore::Build => build::build(&project),
        Chore::Styles => styles::bundle(&project),
    }
}
