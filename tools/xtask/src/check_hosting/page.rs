//! Checks the page on every kind of path.
//!
//! Invariant: the expected values come from the crate `hosting`, which the sandbox and the build use too.

use anyhow::Result;
use hosting::{cache, headers::ALWAYS, page::meta};

use super::{
    policy,
    report::{Report, differs, kept_differently},
    rewriting,
    visitor::{Answer, Visitor},
};
use crate::snippets::policy_of;

/// One path of each kind of view.
const VIEWS: [&str; 8] = [
    "",
    "create-workspace",
    "workspaces/some-workspace",
    "workspaces/some-workspace/budgets",
    "workspaces/some-workspace/members?search=x",
    "people",
    // An address that was copied with the end of its sentence.
    "people.",
    "index.html",
];

/// Checks the page.
pub fn check(visitor: &Visitor, page: &Answer, report: &mut Report) -> Result<()> {
    let html = page.text();
    let (mut bodies, mut caches, mut headers, mut types, mut policies) = (vec![], vec![], vec![], vec![], vec![]);
    let expected = policy_of(&html)?;
    for view in VIEWS {
        let answer = visitor.get(view)?;
        let about = format!("/{view}");
        if answer.status != 200 || answer.body != page.body {
            bodies.push(format!("{about} returns {} with {} bytes", answer.status, answer.body.len()));
        }
        caches.extend(kept_differently(&about, cache::NEVER, &answer.header("cache-control")));
        types.extend(differs(&about, "text/html;charset=utf-8", &media_type(&answer)));
        headers.extend(wrong_headers(&about, &answer));
        let found = answer.header("content-security-policy");
        policies.extend(policy::differences(&expected, &found).into_iter().map(|text| format!("{about}: {text}")));
    }
    report.check(
        "each view's path gets the page",
        &bodies,
        "Every path without an extension in its last part gets index.html.",
    );
    report.check("the page is HTML in UTF-8", &types, "Set the type and charset of .html.");
    report.check("the page is never stored", &caches, "An old page would request files that no longer exist.");
    report.check("the page's headers are correct", &headers, "They are in the configurations of tools/hosting.");
    report.check(
        "the page's policy is the one of its build",
        &policies,
        "Include the file in target/hosting, from the same build as index.html.",
    );
    rewriting::check(visitor, report)?;
    let base = differs("base-path in index.html", &visitor.path, &meta(&html, "base-path")?.unwrap_or_default());
    let hint = "Build with --base-path and the path of the console.";
    report.check("the page knows its path", &Vec::from_iter(base), hint);
    Ok(())
}

/// Returns the problems with the headers of every response.
pub fn wrong_headers(about: &str, answer: &Answer) -> Vec<String> {
    ALWAYS.iter().filter_map(|(name, value)| differs(&format!("{about} {name}"), value, &answer.header(name))).collect()
}

/// Returns the content type in lowercase and without spaces.
pub fn media_type(answer: &Answer) -> String {
    answer.header("content-type").to_ascii_lowercase().replace(' ', "")
}
