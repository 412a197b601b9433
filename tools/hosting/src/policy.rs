//! The Content-Security-Policy of the page.
//!
//! Invariant: a script runs only if it comes from the site, or stands in the page as it was built.

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

/// For whatever else a browser might show: it may do nothing.
pub const OF_ANYTHING_ELSE: &str = "default-src 'none'; frame-ancestors 'none'";

/// The policy for a page, with the hashes of the scripts that stand in it, and the origin of the API where that is
/// another than the page's.
pub fn of_page(html: &str, api_origin: Option<&str>) -> String {
    let hashes: String = inline_scripts(html)
        .map(|script| format!(" 'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(script.as_bytes()))))
        .collect();
    let api = api_origin.map(|origin| format!(" {origin}")).unwrap_or_default();
    [
        "default-src 'none'",
        &format!("script-src 'self'{hashes} 'wasm-unsafe-eval'"),
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        &format!("connect-src 'self'{api}"),
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
    .join("; ")
}

/// The origin of an address that names one, such as `https://host` of `https://host/api/v1`.
pub fn origin(address: &str) -> Option<&str> {
    let host = address.find("://")? + "://".len();
    let end = address[host..].find('/').map_or(address.len(), |slash| host + slash);
    Some(&address[..end])
}

/// The texts of the scripts without a `src`.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script")?;
        let has_src = attributes.split_ascii_whitespace().any(|attribute| attribute.starts_with("src="));
        (!has_src && !script.is_empty()).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_scripts_in_the_page_are_hashed() {
        let html = r#"<script src="/a.js"></script><SCRIPT></SCRIPT><script type="module">
            init();</script><p>script</p>"#;
        let scripts: Vec<&str> = inline_scripts(html).collect();
        assert_eq!(scripts, ["\n            init();"]);
    }

    #[test]
    fn the_hash_is_that_of_the_exact_text() {
        // The hash of the empty-looking program `alert(1)`, as openssl computes it.
        let policy = of_page("<script>alert(1)</script>", None);
        assert!(
            policy
                .contains("script-src 'self' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=' 'wasm-unsafe-eval'"),
            "{policy}"
        );
    }

    #[test]
    fn an_api_elsewhere_is_named_by_its_origin_alone() {
        assert_eq!(origin("https://api.test:8443/api/v1"), Some("https://api.test:8443"));
        assert_eq!(origin("https://api.test"), Some("https://api.test"));
        assert_eq!(origin("/api/v1"), None);
        assert!(of_page("", origin("https://api.test/v1")).contains("connect-src 'self' https://api.test; "));
        assert!(of_page("", None).contains("connect-src 'self'; "));
    }
}
