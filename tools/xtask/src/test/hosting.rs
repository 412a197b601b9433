//! Tests the shipped configurations for nginx and Caddy in front of the sandbox: with raw requests, in a browser, and
//! by `check-hosting` on good and broken deployments.
//!
//! Invariant: the proxies serve copies of the release build, at the root of a host and at a path.

use std::{ffi::OsString, path::Path, process::Command};

use anyhow::Result;

use super::tally::{Tally, of_node, run_and_count};
use crate::{
    build, npm,
    place::Place,
    prerequisites,
    process::run as run_to_end,
    progress::step,
    project::{Project, copy_folder},
    sandbox, snippets,
};

const FOLDER: &str = "tests/hosting";
/// The path of the second copy, as in `tests/hosting/support/sites.mjs`.
const PATH: &str = "admin/console";

/// Runs the tests with Node's test runner.
pub fn run(project: &Project, arguments: &[OsString]) -> Result<Tally> {
    let browser = prerequisites::browser()?;
    let proxies = prerequisites::proxies()?;
    npm::install(project, FOLDER)?;
    build::ensure(project)?;
    let sandbox = sandbox::build(project)?;
    // The running program may be older than the sources.
    run_to_end(project.command("cargo").args(["build", "--quiet", "--package", "xtask"]))?;
    let xtask = project.cargo_target.join("debug/xtask");
    let sites = project.scratch.join("hosting-sites");
    step("copy dist/ for the proxies", || place_copies(&project.dist(), &sites))?;

    let mut node = Command::new("node");
    node.args(["--test", "--test-concurrency=2", "--test-timeout=600000"])
        .args(arguments)
        .current_dir(project.root.join(FOLDER))
        .env("CHROMIUM", browser.chromium)
        .env("NGINX", proxies.nginx)
        .env("CADDY", proxies.caddy)
        .env("SANDBOX_BIN", sandbox)
        .env("HOSTING_SITES", sites)
        .env("XTASK", xtask);
    run_and_count(&mut node, of_node)
}

/// Creates two releases: the site as built, and a copy for a path.
fn place_copies(dist: &Path, sites: &Path) -> Result<()> {
    let root = sites.join("root");
    copy_folder(dist, &root.join("site"))?;
    snippets::write_for(&root.join("site"), &root.join("hosting"))?;
    let below = sites.join("path");
    let site = below.join("site").join(PATH);
    copy_folder(dist, &site)?;
    Place::below(PATH)?.apply(&site, &below.join("hosting"))
}
