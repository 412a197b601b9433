//! Runs the journeys through the release build in a browser, and checks its weight.
//!
//! Invariant: the journeys run on the deployable site of the present sources.

use std::{collections::BTreeMap, ffi::OsString, fs};

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
    let chromium = prerequisites::headless_shell()?;
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
        .env("CHROMIUM", chromium)
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

/// The most journeys of a run that may pass only when they are run again. More of them are a fault of the console.
const MOST_FLAKY: u64 = 2;

/// Reads Playwright's JSON report. The notes name each journey that failed or was flaky.
fn of_playwright(report: &str) -> Result<Tally> {
    let report: Value = serde_json::from_str(report).context("Playwright's report is not JSON")?;
    let count = |name: &str| report["stats"][name].as_u64().unwrap_or_default();
    let errors = report["errors"].as_array().map_or(0, Vec::len);
    let mut tally =
        Tally { passed: count("expected"), failed: count("unexpected") + u64::try_from(errors)?, notes: Vec::new() };
    match count("flaky") {
        few @ ..=MOST_FLAKY => tally.passed += few,
        many => tally.failed += many,
    }
    list(&report["suites"]).for_each(|suite| add_notes(suite, &mut tally.notes));
    let mut reasons = BTreeMap::new();
    list(&report["suites"]).for_each(|suite| count_skipped(suite, &mut reasons));
    tally.notes.extend(reasons.into_iter().map(|(reason, count)| format!("{count} NOT COMPARED, because {reason}")));
    Ok(tally)
}

/// Counts the journeys of a suite that were skipped, by the reason.
fn count_skipped(suite: &Value, reasons: &mut BTreeMap<String, usize>) {
    for test in list(&suite["specs"]).flat_map(|spec| list(&spec["tests"])).filter(|test| test["status"] == "skipped") {
        let reason = list(&test["annotations"]).filter_map(|it| it["description"].as_str()).next();
        *reasons.entry(reason.unwrap_or("no reason was given").to_owned()).or_default() += 1;
    }
    list(&suite["suites"]).for_each(|suite| count_skipped(suite, reasons));
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Notes the failed and flaky journeys of a suite, each with the first line of its first error.
fn add_notes(suite: &Value, notes: &mut Vec<String>) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for spec in list(&suite["specs"]) {
        for test in list(&spec["tests"]) {
            let status = match test["status"].as_str() {
                Some("unexpected") => "failed",
                Some("flaky") => "flaky",
                _ => continue,
            };
            let error =
                list(&test["results"]).map(|result| text(&result["error"]["message"])).find(|it| !it.is_empty());
            let error = error.unwrap_or_default().lines().next().unwrap_or_default().to_owned();
            notes.push(format!("{status}: {}:{} {}: {error}", text(&spec["file"]), spec["line"], text(&spec["title"])));
        }
    }
    list(&suite["suites"]).for_each(|suite| add_notes(suite, notes));
}

#[cfg(test)]
mod tests {
    use anyhow::Result;

    use super::{Tally, of_playwright};

    #[test]
    fn failed_journeys_and_errors_outside_of_journeys_are_failures() -> Result<()> {
        let report = r#"{"stats": {"expected": 9, "unexpected": 1, "flaky": 0, "skipped": 4},
                         "errors": [{"message": "the worker ended"}],
                         "suites": [{"specs": [], "suites": [{"specs": [{
                            "title": "a budget is saved", "file": "budgets.spec.ts", "line": 7,
                            "tests": [{"status": "unexpected", "results": [{"error": {"message": "no row\nof 3"}}]}]
                         }]}]}]}"#;
        let notes = vec!["failed: budgets.spec.ts:7 a budget is saved: no row".to_owned()];
        assert_eq!(of_playwright(report)?, Tally { passed: 9, failed: 2, notes });
        Ok(())
    }

    #[test]
    fn the_summary_says_what_was_skipped_and_why() -> Result<()> {
        let test = r#"{"status": "skipped", "annotations": [{"type": "skip", "description": "the fonts differ"}]}"#;
        let report = format!(
            r#"{{"stats": {{"expected": 1, "skipped": 2}}, "suites": [{{"specs": [{{"tests": [{test}]}}, {{"tests": [{test}]}}]}}]}}"#
        );
        assert_eq!(of_playwright(&report)?.notes, ["2 NOT COMPARED, because the fonts differ"]);
        Ok(())
    }

    #[test]
    fn a_few_flaky_journeys_are_noted_and_more_of_them_fail() -> Result<()> {
        for (flaky, passed, failed) in [(2, 11, 0), (3, 9, 3)] {
            let report = format!(r#"{{"stats": {{"expected": 9, "unexpected": 0, "flaky": {flaky}}}}}"#);
            assert_eq!(of_playwright(&report)?, Tally { passed, failed, ..Tally::default() });
        }
        Ok(())
    }
}
