//! The rules of the architecture: which room may know which, which code is pure, and how large a file may be.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod source_files;

use std::fs;

use source_files::{crate_paths, files_under, room_of, root, sources, texts};

/// The rooms of the crate, lowest first. A room may name the rooms of the lines above its own, and itself.
const LAYERS: [&[&str]; 16] = [
    &["csv", "selection", "unicode", "domain"],
    &["files"],
    &["api"],
    &["search"],
    &["routes"],
    &["forms"],
    &["activity"],
    &["browser"],
    &["navigation"],
    &["session"],
    &["data"],
    &["write"],
    &["jobs"],
    &["components"],
    &["pages"],
    &["app"],
];
/// Rooms beside the layers, each with the rooms that it may name.
const BESIDE: [(&str, &[&str]); 2] = [("ui", &["browser"]), ("panic", &[])];
/// The rooms that may name `ui`.
const MAY_KNOW_UI: [&str; 3] = ["components", "pages", "app"];

/// Code without a browser, a clock or a framework, by the start of its path below `src`.
const PURE: [&str; 11] = [
    "csv",
    "selection",
    "domain",
    "files",
    "api",
    "search",
    "routes",
    "forms",
    "activity",
    "jobs/engine",
    "jobs/planners",
];
/// The only files of `api` that may name the browser.
const API_BROWSER: [&str; 2] = ["api/transport.rs", "api/credential.rs"];

/// Documents whose named files must exist, each with the least number of files that it names.
const DOCUMENTS: [(&str, usize); 2] = [("SECURITY.md", 21), ("CONTRIBUTING.md", 5)];

/// Whether code of one room may name another. Returns `None` for a room that is not in the rules.
fn may_know(room: &str, other: &str) -> Option<bool> {
    if room == other {
        return Some(true);
    }
    let layer = |room| LAYERS.iter().position(|layer| layer.contains(&room));
    if let Some((_, allowed)) = BESIDE.iter().find(|(beside, _)| *beside == room) {
        return Some(allowed.contains(&other));
    }
    let own = layer(room)?;
    match other {
        "ui" => Some(MAY_KNOW_UI.contains(&room)),
        _ => Some(layer(other).is_some_and(|layer| layer < own)),
    }
}

#[test]
fn a_room_knows_only_lower_rooms() {
    for (room, other, expected) in [
        ("api", "domain", Some(true)),
        ("domain", "csv", Some(false)),
        ("routes", "search", Some(true)),
        ("search", "routes", Some(false)),
        ("ui", "browser", Some(true)),
        ("ui", "domain", Some(false)),
        ("pages", "ui", Some(true)),
        ("data", "ui", Some(false)),
        ("cellar", "domain", None),
    ] {
        assert_eq!(may_know(room, other), expected, "{room} {other}");
    }
}

#[test]
fn each_room_knows_only_the_rooms_below_it() {
    let rooms: Vec<&str> = LAYERS.iter().flat_map(|layer| layer.iter()).copied().chain(["ui", "panic"]).collect();
    let mut broken = Vec::new();
    for (name, code) in sources() {
        let room = room_of(&name);
        if !rooms.contains(&room) {
            assert!(matches!(room, "lib" | "main" | "boot" | "testing"), "{name} is in a room without rules");
            continue;
        }
        for path in crate_paths(&code) {
            let other = path.split("::").next().unwrap();
            if rooms.contains(&other) && may_know(room, other) == Some(false) {
                broken.push(format!("{name} names {other}"));
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
        for path in crate_paths(&code) {
            if let Some(("pages", other)) = path.split_once("::")
                && other.split("::").next() != Some(page)
            {
                broken.push(format!("{name} names {path}"));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn pure_rooms_name_no_browser_and_no_framework() {
    let browser = ["leptos", "web_sys", "js_sys", "wasm_bindgen", "gloo_"];
    for (name, code) in sources() {
        let is_in = |start: &&str| {
            let rest = name.strip_prefix(*start);
            rest.is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
        };
        if PURE.iter().any(is_in) && !API_BROWSER.contains(&name.as_str()) {
            for word in browser {
                assert!(!code.contains(word), "{name} names {word}");
            }
        }
        if name != "api/transport.rs" {
            assert!(!code.contains("gloo_net"), "{name} names gloo_net: only the transport may fetch");
        }
    }
}

#[test]
fn no_html_reaches_the_page_as_text_and_no_style_as_an_attribute() {
    for (name, code) in sources() {
        for word in ["inner_html", "set_inner_html", "insert_adjacent_html", "outer_html", " style=\""] {
            assert!(!code.contains(word), "{name} names {word}: the page's policy forbids that");
        }
    }
}

#[test]
fn files_are_small_and_say_what_they_are_for() {
    for folder in ["src", "tests", "tools"] {
        for path in files_under(&root().join(folder), ".rs") {
            let text = fs::read_to_string(&path).unwrap();
            let lines = text.lines().count();
            assert!(lines <= 300, "{} has {lines} lines, more than 300", path.display());
            let is_test_part = path.ends_with("tests.rs");
            assert!(is_test_part || text.starts_with("//!"), "{} does not begin with its purpose", path.display());
        }
    }
}

#[test]
fn components_are_small() {
    for (name, code) in sources() {
        let lines: Vec<&str> = code.lines().collect();
        for (at, _) in lines.iter().enumerate().filter(|(_, line)| line.trim() == "#[component]") {
            let length = lines[at..].iter().position(|line| *line == "}").unwrap_or(lines.len() - at);
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
fn the_top_level_holds_only_planned_entries() {
    let planned = [
        "Cargo.toml",
        "Cargo.lock",
        "rust-toolchain.toml",
        "webdriver.json",
        "index.html",
        "Trunk.toml",
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
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
        assert!(is_ignored || planned.contains(&name.as_str()), "{name} is not planned for the top level");
    }
}

#[test]
fn every_file_that_a_document_names_exists() {
    let mut files = Vec::new();
    for folder in ["", "src", "tests/e2e/journeys", "tests/hosting"] {
        let folder = root().join(folder);
        let names = files_under(&folder, "").into_iter();
        files.extend(names.filter_map(|path| Some(path.strip_prefix(&folder).ok()?.to_str()?.to_owned())));
    }
    let exists = |name: &str| match name.split_once('*') {
        Some((start, end)) => files.iter().any(|file| file.starts_with(start) && file.ends_with(end)),
        None => files.iter().any(|file| file == name),
    };
    for (document, least) in DOCUMENTS {
        let text = fs::read_to_string(root().join(document)).unwrap();
        let is_file =
            |word: &&str| !word.contains(' ') && [".rs", ".ts", ".mjs", ".toml"].iter().any(|it| word.ends_with(it));
        let named: Vec<&str> = text.split('`').skip(1).step_by(2).filter(is_file).collect();
        assert!(named.len() >= least, "{document} names {named:?}");
        let missing: Vec<&&str> = named.iter().filter(|name| !exists(name)).collect();
        assert!(missing.is_empty(), "{document} names {missing:?}, which do not exist");
    }
}

#[test]
fn every_effect_names_its_outside_world() {
    let mut unnamed = Vec::new();
    for (name, text) in texts() {
        let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
        for (at, _) in
            lines.iter().enumerate().filter(|(_, line)| line.contains("Effect::new") && !line.starts_with("//"))
        {
            let comment = lines[..at].iter().rev().take_while(|line| line.starts_with("//"));
            if comment.last().is_none_or(|first| !first.starts_with("// Outside world:")) {
                unnamed.push(format!("{name}:{}", at + 1));
            }
        }
    }
    assert!(unnamed.is_empty(), "these effects have no comment `// Outside world:` above them: {unnamed:#?}");
}
