//! Runs the journeys through the release build in a browser, and checks its weight.
//!
//! Invariant: the journeys run on the deployable site of the present sources.

use std::{ffi::OsString, fs};

use anyhow::{Context, Result};
use serde_json::Value;

use super::tally::Tally;
use crate::{
    build, npm, prerequisites,
    process::{Running, run as run_to_end},
    progress::step,
    project::{Project, read},
    sandbox, weight,
};

const FOLDER: &str = "tests/e2e";

/// Runs Playwright on all journeys.
pub fn run(project: &Project, arguments: &[OsString]) -> Result<Tally> {
    let browser = prerequisites::browser()?;
    npm::install(project, FOLDER)?;
    build::ensure(project)?;
    let program = sandbox::build(project)?;
    step("check the types of the journeys", || run_to_end(&mut tool(project, "tsc")))?;

    let report = project.scratch.join("e2e/report.json");
    if report.is_file() {
        fs::remove_file(&report)?;
    }
    let mut playwright = tool(project, "playwright");
    playwright
        .arg("test")
        .args(arguments)
        .env("CHROMIUM", browser.chromium)
        .env("SANDBOX_BIN", program)
        .env("DIST", project.dist());
    let status = Running::spawn(&mut playwright)?.wait()?;
    let mut tally = of_playwright(&read(&report)?)?.with_status(status);
    tally += Tally::of_check(weight::check(&project.dist()));
    Ok(tally)
}

fn tool(project: &Project, name: &str) -> std::process::Command {
    let folder = project.root.join(FOLDER);
    let mut command = std::process::Command::new(folder.join("node_modules/.bin").join(name));
    command.current_dir(folder);
    command
}

/// Reads Playwright's JSON report. A flaky test counts as failed.
fn of_playwright(report: &str) -> Result<Tally> {
    let report: Value = serde_json::from_str(report).context("Playwright's report is not JSON")?;
    let count = |name: &str| report["stats"][name].as_u64().unwrap_or_default();
    let errors = report["errors"].as_array().map_or(0, Vec::len);
    let failed = count("unexpected") + count("flaky") + u64::try_from(errors)?;
    Ok(Tally { passed: count("expected"), failed, ..Tally::default() })
}

#[cfg(test)]
mod tests {
    use anyhow::Result;

    use super::{Tally, of_playwright};

    #[test]
    fn flaky_journeys_and_errors_outside_of_journeys_are_failures() -> Result<()> {
        let report = r#"{"stats": {"expected": 9, "unexpected": 1, "flaky": 2, "skipped": 4},
                         "errors": [{"message": "the worker ended"}]}"#;
        assert_eq!(of_playwright(report)?, Tally { passed: 9, failed: 4, not_checked: 0 });
        Ok(())
    }
}
