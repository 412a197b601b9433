//! Looks for URLs of other origins in the built page.
//!
//! Invariant: neither the HTML nor the CSS names another origin, so a visit makes no third-party request.

use std::path::Path;

use anyhow::{Result, bail};

use crate::project::{files_under, read};

/// XML namespaces look like URLs, but nothing is requested from them.
const NAMESPACES: &str = "http://www.w3.org/";

/// Fails if an HTML or CSS file in `dist` refers to another origin.
pub fn check(dist: &Path) -> Result<()> {
    for path in files_under(dist)? {
        let extension = path.extension().and_then(|extension| extension.to_str());
        if matches!(extension, Some("html" | "css"))
            && let Some(address) = first_foreign(&read(&path)?)
        {
            bail!("{} refers to another origin: {address}", path.display());
        }
    }
    Ok(())
}

/// Returns the first URL with a host in `text`: `https://…`, or `//…` where a URL can begin.
fn first_foreign(text: &str) -> Option<&str> {
    text.match_indices("//").find_map(|(slashes, _)| {
        let before = &text[..slashes];
        let scheme = ["https:", "http:", "wss:", "ws:"].iter().find(|scheme| before.ends_with(*scheme));
        let start = slashes - scheme.map_or(0, |scheme| scheme.len());
        let begins_address = scheme.is_some() || before.ends_with(['"', '\'', '=', '(']);
        let address = &text[start..];
        let end = address.find(['"', '\'', ')', '>', ' ', '\n']).unwrap_or(address.len());
        (begins_address && !address.starts_with(NAMESPACES)).then(|| &address[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::first_foreign;

    #[test]
    fn urls_with_a_host_are_foreign() {
        let found = |text| first_foreign(text);
        assert_eq!(found(r#"<script src="https://cdn.test/a.js">"#), Some("https://cdn.test/a.js"));
        assert_eq!(found("<link href=//cdn.test/a.css>"), Some("//cdn.test/a.css"));
        assert_eq!(found("a { b: url(//cdn.test/c.png) }"), Some("//cdn.test/c.png"));
    }

    #[test]
    fn paths_namespaces_and_comments_are_not() {
        let own = r#"<svg xmlns="http://www.w3.org/2000/svg"></svg> <a href="/a"> // comment"#;
        assert_eq!(first_foreign(own), None);
    }
}
