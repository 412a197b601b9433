//! Tests the shipped configurations for nginx and Caddy in front of the sandbox: with raw requests, in a browser, and
//! by `check-hosting` on good and broken deployments.
//!
//! Invariant: the proxies serve copies of the release build, at the root of a host and at a path.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use super::tally::{Tally, of_node, run_and_count};
use crate::{
    build, npm,
    place::Place,
    prerequisites,
    process::run as run_to_end,
    progress::step,
    project::{Project, copy_folder, read, write},
    sandbox, snippets,
};

const FOLDER: &str = "tests/hosting";
/// The path of the second copy, as in `tests/hosting/support/sites.mjs`.
const PATH: &str = "admin/console";

/// The tests that also run with a supported release of Caddy. Not the limits for strangers: Caddy 2.11 keeps the connection
/// of a slow client open in one of them.
const SERVER_TESTS: [&str; 10] = [
    "calls.test.mjs",
    "check.test.mjs",
    "encryption.test.mjs",
    "files.test.mjs",
    "hosts.test.mjs",
    "journal.test.mjs",
    "key.test.mjs",
    "log.test.mjs",
    "release.test.mjs",
    "sign-on.test.mjs",
];

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
    let sites = sites(project)?;

    let node = |caddy: &Path| {
        let mut node = Command::new("node");
        node.args(["--test", "--test-concurrency=2", "--test-timeout=600000"])
            .current_dir(project.root.join(FOLDER))
            .env("CHROMIUM", &browser.chromium)
            .env("NGINX", &proxies.nginx)
            .env("CADDY", caddy)
            .env("SANDBOX_BIN", &sandbox)
            .env("HOSTING_SITES", &sites)
            .env("XTASK", &xtask);
        node
    };
    let mut tally = run_and_count(node(&proxies.caddy).args(arguments), of_node)?;
    // Debian's Caddy gets no fixes from its authors any more.
    if arguments.is_empty() {
        let newest = supported_caddy(project)?;
        tally += run_and_count(node(&newest).args(SERVER_TESTS).env("HOSTING_SERVERS", "Caddy"), of_node)?;
    }
    Ok(tally)
}

/// Creates the copies of the release build that the proxies serve, and returns their folder.
pub fn sites(project: &Project) -> Result<PathBuf> {
    let sites = project.scratch.join("hosting-sites");
    step("copy dist/ for the proxies", || place_copies(&project.dist(), &sites))?;
    Ok(sites)
}

/// Returns a release of Caddy that its authors support. Installs it if it is missing.
fn supported_caddy(project: &Project) -> Result<PathBuf> {
    let folder = project.scratch.join("caddy");
    let caddy = folder.join("bin/caddy");
    let file = project.root.join(FOLDER).join("requirements.txt");
    let requirements = read(&file)?;
    let stamp = folder.join("requirements.installed");
    if caddy.is_file() && fs::read_to_string(&stamp).is_ok_and(|text| text == requirements) {
        return Ok(caddy);
    }
    prerequisites::python()?;
    step("install a supported release of Caddy for the hosting tests", || {
        run_to_end(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
        let mut pip = Command::new(folder.join("bin/python"));
        pip.args(["-m", "pip", "install", "--quiet", "--require-hashes", "--only-binary", ":all:", "--no-deps", "-r"]);
        run_to_end(pip.arg(&file))?;
        write(&stamp, requirements)
    })?;
    Ok(caddy)
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
