//! Runs the API's official clients against the sandbox. They are independent of the console, so they verify the
//! sandbox.
//!
//! Invariant: both clients run in their pinned versions.

use std::{fs, path::PathBuf, process::Command};

use anyhow::Result;

use super::tally::{Tally, of_node, of_pytest, run_and_count};
use crate::{
    npm, prerequisites,
    process::run as run_to_end,
    progress::step,
    project::{Project, read, write},
    sandbox,
};

const NPM: &str = "tests/contract/npm";
const PYTHON: &str = "tests/contract/python";

/// Runs the tests with the npm client and the PyPI client.
pub fn run(project: &Project) -> Result<Tally> {
    let program = sandbox::build(project)?;
    npm::install(project, NPM)?;
    let python = environment(project)?;

    let mut node = project.command("npm");
    node.args(["test", "--prefix", NPM]).env("SANDBOX_BIN", &program);
    let mut tally = run_and_count(&mut node, of_node)?;

    let mut pytest = Command::new(python);
    pytest
        .args(["-m", "pytest"])
        .current_dir(project.root.join(PYTHON))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("SANDBOX_BIN", &program);
    tally += run_and_count(&mut pytest, of_pytest)?;
    Ok(tally)
}

/// Returns the Python of a virtual environment with the requirements. Creates it again when they change.
fn environment(project: &Project) -> Result<PathBuf> {
    let folder = project.scratch.join("python");
    let python = folder.join("bin/python");
    let file = project.root.join(PYTHON).join("requirements.txt");
    let requirements = read(&file)?;
    let stamp = folder.join("requirements.installed");
    if python.is_file() && fs::read_to_string(&stamp).is_ok_and(|text| text == requirements) {
        return Ok(python);
    }
    prerequisites::python()?;
    step("install the Python packages of the contract tests", || {
        run_to_end(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
        let mut pip = Command::new(&python);
        run_to_end(pip.args(["-m", "pip", "install", "--quiet", "-r"]).arg(&file))?;
        write(&stamp, requirements)
    })?;
    Ok(python)
}
