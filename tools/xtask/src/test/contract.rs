//! Runs the API's official clients against the sandbox. They are independent of the console, so they verify the
//! sandbox.
//!
//! Invariant: both clients run in their pinned versions.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

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
        run_to_end(pip_install(&python).arg(&file))?;
        write(&stamp, requirements)
    })?;
    Ok(python)
}

/// Returns `pip install` without its file of requirements. It installs only files whose hash the requirements name, and
/// runs no code of a package.
fn pip_install(python: &Path) -> Command {
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "install", "--quiet", "--require-hashes", "--only-binary", ":all:", "--requirement"]);
    pip
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_packages_are_installed_by_their_hashes_and_run_no_code() {
        let pip = pip_install(Path::new("python3"));
        let arguments: Vec<_> = pip.get_args().filter_map(|argument| argument.to_str()).collect();
        assert!(arguments.contains(&"--require-hashes"), "{arguments:?}");
        assert!(arguments.windows(2).any(|pair| pair == ["--only-binary", ":all:"]), "{arguments:?}");
    }

    #[test]
    fn every_python_package_has_one_version_and_known_hashes() -> Result<()> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let text = read(&root.join(PYTHON).join("requirements.txt"))?.replace("\\\n", " ");
        let mut count = 0;
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let version = words.next().and_then(|package| package.split_once("==")).map(|(_, version)| version);
            let is_exact = |version: &str| version.split('.').all(|part| part.parse::<u64>().is_ok());
            assert!(version.is_some_and(is_exact), "{line}");
            let hashes: Vec<_> = words.map(|word| word.strip_prefix("--hash=sha256:").unwrap_or_default()).collect();
            assert!(!hashes.is_empty() && hashes.iter().all(|hash| hash.len() == 64), "{line}");
            count += 1;
        }
        assert!(count > 0, "the file requires nothing");
        Ok(())
    }
}
