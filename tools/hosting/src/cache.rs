//! How long a browser may keep a response, and that no one may change it on the way.
//!
//! Invariant: only a file with a hash in its name may be kept, because its content never changes.

/// `Cache-Control` for a file with a hash in its name.
pub const FOREVER: &str = "public, max-age=31536000, immutable, no-transform";
/// `Cache-Control` for the page, for missing files, and for every response of the API.
pub const NEVER: &str = "no-store, no-transform";
/// Tells caches and CDNs on the way to leave a response as it is. Browsers run no script that was changed.
pub const NO_TRANSFORM: &str = "no-transform";

/// Returns a `Cache-Control` without [`NO_TRANSFORM`].
pub fn without_no_transform(value: &str) -> String {
    let rules = value.split(',').map(str::trim).filter(|rule| *rule != NO_TRANSFORM);
    rules.collect::<Vec<_>>().join(", ")
}

/// Whether a `Cache-Control` has [`NO_TRANSFORM`].
pub fn has_no_transform(value: &str) -> bool {
    value.split(',').any(|rule| rule.trim() == NO_TRANSFORM)
}

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
    use super::{FOREVER, NEVER, has_no_transform, is_hashed, without_no_transform};

    #[test]
    fn whether_a_response_may_be_changed_is_apart_from_how_long_it_is_kept() {
        assert_eq!(without_no_transform(NEVER), "no-store");
        assert_eq!(without_no_transform("public,max-age=1"), "public, max-age=1");
        assert!(has_no_transform(FOREVER) && has_no_transform(NEVER) && !has_no_transform("no-store"));
    }

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
