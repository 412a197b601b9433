//! The folders that the chores work in, and reading and writing files with the path in each error.
//!
//! Invariant: every path is absolute, so the chores work from any directory.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, anyhow};
use serde_json::Value;

use crate::process;

/// The folders that the chores work in.
pub struct Project {
    /// The folder of the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// `target/` in the root, for everything that the chores generate; ignored by git.
    pub scratch: PathBuf,
    /// Cargo's target folder. It differs from `scratch` if `CARGO_TARGET_DIR` is set.
    pub cargo_target: PathBuf,
}

impl Project {
    /// Finds the project that this program belongs to.
    pub fn locate() -> Result<Self> {
        let manifest =
            env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.ancestors().nth(2).context("xtask is not in tools/xtask")?.to_owned();
        let mut cargo = Command::new("cargo");
        cargo.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]).current_dir(&root);
        let metadata = process::output_of(&mut cargo).context("`cargo metadata` failed")?;
        let metadata: Value = serde_json::from_str(&metadata)?;
        let cargo_target = metadata["target_directory"].as_str().context("no target directory")?;
        let scratch = root.join("target");
        fs::create_dir_all(&scratch)?;
        Ok(Self { scratch, cargo_target: cargo_target.into(), root })
    }

    /// Returns a command that runs in the project's root.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// The deployable site.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Returns the version of `package` in `Cargo.lock`.
    pub fn locked_version(&self, package: &str) -> Result<String> {
        let lock = read(&self.root.join("Cargo.lock"))?;
        locked_version(&lock, package).map(str::to_owned).ok_or_else(|| anyhow!("Cargo.lock has no package {package}"))
    }
}

/// Returns the folder for tools that are installed once per user, for all clones.
pub fn cache() -> Result<PathBuf> {
    let base = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let base = base.or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cache")));
    let cache = base.context("neither XDG_CACHE_HOME nor HOME is set")?.join("workspace-console");
    fs::create_dir_all(&cache).with_context(|| format!("cannot create {}", cache.display()))?;
    Ok(cache)
}

/// Reads a file, naming it in the error.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Reads a text file, naming it in the error.
pub fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a file and the folders above it, naming it in the error.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    }
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}

/// Returns all files under `folder`, sorted. Returns none if the folder does not exist.
pub fn files_under(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() { folders.push(entry.path()) } else { files.push(entry.path()) }
        }
    }
    files.sort();
    Ok(files)
}

/// Creates a folder, or removes what is in it.
pub fn empty_folder(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))
}

/// Makes `to` an exact copy of the folder `from`.
pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    empty_folder(to)?;
    for file in files_under(from)? {
        write(&to.join(file.strip_prefix(from)?), read_bytes(&file)?)?;
    }
    Ok(())
}

/// Returns the version of `package` in the text of a `Cargo.lock`.
pub fn locked_version<'lock>(lock: &'lock str, package: &str) -> Option<&'lock str> {
    let entry = lock
        .split("[[package]]")
        .find(|entry| entry.lines().any(|line| line.strip_prefix("name = ") == Some(&format!("\"{package}\""))))?;
    let version = entry.lines().find_map(|line| line.strip_prefix("version = "))?;
    Some(version.trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn only_the_version_of_the_named_package_is_found() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9.9.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
