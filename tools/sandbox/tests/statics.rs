//! The built console is served like by a real host.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, also in what it shares")]

mod support;

use std::{fs, path::PathBuf};

use support::{Answer, Sandbox};

const SCRIPT: &str = "a-0123456789abcdef.js";

/// A folder with a page and a script. Dropping it removes the folder.
struct Site(PathBuf);

impl Site {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("sandbox-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let page = "<!doctype html><script type=\"module\">start()</script>";
        for (name, content) in [
            ("index.html", page),
            ("index.html.br", "page in brotli"),
            (SCRIPT, "script"),
            ("a-0123456789abcdef.js.br", "script in brotli"),
            ("a-0123456789abcdef.js.gz", "script in gzip"),
            ("a-0123456789abcdef_bg.wasm", "wasm"),
            ("favicon.svg", "<svg/>"),
        ] {
            fs::write(folder.join(name), content).unwrap();
        }
        Self(folder)
    }

    fn sandbox(&self) -> Sandbox {
        Sandbox::start(&["--seed", "empty", "--static", self.0.to_str().unwrap()])
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        // A leftover in the temporary folder does no harm.
        drop(fs::remove_dir_all(&self.0));
    }
}

fn get(sandbox: &Sandbox, path: &str, encoding: &str) -> Answer {
    sandbox.send("GET", path, &[("Accept-Encoding", encoding)], None).unwrap()
}

#[test]
fn paths_of_views_get_the_page_and_its_policy() {
    let site = Site::new("views");
    let sandbox = site.sandbox();
    for path in [
        "/",
        "/index.html",
        "/workspaces",
        "/workspaces/a/members?page=2",
        "/%20",
        // H06: addresses that were copied with the end of their sentence.
        "/people.",
        "/people.)",
        "/people...",
        "/people.%E2%80%9D",
        "/workspaces/interns/members,",
        "/workspaces/%2e%2e%2fkeys",
    ] {
        let answer = get(&sandbox, path, "identity");
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.text.starts_with("<!doctype html>"));
        assert_eq!(answer.header("cache-control"), "no-store, no-transform");
        assert_eq!(answer.header("content-type"), "text/html");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("script-src 'self' 'sha256-") && policy.contains("trusted-types 'none'"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        assert!(answer.header("permissions-policy").contains("camera=()"));
    }
}

#[test]
fn the_policy_follows_the_page() {
    let site = Site::new("policy");
    let sandbox = site.sandbox();
    let before = get(&sandbox, "/", "identity").header("content-security-policy").to_owned();
    fs::write(site.0.join("index.html"), "<!doctype html><script>other()</script>").unwrap();
    assert_ne!(get(&sandbox, "/", "identity").header("content-security-policy"), before);
}

#[test]
fn a_missing_file_is_never_the_page() {
    let site = Site::new("missing");
    let sandbox = site.sandbox();
    for path in [
        "/b-0123456789abcdef.js",
        "/x.wasm",
        "/a/b.css",
        "/people.html",
        "/people.Then",
        "/index.html.",
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
    ] {
        let answer = get(&sandbox, path, "identity");
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text.contains("<!doctype html>"));
        assert_eq!(answer.header("cache-control"), "no-store, no-transform", "{path}");
    }
    for path in ["/api", "/api/v2/key", "/api/v1"] {
        assert!(get(&sandbox, path, "identity").text.starts_with("{\"error\":"), "{path}");
    }
    assert_eq!(sandbox.send("POST", "/workspaces", &[], Some("")).unwrap().status, 405);
}

#[test]
fn hashed_files_are_cached_forever_in_the_accepted_encoding() {
    let site = Site::new("hashed");
    let sandbox = site.sandbox();
    for (accepted, encoding, text) in
        [("gzip, br", "br", "script in brotli"), ("gzip", "gzip", "script in gzip"), ("identity", "", "script")]
    {
        let answer = get(&sandbox, &format!("/{SCRIPT}"), accepted);
        assert_eq!((answer.header("content-encoding"), answer.text.as_str()), (encoding, text));
        assert_eq!(answer.header("content-type"), "text/javascript");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable, no-transform");
        assert_eq!(answer.header("vary").to_lowercase(), "accept-encoding");
    }
    assert_eq!(get(&sandbox, "/a-0123456789abcdef_bg.wasm", "br").header("content-type"), "application/wasm");
    assert_eq!(get(&sandbox, "/favicon.svg", "br").header("cache-control"), "no-store, no-transform");
    assert_eq!(get(&sandbox, "/", "br").text, "page in brotli");
}

#[test]
fn responses_of_the_api_are_not_stored() {
    let site = Site::new("store");
    let answer = site.sandbox().call("GET", "/key", None);
    assert_eq!(answer.header("cache-control"), "no-store");
}
