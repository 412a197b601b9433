//! Installs npm packages.
//!
//! Invariant: what is installed is what the lock file beside it says, and installing runs none of it.

use std::{fs, process::Command};

use anyhow::Result;

use crate::{
    prerequisites,
    process::run,
    progress::step,
    project::{Project, read, write},
};

/// Installs the packages of `folder`, unless its lock file is the one that was installed last.
pub fn install(project: &Project, folder: &str) -> Result<()> {
    prerequisites::node()?;
    let path = project.root.join(folder);
    let lock = read(&path.join("package-lock.json"))?;
    let stamp = path.join("node_modules/.installed-lock.json");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let what = format!("install the npm packages of {folder}");
    step(&what, || run(ci().current_dir(&path)))?;
    write(&stamp, lock)
}

/// `npm ci`, which is still to be told its folder.
pub fn ci() -> Command {
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    npm
}
