//! The Content-Security-Policy of the page.
//!
//! Invariant: a script runs only if the site serves it, or if it is inside the page as built.

use base64::{Engine, prelude::BASE64_STANDARD};
use lol_html::errors::RewritingError;
use sha2::{Digest, Sha256};

use crate::page::inline_scripts;

/// The policy for every response other than the page: it allows nothing.
pub const OF_OTHER_RESPONSES: &str = "default-src 'none'; frame-ancestors 'none'";

/// Returns the policy for a page, with the hashes of its inline scripts. `api_origin` is the API's origin where that
/// differs from the page's.
pub fn of_page(html: &str, api_origin: Option<&str>) -> Result<String, RewritingError> {
    let hashes: String = inline_scripts(html)?
        .iter()
        .map(|script| format!(" 'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(script.as_bytes()))))
        .collect();
    let api = api_origin.map(|origin| format!(" {origin}")).unwrap_or_default();
    let directives = [
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
    ];
    Ok(directives.join("; "))
}

/// Returns the origin of an absolute URL, such as `https://host` of `https://host/api/v1`.
pub fn origin(url: &str) -> Option<&str> {
    let host = url.find("://")? + "://".len();
    let end = url[host..].find('/').map_or(url.len(), |slash| host + slash);
    Some(&url[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_the_exact_text() {
        // The hash of `alert(1)`, as openssl computes it.
        let policy = of_page("<script>alert(1)</script>", None).unwrap();
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
        let policy = |api_origin| of_page("", api_origin).unwrap();
        assert!(policy(origin("https://api.test/v1")).contains("connect-src 'self' https://api.test; "));
        assert!(policy(None).contains("connect-src 'self'; "));
    }
}
