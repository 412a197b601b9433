//! The three browser engines with their WebDriver servers.
//!
//! Invariant: WebKit's display ends with the value of this module.

use std::{
    ffi::OsString,
    io::BufRead,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use nix::unistd::Uid;

use crate::{
    prerequisites::{self, WebKit},
    process::Running,
    progress::step,
    tools,
};

/// A display in memory. WebKit needs one, because it has no headless mode.
pub struct Display {
    /// Its name, such as `:99`.
    name: String,
    _server: Running,
}

impl Display {
    /// Starts a display with a free number.
    pub fn start(webkit: &WebKit) -> Result<Self> {
        step("start a display for WebKit", || {
            let mut xvfb = Command::new(&webkit.xvfb);
            xvfb.args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "1440x900x24"]);
            let mut server = Running::spawn(xvfb.stdout(Stdio::piped()).stderr(Stdio::null()))?;
            let mut number = String::new();
            // The display writes its number when it is ready.
            server.take_stdout()?.read_line(&mut number).context("cannot read the number of the display")?;
            ensure!(!number.trim().is_empty(), "the display did not start");
            Ok(Self { name: format!(":{}", number.trim()), _server: server })
        })
    }

    /// Returns the variables with which WebKit runs on this display.
    pub fn variables(&self) -> Vec<(&'static str, OsString)> {
        let mut variables =
            vec![("DISPLAY", self.name.clone().into()), ("WEBKIT_DISABLE_COMPOSITING_MODE", OsString::from("1"))];
        if Uid::effective().is_root() {
            // Its sandbox does not start for root.
            variables.push(("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1".into()));
        }
        variables
    }
}

/// All engines, ready to be started by the tests.
pub struct Engines {
    display: Display,
    programs: Vec<(&'static str, OsString)>,
}

impl Engines {
    /// Finds or installs the engines and their drivers, and starts the display.
    pub fn prepare() -> Result<Self> {
        let chromium = prerequisites::browser()?;
        let firefox = prerequisites::firefox()?;
        let webkit = prerequisites::webkit()?;
        let programs = vec![
            ("CHROMIUM", chromium.chromium.into()),
            ("CHROMEDRIVER", chromium.chromedriver.into()),
            ("FIREFOX", firefox.into()),
            ("GECKODRIVER", tools::geckodriver()?.into()),
            ("WEBKITDRIVER", webkit.driver.clone().into()),
            ("MINIBROWSER", webkit.browser.clone().into()),
        ];
        Ok(Self { display: Display::start(&webkit)?, programs })
    }

    /// Returns the variables that tell the tests where the programs are, and what WebKit needs.
    pub fn variables(&self) -> Vec<(&'static str, OsString)> {
        [self.display.variables(), self.programs.clone()].concat()
    }
}
