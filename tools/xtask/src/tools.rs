//! The pinned tools that the build needs, installed once per user into the cache folder.
//!
//! Invariant: a tool is used only after its own `--version` has named the pinned version, wherever
//! it was found: in the cache, or on the PATH.

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

/// Trunk bundles the site. The newest release that builds with the pinned Rust toolchain.
const TRUNK: &str = "0.21.14";
/// Checks what is depended on.
const CARGO_DENY: &str = "0.20.2";
/// Drives Firefox, which Debian packages without it.
const GECKODRIVER: &str = "0.37.1";
/// Binaryen's npm package brings `wasm-opt`; its folder in `tools/xtask/node` pins the same version.
const BINARYEN: &str = "132";
/// esbuild minifies JS and CSS; its folder in `tools/xtask/node` pins the same version.
const ESBUILD: &str = "0.28.2";

/// The folders of the installed tools, ready to be put on a PATH.
pub struct Tools {
    folders: Vec<PathBuf>,
}

impl Tools {
    /// Finds or installs what a build of the console needs, the wasm target included.
    pub fn for_building(project: &Project) -> Result<Self> {
        prerequisites::wasm_target(project)?;
        let folders = vec![
            trunk()?,
            wasm_bindgen(project)?,
            npm_package(project, "binaryen", BINARYEN, "wasm-opt")?,
            npm_package(project, "esbuild", ESBUILD, "esbuild")?,
        ];
        Ok(Self { folders })
    }

    /// Finds or installs what the browser tests need.
    pub fn for_browser_tests(project: &Project) -> Result<Self> {
        prerequisites::wasm_target(project)?;
        Ok(Self { folders: vec![wasm_bindgen(project)?] })
    }

    /// A PATH that finds these tools before any other.
    pub fn path(&self) -> Result<OsString> {
        let inherited = env::var_os("PATH").unwrap_or_default();
        let folders = self.folders.iter().cloned().chain(env::split_paths(&inherited));
        env::join_paths(folders).context("a folder on the PATH has a colon in its name")
    }
}

fn trunk() -> Result<PathBuf> {
    locked_crate("trunk", TRUNK)
}

/// The program that drives Firefox.
pub fn geckodriver() -> Result<PathBuf> {
    Ok(locked_crate("geckodriver", GECKODRIVER)?.join("geckodriver"))
}

/// The program that checks what is depended on.
pub fn cargo_deny() -> Result<PathBuf> {
    Ok(locked_crate("cargo-deny", CARGO_DENY)?.join("cargo-deny"))
}

/// A tool that is a crate of the same name, with the dependencies of its own lock file.
fn locked_crate(name: &str, version: &str) -> Result<PathBuf> {
    let install = |root: &Path| run(cargo_install(name, version, root)?.arg("--locked"));
    Tool { name, version, program: name, bin: "bin" }.ensure(install)
}

/// The command line half of wasm-bindgen has to have exactly the version of the library.
fn wasm_bindgen(project: &Project) -> Result<PathBuf> {
    let version = project.locked_version("wasm-bindgen")?;
    // Without --locked: one of the crates in its lock file has been withdrawn.
    let install = |root: &Path| run(&mut cargo_install("wasm-bindgen-cli", &version, root)?);
    let program = "wasm-bindgen-test-runner";
    Tool { name: "wasm-bindgen-cli", version: &version, program, bin: "bin" }.ensure(install)
}

/// A tool that comes as an npm package, with its lock file in a folder of `tools/xtask/node`.
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

/// A tool of one pinned version.
struct Tool<'a> {
    name: &'a str,
    version: &'a str,
    /// The program whose `--version` is asked.
    program: &'a str,
    /// Where the programs are, below the folder that the tool is installed into.
    bin: &'a str,
}

impl Tool<'_> {
    /// The folder with the tool's programs, which `install` fills if nothing fitting is there yet.
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
        let said = program.is_file().then(|| output_of(Command::new(program).arg("--version")));
        said.flatten().is_some_and(|said| said.split_whitespace().any(|word| word == self.version))
    }
}

/// `cargo install` of a pinned version, built in a folder of its own that all clones share.
fn cargo_install(package: &str, version: &str, root: &Path) -> Result<Command> {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["install", package, "--version", &format!("={version}"), "--root"])
        .arg(root)
        // Away from the project: its Cargo configuration is not meant for this.
        .current_dir(cache()?)
        .env("CARGO_TARGET_DIR", cache()?.join("build"))
        // These programs run for seconds, but their full optimization takes minutes.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    Ok(cargo)
}
