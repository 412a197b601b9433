//! Components and the typed client in headless Chromium, the client against a live sandbox.
//!
//! Invariant: the sandbox's address is the same from run to run where its port is free, because it is
//! compiled into the tests, and another address means compiling them again.

use std::{ffi::OsString, net::TcpListener, process::Command};

use anyhow::Result;

use super::tally::{Tally, of_cargo, run_and_count};
use crate::{
    prerequisites::{self, WASM},
    progress::{note, step},
    project::Project,
    sandbox,
    tools::Tools,
};

/// The sandbox's port, unless something else listens there.
const PORT: u16 = 8799;
/// The management key that the sandbox accepts.
const KEY: &str = "sk-or-v1-test-management";
/// Seconds that one test program may take.
const TIMEOUT: &str = "300";

/// Runs the console's wasm tests.
pub fn run(project: &Project, arguments: &[OsString]) -> Result<Tally> {
    let browser = prerequisites::browser()?;
    let tools = Tools::for_browser_tests(project)?;
    let mut command = Command::new(sandbox::build(project)?);
    command.args(["--listen", &format!("127.0.0.1:{}", port()), "--db", ":memory:", "--seed", "demo"]).args([
        "--faults",
        "--cors-origin",
        "*",
        "--management-key",
        KEY,
    ]);
    let sandbox = step("start the sandbox", || sandbox::start(&mut command))?;
    note(&format!("it listens on {}", sandbox.url));

    let mut cargo = project.command("cargo");
    cargo
        .args(["test", "--package", "workspace-console", "--target", WASM, "--tests"])
        .arg("--no-fail-fast")
        .args(arguments)
        .env("PATH", tools.path()?)
        .env("CHROMEDRIVER", browser.chromedriver)
        .env("WASM_BINDGEN_TEST_TIMEOUT", TIMEOUT)
        .env("CONSOLE_TEST_SANDBOX", &sandbox.url)
        .env("CONSOLE_TEST_KEY", KEY);
    run_and_count(&mut cargo, of_cargo)
}

/// The fixed port, or 0 for any free one.
fn port() -> u16 {
    TcpListener::bind(("127.0.0.1", PORT)).map_or(0, |_| PORT)
}
