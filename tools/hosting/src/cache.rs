//! How long a browser may keep what it got.
//!
//! Invariant: what has its hash in its name may be kept for ever, everything else is asked for anew.

/// For a file with a hash in its name.
pub const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// For the page, for what is missing, and for every answer of the API.
pub const NEVER: &str = "no-store";

/// What to say of a file by this name that is there.
pub fn of(name: &str) -> &'static str {
    if is_hashed(name) { FOR_EVER } else { NEVER }
}

/// Whether a name has a hash, such as `console-0123456789abcdef_bg.wasm`.
pub fn is_hashed(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| hash.len() >= 12 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::is_hashed;

    #[test]
    fn names_with_a_hash_are_told_from_others() {
        for name in ["a-0123456789abcdef.js", "workspace-console-0123456789abcdef_bg.wasm", "x-abcdefabcdefabcd.css"] {
            assert!(is_hashed(name), "{name}");
        }
        for name in ["index.html", "", "favicon.svg", "a-decade.js", "0123456789abcdef.js", "a-0123456789abcdeg.js"] {
            assert!(!is_hashed(name), "{name}");
        }
    }
}
