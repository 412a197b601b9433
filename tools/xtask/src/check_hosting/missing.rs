//! Checks what must not be served.
//!
//! Invariant: a missing file never gets the page, and its 404 is never cached.

use std::collections::BTreeSet;

use anyhow::Result;
use hosting::cache;

use super::{
    report::{Report, differs, kept_differently},
    visitor::{Answer, Ask, Visitor},
};

/// Names of hashed files that do not exist.
const HASHED: [&str; 3] =
    ["console-0123456789abcdef.js", "later-0123456789abcdef.wasm", "console-0123456789abcdef.css"];

/// Files that servers or this project may contain.
const SECRETS: [&str; 16] = [
    ".git/HEAD",
    ".git/config",
    ".env",
    ".htpasswd",
    "index.html.map",
    "nginx.conf",
    "caddy.conf",
    "hosting/nginx.conf",
    "hosting/caddy.conf",
    "Caddyfile",
    "console.env",
    "management-key",
    "Cargo.toml",
    "__control/log",
    "server-status",
    "nginx_status",
];

/// Checks missing files, other files and other methods.
pub fn check(visitor: &Visitor, names: &BTreeSet<String>, page: &Answer, report: &mut Report) -> Result<()> {
    let (mut statuses, mut caches) = (Vec::new(), Vec::new());
    for name in HASHED {
        let answer = visitor.get(name)?;
        statuses.extend(differs(name, "404", &answer.status.to_string()));
        caches.extend(kept_differently(name, cache::NEVER, &answer.header("cache-control")));
    }
    report.check("a missing file is a 404", &statuses, "Only paths without a dot get the page.");
    report.check("a 404 is not cached", &caches, "Send no-store: the file may come with a deployment.");

    let mut leaks = Vec::new();
    let maps: Vec<String> = names.iter().map(|name| format!("{name}.map")).collect();
    for target in SECRETS.iter().copied().chain(maps.iter().map(String::as_str)) {
        let answer = visitor.get(target)?;
        // Some of these are paths of views.
        if answer.status < 400 && answer.body != page.body {
            leaks.push(format!("/{target} returns {}", answer.status));
        }
    }
    report.check("nothing else is served", &leaks, "Serve a folder with the content of dist/ only.");

    let mut methods = Vec::new();
    for method in ["POST", "PUT", "DELETE", "TRACE"] {
        let answer = visitor.ask(&Ask { method, target: "people", ..Ask::default() })?;
        if answer.status < 400 {
            methods.push(format!("{method} returns {}", answer.status));
        }
    }
    report.check("files are read-only", &methods, "Allow GET and HEAD.");
    Ok(())
}
