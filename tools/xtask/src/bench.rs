//! Measures the release build in a real browser.
//!
//! Invariant: the measured site is the deployable one, with its compressed files.

use anyhow::Result;

use crate::{build, npm, prerequisites, process::run, progress::step, project::Project, sandbox};

/// Runs the named benches, or all of them, and writes `target/bench.json`.
pub fn bench(project: &Project, names: &[String]) -> Result<()> {
    let browser = prerequisites::browser()?;
    npm::install(project, "tests/bench")?;
    build::ensure(project)?;
    let program = sandbox::build(project)?;
    step("measure", || {
        let mut node = project.command("node");
        node.arg("tests/bench/run.mjs")
            .args(names)
            .env("CHROMIUM", browser.chromium)
            .env("SANDBOX_BIN", program)
            .env("DIST", project.dist())
            .env("BENCH_OUTPUT", project.scratch.join("bench.json"));
        run(&mut node)
    })
}
