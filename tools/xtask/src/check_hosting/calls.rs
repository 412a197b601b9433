//! Checks the API behind the console's host.
//!
//! Invariant: every request only reads, or has a body that no API accepts.

use anyhow::Result;
use hosting::{cache, headers::ALWAYS, policy::origin};

use super::{
    report::{Report, differs, kept_differently},
    visitor::{Answer, Ask, KNOWN_BROWSER, Visitor},
};
use crate::snippets::api_base;

/// The header that the console adds to each call. Pages of other sites cannot add it.
const OWN: (&str, &str) = ("X-Workspace-Console", "1");
const SAME_ORIGIN: (&str, &str) = ("Sec-Fetch-Site", "same-origin");

/// Requests that are not calls of the console, as method and path below the API's base. None of them changes anything.
const OTHER_REQUESTS: [(&str, &str); 19] = [
    ("GET", "credits?x=1"),
    ("GET", "generation?id=x"),
    ("GET", "key/"),
    ("GET", "key?x=1"),
    ("GET", "/key"),
    ("GET", "%6bey"),
    ("GET", "workspaces/../generation"),
    ("GET", "workspaces/..%2fgeneration"),
    ("GET", "workspaces/%2e%2e/generation"),
    ("GET", "workspaces/%2E%2E%2Fgeneration"),
    ("GET", "workspaces/%252e%252e%252fgeneration"),
    ("GET", "workspaces/a%2fb"),
    ("GET", "../v1/key"),
    ("HEAD", "key"),
    ("OPTIONS", "key"),
    ("TRACE", "key"),
    ("PUT", "key"),
    ("PATCH", "workspaces/00000000-0000-0000-0000-000000000000?confirm_default_workspace_deletion=true"),
    ("DELETE", "workspaces/00000000-0000-0000-0000-000000000000?x=1"),
];

/// The headers that a response of the API may have, beside those of every response.
const ALLOWED: [&str; 14] = [
    "cache-control",
    "connection",
    "content-encoding",
    "content-length",
    "content-security-policy",
    "content-type",
    "date",
    "keep-alive",
    "retry-after",
    "server",
    "set-cookie",
    "strict-transport-security",
    "transfer-encoding",
    "x-request-id",
];
/// What the cookie of known browsers must contain.
const COOKIE_RULES: [&str; 4] = ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict"];

/// Checks the calls.
pub fn check(visitor: &Visitor, html: &str, report: &mut Report) -> Result<()> {
    let base = &*api_base(html)?;
    if let Some(elsewhere) = origin(base).filter(|origin| *origin != visitor.origin) {
        report.note(&format!("the API is at {elsewhere}: its responses are not checked"));
        return Ok(());
    }
    let expected = format!("{}api/v1", visitor.path);
    let below = base.trim_start_matches(&visitor.origin).strip_prefix(&visitor.path);
    let Some(below) = below else {
        let hint = "Build with --base-path, or serve the API below the console.";
        report.check("the API is below the console", &[format!("expected {expected}, found {base}")], hint);
        return Ok(());
    };
    let api = Api { visitor, base: format!("{below}/") };
    let key = api.get("key", false)?;
    match key.status {
        200 if key.text().trim_start().starts_with("{\"data\"") => {
            check_headers(&key, report);
            check_methods(&api, report)?;
            check_default_deletion(&api, report)?;
            check_held_key(&api, report)
        }
        401 if key.is_refusal_of_api() => {
            check_headers(&key, report);
            check_methods(&api, report)?;
            check_default_deletion(&api, report)?;
            report.note("pasted key: the browser has it, and the API requires it");
            Ok(())
        }
        status => {
            let problem = format!("GET {}/key returns {status}, but not from the API", base.trim_end_matches('/'));
            let hint = "It should be 200 if the proxy adds the key, and the API's own 401 if people paste it. A redirect or a web \
                        page is the answer of a sign-in.";
            report.check("the API responds", &[problem], hint);
            Ok(())
        }
    }
}

/// Sends a call that the API accepts if the host adds the key. After it, the host does not limit the visitor.
pub fn introduce(visitor: &Visitor) -> Result<()> {
    Api { visitor, base: "api/v1/".to_owned() }.get("key", false).map(drop)
}

/// An API below the console's path.
struct Api<'a> {
    visitor: &'a Visitor,
    base: String,
}

impl Api<'_> {
    fn ask(&self, method: &str, path: &str, headers: Vec<(&str, &str)>, is_signed_out: bool) -> Result<Answer> {
        let body = matches!(method, "POST" | "PUT" | "PATCH").then_some("{}");
        self.visitor.ask(&Ask { method, target: &format!("{}{path}", self.base), headers, body, is_signed_out })
    }

    /// Sends a call like the console's.
    fn get(&self, path: &str, is_signed_out: bool) -> Result<Answer> {
        self.ask("GET", path, vec![OWN, SAME_ORIGIN], is_signed_out)
    }
}

/// A workspace that no organization has.
const NO_WORKSPACE: &str = "workspaces/00000000-0000-0000-0000-000000000000";

/// Checks that calls of every method reach the API, which refuses these: firewalls often know only GET and POST.
fn check_methods(api: &Api, report: &mut Report) -> Result<()> {
    let mut problems = Vec::new();
    for (method, path) in
        [("POST", "/members/add"), ("PUT", "/budgets/daily"), ("PATCH", ""), ("DELETE", "/budgets/daily")]
    {
        let answer = api.ask(method, &format!("{NO_WORKSPACE}{path}"), vec![OWN, SAME_ORIGIN], false)?;
        if !answer.is_refusal_of_api() {
            problems.push(format!("{method} is answered {} by something else", answer.status));
        }
    }
    report.check("calls of every method reach the API", &problems, "Let GET, POST, PUT, PATCH and DELETE through.");
    Ok(())
}

/// The deletion of a default workspace, here of a workspace that no organization has.
const DEFAULT_DELETION: &str = "?confirm_default_workspace_deletion=true";

/// Checks that the deletion of a default workspace reaches the API, which refuses it: lists of calls are often made without
/// queries. It never names `default`, so no API can apply it.
fn check_default_deletion(api: &Api, report: &mut Report) -> Result<()> {
    let path = format!("{NO_WORKSPACE}{DEFAULT_DELETION}");
    let answer = api.ask("DELETE", &path, vec![OWN, SAME_ORIGIN], false)?;
    let problem = (!answer.is_refusal_of_api()).then(|| format!("it is answered {} by something else", answer.status));
    let hint = "Let DELETE of a workspace through with the query confirm_default_workspace_deletion=true.";
    report.check("the deletion of a default workspace reaches the API", &Vec::from_iter(problem), hint);
    Ok(())
}

/// Checks the headers of every response.
fn check_headers(answer: &Answer, report: &mut Report) {
    let stored = kept_differently("GET key", cache::NEVER, &answer.header("cache-control"));
    report.check(
        "the API's responses are never stored",
        &Vec::from_iter(stored),
        "Replace the API's Cache-Control by no-store.",
    );
    let mut problems = Vec::new();
    for name in answer.names() {
        if !ALLOWED.contains(&name) && !ALWAYS.iter().any(|(always, _)| *always == name) {
            problems.push(format!("{name} is forwarded"));
        }
    }
    let is_own =
        |cookie: &String| cookie.starts_with(KNOWN_BROWSER) && COOKIE_RULES.iter().all(|rule| cookie.contains(rule));
    if !answer.values("set-cookie").iter().all(is_own) {
        problems.push("set-cookie is forwarded".to_owned());
    }
    problems.extend(differs("x-content-type-options", "nosniff", &answer.header("x-content-type-options")));
    report.check("the API's headers about itself are removed", &problems, "Remove these headers.");
}

/// Checks what a proxy with the key must refuse.
fn check_held_key(api: &Api, report: &mut Report) -> Result<()> {
    report.note("proxy-held key: the host adds it, and the browser has none");
    check_sign_in(api, report)?;
    let mut problems = Vec::new();
    let own = api.visitor.origin.as_str();
    for (what, headers) in [
        ("without the console's header", vec![SAME_ORIGIN]),
        ("with another value of that header", vec![("X-Workspace-Console", "0"), SAME_ORIGIN]),
        ("from another site", vec![OWN, ("Sec-Fetch-Site", "cross-site")]),
        ("from a sibling domain", vec![OWN, ("Sec-Fetch-Site", "same-site"), ("Origin", own)]),
        ("from another origin", vec![OWN, ("Origin", "https://attacker.example")]),
        ("from an opaque origin", vec![OWN, ("Origin", "null")]),
    ] {
        for (method, path) in [("GET", "key"), ("POST", "workspaces")] {
            let answer = api.ask(method, path, headers.clone(), false)?;
            if answer.status != 403 || answer.is_refusal_of_api() {
                problems.push(format!("{method} {path} {what} returns {}", answer.status));
            }
        }
    }
    report.check("forged calls are refused", &problems, "Return 403 without asking the API.");

    let mut problems = Vec::new();
    for (method, path) in OTHER_REQUESTS {
        let answer = api.ask(method, path, vec![OWN, SAME_ORIGIN], false)?;
        if !matches!(answer.status, 400 | 404 | 405 | 501) || answer.is_refusal_of_api() {
            problems.push(format!("{method} {path} returns {}", answer.status));
        }
    }
    report.check("only the console's calls are forwarded", &problems, "Compare the request as sent with a list.");
    Ok(())
}

/// Checks that a sign-in is required.
fn check_sign_in(api: &Api, report: &mut Report) -> Result<()> {
    let mut problems = Vec::new();
    let answer = api.get("key", true)?;
    let is_redirect = (300..400).contains(&answer.status);
    let redirect = is_redirect.then(|| format!("GET key without a sign-in returns {}", answer.status));
    report.check(
        "calls are not redirected to a sign-in",
        &Vec::from_iter(redirect),
        "Return 401 to requests with the header X-Workspace-Console. Redirect only pages.",
    );
    if !is_redirect {
        problems.extend(differs("GET key without a sign-in", "401", &answer.status.to_string()));
    }
    let page = api.visitor.ask(&Ask { is_signed_out: true, ..Ask::default() })?;
    if !matches!(page.status, 301..=303 | 307 | 401 | 403) {
        problems.push(format!("the page without a sign-in returns {}", page.status));
    }
    let hint = "Everyone who can reach this host is an administrator of the organization.";
    report.check("a sign-in is required", &problems, hint);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_deletion_names_a_workspace_that_can_exist() {
        assert_eq!(NO_WORKSPACE, "workspaces/00000000-0000-0000-0000-000000000000");
        assert!(!NO_WORKSPACE.contains("default") && DEFAULT_DELETION.starts_with('?'));
        let deletions = OTHER_REQUESTS.iter().filter(|(method, _)| *method == "DELETE");
        assert!(deletions.clone().count() != 0 && deletions.clone().all(|(_, path)| path.starts_with(NO_WORKSPACE)));
    }
}
