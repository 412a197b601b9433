//! Installs npm packages.
//!
//! Invariant: the lock file decides what is installed, and installing runs no code of a package.

use std::{fs, process::Command};

use anyhow::Result;

use crate::{
    prerequisites,
    process::run,
    progress::step,
    project::{Project, read, write},
};

/// Installs the packages of `folder`, unless they match its lock file already.
pub fn install(project: &Project, folder: &str) -> Result<()> {
    prerequisites::node()?;
    let path = project.root.join(folder);
    let lock = read(&path.join("package-lock.json"))?;
    let stamp = path.join("node_modules/.installed-lock.json");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let what = format!("install the npm packages of {folder}");
    step(&what, || run(ci().current_dir(&path)))?;
    write(&stamp, lock)
}

/// Returns `npm ci` without its folder.
pub fn ci() -> Command {
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    npm
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use anyhow::{Context, Result};
    use serde_json::Value;

    use super::ci;
    use crate::project::{files_under, read};

    /// The folders with packages to install.
    const FOLDERS: [&str; 7] = [
        "tests/bench",
        "tests/contract/npm",
        "tests/e2e",
        "tests/engines",
        "tests/hosting",
        "tools/xtask/node/binaryen",
        "tools/xtask/node/esbuild",
    ];

    fn root() -> Result<&'static Path> {
        Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).context("xtask is not in tools/xtask")
    }

    fn is_version(text: &str) -> bool {
        let core = text.split(['-', '+']).next().unwrap_or_default();
        core.split('.').count() == 3 && core.split('.').all(|part| part.parse::<u64>().is_ok())
    }

    #[test]
    fn every_package_has_one_version_and_one_content() -> Result<()> {
        for folder in FOLDERS {
            let file =
                |name: &str| -> Result<Value> { Ok(serde_json::from_str(&read(&root()?.join(folder).join(name))?)?) };
            let (manifest, lock) = (file("package.json")?, file("package-lock.json")?);
            for kind in ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"] {
                for (name, wanted) in manifest[kind].as_object().into_iter().flatten() {
                    assert!(wanted.as_str().is_some_and(is_version), "{folder}: {name} {wanted}");
                }
            }
            let packages = lock["packages"].as_object().context("a lock file without packages")?;
            assert!(packages.len() > 1, "{folder} locks nothing");
            for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
                assert!(package["version"].as_str().is_some_and(is_version), "{folder}: {name}");
                let integrity = package["integrity"].as_str().unwrap_or_default();
                assert!(integrity.starts_with("sha512-") && integrity.len() == 95, "{folder}: {name} {integrity}");
            }
        }
        Ok(())
    }

    #[test]
    fn every_folder_with_packages_is_listed() -> Result<()> {
        let mut found = Vec::new();
        for folder in ["tests", "tools"] {
            for path in files_under(&root()?.join(folder))? {
                let is_lock = path.file_name().is_some_and(|name| name == "package-lock.json");
                if is_lock && !path.iter().any(|part| part == "node_modules") {
                    let folder = path.parent().context("a file without a folder")?;
                    found.push(folder.strip_prefix(root()?)?.to_string_lossy().into_owned());
                }
            }
        }
        found.sort();
        let mut known = FOLDERS.map(str::to_owned);
        known.sort();
        assert_eq!(found, known);
        Ok(())
    }

    #[test]
    fn installing_runs_no_code_of_a_package() {
        assert!(ci().get_args().any(|argument| argument == "--ignore-scripts"));
    }
}
