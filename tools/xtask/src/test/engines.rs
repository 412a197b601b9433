//! Runs the main journeys in Chromium, Firefox and WebKit, on the release build, and writes through both proxies.
//!
//! Invariant: each engine has run as many journeys as the others.

use std::{ffi::OsString, process::Command};

use anyhow::Result;

use super::{
    hosting,
    tally::{Tally, run_and_count},
};
use crate::{build, engines::Engines, npm, prerequisites, project::Project, sandbox};

const FOLDER: &str = "tests/engines";
/// The tests of each engine. The slowest one starts first.
const TESTS: [&str; 3] = ["WebKit.test.mjs", "Firefox.test.mjs", "Chromium.test.mjs"];

/// Runs the journeys with Node's test runner, two engines at a time.
pub fn run(project: &Project, arguments: &[OsString]) -> Result<Tally> {
    let proxies = prerequisites::proxies()?;
    npm::install(project, FOLDER)?;
    build::ensure(project)?;
    let program = sandbox::build(project)?;
    let sites = hosting::sites(project)?;
    let engines = Engines::prepare()?;
    let mut node = Command::new("node");
    node.args(["--test", "--test-concurrency=2", "--test-timeout=600000", "--test-reporter=./support/reporter.mjs"])
        .args(arguments)
        .args(TESTS)
        .current_dir(project.root.join(FOLDER))
        .envs(engines.variables())
        .env("NGINX", &proxies.nginx)
        .env("CADDY", &proxies.caddy)
        .env("SANDBOX_BIN", program)
        .env("DIST", project.dist())
        .env("HOSTING_SITES", sites);
    run_and_count(&mut node, of_engine)
}

/// Reads `Firefox: 14 passed, 0 failed in 61 s`, which the reporter prints for each engine at its end, and
/// `failed: Firefox: …` for each failure. Both are notes of the summary, too.
fn of_engine(line: &str) -> Option<Tally> {
    if line.starts_with("failed: ") {
        return Some(Tally { notes: vec![line.to_owned()], ..Tally::default() });
    }
    let (engine, counts) = line.split_once(": ")?;
    let (passed, rest) = counts.split_once(" passed, ")?;
    let (failed, _) = rest.split_once(" failed in ")?;
    if engine.contains(' ') {
        return None;
    }
    Some(Tally { passed: passed.parse().ok()?, failed: failed.parse().ok()?, notes: vec![line.to_owned()] })
}

#[cfg(test)]
mod tests {
    use super::{Tally, of_engine};

    #[test]
    fn each_engine_is_counted_and_noted() {
        let line = "Firefox: 14 passed, 2 failed in 61 s";
        assert_eq!(of_engine(line), Some(Tally { passed: 14, failed: 2, notes: vec![line.to_owned()] }));
        let failure = "failed: Firefox: a workspace is created: it was not";
        assert_eq!(of_engine(failure), Some(Tally { notes: vec![failure.to_owned()], ..Tally::default() }));
        assert_eq!(of_engine("✔ Firefox: 3 passed, 1 failed in 2 s (20 ms)"), None);
        assert_eq!(of_engine("✔ Firefox: a workspace is created (2867 ms)"), None);
    }
}
