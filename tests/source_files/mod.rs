//! Reads the console's source files, and the paths that they name.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns the project's root.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Returns all files under a folder whose names have this ending, except generated ones.
pub fn files_under(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !matches!(name.as_str(), "target" | "node_modules" | "dist") && !name.starts_with('.') {
            found.extend(files_under(&path, ending));
        } else if name.ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Returns the text of each source file of the console, with its path below `src`.
pub fn texts() -> Vec<(String, String)> {
    let src = root().join("src");
    let read = |path: &PathBuf| {
        let name = path.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
        (name, fs::read_to_string(path).unwrap())
    };
    files_under(&src, ".rs").iter().map(read).collect()
}

/// Returns the same without comment lines.
pub fn sources() -> Vec<(String, String)> {
    let code = |text: String| {
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        lines.join("\n")
    };
    texts().into_iter().map(|(name, text)| (name, code(text))).collect()
}

/// Returns the room of a file by its path below `src`.
pub fn room_of(name: &str) -> &str {
    name.split('/').next().unwrap().trim_end_matches(".rs")
}

/// Returns every path that the code names below `crate::`, such as `api::Client`. Groups are expanded.
pub fn crate_paths(code: &str) -> Vec<String> {
    code.match_indices("crate::").flat_map(|(at, start)| expand(&code[at + start.len()..]).0).collect()
}

/// Expands the path or group at the start of a text, as in `a::{b, c::{d, e}}`. Returns the text after it, too.
fn expand(text: &str) -> (Vec<String>, &str) {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        let mut paths = Vec::new();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
            if rest.is_empty() {
                return (paths, rest);
            }
            if let Some(after) = rest.strip_prefix('}') {
                return (paths, after);
            }
            let (found, after) = expand(rest);
            paths.extend(found);
            // Skips `*` and `as name`.
            rest = &after[after.find([',', '}']).unwrap_or(after.len())..];
        }
    }
    let (name, rest) = text.split_at(text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len()));
    match rest.strip_prefix("::") {
        Some(rest) => {
            let (paths, rest) = expand(rest);
            (paths.into_iter().map(|path| format!("{name}::{path}")).collect(), rest)
        }
        None => (vec![name.to_owned()], rest),
    }
}

#[test]
fn groups_of_paths_are_expanded() {
    let code = "use crate::{api::{Client, error::*}, forms as f,\n  ui::{self}};\nfn a(b: &crate::domain::Slug) {}";
    let expected = ["api::Client", "api::error::", "forms", "ui::self", "domain::Slug"];
    assert_eq!(crate_paths(code), expected);
}
