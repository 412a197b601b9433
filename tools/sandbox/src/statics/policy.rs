//! The Content-Security-Policy of the page.
//!
//! Invariant: a script runs only if it comes from the site, or stands in the page as it was built.

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

/// The policy for a page, with the hashes of the scripts that stand in it.
pub fn content_security_policy(html: &str) -> String {
    let hashes: String = inline_scripts(html)
        .map(|script| format!(" 'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(script.as_bytes()))))
        .collect();
    [
        "default-src 'none'",
        &format!("script-src 'self'{hashes} 'wasm-unsafe-eval'"),
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
    .join("; ")
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
        let policy = content_security_policy("<script>alert(1)</script>");
        assert!(
            policy
                .contains("script-src 'self' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=' 'wasm-unsafe-eval'"),
            "{policy}"
        );
    }
}
