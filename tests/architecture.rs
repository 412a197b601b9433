//! The rules of the house, held by a test: who may know whom, how long a file may be, which names stay out.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

/// Each room, and the rooms of the crate that it may name besides itself.
const MAY_KNOW: [(&str, &[&str]); 17] = [
    ("csv", &[]),
    ("selection", &[]),
    ("json", &[]),
    ("domain", &["json"]),
    ("api", &["json", "domain"]),
    ("bulk", &["json", "domain"]),
    ("routes", &["domain"]),
    ("forms", &["json", "domain", "api", "routes"]),
    ("state", &["browser", "effect", "json", "domain", "api", "bulk", "routes", "forms", "data"]),
    ("data", &["browser", "domain", "api", "routes", "search", "state"]),
    ("browser", &[]),
    ("effect", &[]),
    ("ui", &["browser", "effect"]),
    (
        "components",
        &["browser", "csv", "effect", "selection", "domain", "api", "bulk", "routes", "forms", "state", "data", "ui"],
    ),
    (
        "pages",
        &[
            "browser",
            "csv",
            "effect",
            "selection",
            "domain",
            "api",
            "bulk",
            "routes",
            "forms",
            "state",
            "data",
            "ui",
            "components",
        ],
    ),
    ("app", &["browser", "effect", "domain", "api", "routes", "forms", "state", "data", "ui", "components", "pages"]),
    ("panic", &[]),
];

/// Rooms without a browser, a clock or a framework.
const PURE: [&str; 7] = ["csv", "json", "selection", "domain", "bulk", "routes", "forms"];
/// The only files of `api` that may name the browser.
const API_BROWSER: [&str; 2] = ["api/transport.rs", "api/credential.rs"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files_under(folder: &Path, ending: &str) -> Vec<PathBuf> {
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

/// Source files of the console, as (path below `src`, code without comments).
fn sources() -> Vec<(String, String)> {
    let src = root().join("src");
    let read = |path: &PathBuf| {
        let name = path.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(path).unwrap();
        let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        (name, code.join("\n"))
    };
    files_under(&src, ".rs").iter().map(read).collect()
}

fn room_of(name: &str) -> &str {
    name.split('/').next().unwrap().trim_end_matches(".rs")
}

fn rooms_named(code: &str) -> Vec<&str> {
    code.match_indices("crate::")
        .map(|(at, _)| code[at + "crate::".len()..].split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap())
        .collect()
}

#[test]
fn each_room_knows_only_the_rooms_below_it() {
    let mut broken = Vec::new();
    for (name, code) in sources() {
        let room = room_of(&name);
        let Some((_, allowed)) = MAY_KNOW.iter().find(|(known, _)| *known == room) else {
            assert!(matches!(room, "lib" | "main" | "boot"), "{name} is in no room of the plan");
            continue;
        };
        for named in rooms_named(&code) {
            let is_room = MAY_KNOW.iter().any(|(known, _)| *known == named);
            if is_room && named != room && !allowed.contains(&named) {
                broken.push(format!("{name} names {named}"));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn pages_never_name_each_other() {
    let mut broken = Vec::new();
    for (name, code) in sources() {
        let Some(page) =
            name.strip_prefix("pages/").map(|rest| rest.split('/').next().unwrap().trim_end_matches(".rs"))
        else {
            continue;
        };
        for (at, _) in code.match_indices("crate::pages::") {
            let other = &code[at + "crate::pages::".len()..];
            if !other.starts_with(page) {
                broken.push(format!("{name} names {}", other.split(';').next().unwrap()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn pure_rooms_name_no_browser_and_no_framework() {
    let browser = ["leptos", "web_sys", "js_sys", "wasm_bindgen", "gloo_"];
    for (name, code) in sources() {
        let is_pure = PURE.contains(&room_of(&name));
        let is_pure_api = room_of(&name) == "api" && !API_BROWSER.contains(&name.as_str());
        if is_pure || is_pure_api {
            for word in browser {
                assert!(!code.contains(word), "{name} names {word}");
            }
        }
        if name != "api/transport.rs" {
            assert!(!code.contains("gloo_net"), "{name} names gloo_net: only the transport fetches");
        }
    }
}

#[test]
fn no_html_reaches_the_page_as_text_and_no_style_as_an_attribute() {
    for (name, code) in sources() {
        for word in ["inner_html", "set_inner_html", "insert_adjacent_html", "outer_html", " style=\""] {
            assert!(!code.contains(word), "{name} names {word}: the page's policy forbids it");
        }
    }
}

#[test]
fn files_are_small_and_say_what_they_are_for() {
    for folder in ["src", "tests", "tools"] {
        for path in files_under(&root().join(folder), ".rs") {
            let text = fs::read_to_string(&path).unwrap();
            let lines = text.lines().count();
            assert!(lines <= 300, "{} has {lines} lines: it is asking to be two", path.display());
            let is_test_part = path.ends_with("tests.rs");
            assert!(is_test_part || text.starts_with("//!"), "{} does not open with its purpose", path.display());
        }
    }
}

#[test]
fn components_are_small() {
    for (name, code) in sources() {
        let lines: Vec<&str> = code.lines().collect();
        for (at, _) in lines.iter().enumerate().filter(|(_, line)| line.trim() == "#[component]") {
            let length = lines[at..].iter().position(|line| *line == "}").unwrap_or_default();
            assert!(length <= 80, "{name}: the component at {} has {length} lines", lines[at + 1].trim());
        }
    }
}

#[test]
fn lints_are_expected_with_a_reason_and_never_allowed() {
    for folder in ["src", "tests", "tools"] {
        for path in files_under(&root().join(folder), ".rs") {
            let text = fs::read_to_string(&path).unwrap();
            let needle = ["#[al", "low("].concat();
            assert!(!text.contains(&needle), "{} allows a lint", path.display());
        }
    }
}

#[test]
fn the_sandbox_imports_nothing_of_the_console() {
    let manifest = fs::read_to_string(root().join("tools/sandbox/Cargo.toml")).unwrap();
    assert!(!manifest.contains("workspace-console"), "the sandbox depends on the console");
}

#[test]
fn the_top_level_holds_what_the_plan_names() {
    let planned = [
        "Cargo.toml",
        "Cargo.lock",
        "rust-toolchain.toml",
        "webdriver.json",
        "index.html",
        "Trunk.toml",
        "README.md",
        "ARCHITECTURE.md",
        "SECURITY.md",
        "LICENSE",
        "src",
        "style",
        "tests",
        "tools",
        ".cargo",
        ".ci",
        ".gitignore",
        ".rustfmt.toml",
        ".git",
        "deny.toml",
    ];
    let ignored = fs::read_to_string(root().join(".gitignore")).unwrap();
    for entry in fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let is_ignored = ignored.lines().any(|line| line.trim_matches('/') == name);
        assert!(is_ignored || planned.contains(&name.as_str()), "{name} is not in the plan of the top level");
    }
}

/// `SECURITY.md` says which test would notice: each file that it names is there.
#[test]
fn every_file_that_the_page_on_security_names_is_there() {
    let text = fs::read_to_string(root().join("SECURITY.md")).unwrap();
    let quoted = text.split('`').skip(1).step_by(2);
    let is_file =
        |word: &&str| !word.contains(' ') && [".rs", ".ts", ".mjs", ".toml"].iter().any(|it| word.ends_with(it));
    let named: Vec<&str> = quoted.filter(is_file).collect();
    assert!(named.len() > 20, "{named:?}");
    let files: Vec<String> = ["", "tests/e2e/journeys/"]
        .iter()
        .flat_map(|folder| files_under(&root().join(folder), "").into_iter().map(move |path| (folder, path)))
        .filter_map(|(folder, path)| Some(path.strip_prefix(root().join(folder)).ok()?.to_str()?.to_owned()))
        .collect();
    let is_there = |name: &&&str| match name.split_once('*') {
        Some((start, end)) => files.iter().any(|file| file.starts_with(start) && file.ends_with(end)),
        None => files.iter().any(|file| file == **name),
    };
    let missing: Vec<&&str> = named.iter().filter(|name| !is_there(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
