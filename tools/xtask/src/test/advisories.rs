//! Tests the advisory check itself, with a local database of invented advisories.
//!
//! Invariant: the commands and the rules are those of the real check. Only the address of the database differs.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use super::supply::{CargoDeny, NOT_CHECKED, check_advisories};
use crate::{
    prerequisites,
    process::{run, shown},
    project::{empty_folder, read, write},
};

/// The address of the local database. Git replaces it by the path of the repository.
const ADDRESS: &str = "https://advisories.invalid/db";
/// An invented advisory about a package in `Cargo.lock`.
const FOUND: Advisory = Advisory { id: "RUSTSEC-2099-0001", package: "serde", informational: None };
/// The advisory that `deny.toml` ignores.
const IGNORED: Advisory = Advisory { id: "RUSTSEC-2024-0436", package: "paste", informational: Some("unmaintained") };

/// Returns an error unless the check passes with an ignored advisory, finds another one, and reports a database that
/// cannot be fetched.
pub fn expect_found(deny: &CargoDeny, config: &Path) -> Result<()> {
    prerequisites::git()?;
    let folder = deny.project.scratch.join("advisories");
    empty_folder(&folder)?;
    let database = Database::create(folder, config)?;

    let fetch = || database.run(&mut deny.fetch_advisories(&database.config));
    let check = || database.run(&mut deny.check_advisories(&database.config));
    database.add(&IGNORED)?;
    fetch()?.expect_success()?;
    check()?.expect_success()?;

    database.add(&FOUND)?;
    // Still the database that was fetched last: the check does not fetch.
    check()?.expect_success()?;
    fetch()?.expect_success()?;
    let found = check()?;
    ensure!(!found.is_success && found.text.contains(FOUND.id), "{} is not found: {}", FOUND.id, found.text);

    fs::remove_dir_all(database.repository())?;
    let unreachable = check_advisories(deny, &database.config, |command| database.run(command)?.expect_success());
    let is_reported = unreachable.notes.iter().any(|note| note.starts_with(NOT_CHECKED));
    ensure!(is_reported && unreachable.passed == 0, "a database that does not exist: {unreachable:?}");
    Ok(())
}

/// An entry of an advisory database.
struct Advisory {
    id: &'static str,
    package: &'static str,
    /// The kind, if it is no vulnerability.
    informational: Option<&'static str>,
}

impl Advisory {
    fn text(&self) -> String {
        let Self { id, package, informational } = self;
        let kind = informational.map(|kind| format!("informational = \"{kind}\"\n")).unwrap_or_default();
        format!(
            "```toml\n[advisory]\nid = \"{id}\"\npackage = \"{package}\"\ndate = \"2024-01-01\"\n{kind}\n\
             [versions]\npatched = []\n```\n\n# A title\n\nA text.\n"
        )
    }
}

/// A git repository with advisories, and the configuration of cargo-deny that names it.
struct Database {
    folder: PathBuf,
    config: PathBuf,
}

impl Database {
    fn create(folder: PathBuf, config: &Path) -> Result<Self> {
        let rules = read(config)?;
        let (before, after) = rules.split_once("[advisories]\n").context("deny.toml has no [advisories]")?;
        let path = folder.join("fetched");
        let path = path.to_str().context("the path of the project is not UTF-8")?;
        let database = Self { config: folder.join("deny.toml"), folder };
        let settings = format!("[advisories]\ndb-path = {path:?}\ndb-urls = [{ADDRESS:?}]\n");
        write(&database.config, [before, &settings, after].concat())?;
        fs::create_dir_all(database.repository())?;
        run(database.git().args(["init", "--quiet", "--initial-branch", "main"]))?;
        Ok(database)
    }

    fn repository(&self) -> PathBuf {
        self.folder.join("repository")
    }

    fn add(&self, advisory: &Advisory) -> Result<()> {
        let file = format!("crates/{}/{}.md", advisory.package, advisory.id);
        write(&self.repository().join(file), advisory.text())?;
        run(self.git().args(["add", "."]))?;
        let author = ["-c", "user.name=test", "-c", "user.email=test@test.invalid"];
        run(self.git().args(author).args(["commit", "--quiet", "--message", advisory.id]))
    }

    fn git(&self) -> Command {
        let mut git = Command::new("git");
        git.current_dir(self.repository());
        git
    }

    /// Runs a command of cargo-deny, for which this repository is at [`ADDRESS`].
    fn run(&self, command: &mut Command) -> Result<Output> {
        let replaced = format!("url.file://{}.insteadOf", self.repository().display());
        command.env("GIT_CONFIG_COUNT", "1").env("GIT_CONFIG_KEY_0", replaced).env("GIT_CONFIG_VALUE_0", ADDRESS);
        let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot run {}", shown(command)))?;
        let text = [output.stdout, output.stderr].concat();
        let text = format!("`{}`:\n{}", shown(command), String::from_utf8_lossy(&text));
        Ok(Output { is_success: output.status.success(), text })
    }
}

/// How a command ended, and what it printed.
struct Output {
    is_success: bool,
    text: String,
}

impl Output {
    fn expect_success(self) -> Result<()> {
        ensure!(self.is_success, "{}", self.text);
        Ok(())
    }
}
