//! The pinned tools, installed once per user into the cache folder.
//!
//! Invariant: a tool is used only if its own `--version` names the pinned version. This holds for tools in the cache and
//! on the PATH.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    npm, prerequisites,
    process::{output_of, run},
    progress::step,
    project::{Project, cache},
};

/// Trunk serves the page while developing. This is the newest release that builds with the pinned Rust toolchain.
const TRUNK: &str = "0.21.14";
/// cargo-deny checks the dependencies.
const CARGO_DENY: &str = "0.20.2";
/// The driver of Firefox, which Debian's package lacks.
const GECKODRIVER: &str = "0.37.1";
/// Binaryen's npm package contains `wasm-opt`. Its folder in `tools/xtask/node` pins the same version.
const BINARYEN: &str = "132";
/// esbuild bundles and minifies JS and CSS. Its folder in `tools/xtask/node` pins the same version.
const ESBUILD: &str = "0.28.2";

/// The package that builds wasm-bindgen's programs.
const WASM_BINDGEN: &str = "tools/xtask/wasm-bindgen";

/// The folders of installed tools.
pub struct Tools {
    folders: Vec<PathBuf>,
}

impl Tools {
    /// Finds or installs what a build of the console needs, including the wasm target.
    pub fn for_building(project: &Project) -> Result<Self> {
        prerequisites::wasm_target(project)?;
        let binaryen = npm_package(project, "binaryen", BINARYEN, "wasm-opt")?;
        Ok(Self { folders: vec![wasm_bindgen(project)?, binaryen, esbuild(project)?] })
    }

    /// Finds or installs what Trunk needs to build and serve the page, including the wasm target.
    pub fn for_serving(project: &Project) -> Result<Self> {
        prerequisites::wasm_target(project)?;
        Ok(Self { folders: vec![locked_crate("trunk", TRUNK)?, wasm_bindgen(project)?, esbuild(project)?] })
    }

    /// Finds or installs what bundles the page's styles.
    pub fn for_assets(project: &Project) -> Result<Self> {
        Ok(Self { folders: vec![esbuild(project)?] })
    }

    /// Finds or installs what the browser tests need.
    pub fn for_browser_tests(project: &Project) -> Result<Self> {
        prerequisites::wasm_target(project)?;
        Ok(Self { folders: vec![wasm_bindgen(project)?] })
    }

    /// Returns a command that runs in the project's root, and finds these tools first.
    pub fn command(&self, project: &Project, program: &str) -> Result<Command> {
        let mut command = project.command(program);
        command.env("PATH", self.path()?);
        Ok(command)
    }

    /// Returns a PATH with these tools before all others.
    pub fn path(&self) -> Result<OsString> {
        let inherited = env::var_os("PATH").unwrap_or_default();
        let folders = self.folders.iter().cloned().chain(env::split_paths(&inherited));
        env::join_paths(folders).context("a folder on the PATH has a colon in its name")
    }
}

fn esbuild(project: &Project) -> Result<PathBuf> {
    npm_package(project, "esbuild", ESBUILD, "esbuild")
}

/// Finds or installs the driver of Firefox, and returns its path.
pub fn geckodriver() -> Result<PathBuf> {
    Ok(locked_crate("geckodriver", GECKODRIVER)?.join("geckodriver"))
}

/// Finds or installs cargo-deny, and returns its path.
pub fn cargo_deny() -> Result<PathBuf> {
    Ok(locked_crate("cargo-deny", CARGO_DENY)?.join("cargo-deny"))
}

/// A tool that is a crate of the same name, built with the dependencies in its own lock file.
fn locked_crate(name: &str, version: &str) -> Result<PathBuf> {
    let exact = format!("={version}");
    let install = |root: &Path| run(&mut cargo_install(&[name, "--version", &exact], root)?);
    Tool { name, version, program: name, bin: "bin" }.ensure(install)
}

/// wasm-bindgen's programs, which need exactly the version of the library. They are built with the lock file of
/// `tools/xtask/wasm-bindgen`, because the one in their package names a version that the registry no longer has.
fn wasm_bindgen(project: &Project) -> Result<PathBuf> {
    let version = project.locked_version("wasm-bindgen")?;
    let package = project.root.join(WASM_BINDGEN);
    let package = package.to_str().context("the path of the project is not UTF-8")?;
    let install = |root: &Path| run(&mut cargo_install(&["--path", package], root)?);
    let program = "wasm-bindgen-test-runner";
    // Not the name of the crate: installations of that name were built without a lock file.
    Tool { name: "locked-wasm-bindgen", version: &version, program, bin: "bin" }.ensure(install)
}

/// A tool from an npm package, whose lock file is in a folder of `tools/xtask/node`.
fn npm_package(project: &Project, name: &str, version: &str, program: &str) -> Result<PathBuf> {
    let install = |root: &Path| {
        prerequisites::node()?;
        fs::create_dir_all(root)?;
        for file in ["package.json", "package-lock.json"] {
            let from = project.root.join("tools/xtask/node").join(name).join(file);
            fs::copy(&from, root.join(file)).with_context(|| format!("cannot copy {}", from.display()))?;
        }
        run(npm::ci().current_dir(root))
    };
    Tool { name, version, program, bin: "node_modules/.bin" }.ensure(install)
}

/// A tool in its pinned version.
struct Tool<'a> {
    name: &'a str,
    version: &'a str,
    /// The program whose `--version` is checked.
    program: &'a str,
    /// The folder of the programs, relative to the folder of the installation.
    bin: &'a str,
}

impl Tool<'_> {
    /// Returns the folder of the tool's programs. Calls `install` if no folder has the pinned version.
    fn ensure(&self, install: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
        let root = cache()?.join(format!("{}-{}", self.name, self.version));
        let bin = root.join(self.bin);
        if self.is_in(&bin) {
            return Ok(bin);
        }
        let path = env::var_os("PATH").unwrap_or_default();
        let on_path = env::split_paths(&path).find(|folder| self.is_in(folder));
        if let Some(folder) = on_path {
            return Ok(folder);
        }
        step(&format!("install {} {} (once)", self.name, self.version), || install(&root))?;
        if !self.is_in(&bin) {
            let program = bin.join(self.program);
            bail!("{} was installed but is not version {}", program.display(), self.version);
        }
        Ok(bin)
    }

    fn is_in(&self, folder: &Path) -> bool {
        let program = folder.join(self.program);
        let output = program.is_file().then(|| output_of(Command::new(program).arg("--version")));
        output.flatten().is_some_and(|output| output.split_whitespace().any(|word| word == self.version))
    }
}

/// Returns `cargo install` for a package, with the dependencies in its lock file. All clones share its build folder.
fn cargo_install(package: &[&str], root: &Path) -> Result<Command> {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["install", "--locked", "--root"])
        .arg(root)
        .args(package)
        // Outside the project, because the project's Cargo configuration is not for tools.
        .current_dir(cache()?)
        .env("CARGO_TARGET_DIR", cache()?.join("build"))
        // These programs run for seconds, but optimizing them fully takes minutes.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    Ok(cargo)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{locked_version, read};

    #[test]
    fn every_crate_is_installed_with_a_lock_file() -> Result<()> {
        let install = cargo_install(&["trunk"], Path::new("/root"))?;
        assert!(install.get_args().any(|argument| argument == "--locked"));
        let source = include_str!("tools.rs");
        let (code, _) = source.split_once("#[cfg(test)]").context("no tests")?;
        assert_eq!(code.matches("\"install\"").count(), 1, "another function calls `cargo install`");
        Ok(())
    }

    #[test]
    fn the_programs_of_wasm_bindgen_are_locked_in_the_version_of_the_library() -> Result<()> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).context("xtask is not in tools/xtask")?;
        let version = |lock: PathBuf| -> Result<String> {
            let lock = read(&lock)?;
            let entry = |name: &str| locked_version(&lock, name).map(str::to_owned);
            entry("wasm-bindgen-cli").or_else(|| entry("wasm-bindgen")).context("no wasm-bindgen in a lock file")
        };
        assert_eq!(version(root.join(WASM_BINDGEN).join("Cargo.lock"))?, version(root.join("Cargo.lock"))?);
        Ok(())
    }
}
