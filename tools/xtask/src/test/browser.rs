//! Runs the tests of the components and the client in Chromium, Firefox and WebKit, with a live sandbox.
//!
//! Invariant: the sandbox has the same port in each run if that is free. The tests are compiled with its URL, and
//! another one compiles them again.

use std::{ffi::OsString, net::TcpListener, process::Command, time::Instant};

use anyhow::Result;

use super::{
    at_least_one,
    tally::{Tally, of_cargo, run_and_count},
};
use crate::{
    engines::Display,
    prerequisites::{self, WASM, WebKit},
    progress::{note, seconds, step},
    project::Project,
    sandbox,
    tools::{self, Tools},
};

/// The sandbox's port, unless it is in use.
const PORT: u16 = 8799;
/// The sandbox's management key.
const KEY: &str = "sk-or-v1-test-management";
/// The timeout of one test program, in seconds.
const TIMEOUT: &str = "300";

/// A browser, and the variables that select it in wasm-bindgen's test runner.
struct Browser {
    name: &'static str,
    variables: Vec<(&'static str, OsString)>,
}

/// All variables that select a browser. The runner uses the first one that is set.
const VARIABLES: [&str; 4] = ["CHROMEDRIVER", "GECKODRIVER", "GECKODRIVER_ARGS", "SAFARIDRIVER"];

/// Runs the console's wasm tests in each browser.
pub fn run(project: &Project, arguments: &[OsString]) -> Result<Tally> {
    let webkit = prerequisites::webkit()?;
    let display = Display::start(&webkit)?;
    let browsers = [chromium()?, firefox()?, of_webkit(webkit, &display)];
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
    note(&format!("the sandbox listens on {}", sandbox.url));

    let mut total = Tally::default();
    for browser in browsers {
        let started = Instant::now();
        let mut cargo = project.command("cargo");
        cargo
            .args(["test", "--package", "workspace-console", "--target", WASM, "--tests"])
            .arg("--no-fail-fast")
            .args(arguments)
            .env("PATH", tools.path()?)
            .env("WASM_BINDGEN_TEST_TIMEOUT", TIMEOUT)
            .env("CONSOLE_TEST_SANDBOX", &sandbox.url)
            .env("CONSOLE_TEST_KEY", KEY);
        for variable in VARIABLES {
            cargo.env_remove(variable);
        }
        let tally = at_least_one(run_and_count(cargo.envs(browser.variables), of_cargo)?, browser.name)?;
        total += tally.clone();
        total.notes.push(format!("{}: {tally} in {}", browser.name, seconds(started.elapsed())));
    }
    Ok(total)
}

fn chromium() -> Result<Browser> {
    let found = prerequisites::browser()?;
    Ok(Browser { name: "Chromium", variables: vec![("CHROMEDRIVER", found.chromedriver.into())] })
}

fn firefox() -> Result<Browser> {
    let firefox = prerequisites::firefox()?;
    let mut arguments = OsString::from("--binary ");
    arguments.push(firefox);
    let driver = tools::geckodriver()?;
    Ok(Browser { name: "Firefox", variables: vec![("GECKODRIVER", driver.into()), ("GECKODRIVER_ARGS", arguments)] })
}

/// The runner starts the driver of WebKit as it starts Safari's.
fn of_webkit(webkit: WebKit, display: &Display) -> Browser {
    let mut variables = display.variables();
    variables.push(("SAFARIDRIVER", webkit.driver.into()));
    Browser { name: "WebKit", variables }
}

/// Returns the fixed port, or 0 for any free one.
fn port() -> u16 {
    TcpListener::bind(("127.0.0.1", PORT)).map_or(0, |_| PORT)
}
