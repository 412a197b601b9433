//! Finds CDNs and proxies that change the page or its files on the way.
//!
//! Invariant: the policy of the page and the names of the files come from the build, so they tell what was built.

use anyhow::Result;
use base64::{Engine, prelude::BASE64_STANDARD};
use hosting::page::{Script, inline_scripts, scripts};
use sha2::{Digest, Sha256};

use super::{
    report::Report,
    visitor::{Ask, Visitor},
};

/// Headers like those of a browser: some CDNs change pages for browsers only.
const BROWSER: [(&str, &str); 2] = [
    ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
    (
        "User-Agent",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36",
    ),
];
const HINT: &str =
    "Turn off what rewrites pages, such as Rocket Loader and Auto Minify. Browsers run no changed script.";

/// Checks the scripts of the page, as a browser gets it.
pub fn check(visitor: &Visitor, report: &mut Report) -> Result<()> {
    let answer = visitor.ask(&Ask { headers: BROWSER.to_vec(), ..Ask::default() })?;
    let problems = problems_of(&answer.text(), &answer.header("content-security-policy"))?;
    report.check("no one changes the page on the way", &problems, HINT);
    Ok(())
}

fn problems_of(html: &str, policy: &str) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for Script { kind, is_left_alone } in scripts(html)? {
        if !matches!(kind.as_str(), "" | "module" | "text/javascript") {
            problems.push(format!("a script has the type {kind:?}"));
        }
        if !is_left_alone {
            problems.push("a script has no data-cfasync=\"false\"".to_owned());
        }
    }
    for script in inline_scripts(html)? {
        let hash = BASE64_STANDARD.encode(Sha256::digest(script.as_bytes()));
        // Another check reports a policy that is not the one of a build.
        if policy.contains("'sha256-") && !policy.contains(&hash) {
            problems
                .push(format!("a script inside the page has {} bytes that its policy does not allow", script.len()));
        }
    }
    Ok(problems)
}

/// Returns a problem if a file is not the one that its name was made from.
pub fn changed_file(name: &str, content: &[u8]) -> Option<String> {
    let stem = name.split('.').next()?;
    let (_, hash) = stem.strip_suffix("_bg").unwrap_or(stem).rsplit_once('-')?;
    let found: String = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
    (!found.starts_with(hash)).then(|| format!("{name} has other content than the build gave it"))
}

/// Reports the files that were changed.
pub fn report_files(problems: &[String], report: &mut Report) {
    report.check("no one changes the files on the way", problems, HINT);
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<script data-cfasync="false">go( 1 )</script><script data-cfasync="false" type="module" src="/a.js"></script>"#;

    fn policy() -> String {
        hosting::policy::of_page(PAGE, None).unwrap_or_default()
    }

    #[test]
    fn h01_a_script_with_another_type_or_other_white_space_is_found() -> Result<()> {
        assert!(problems_of(PAGE, &policy())?.is_empty());
        for (from, to) in [("type=\"module\"", "type=\"abc-module\""), ("go( 1 )", "go(1)"), ("data-cfasync", "data-x")]
        {
            assert_eq!(problems_of(&PAGE.replacen(from, to, 1), &policy())?.len(), 1, "{from}");
        }
        Ok(())
    }

    #[test]
    fn h01_a_file_is_compared_with_the_hash_in_its_name() {
        // The hash of an empty text, as sha256sum prints it.
        assert_eq!(changed_file("a-e3b0c44298fc1c14.js", b""), None);
        assert_eq!(changed_file("a-e3b0c44298fc1c14_bg.wasm", b""), None);
        assert!(changed_file("a-e3b0c44298fc1c14.css", b" ").is_some());
        assert_eq!(changed_file("licenses.txt", b"x"), None);
    }
}
