//! How long a browser may keep a response.
//!
//! Invariant: only a file with a hash in its name may be kept, because its content never changes.

/// `Cache-Control` for a file with a hash in its name.
pub const FOREVER: &str = "public, max-age=31536000, immutable";
/// `Cache-Control` for the page, for missing files, and for every response of the API.
pub const NEVER: &str = "no-store";

/// Returns the `Cache-Control` of an existing file.
pub fn of(name: &str) -> &'static str {
    if is_hashed(name) { FOREVER } else { NEVER }
}

/// Whether a name contains a hash, such as `console-0123456789abcdef_bg.wasm`.
pub fn is_hashed(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| hash.len() >= 12 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::is_hashed;

    #[test]
    fn names_with_a_hash_are_recognized() {
        for name in ["a-0123456789abcdef.js", "workspace-console-0123456789abcdef_bg.wasm", "x-abcdefabcdefabcd.css"] {
            assert!(is_hashed(name), "{name}");
        }
        for name in ["index.html", "", "favicon.svg", "a-decade.js", "0123456789abcdef.js", "a-0123456789abcdeg.js"] {
            assert!(!is_hashed(name), "{name}");
        }
    }
}
