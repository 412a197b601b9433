//! The machine's prerequisites: the wasm target, git, Node.js, Python, Chromium, Firefox, WebKit, nginx and Caddy.
//!
//! Invariant: an error about a missing program has the command that installs its package.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};
use nix::unistd::Uid;

use crate::{
    process::{output_of, run},
    progress::step,
    project::Project,
};

/// The target that the console is compiled for.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Adds the wasm target to the toolchain if it is missing.
pub fn wasm_target(project: &Project) -> Result<()> {
    let mut rustc = project.command("rustc");
    let libraries = output_of(rustc.args(["--print", "target-libdir", "--target", WASM]))
        .context("cannot run `rustc`: install Rust with rustup")?;
    if Path::new(&libraries).is_dir() {
        return Ok(());
    }
    if program("rustup").is_none() {
        bail!("the toolchain has no target {WASM}: install rustup to add it");
    }
    step(&format!("add the target {WASM}"), || run(project.command("rustup").args(["target", "add", WASM])))
}

/// The oldest major version of Node.js that Playwright runs on.
const NODE: u32 = 20;

/// Makes sure that `node` and `npm` exist, and are not too old.
pub fn node() -> Result<()> {
    provide(&[
        Need { program: "node", package: "nodejs", is_met: || program("node").is_some() },
        Need { program: "npm", package: "npm", is_met: || program("npm").is_some() },
    ])?;
    let version = output_of(Command::new("node").arg("--version")).unwrap_or_default();
    let major = version.trim_start_matches('v').split('.').next().unwrap_or_default();
    if major.parse::<u32>().is_ok_and(|major| major >= NODE) {
        return Ok(());
    }
    bail!("Node.js {NODE} or newer is needed, but `node --version` prints {version:?}")
}

/// Makes sure that `git` exists.
pub fn git() -> Result<()> {
    provide(&[Need { program: "git", package: "git", is_met: || program("git").is_some() }])
}

/// Makes sure that Python can create virtual environments.
pub fn python() -> Result<()> {
    let can_make_venv =
        || output_of(Command::new("python3").args(["-c", "import ensurepip, venv; print(1)"])).is_some();
    provide(&[Need { program: "python3 with venv", package: "python3-venv", is_met: can_make_venv }])
}

/// The absolute paths of Chromium and its driver.
pub struct Browser {
    /// The browser.
    pub chromium: PathBuf,
    /// The browser's WebDriver server.
    pub chromedriver: PathBuf,
}

/// Finds Chromium and its driver. The environment variables `CHROMIUM` and `CHROMEDRIVER` take precedence.
pub fn browser() -> Result<Browser> {
    provide(&[
        Need { program: "chromium", package: "chromium", is_met: || chromium().is_some() },
        Need { program: "chromedriver", package: "chromium-driver", is_met: || driver().is_some() },
    ])?;
    Ok(Browser {
        chromium: chromium().context("Chromium is missing")?,
        chromedriver: driver().context("chromedriver is missing")?,
    })
}

/// Finds Chromium without its user interface, which starts pages twice as fast. The environment variable `CHROMIUM`
/// takes precedence.
pub fn headless_shell() -> Result<PathBuf> {
    let package = "chromium-headless-shell";
    provide(&[Need { program: package, package, is_met: || headless_shell_program().is_some() }])?;
    headless_shell_program().context("Chromium's headless shell is missing")
}

fn headless_shell_program() -> Option<PathBuf> {
    env::var_os("CHROMIUM").map(PathBuf::from).or_else(|| program("chromium-headless-shell"))
}

/// Finds Firefox. The environment variable `FIREFOX` takes precedence. Its driver is one of the pinned tools.
pub fn firefox() -> Result<PathBuf> {
    provide(&[Need { program: "firefox", package: "firefox-esr", is_met: || firefox_program().is_some() }])?;
    firefox_program().context("Firefox is missing")
}

fn firefox_program() -> Option<PathBuf> {
    let named = env::var_os("FIREFOX").map(PathBuf::from);
    named.or_else(|| program("firefox-esr")).or_else(|| program("firefox"))
}

/// The absolute paths of WebKit's programs, and of the display that it needs.
pub struct WebKit {
    /// The WebDriver server.
    pub driver: PathBuf,
    /// The browser.
    pub browser: PathBuf,
    /// The display in memory.
    pub xvfb: PathBuf,
}

/// Finds WebKitGTK with its driver, and Xvfb. The environment variables `WEBKITDRIVER` and `MINIBROWSER` take precedence.
pub fn webkit() -> Result<WebKit> {
    provide(&[
        Need { program: "WebKitWebDriver", package: "webkit2gtk-driver", is_met: || webkit_driver().is_some() },
        Need { program: "MiniBrowser", package: "webkit2gtk-driver", is_met: || mini_browser().is_some() },
        Need { program: "Xvfb", package: "xvfb", is_met: || program("Xvfb").is_some() },
    ])?;
    Ok(WebKit {
        driver: webkit_driver().context("WebKitWebDriver is missing")?,
        browser: mini_browser().context("MiniBrowser is missing")?,
        xvfb: program("Xvfb").context("Xvfb is missing")?,
    })
}

fn webkit_driver() -> Option<PathBuf> {
    env::var_os("WEBKITDRIVER").map(PathBuf::from).or_else(|| program("WebKitWebDriver"))
}

/// The browser in the folder of the newest WebKitGTK. The folder above is named after the machine's architecture.
fn mini_browser() -> Option<PathBuf> {
    let of_architectures = || {
        let mut found: Vec<PathBuf> = fs::read_dir("/usr/lib")
            .ok()?
            .flatten()
            .flat_map(|architecture| fs::read_dir(architecture.path()).into_iter().flatten().flatten())
            .filter(|folder| folder.file_name().to_string_lossy().starts_with("webkit2gtk-"))
            .map(|folder| folder.path().join("MiniBrowser"))
            .filter(|path| path.is_file())
            .collect();
        found.sort();
        found.pop()
    };
    env::var_os("MINIBROWSER").map(PathBuf::from).or_else(of_architectures)
}

fn chromium() -> Option<PathBuf> {
    env::var_os("CHROMIUM").map(PathBuf::from).or_else(|| program("chromium"))
}

fn driver() -> Option<PathBuf> {
    env::var_os("CHROMEDRIVER").map(PathBuf::from).or_else(|| program("chromedriver"))
}

/// The absolute paths of the proxies with a configuration.
pub struct Proxies {
    /// nginx.
    pub nginx: PathBuf,
    /// Caddy.
    pub caddy: PathBuf,
}

/// Finds both proxies. Their packages may start services, which are not used.
pub fn proxies() -> Result<Proxies> {
    provide(&[
        Need { program: "nginx", package: "nginx", is_met: || system_program("nginx").is_some() },
        Need { program: "caddy", package: "caddy", is_met: || system_program("caddy").is_some() },
        // For the certificates of the tests.
        Need { program: "openssl", package: "openssl", is_met: || program("openssl").is_some() },
    ])?;
    Ok(Proxies {
        nginx: system_program("nginx").context("nginx is missing")?,
        caddy: system_program("caddy").context("Caddy is missing")?,
    })
}

/// A program from a Debian package.
struct Need {
    program: &'static str,
    package: &'static str,
    is_met: fn() -> bool,
}

/// Installs the packages of missing programs as root with apt-get. Returns an error that names them otherwise.
fn provide(needs: &[Need]) -> Result<()> {
    let missing: Vec<&Need> = needs.iter().filter(|need| !(need.is_met)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let mut packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    packages.dedup();
    let programs = missing.iter().map(|need| need.program).collect::<Vec<_>>().join(", ");
    let command = format!("apt-get install -y --no-install-recommends {}", packages.join(" "));
    if !Uid::effective().is_root() || program("apt-get").is_none() {
        bail!("missing: {programs}. On Debian: sudo {command}");
    }
    step(&format!("install {} with apt-get (missing: {programs})", packages.join(" ")), || {
        run(apt_get().args(["update", "-q"]))?;
        run(apt_get().args(["install", "-q", "-y", "--no-install-recommends"]).args(&packages))
    })?;
    match missing.iter().find(|need| !(need.is_met)()) {
        Some(need) => bail!("{} is still missing after: {command}", need.program),
        None => Ok(()),
    }
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

/// Returns the absolute path of a program on the PATH.
fn program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// Returns the absolute path of a server, which may only be on root's PATH.
fn system_program(name: &str) -> Option<PathBuf> {
    program(name).or_else(|| Some(Path::new("/usr/sbin").join(name)).filter(|path| path.is_file()))
}
