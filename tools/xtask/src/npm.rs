//! Installs the npm packages of one folder.
//!
//! Invariant: what is installed is what the folder's lock file says.

use std::{fs, path::Path, process::Command};

use anyhow::Result;

use crate::{
    prerequisites,
    process::run,
    progress::step,
    project::{Project, read, write},
};

/// Runs `npm ci` in `folder`, unless its lock file is the one that was installed last.
pub fn install(project: &Project, folder: &str) -> Result<()> {
    prerequisites::node()?;
    let path = project.root.join(folder);
    let lock = read(&path.join("package-lock.json"))?;
    let stamp = path.join("node_modules/.installed-lock.json");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    step(&format!("install the npm packages of {folder}"), || run(npm(&path).args(["ci", "--no-audit", "--no-fund"])))?;
    write(&stamp, lock)
}

fn npm(folder: &Path) -> Command {
    let mut npm = Command::new("npm");
    // The browser comes from the system's packages.
    npm.current_dir(folder).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    npm
}
